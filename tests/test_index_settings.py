"""Settings from flags, the environment, the file and the defaults."""

from pathlib import Path

import pytest

from index.errors import BylineError, CollectionError, SettingsError
from index.settings import Settings, load_settings


def load(home: Path, flags: dict[str, object] | None = None, **environment: str) -> Settings:
    return load_settings({"home": str(home), **(flags or {})}, environment)


def refusal(home: Path, flags: dict[str, object] | None = None, **environment: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(home, flags, **environment)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(home=tmp_path)
    assert load(tmp_path / "missing") == Settings(home=tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_flags_go_before_the_environment_before_the_file_before_defaults(tmp_path: Path, file: Path) -> None:
    assert load(tmp_path).port == 7860
    file.write_text('port = 1\nllm = "from-file"\nhost = "::1"')
    assert load(tmp_path).port == 1
    assert load(tmp_path, BYLINE_PORT="2").port == 2
    both = load(tmp_path, {"port": 3, "llm": None}, BYLINE_PORT="2", BYLINE_LLM="from-environment")
    assert (both.port, both.llm, both.host, both.embedder) == (3, "from-environment", "::1", "static")


def test_the_home_comes_from_a_flag_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings({}, {"BYLINE_HOME": "/b"}).home == Path("/b")
    assert load_settings({"home": "/a"}, {"BYLINE_HOME": "/b"}).home == Path("/a")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({"home": "~/news"}, {}).home == tmp_path / "news"
    assert load_settings({}, {}).home.name == "byline"


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    assert load(tmp_path, BYLINE_PORT="", BYLINE_LLM="") == Settings(home=tmp_path)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('colour = "red"', "unknown setting 'colour'"),
        ('home = "/x"', "unknown setting 'home'"),
        ("[llm]\nname = 1", "llm is"),
        ("llm = 3", "llm is 3"),
        ("llm = true", "llm is True"),
        ("port = 70000", "port is 70000"),
        ("port = -1", "port is -1"),
        ("port = true", "port is True"),
        ("port = 1.5", "port is 1.5"),
        ('port = "²"', "port is '²'"),
        ('collection = "a/b"', "'a/b' cannot name a collection"),
        ("port = ", "not valid TOML"),
        ("port = 1\nport = 2", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, file: Path, text: str, named: str) -> None:
    file.write_text(text, "utf-8")
    message = refusal(tmp_path)
    assert message.startswith(f"{file}: ")
    assert named in message


def test_a_file_in_another_encoding(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b'llm = "caf\xe9"')
    assert "not valid TOML" in refusal(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path, file: Path) -> None:
    file.write_text("port = 1", "utf-8-sig")
    assert load(tmp_path).port == 1


def test_the_place_of_a_wrong_value_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"port": "x"}).startswith("the command line: port")
    assert refusal(tmp_path, BYLINE_PORT="x").startswith("the environment: port")


@pytest.mark.parametrize("name", ["..", "a b", "a.b", "/", "\\", "-", "a" * 61, "nul\0", "a\n"])
def test_names_that_are_no_folder_are_refused(tmp_path: Path, name: str) -> None:
    assert "cannot name a collection" in refusal(tmp_path, {"collection": name})


@pytest.mark.parametrize("name", ["news", "news-2026", "my_news", "Zeitung", "新聞"])
def test_names_of_collections(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, {"collection": name}).collection == name


def test_a_file_in_place_of_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("x")
    with pytest.raises(CollectionError, match="--home") as caught:
        load(home)
    assert str(home) in str(caught.value)


def test_a_folder_in_place_of_the_file(tmp_path: Path, file: Path) -> None:
    file.mkdir()
    with pytest.raises(CollectionError, match="cannot be read"):
        load(tmp_path)


def test_the_home_of_a_user_who_is_not_there() -> None:
    with pytest.raises(BylineError, match="no-such-user"):
        load(Path("~no-such-user-here/news"))


def test_seconds_may_have_fractions(tmp_path: Path, file: Path) -> None:
    assert load(tmp_path, BYLINE_RERANK_SECONDS="0.5").rerank_seconds == 0.5
    file.write_text("rerank_seconds = 3")
    assert load(tmp_path).rerank_seconds == 3.0


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "3601", "long", "1e999"])
def test_seconds_that_are_none(tmp_path: Path, value: str) -> None:
    assert "rerank_seconds is" in refusal(tmp_path, BYLINE_RERANK_SECONDS=value)


@pytest.mark.parametrize("value", ["true", "[1]", "nan"])
def test_seconds_in_the_file_that_are_none(tmp_path: Path, file: Path, value: str) -> None:
    file.write_text(f"rerank_seconds = {value}")
    assert "rerank_seconds is" in refusal(tmp_path)


def test_a_model_gets_its_seconds_its_tries_and_its_prices(tmp_path: Path) -> None:
    settings = load(tmp_path, BYLINE_LLM_SECONDS="0.5", BYLINE_LLM_RETRIES="0", BYLINE_LLM_PRICES="openai:x=1/2")
    assert (settings.llm_seconds, settings.llm_retries, settings.llm_prices) == (0.5, 0, "openai:x=1/2")
    assert "llm_seconds is" in refusal(tmp_path, BYLINE_LLM_SECONDS="soon")
    assert "llm_retries is" in refusal(tmp_path, BYLINE_LLM_RETRIES="21")


def test_a_models_window_is_a_number_of_tokens(tmp_path: Path) -> None:
    assert load(tmp_path).llm_window == 0
    assert load(tmp_path, BYLINE_LLM_WINDOW="4096").llm_window == 4096
    assert "llm_window is" in refusal(tmp_path, BYLINE_LLM_WINDOW="4k")


def test_how_sure_an_answer_must_be_is_one_of_three(tmp_path: Path) -> None:
    assert load(tmp_path).answers == "balanced"
    assert load(tmp_path, BYLINE_ANSWERS="careful").answers == "careful"
    assert "must be 'careful', 'balanced' or 'eager'" in refusal(tmp_path, {"answers": "bold"})


def test_what_becomes_of_unsupported_sentences_is_one_of_two(tmp_path: Path) -> None:
    assert load(tmp_path).unsupported == "show"
    assert load(tmp_path, BYLINE_UNSUPPORTED="leave out").unsupported == "leave out"
    assert "must be 'show' or 'leave out'" in refusal(tmp_path, {"unsupported": "hide"})
