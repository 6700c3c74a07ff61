"""The bundled static model and the adapter for LlamaIndex embedding models."""

import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.embedders import STATIC_MODEL_FOLDER, Embedder, LlamaIndexEmbedder, StaticEmbedder, open_embedder
from index.errors import ModelError, SettingsError

MOCK = "llama_index.core.embeddings:MockEmbedding?embed_dim=8"
NEWS = [
    "The Federal Reserve raised interest rates by three quarters of a point to fight inflation.",
    "Fans cheered as the striker scored twice and the club won the cup final.",
    "Rescue workers searched for survivors after the earthquake struck the coast at night.",
]


@pytest.fixture(scope="module")
def static() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STATIC_MODEL_FOLDER, tmp_path / "model"))


# The static model's files


def test_files_have_the_recorded_checksums() -> None:
    lines = (STATIC_MODEL_FOLDER / "SHA256SUMS").read_text().splitlines()
    recorded = {name: checksum for checksum, name in (line.split() for line in lines)}
    assert set(recorded) == {"LICENSE", "config.json", "model.safetensors", "tokenizer.json"}
    for name, checksum in recorded.items():
        assert hashlib.sha256((STATIC_MODEL_FOLDER / name).read_bytes()).hexdigest() == checksum, name


def test_folder_stays_under_sixteen_megabytes() -> None:
    files = [path for path in STATIC_MODEL_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 16_000_000


def test_model_card_states_the_base_and_its_licence() -> None:
    card = (STATIC_MODEL_FOLDER / "README.md").read_text()
    assert "sentence-transformers/all-MiniLM-L6-v2" in card
    assert "Apache-2.0" in card
    assert "Apache License" in (STATIC_MODEL_FOLDER / "LICENSE").read_text()


# StaticEmbedder


def test_vectors_are_unit_rows_of_float32(static: StaticEmbedder) -> None:
    rows = static.embed_passages(NEWS)
    assert rows.shape == (3, static.dimensions) == (3, 256)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_no_texts_give_an_array_of_no_rows(static: StaticEmbedder) -> None:
    rows = static.embed_passages([])
    assert rows.shape == (0, 256)
    assert rows.dtype == np.float32


def test_equals_model2vec(static: StaticEmbedder) -> None:
    # model2vec cuts texts at another length in characters: only ordinary lengths can be compared.
    texts = [*NEWS, " ".join(NEWS * 10), "Día de los Muertos 🎃 [UNK] naïve", "", "x" * 200]
    model2vec = pytest.importorskip("model2vec")
    expected = model2vec.StaticModel.from_pretrained(STATIC_MODEL_FOLDER).encode(texts)
    np.testing.assert_allclose(static.embed_passages(texts), expected, atol=1e-3)


def test_is_deterministic_and_independent_of_the_batch(static: StaticEmbedder) -> None:
    many = static.embed_passages(NEWS * 200)
    again = StaticEmbedder()
    for row, text in enumerate(NEWS):
        np.testing.assert_array_equal(many[row], again.embed_query(text))
        np.testing.assert_array_equal(many[row], many[row + 3 * 199])


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("By how much did the central bank lift borrowing costs?", 0),
        ("Who won the football match?", 1),
        ("What happened in the disaster, and are there people alive under the rubble?", 2),
    ],
)
def test_a_question_is_nearest_to_the_passage_about_it(static: StaticEmbedder, question: str, nearest: int) -> None:
    assert int(np.argmax(static.embed_passages(NEWS) @ static.embed_query(question))) == nearest


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\u200b\ufeff", "🜏" * 5])
def test_text_without_known_tokens_gives_zeros(static: StaticEmbedder, text: str) -> None:
    np.testing.assert_array_equal(static.embed_query(text), np.zeros(256, dtype=np.float32))


@pytest.mark.parametrize("noise", ["\x00", "\ud800", "\U0001f600 \udfff"])
def test_noise_in_a_text_leaves_its_meaning(static: StaticEmbedder, noise: str) -> None:
    plain, noisy = static.embed_passages([NEWS[0], NEWS[0] + noise])
    assert float(plain @ noisy) > 0.95


def test_only_the_first_512_tokens_count(static: StaticEmbedder) -> None:
    first = "news " * 512
    np.testing.assert_array_equal(static.embed_query(first + "earthquake"), static.embed_query(first))
    assert not np.array_equal(static.embed_query("news " * 511 + "earthquake"), static.embed_query(first))


def test_a_megabyte_of_text_is_cut_first(static: StaticEmbedder) -> None:
    text = "word " * 200_000
    np.testing.assert_array_equal(static.embed_query(text), static.embed_query(text[:4096]))


