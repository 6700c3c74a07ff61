"""What a plan answers when it is asked alone, and news to ask it of."""

from collections.abc import Generator
from datetime import date

from assistant.answer import Answer
from assistant.events import Event
from index.article import Article, article_id
from index.formats import Reading


def answered(events: Generator[Event, None, Answer | None]) -> Answer | None:
    """What a plan returns, once all its events have come."""
    while True:
        try:
            next(events)
        except StopIteration as ended:
            answer: Answer | None = ended.value
            return answer


def news(text: str, title: str = "", day: date = date(2021, 3, 2), outlet: str = "Marl Post") -> Reading:
    """A report as it is read from a file."""
    key = article_id(text, title=title, published=day)
    return Reading(Article(key, text, title, outlet, "", "", day, f"/news/{key}.txt"), text)


def days(answer: Answer | None) -> list[str]:
    """The first cells of the rows."""
    return [one.place.row.cells[0] for one in answer.sentences if one.place.row] if answer else []
