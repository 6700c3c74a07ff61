"""The articles that are about a subject, each with the sentence that says most of it; and how they are told of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Citation, Sentence
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.evidence import Evidence
from assistant.extractive.read_features import key_of, readings_of
from assistant.layout import Item, Place
from assistant.plans.tools import READ_PASSAGES, Tools
from assistant.question.focus import focuses
from index.article import Article
from index.filters import Filters
from index.text.passages import sentence_spans
from index.times.calendar import MONTHS

_PASSAGES = 300  # that are looked at
_ABOUT = 0.7  # nearness of a passage, with its article's title, to the words of the subject: all of them, nearly
_MANY = 0.9  # of the passages that are looked at are about the subject where there are likely to be more
_SOME = 0.2  # the same, from which the span model is asked
_LEADS = 0.5
_LEAD = 8  # words of a lead sentence at least, for what is shorter is a place or a heading


@dataclass(frozen=True, slots=True)
class Report:
    """An article with words of it; `also_in` reprint them.

    `near` is how much of the subject the words hold, `passage` where the passage begins that has them.
    """

    article: Article
    start: int
    end: int
    text: str
    also_in: tuple[Article, ...] = ()
    near: float = 0.0
    passage: int = 0

    def sentence(self) -> Sentence:
        """Its words, cited."""
        citation = Citation(0, self.article, self.start, self.end, self.text, self.also_in)
        return Sentence(" ".join(self.text.split()), "supported", (citation,))


class Reports(list[Report]):
    """Reports on a subject; `are_all` is False where there may be more than were looked at."""

    def __init__(self, reports: Iterable[Report], are_all: bool = True) -> None:
        super().__init__(reports)
        self.are_all = are_all


def reports_about(tools: Tools, subject: str, filters: Filters) -> Reports:
    """What the articles that pass say about a subject: of each its sentence that is nearest, in the order of search.

    What an article has from another stands with that one.
    """
    best: dict[str, Report] = {}
    sentences = sentences_about(tools, subject, filters)
    for one in sentences:
        known = best.get(one.article.id)
        if known is None or one.near > known.near:
            best[one.article.id] = one
    passages = {(one.article.id, one.passage) for one in sentences}
    own: list[Report] = []
    reprinted: set[str] = set()
    for one in best.values():
        if one.article.id not in reprinted:
            own.append(one)
            reprinted.update(copy.id for copy in one.also_in)
    return Reports(own, are_all=len(passages) < _MANY * _PASSAGES)


def sentences_about(tools: Tools, subject: str, filters: Filters) -> list[Report]:
    """All sentences of the passages that are about a subject, passage by passage.

    A passage is about it that has its words, or words near to them in meaning; and of the best ones that which has some
    of them and in which the span model finds something said about it.
    """
    found = tools.search(subject, _PASSAGES, filters, any_time=True)
    sentences = candidates(found)
    if not sentences:
        return []
    _, total = tools.collection.catalogue.count()
    focus = focuses(subject, tools.collection.frequency, total, split=False)[0]
    inside, of_passage = Evidence(subject, sentences, {}).nearness(focus)
    some = {key_of(one.found) for one, near in zip(sentences, of_passage, strict=True) if _ABOUT > near >= _SOME}
    read = [one for one in found[:READ_PASSAGES] if key_of(one) in some]
    readings = readings_of(f"What is said about the {subject}?", read, anew=True)
    told = {key for key, reading in readings.items() if reading.relevance > 0}
    return [
        _report(one, float(near))
        for one, near, whole in zip(sentences, inside, of_passage, strict=True)
        if whole >= _ABOUT or key_of(one.found) in told
    ]


def _report(sentence: Candidate, near: float) -> Report:
    """The first sentence of an article is near to what the article is about, whatever its words are."""
    found = sentence.found
    near = max(near, _LEADS) if sentence.start == 0 else near
    place = (sentence.start, sentence.end, sentence.text)
    return Report(found.article, *place, found.also_in, near, found.passage.start)


def leads_of(tools: Tools, articles: Iterable[Article]) -> list[Report]:
    """The lead sentence of each article."""
    found = []
    for article in articles:
        text = tools.collection.text_of(article.id)
        spans = sentence_spans(text)
        if spans:
            start, end = next((span for span in spans if len(text[slice(*span)].split()) >= _LEAD), spans[0])
            found.append(Report(article, start, end, text[start:end]))
    return found


def listed(reports: Sequence[Report]) -> list[Sentence]:
    """The reports' words as the items of a list."""
    return [
        replace(one.sentence(), place=Place(block=at, items=(Item(at + 1, False),))) for at, one in enumerate(reports)
    ]


def by_day(reports: Iterable[Report]) -> list[Report]:
    """The oldest first, the undated last."""
    return sorted(reports, key=lambda one: (one.article.published or date.max, one.article.title, one.article.id))


def day_told(day: date) -> str:
    """For example `9 October 2020`."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def days_told(articles: Iterable[Article]) -> str:
    """When articles appeared, such as `from 1 to 9 October 2020`; "" where no day is known."""
    days = sorted(article.published for article in articles if article.published)
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        return f"from {day_told(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"from {first.day} to {day_told(last)}"
    if first.year == last.year:
        return f"from {day_told(first).rsplit(' ', 1)[0]} to {day_told(last)}"
    return f"from {day_told(first)} to {day_told(last)}"


def enumerated(names: Sequence[str]) -> str:
    """For example `one, two and three`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