@given(texts=st.lists(st.text(st.characters(), max_size=200), max_size=5))
def test_any_text_gives_finite_rows_of_length_one_or_zero(static: StaticEmbedder, texts: list[str]) -> None:
    rows = static.embed_passages(texts)
    assert rows.shape == (len(texts), 256)
    assert np.isfinite(rows).all()
    lengths = np.linalg.norm(rows, axis=1)
    assert all(length == 0 or abs(length - 1) < 1e-5 for length in lengths)


def test_name_tells_the_model_and_its_checksum(static: StaticEmbedder) -> None:
    prefix, checksum = static.name.rsplit("-", 1)
    assert prefix == "static-minilm-256"
    assert len(checksum) == 8
    int(checksum, 16)


@pytest.mark.parametrize("changed", ["model.safetensors", "tokenizer.json", "config.json"])
def test_name_changes_with_each_file_that_decides_the_vectors(
    static: StaticEmbedder, model_copy: Path, changed: str
) -> None:
    sums = (model_copy / "SHA256SUMS").read_text().splitlines()
    other = ["0" * 64 + line[64:] if line.endswith(changed) else line for line in sums]
    (model_copy / "SHA256SUMS").write_text("\n".join(other))
    assert StaticEmbedder(model_copy).name != static.name


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json", "SHA256SUMS"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"version git-lfs")])
def test_a_missing_or_damaged_file_is_a_model_error(
    model_copy: Path, name: str, damage: Callable[[Path], object]
) -> None:
    damage(model_copy / name)
    with pytest.raises(ModelError, match=r"is damaged .* install Byline again") as caught:
        StaticEmbedder(model_copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "vectors",
    [np.zeros((29_525, 64), np.int8), np.zeros((7, 256), np.int8), np.zeros((29_525, 256), np.float16)],
)
def test_vectors_that_do_not_fit_the_tokenizer_are_a_model_error(model_copy: Path, vectors: NDArray[Any]) -> None:
    save_file({"embeddings": vectors}, model_copy / "model.safetensors")
    with pytest.raises(ModelError, match="not int8"):
        StaticEmbedder(model_copy)


# open_embedder


def test_static_opens_the_bundled_model(static: StaticEmbedder) -> None:
    embedder = open_embedder("static")
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name == static.name


def test_a_spec_with_a_class_opens_llama_index() -> None:
    embedder = open_embedder(MOCK)
    assert isinstance(embedder, LlamaIndexEmbedder)
    assert embedder.name == MOCK


@pytest.mark.parametrize("spec", ["", "minilm", "Static", "a:b:c", "no module:Class", "module:", ":Class", "a..b:C"])
def test_any_other_spec_is_a_settings_error_that_tells_the_forms(spec: str) -> None:
    with pytest.raises(SettingsError, match=r"'multilingual', or a LlamaIndex embedding as MODULE:CLASS\?key=value"):
        open_embedder(spec)


@pytest.mark.parametrize("query", ["model_name", "=3", "a=1&&b=2", "a-b=1"])
def test_malformed_settings_behind_the_question_mark_are_a_settings_error(query: str) -> None:
    with pytest.raises(SettingsError, match="key=value&key=value"):
        open_embedder(f"some.module:Class?{query}")


# LlamaIndexEmbedder


def test_adapts_llama_index_and_scales_to_unit_length() -> None:
    embedder: Embedder = LlamaIndexEmbedder(MOCK)
    assert embedder.dimensions == 8
    rows = embedder.embed_passages(["one", "two"])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, np.full((2, 8), 8**-0.5), atol=1e-6)
    np.testing.assert_allclose(embedder.embed_query("one"), rows[0])
    assert embedder.embed_passages([]).shape == (0, 8)


