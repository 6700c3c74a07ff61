"""The texts of the prompts, shipped and of one's own."""

from pathlib import Path

import pytest

from assistant.generative import prompt as prompts
from assistant.generative.prompt import PromptTexts, filled, load_prompts, shipped_prompts
from index.errors import SettingsError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


def refusal(file: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_prompts(str(file))
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_shipped_file_is_one_that_could_be_given(file: Path) -> None:
    file.write_text(Path(prompts.__file__).with_name("prompts.toml").read_text("utf-8"), "utf-8")
    assert load_prompts(str(file)) == load_prompts("") == shipped_prompts()


def test_a_file_changes_what_it_gives_and_no_more(file: Path) -> None:
    file.write_text('[small]\nrules = "Be brief, or say: {cannot_answer}"', "utf-8")
    mine, shipped = load_prompts(str(file)), shipped_prompts()
    assert mine.standard == shipped.standard
    assert mine.small == PromptTexts("Be brief, or say: {cannot_answer}", shipped.small.passage, shipped.small.question)
    assert mine.of(small=True) is mine.small


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[standard]\nrules = "Be brief."', "rules lacks {cannot_answer}"),
        ('[standard]\nquestion = "{question}"', "question lacks {passages}"),
        ('[standard]\nquestion = "Hello"', "question lacks {passages}, {question}"),
        ('[small]\npassage = "<p>{text}</p>"', "passage lacks {n}"),
        ('[small]\npassage = "{n}: {text}"', "between tags"),
        ('[small]\nrules = ""', "rules must be a text"),
        ("[small]\nrules = 3", "rules must be a text"),
        ('[small]\nrule = "{cannot_answer}"', "unknown text 'rule'"),
        ('[tiny]\nrules = "{cannot_answer}"', "unknown table [tiny]"),
        ('rules = "{cannot_answer}"', "unknown table [rules]"),
        ("small = 3", "must be a table"),
        ("[small", "not valid TOML"),
    ],
)
def test_a_broken_or_incomplete_file_is_one_clear_line(file: Path, text: str, wrong: str) -> None:
    file.write_text(text, "utf-8")
    assert wrong in refusal(file)


def test_a_file_that_is_not_there_or_not_text(file: Path, tmp_path: Path) -> None:
    assert "cannot be read" in refusal(file)
    file.write_bytes(b'[small]\nrules = "\xff"')
    assert "not valid TOML" in refusal(file)


def test_only_the_words_that_are_given_are_filled_in() -> None:
    assert filled("{a} {b} {{a}} {}", a="{b}") == "{b} {b} {{b}} {}"
