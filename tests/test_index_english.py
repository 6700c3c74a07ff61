"""Words as data: every file of the lexicon reads, and no list names a word twice."""

from importlib.resources import files
from pathlib import Path

import pytest

from index.english import Lexicon, lexicon


@pytest.fixture
def colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lexicon:
    package = tmp_path / "colours"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "c.toml").write_text(
        'warm = "red gold"\nmixed = ["sea green", "sky"]\n[plural]\nhue = "hues"\n', "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return Lexicon("c", "colours")


def test_lists_and_tables(colours: Lexicon) -> None:
    assert colours.listed("warm") == ("red", "gold")
    assert colours.words("warm", "mixed") == {"red", "gold", "sea green", "sky"}
    assert dict(colours.table("plural")) == {"hue": "hues"}
    assert colours.pattern("mixed") == r"(?:sea\ green|sky)"


def test_an_unknown_list_names_the_file(colours: Lexicon) -> None:
    with pytest.raises(KeyError, match=r"colours/c\.toml has no list 'cold'"):
        colours.words("cold")


@pytest.mark.parametrize(
    "topic",
    sorted(file.name.removesuffix(".toml") for file in files("index.english").iterdir() if file.name.endswith(".toml")),
)
def test_no_list_names_a_word_twice(topic: str) -> None:
    whole = lexicon(topic)
    for name, value in whole._lists.items():
        if not isinstance(value, dict):
            entries = list(map(str, whole.listed(name)))
            assert len(entries) == len(set(entries)), f"{topic}.toml, {name}"