def test_passages_and_queries_reach_their_own_methods(fake: "Fake") -> None:
    embedder = fake.embedder()
    np.testing.assert_allclose(embedder.embed_passages(["abc", ""]), [[0.6, 0.8], [0.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(embedder.embed_query("abc"), [1, 0], atol=1e-6)
    np.testing.assert_array_equal(embedder.embed_query(" "), [0, 0])
    assert fake.texts == ["abc"]


def test_lone_surrogates_do_not_reach_the_model(fake: "Fake") -> None:
    fake.embedder().embed_passages(["a\ud800b"])
    assert fake.texts == ["a?b"]


def test_settings_are_json_where_they_are_json(fake: "Fake") -> None:
    embedder = fake.embedder("size=3&flag=true&label=a%26b=c&address=http://127.0.0.1:11434&quoted=%223%22")
    assert embedder.dimensions == 2
    assert fake.settings == {
        "size": 3,
        "flag": True,
        "label": "a&b=c",
        "address": "http://127.0.0.1:11434",
        "quoted": "3",
    }


def test_a_model_is_made_once_and_only_when_needed(fake: "Fake") -> None:
    embedder = fake.embedder()
    assert fake.made == 0
    embedder.embed_passages(["a"])
    embedder.embed_query("b")
    assert fake.made == 1


def test_a_failing_model_is_one_line_that_names_the_spec(fake: "Fake") -> None:
    fake.error = ConnectionError("connection refused\nby sk-secret")
    with pytest.raises(ModelError) as caught:
        fake.embedder("api_key=sk-secret").embed_query("a")
    message = str(caught.value)
    assert f"{fake.module}:FakeEmbedding?api_key=***" in message
    assert "connection refused by ***" in message
    assert "server runs" in message
    assert "\n" not in message
    assert caught.value.__cause__ is fake.error


def test_a_secret_of_digits_stays_text_and_hidden(fake: "Fake") -> None:
    fake.error = PermissionError(f"{'no ' * 98}12345678")
    with pytest.raises(ModelError) as caught:
        fake.embedder("api_key=12345678").embed_query("a")
    assert fake.settings == {"api_key": "12345678"}
    assert "1234" not in str(caught.value)


def test_a_module_that_cannot_be_imported_is_a_model_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "byline_broken.py").write_text("raise RuntimeError('no driver')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match=r"cannot be imported \(no driver\); install its package again"):
        open_embedder("byline_broken:Embedding").embed_query("a")


def test_secrets_are_masked_in_the_name(fake: "Fake") -> None:
    embedder = fake.embedder("model_name=m&api_key=sk-1&Password=p")
    assert embedder.name == f"{fake.module}:FakeEmbedding?model_name=m&api_key=***&Password=***"


@pytest.mark.parametrize("vector", [[float("nan"), 1.0], [], [1.0, 2.0, 3.0]])
def test_wrong_vectors_are_a_model_error(fake: "Fake", vector: list[float]) -> None:
    embedder = fake.embedder()
    assert embedder.dimensions == 2
    fake.passage_vector = vector
    with pytest.raises(ModelError, match="choose another model"):
        embedder.embed_passages(["a"])


def test_very_large_and_very_small_vectors_are_scaled(fake: "Fake") -> None:
    embedder = fake.embedder()
    for size in (1e38, 1e-38):
        fake.passage_vector = [size, 0.0]
        np.testing.assert_allclose(embedder.embed_passages(["a"]), [[1, 0]], atol=1e-6)


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    embedder = open_embedder("llama_index.embeddings.no_such_maker:Embedding?model_name=x")
    with pytest.raises(ModelError, match="uv add llama-index-embeddings-no-such-maker"):
        embedder.embed_query("a")


def test_a_missing_package_of_another_maker_is_named_too() -> None:
    with pytest.raises(ModelError, match="uv add no-such-package"):
        open_embedder("no_such_package.models:Embedding").embed_query("a")


def test_a_package_missing_inside_the_module_is_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "byline_needy.py").write_text("import no_such_client.api\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="uv add no-such-client"):
        open_embedder("byline_needy:Embedding").embed_query("a")


def test_a_class_that_refuses_its_settings_is_a_model_error() -> None:
    with pytest.raises(ModelError, match=r"cannot start .* check the key=value settings") as caught:
        open_embedder("llama_index.core.embeddings:MockEmbedding?embed_dim=many").embed_query("a")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("spec", ["json:JSONDecoder", "json:loads", "json:NoSuchClass"])
def test_a_class_that_embeds_nothing_is_a_settings_error(spec: str) -> None:
    with pytest.raises(SettingsError, match="no LlamaIndex embedding"):
        open_embedder(spec).embed_query("a")


class Fake:
    """A LlamaIndex embedding class in a module of its own, and what it was given."""

    module = "byline_fake_embedding"

    def __init__(self) -> None:
        self.made = 0
        self.texts: list[str] = []
        self.settings: dict[str, object] = {}
        self.passage_vector = [3.0, 4.0]
        self.error: Exception | None = None

    def embedder(self, query: str = "") -> LlamaIndexEmbedder:
        return LlamaIndexEmbedder(f"{self.module}:FakeEmbedding" + (f"?{query}" if query else ""))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Install a module with a `FakeEmbedding` that answers from, and records to, the `Fake` returned."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    record = Fake()

    class FakeEmbedding(BaseEmbedding):
        def __init__(self, **settings: object) -> None:
            super().__init__()
            record.made += 1
            record.settings = settings

        def _get_text_embedding(self, text: str) -> list[float]:
            record.texts.append(text)
            return record.passage_vector

        def _get_query_embedding(self, query: str) -> list[float]:
            if record.error:
                raise record.error
            return [2.0, 0.0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    module = ModuleType(Fake.module)
    module.__dict__["FakeEmbedding"] = FakeEmbedding
    monkeypatch.setitem(sys.modules, Fake.module, module)
    return record
