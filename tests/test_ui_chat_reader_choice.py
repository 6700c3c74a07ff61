"""The choice of readers: only what is listed is opened, one copy of each, and a failure is not kept."""

from itertools import islice

import pytest

from index.errors import ModelError, SettingsError
from tests.fakes import FakeReaders, ReplayReader
from ui.chat.answering import ReaderChoice

STANDING = ReplayReader(name="extractive")
SECOND = ReplayReader(name="gguf:second.gguf")


def choice_of(**failures: Exception) -> tuple[ReaderChoice, FakeReaders]:
    readers = FakeReaders({"extractive": STANDING, SECOND.name: SECOND, **failures})
    return ReaderChoice(STANDING, readers), readers


def test_the_standing_reader_is_there_without_opening_any() -> None:
    choice, readers = choice_of()
    assert list(choice.open("extractive")) == list(choice.open(None)) == [STANDING]
    assert list(ReaderChoice(STANDING, None).open("extractive")) == [STANDING]
    assert readers.opened == []


def test_the_standing_reader_is_always_among_the_specs_and_each_once() -> None:
    assert choice_of()[0].specs() == ["extractive", SECOND.name]
    assert ReaderChoice(ReplayReader(name="other"), choice_of()[1]).specs() == ["other", "extractive", SECOND.name]
    assert ReaderChoice(STANDING, None).specs() == ["extractive"]


@pytest.mark.parametrize("spec", ["openai-like:http://127.0.0.1:9/v1#x", "gguf:second.gguf ", ""])
def test_what_is_not_listed_is_never_opened(spec: str) -> None:
    choice, readers = choice_of()
    with pytest.raises(SettingsError, match="not among the models of this chat"):
        list(choice.open(spec))
    with pytest.raises(SettingsError):
        list(ReaderChoice(STANDING, None).open(SECOND.name))
    assert readers.opened == []


def test_a_reader_that_takes_long_is_waited_for_and_opened_once_for_all_who_wait() -> None:
    choice, readers = choice_of()
    readers.open_now.clear()
    first, second = choice.open(SECOND.name), choice.open(SECOND.name)
    assert [*islice(first, 1), *islice(second, 1)] == [None, None]
    readers.open_now.set()
    assert list(first)[-1] is list(second)[-1] is SECOND
    assert readers.opened == [SECOND.name]


def test_who_leaves_off_leaves_it_to_be_opened() -> None:
    choice, readers = choice_of()
    readers.open_now.clear()
    left = choice.open(SECOND.name)
    assert next(left) is None
    left.close()  # type: ignore[attr-defined]
    again = choice.open(SECOND.name)
    assert next(again) is None
    readers.open_now.set()
    assert list(again)[-1] is SECOND
    assert readers.opened == [SECOND.name]


def test_a_failure_is_raised_and_the_next_question_tries_again() -> None:
    choice, readers = choice_of(broken=ModelError("broken: no such file"))
    with pytest.raises(ModelError, match="no such file"):
        list(choice.open("broken"))
    readers.readers["broken"] = SECOND
    assert list(choice.open("broken"))[-1] is SECOND
