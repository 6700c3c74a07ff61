"""The sentences of articles that tell of something on a day, and those of them that tell of one event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from assistant.english.happened import Happened, happened, stands_alone, stated_on
from assistant.english.parsing import sentence_of
from assistant.english.values import values_of
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import outlet_of
from assistant.plans.corrected import ABOUT_THE_SAME, corrections_of, is_put_right, place_of
from assistant.plans.subjects import Subject
from index.collection import Collection
from index.english import lexicon
from index.search.result import Retrieved
from index.times import Window
from index.times.calendar import WEEKDAYS, Weekly
from index.times.periods import periods
from index.times.time_forms import plain

_FURNITURE = lexicon("sequence").listed("furniture")
_RELEVANT, _LEAST, _OF_BEST = 0.5, 0.3, 0.9  # of the subject: enough, too little, and a share of the best
_PARSED = 80  # sentences at most, each some milliseconds
_LONGEST = 420  # characters of a sentence
_SHORTEST = 25
_LEAD = 150  # characters before an article's first sentence: a place, an agency
_COMPARED = 300  # sentences at most
_COPIED = 0.95  # cosine of the same words
_SAME = 0.56  # cosine of two sentences of one day that tell of one event
_SAME_NEAR = 0.72  # of two days that touch
_RETOLD = 0.82  # of any days: a thing told again
_NEAR = timedelta(days=2)
_SOON = timedelta(days=3)  # in the middle of the week that began with a weekday
_ALWAYS = Window()
_SOON_AFTER = timedelta(days=14)
_ANCHORED = 0.6  # cosine of what an undated article and a dated one tell of the same weekday

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of an event, when that happened, and how much the sentence says of the subject, 0 to 1."""

    candidate: Candidate
    happened: Happened
    relevance: float
    clear: bool  # whether it can be understood alone
    vector: Vectors
    retold: int  # articles that tell the same, whatever day they name
    correction: Candidate | None = None  # the sentence behind it, where that puts right what was told before

    @property
    def outlet(self) -> str:
        return outlet_of(self.candidate.found)

    @property
    def is_stated(self) -> bool:
        """Whether it is of its article's day only because it stands in it."""
        return not self.happened.dated and not is_lead(self.candidate)

    @property
    def published(self) -> date | None:
        return self.candidate.found.article.published

    def is_like(self, other: "Telling", least: float) -> bool:
        """Whether the cosine of both sentences is so great."""
        return float(self.vector @ other.vector) >= least


@dataclass(frozen=True, slots=True)
class Event:
    """What one or more sentences tell, the best of them first."""

    tellings: tuple[Telling, ...]
    corrected: tuple[Telling, ...] = ()  # what was told before of it and has been put right since

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    @property
    def outlets(self) -> int:
        """How many outlets tell it, each once, with those that reprint an article."""
        told = {one.outlet for one in self.tellings}
        return len(told)


def tellings(
    passages: Sequence[Retrieved],
    subject: Subject,
    collection: Collection,
    window: Window = _ALWAYS,
    stated: float = 2.0,
) -> list[Telling]:
    """The sentences of the passages that tell of the subject and of something on a day.

    Of many those first that may tell what happened in the days of `window`. What says so much of
    the subject as is `stated`, and has no day, is of its article's.
    """
    found = [one for one in candidates(passages) if is_prose(one.text)]
    ratings = subject.relevance(found, collection)
    enough = max(_LEAST, min(_RELEVANT, _OF_BEST * max(ratings, default=0.0))) if subject.focus else 0.0
    rated = [(rating, one) for rating, one in zip(ratings, found, strict=True) if rating >= enough]
    rated.sort(key=lambda pair: -pair[0])
    if not rated:
        return []
    about = [one for _, one in rated[:_COMPARED]]
    vectors = collection.embedder.embed_passages([one.text for one in about])
    days = _days_of_undated(about, vectors)
    corrections = corrections_of(found)
    retold = _retold(about, vectors)
    told = []
    may_tell = [place for place, one in enumerate(about) if _may_have_day(one) or rated[place][0] >= stated]
    for place in sorted(may_tell, key=lambda place: not _may_be_of(about[place], window))[:_PARSED]:
        one, sentence = about[place], sentence_of(about[place].text)
        article = one.found.article
        event = happened(sentence, article.published or days.get(article.id), _is_news(one))
        if event is None and rated[place][0] >= stated:
            event = stated_on(sentence, article.published)
        if event:
            clear = stands_alone(sentence, event.verb)
            right = corrections.get(place_of(one))
            told.append(Telling(one, event, rated[place][0], clear, vectors[place], retold[place], right))
    return [one for one in told if not any(_contradicts(one, other) for other in told)]


