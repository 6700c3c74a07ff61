"""The quoted answer in place of a model's that failed."""

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.events import Done, Event, Notice, Token
from assistant.readers import FallbackReader
from assistant.request import Question
from index.errors import CollectionError, ModelError
from tests.fakes import ReplayReader

QUESTION = Question("Who won?", (), date(2020, 10, 9))
QUOTED = Answer(QUESTION.text, QUESTION.as_of, answerable=True, sentences=())
INSTEAD = [Token("quoted "), Notice("a line of its own"), Done(QUOTED)]
FAILURE = ModelError("the model broke off; start it again")


def events_of(*events: Event | Exception) -> list[Event]:
    return list(FallbackReader(ReplayReader(events), ReplayReader(INSTEAD)).read(QUESTION, []))


@pytest.mark.parametrize("said", [[], [Token("Ada "), Token("Li")]])
def test_what_failed_is_told_and_the_quoted_answer_takes_its_place(said: list[Event]) -> None:
    events = events_of(*said, FAILURE)
    assert events[: len(said)] == said
    told, its_own, done = events[len(said) :]  # the tokens of the quoted answer would follow on the model's
    assert isinstance(told, Notice)
    assert str(FAILURE) in told.text
    assert its_own == Notice("a line of its own")
    assert isinstance(done, Done)
    assert (done.answer.failed, done.answer.llm) == ("replay", "extractive")


def test_a_model_that_answers_is_passed_on_as_it_is() -> None:
    events = [Token("Ada."), Done(QUOTED)]
    assert events_of(*events) == events


def test_other_errors_are_not_the_models() -> None:
    with pytest.raises(CollectionError):
        events_of(CollectionError("the disk is full"))


def test_stopping_stops_the_reader_that_is_at_work() -> None:
    model, instead = ReplayReader([Token("a"), Token("b")]), ReplayReader(INSTEAD)
    events = FallbackReader(model, instead).read(QUESTION, [])
    next(events)
    events.close()
    assert model.broken_off.is_set()
    assert instead.asked == []
