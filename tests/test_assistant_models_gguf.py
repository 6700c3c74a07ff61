"""GGUF files: heads of all kinds, and the real model behind llama.cpp in this process."""

import json
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from assistant.models import OpenModel, open_model
from assistant.models.gguf_file import trained_context
from assistant.models.streaming import Message, Piece, stream_chat
from index.errors import ModelError, SettingsError
from tests.gguf_files import head, llama_server, real_gguf

STORY = [Message("user", "Tell a very long story about a dog and a cat.")]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


@pytest.mark.parametrize("context", [None, 0, 2048, 131072])
def test_the_context_is_read_behind_texts_and_lists(written: Path, context: int | None) -> None:
    written.write_bytes(head(context))
    assert trained_context(written) == (context or 0)


@pytest.mark.parametrize("kept", [4, 20, 30, 60, 100, 150])
def test_a_file_cut_short_is_told_as_damaged(written: Path, kept: int) -> None:
    written.write_bytes(head()[:kept])
    with pytest.raises(SettingsError, match="damaged or cut short"):
        trained_context(written)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no GGUF file"),
        (b"PK\x03\x04 and more", "no GGUF file"),
        (b"%PDF-1.7", "no GGUF file"),
        (head(version=1), "version 1"),
        (head(version=99), "version 99"),
        (b"GGUF" + b"\xff" * 100, "cannot be read"),
        (b"GGUF\x03\0\0\0" + b"\0" * 8 + b"\x01" + b"\0" * 7 + b"\xff" * 50, "damaged"),
    ],
)
def test_another_kind_of_file_is_told_in_one_line(written: Path, content: bytes, words: str) -> None:
    written.write_bytes(content)
    with pytest.raises(SettingsError, match=words) as caught:
        trained_context(written)
    assert str(written) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        trained_context(tmp_path / "gone.gguf")
    with pytest.raises(SettingsError, match="cannot be read"):
        trained_context(tmp_path)


@pytest.fixture
def model() -> OpenModel:
    return open_model(f"gguf:{real_gguf()}")


def slot(address: str) -> dict[str, Any]:
    """What the one slot of a llama.cpp server is at."""
    (only,) = json.loads(urlopen(f"{address}/slots").read())
    return only


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.slow
def test_a_file_that_llama_cpp_cannot_load_is_told(written: Path) -> None:
    real_gguf()
    written.write_bytes(head())
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        list(stream_chat(open_model(f"gguf:{written}").llm, STORY, "the-spec"))
    assert str(written) in str(caught.value)


@pytest.mark.slow
def test_a_real_model_answers_is_left_and_answers_again(model: OpenModel) -> None:
    assert (model.window(), model.small) == (8192, True)
    told = stream_chat(model.llm, STORY, model.spec)
    assert next(piece.text for piece in told if piece.text)
    told.close()
    again = list(stream_chat(model.llm, [Message("user", "Say hello.")], model.spec))
    assert text_of(again)
    usage = again[-1].usage
    assert usage is not None
    assert usage.prompt_tokens > 5
    assert usage.reply_tokens > 0
    model.close()


@pytest.mark.slow
def test_the_slot_of_a_llama_cpp_server_is_freed_when_a_call_is_left() -> None:
    with llama_server() as address:
        model = open_model(f"openai-like:{address}/v1")
        told = stream_chat(model.llm, STORY, model.spec)
        assert next(piece.text for piece in told if piece.text)
        assert slot(address)["is_processing"]
        told.close()
        made = [
            slot(address)["next_token"][0]["n_decoded"] for _ in iter(lambda: slot(address)["is_processing"], False)
        ]
        assert max(made, default=0) < 100  # of the thousand that it would have made
        assert text_of(list(stream_chat(model.llm, [Message("user", "Say hello.")], model.spec)))
        model.llm._get_client().close()


@pytest.mark.slow
def test_the_server_is_one_and_ours_alone_and_stops(model: OpenModel) -> None:
    other = open_model(model.spec)
    next(stream_chat(model.llm, STORY, model.spec))
    list(stream_chat(other.llm, [Message("user", "Hi")], other.spec))
    address = model.llm._local.address()
    assert other.llm._local is model.llm._local
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(HTTPError, match="401"):
        urlopen(f"{address}/v1/models")
    model.close()
    with pytest.raises(OSError, match="refused"):
        urlopen(f"{address}/health")
    assert text_of(list(stream_chat(other.llm, [Message("user", "Say hello.")], other.spec)))  # it starts again
    other.close()