def _retold(sentences: Sequence[Candidate], vectors: Vectors) -> list[int]:
    """In how many articles each sentence, or one much like it, stands."""
    articles = {one.found.article.id: place for place, one in enumerate(sentences)}
    of = np.zeros((len(sentences), len(articles)), bool)
    number = {article: place for place, article in enumerate(articles)}
    of[np.arange(len(sentences)), [number[one.found.article.id] for one in sentences]] = True
    alike = (vectors @ vectors.T >= _SAME).astype(np.float32)
    return [int(count) for count in (alike @ of.astype(np.float32) > 0).sum(axis=1)]


def _contradicts(one: Telling, other: Telling) -> bool:
    """Whether the same words stand in articles of different days: what "Monday" is in them, neither tells."""
    if one is other:
        return False
    here, there = one.happened.days.first, other.happened.days.first
    return abs(here - there) > _NEAR and one.is_like(other, _COPIED)


def _is_news(one: Candidate) -> bool:
    """Whether it tells news of its article's day where it names no other."""
    return is_lead(one) and one.found.article.published is not None


def is_lead(one: Candidate) -> bool:
    """Whether a sentence opens its article."""
    return one.before is None and one.start <= _LEAD


def events_of(told: Sequence[Telling]) -> list[Event]:
    """The tellings in groups, each of one event; the best telling of a group first.

    What was told before and is put right since is part of the event that puts it right.
    """
    right = [one for one in told if one.correction]
    wrong = {id(old): new for old in told for new in right if not old.correction and _is_corrected(old, new)}
    events = []
    for group in _grouped([one for one in told if id(one) not in wrong]):
        corrected = [old for old in told if any(wrong.get(id(old)) is one for one in group)]
        ordered = sorted(group, key=lambda one: one.correction is None) if corrected else group
        events.append(Event(tuple(ordered), tuple(corrected)))
    return events


def _is_corrected(old: Telling, new: Telling) -> bool:
    return is_put_right(old.candidate, new.candidate) and old.is_like(new, ABOUT_THE_SAME)


def _grouped(told: Sequence[Telling]) -> list[list[Telling]]:
    ordered = sorted(told, key=_goodness, reverse=True)
    groups: list[list[Telling]] = []
    for one in ordered:
        group = next((group for group in groups if any(_is_same(one, other) for other in group[:3])), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _goodness(one: Telling) -> float:
    """How well a sentence tells an event: of the subject, alone, with its day, at the head of its article."""
    told = one.happened
    return (
        one.relevance
        + 0.5 * one.clear
        + 0.3 * told.dated
        + 0.2 * (told.days.length == 1)
        + 0.2 * is_lead(one.candidate)
        - 0.3 * told.said
    )


def _is_same(one: Telling, other: Telling) -> bool:
    """Whether two sentences tell of one event, by their words and days."""
    here, there = one.happened.days, other.happened.days
    if here.first <= there.last and there.first <= here.last and min(here.length, there.length) <= 31:
        return one.is_like(other, _SAME)
    near = here.first - _NEAR <= there.last and there.first - _NEAR <= here.last
    return one.is_like(other, _SAME_NEAR if near and not (one.happened.dated and other.happened.dated) else _RETOLD)


def is_prose(text: str) -> bool:
    """Whether a sentence is a whole one of running text, no caption or line of a page's furniture."""
    text = text.strip()
    if not _SHORTEST <= len(text) <= _LONGEST or "\n" in text or any(word in text for word in _FURNITURE):
        return False
    return text.rstrip("\"'”’)»").endswith((".", "!", "…"))


def _may_have_day(one: Candidate) -> bool:
    return is_lead(one) or bool(periods(plain(one.text), one.found.article.published or date.max))


def _may_be_of(one: Candidate, window: Window) -> bool:
    """Whether its article appeared in these days, or soon after."""
    published = one.found.article.published
    if published is None or published in window:
        return True
    return window.last is not None and timedelta() < published - window.last <= _SOON_AFTER


def _days_of_undated(sentences: Sequence[Candidate], vectors: Vectors) -> Mapping[str, date]:
    """Days about which undated articles were published, by their ids.

    Where one tells the same of a weekday as a dated article does, both mean the same day, and it was published within
    the week.
    """
    named = [(place, day) for place, one in enumerate(sentences) for day in _weekdays(one.text)]
    found: dict[str, date] = {}
    nearest: dict[str, float] = {}
    for place, day in named:
        article = sentences[place].found.article
        for other, same in named if article.published is None else ():
            published = sentences[other].found.article.published
            alike = float(vectors[place] @ vectors[other])
            if published and same == day and alike >= max(_ANCHORED, nearest.get(article.id, 0.0)):
                nearest[article.id] = alike
                found[article.id] = Weekly(day).begun_by(published).first + _SOON
    return found


def _weekdays(text: str) -> set[int]:
    return {WEEKDAYS.index(one.text.lower()) for one in values_of(text) if one.kind == "weekday"}
