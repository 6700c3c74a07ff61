"""The day on which an event happened, by its reports.

Search finds passages for "When did it happen?", and the reader's network says of each day that a sentence of them names
how likely it answers. A day counts for more where the sentence's grammar sets it beside the event's own words, and
where several reports name it. Nothing is told where another day is about as likely.
"""

import math
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.english.parsing import sentence_of
from assistant.events import Event, Step, Token
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import Readings, key_of, readings_of
from assistant.plans.beside import deeds_of, doer_of, is_begun, is_by_another, is_to_come, tells_of, word_at, words_over
from assistant.plans.phrases import names_of, when_asked
from assistant.plans.tools import Tools
from assistant.plans.votes import totals
from index.english import lexicon
from index.search.result import Retrieved
from index.text.analysis import words_of
from index.times.calendar import Days, Recurring, Weekly, one_day
from index.times.periods import periods
from index.times.time_forms import plain

_SOON = timedelta(days=31)  # a date without a year may be so far ahead of its article, which is changed later on
_AT_MOST = timedelta(days=120)  # so far ahead is what a sentence says that will be
_MONTH, _LONGEST_MONTH = 28, 31  # days; what is shorter has no name of its own
_OPENING = 400  # characters of an article, in which a report without a day tells of its own
# Log odds that are taken away: of a day that stands beside none of the event's words, of one on which it was still to
# come, and of the day of the article alone; of a month, of a year, and of another year than the event's words name.
_APART, _TO_COME, _PUBLISHED = 4.0, 1.5, 2.5
_COARSE, _COARSER, _OTHER_YEAR = 2.0, 1.0, 2.0
_MISSING = 1.5  # for each word that describes the event and is nowhere near
_OPENS = 1.5  # for the day that a report's first sentence names, when it is that of the report or soon before
_NEWS = timedelta(days=3)
_KNOWN = 1.5  # for the day that search takes the event to be of
_PARSED = 20  # days of sentences whose grammar is read
_SHOWN = -1.5  # of a day that is shown as not sure
_LEAST, _OF_LEAD = 1.8, 0.3  # of a day that is told, to which a share of its lead over any other adds
_OF_MONTH = 1.0  # of a month or a year that is told, besides
_AHEAD, _FAR_AHEAD = 1.0, 6.0  # the least lead, and the greatest that counts
_HEAD = re.compile(r"[A-Z][A-Z’'. -]+\b[^.!?]{0,60}?\s[-–—]+\s")  # the place and day before a report's first words
_CALLED_OFF = re.compile(rf"\b{lexicon('compared').pattern('called_off')}\b", re.IGNORECASE)
_NUMBERED = frozenset(word for word, at in lexicon("numbers").table("ordinals").items() if at > 1) - {"latter"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as the question names it, the days on which it happened (one, or those of a month or a year), the
    sentence that tells it, and the log odds that this is so. `named` is whether the sentence names the day, which else
    is its article's. One that is not `sure` is the likeliest of days among which the articles leave it open."""

    event: str
    days: Days
    told: Candidate
    score: float
    named: bool = True
    sure: bool = True

    @property
    def written(self) -> str:
        """The day as in "5 October 2020", or the month or the year, and that it is not sure."""
        return in_words(self.days) + " (not sure)" * (not self.sure)


def in_words(days: Days) -> str:
    """A day, a month or a year as in "5 October 2020"."""
    if days.length == 1:
        return f"{days.first.day} {days.first:%B %Y}"
    return f"{days.first:%Y}" if days.length > _LONGEST_MONTH else f"{days.first:%B %Y}"


def happened(event: str, tools: Tools, unsure: bool = False) -> Generator[Event, None, Happened | None]:
    """When the event happened, None where the articles leave it open or the time of the plan is over.

    With `unsure` the likeliest day is told, if any is likely at all, where they leave it open.
    """
    if tools.is_late:
        return None
    question = when_asked(event)
    tools.steps.append(question)
    yield Step(question)
    names, deeds = names_of(event), deeds_of(f"{event} {question}")
    sought = _Sought(event, names, deeds or names, doer_of(question))
    known = tools.day_of(event)
    told: list[Happened] = []
    seen: set[str] = set()
    for query in (question, event):  # the question finds what was said about it later, the event's words its reports
        found = [one for one in tools.search(query).passages if key_of(one) not in seen]
        seen |= {key_of(one) for one in found}
        yield Token("")
        told += _days_told(sought, found, readings_of(question, found, anew=query != question))
        if likeliest := _likeliest(told, known):
            return likeliest
    return _nearest_told(told, known) if unsure else None


@dataclass(frozen=True, slots=True)
class _Sought:
    """An event, with the stems of the names in it, of its other words, and of the name of whom it is a deed."""

    event: str
    names: frozenset[str]
    deeds: frozenset[str]
    doer: frozenset[str]

    @property
    def is_end(self) -> bool:
        """Whether it is the end of something."""
        return not self.deeds.isdisjoint(words_of(lexicon("compared").pattern("ends")))

    @property
    def described(self) -> frozenset[str]:
        """The stems of the nouns and adjectives that say which of several such events it is: a state funeral."""
        words = sentence_of(self.event).words
        beside = [word.text for word in words if word.role in ("compound", "amod") and not word.is_proper]
        return frozenset(words_of(" ".join(beside)))

    @property
    def numbered(self) -> frozenset[str]:
        """The ordinals behind the first, which no report leaves out."""
        return frozenset(self.event.lower().split()) & _NUMBERED

    def named_in(self, one: Candidate) -> float | None:
        """What names and other words that are missing around a sentence take; None where too few names are there."""
        around = f"{one.found.article.title} {one.before.text if one.before else ''} {one.text}"
        missing = self.names - frozenset(words_of(around))
        if not self.numbered <= frozenset(around.lower().split()):  # the second earthquake, where there was but one
            return None
        if 2 * len(missing) > len(self.names) or missing == self.names != frozenset():
            return None
        return len(missing) + _MISSING * len(self.described - frozenset(words_of(around)))

    def less(self, days: Days, published: date) -> float:
        """What it takes from the log odds of days that they are to come, are many, or of another year than is named."""
        years = _YEAR.findall(self.event)
        is_other = bool(years) and str(days.first.year) not in years
        many = _COARSE * (days.length > 1) + _COARSER * (days.length > _LONGEST_MONTH)
        return _TO_COME * (days.first > published) + _OTHER_YEAR * is_other + many


def _likeliest(told: list[Happened], known: date | None) -> Happened | None:
    """The likeliest day, where it leads; a month or a year only where no day is told."""
    found = totals((one.days, one.told.found.article.id, one.score) for one in told)
    known_days = one_day(known) if known else None
    likely = {days: total + _KNOWN * (days == known_days) for days, total in found.items()}
    for days in sorted(likely, key=lambda days: (days.length > 1, -likely[days])):
        others = [total for other, total in likely.items() if other.last < days.first or days.last < other.first]
        lead = min(likely[days] - max(others, default=-math.inf), _FAR_AHEAD)
        own = [one for one in told if one.days == days]
        is_told = any(one.named for one in own) or len({one.told.found.article.id for one in own}) > 1
        is_told &= days.length == 1 or likely[days] >= _OF_MONTH
        if is_told and lead >= _AHEAD and likely[days] + _OF_LEAD * lead >= _LEAST:
            return replace(max(own, key=lambda one: one.score), score=likely[days])
    return None


def _nearest_told(told: Sequence[Happened], known: date | None) -> Happened | None:
    """The sentence that tells the likeliest single day, of days that are not to be told apart."""
    days = [replace(one, score=one.score + _KNOWN * (one.days == one_day(known))) if known else one for one in told]
    best = max((one for one in days if one.days.length == 1), key=lambda one: one.score, default=None)
    return replace(best, sure=False) if best and best.score >= _SHOWN else None


def _days_told(sought: _Sought, found: Sequence[Retrieved], readings: Readings) -> list[Happened]:
    """The days of the sentences that the network holds likeliest, with what their grammar takes from that."""
    likely = sorted(_days_named(sought, found, readings), key=lambda one: -one[0].score)[:_PARSED]
    return [replace(one, score=one.score + _opens(one) - _apart(sought, one.told.text, start)) for one, start in likely]


def _opens(one: Happened) -> float:
    """What it adds that a report tells the day of news in its first sentence."""
    published, day = one.told.found.article.published, one.days
    is_news = published is not None and day.length == 1 and timedelta() <= published - day.first <= _NEWS
    return _OPENS if one.named and is_news and one.told.start == 0 else 0.0


def _days_named(
    sought: _Sought, found: Sequence[Retrieved], readings: Readings
) -> Iterator[tuple[Happened, int | None]]:
    """Each day that a sentence names, or else that of its article, and where in the sentence its words begin."""
    for one in candidates(found):
        reading, published = readings.get(key_of(one.found)), one.found.article.published
        missing = sought.named_in(one)
        if reading is None or published is None or missing is None:
            continue
        head = _HEAD.match(one.text) if one.start == 0 else None
        named = [each for each in days_in(one.text, published) if not head or each[0] > head.end()]
        for start, end, days in named:
            first, last = start + one.place[0], end + one.place[0]
            span = reading.best_of(lambda its, a=first, b=last: its.start < b and its.end > a, *one.place)  # type: ignore[misc]
            if span:
                yield Happened(sought.event, days, one, span.logit - missing - sought.less(days, published)), start
        if not named and one.start < _OPENING and (best := reading.best(*one.place)):
            yield (
                Happened(
                    sought.event,
                    one_day(published),
                    one,
                    best.logit - _PUBLISHED - missing - sought.less(one_day(published), published),
                    named=False,
                ),
                None,
            )


def days_in(sentence: str, published: date) -> Iterator[tuple[int, int, Days]]:
    """The days, months and years that a sentence of an article names, with the characters that do."""
    text = plain(sentence)
    for period in periods(text, published):
        start, end = text.span(period.first, period.end)
        try:
            days = period.when if isinstance(period.when, Days) else _nearest(period.when, sentence, start, published)
        except ValueError:  # no such day within the calendar
            continue
        if days.length == 1 or days.length >= _MONTH:
            yield start, end, days


def _nearest(when: Recurring, sentence: str, start: int, published: date) -> Days:
    before, after = when.begun_by(published), when.begins_from(published)
    read = sentence_of(sentence)
    at = word_at(read, start)
    verbs = [read.words[one] for one in words_over(read, at) if read.words[one].is_verb]
    is_now = any(word.tag in ("VBZ", "VBP") and (word.lemma == "be" or not isinstance(when, Weekly)) for word in verbs)
    if (is_now or is_to_come(read, at)) and after.first - published <= _AT_MOST:
        return after
    is_near = not isinstance(when, Weekly) and after.length == 1
    return after if is_near and after.first - published <= min(_SOON, published - before.first) else before


def _apart(sought: _Sought, sentence: str, start: int | None) -> float:
    """What it takes that the words at `start`, or else the whole sentence, tell by its grammar of no word of the event,
    of what is to come, or of what another did."""
    read = sentence_of(sentence)
    at = None if start is None else word_at(read, start)
    if not tells_of(read, at, sought.deeds) or is_by_another(read, at, sought.doer):
        return _APART
    if at is not None and sought.is_end and is_begun(read, at):
        return _APART + _TO_COME
    return _TO_COME if is_to_come(read, at) or _CALLED_OFF.search(sentence) else 0.0
