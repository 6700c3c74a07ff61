"""How a number changed: what dated articles tell of the same thing, in a table by day.

A verdict is given where one sentence tells both numbers, or both are likely; else the reader sees them side by side.
"""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.answer import Answer, numbered
from assistant.events import Event
from assistant.extractive.candidates import quoted
from assistant.layout import Place, Row
from assistant.plans.amounts import Amount, amounts_told, kind_of, written
from assistant.plans.happened import days_in, in_words
from assistant.plans.phrases import stripped
from assistant.plans.tools import Tools
from index.english import lexicon
from index.text.analysis import words_of
from index.times.calendar import Days, one_day

HEADER = ("Day", "Amount", "What the article says")
_LEAST, _BEHIND = -4.0, 3.5  # log odds of a number that is shown: at all, and less than the likeliest one's
_LIKELY = 0.0  # of both numbers of a verdict
_MOST = 4  # rows


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked the change of, within which time, and whether by how much."""

    what: str
    when: str
    by: bool
    how: str

    @property
    def question(self) -> str:
        """The question for each of its values."""
        return self.how.format(self.what)


def changed_asked(question: str) -> Change | None:
    """The change that a question asks for; None for another question."""
    text = stripped(question)
    for form in _forms():
        if found := form.fullmatch(text):
            given = found.groupdict()
            what, when = given.get("topic") or given["what"], given["when"] or ""
            how = lexicon("compared").table("measured_by").get(text.lower().split()[2], "How much was {}?")
            return Change(what, when, "topic" in given, how)
    return None


def changed(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The numbers of what changed, by their days; None for another question, or where no two differ."""
    asked = changed_asked(question)
    if asked is None:
        return None
    told = yield from amounts_told(asked.what, asked.question, tools)
    ranked = sorted(told, key=lambda one: -one[1])
    pairs = _at_once(asked, ranked) or _alike(ranked)
    if len(pairs) < 2:
        return None
    shown = sorted(pairs, key=lambda one: (_days(one[0], pairs).first, one[0].told.start, one[0].value.start))
    rows = []
    for block, (one, _) in enumerate(shown):
        sentence, days = quoted(one.told), _days(one, pairs)
        cells = (in_words(days), one.written, sentence.text)
        rows.append(replace(sentence, place=Place(block, row=Row(HEADER, cells, ((), (0,), (0,))))))
    verdict = _verdict(asked, [(one, _days(one, pairs), score) for one, score in shown], tools.request.day)
    rests_on = tuple(range(1, len(rows) + 1)) if verdict else ()
    return replace(tools.composed(question, numbered(rows)), form="table", short_answer=verdict, rests_on=rests_on)


def _at_once(asked: Change, ranked: Sequence[tuple[Amount, float]]) -> list[tuple[Amount, float]]:
    """Both numbers of "from 4 crowns to 5.20", of a likely sentence that shares a word with the time asked about."""
    for one, score in ranked:
        within = frozenset(words_of(asked.when))
        if score < _LIKELY or (within and within.isdisjoint(one.told.vocabulary)):
            continue
        others = [two for two in ranked if two[0].told == one.told and _is_from_to(one, two[0])]
        if others:
            return [(one, score), others[0]]
    return []


def _is_from_to(one: Amount, other: Amount) -> bool:
    written = rf"\bfrom\s+{re.escape(one.value.text)}\b.*?\bto\s+{re.escape(other.value.text)}"
    return bool(re.search(written, one.told.text))


def _alike(ranked: Sequence[tuple[Amount, float]]) -> list[tuple[Amount, float]]:
    """The likeliest number, and others of the same kind that tell of it: each amount once."""
    if not ranked or ranked[0][1] < _LEAST:
        return []
    best, most = ranked[0]
    found: dict[float, tuple[Amount, float]] = {}
    for one, score in ranked:
        is_next = one.told.before == best.told or one.told == best.told  # 5.20, of "from 4 crowns to 5.20"
        is_alike = kind_of(one.value) == kind_of(best.value) or (is_next and not kind_of(one.value))
        is_alike &= one.value.share_of == best.value.share_of or is_next  # two of the injured are not the dead
        if is_alike and (score >= max(_LEAST, most - _BEHIND) or (is_next and score >= _LEAST - _BEHIND)):
            found.setdefault(one.value.amount, (one, score))
    return list(found.values())[:_MOST]


def _verdict(asked: Change, shown: Sequence[tuple[Amount, Days, float]], today: date) -> str | None:
    """From the earliest to the latest, where two neighbouring sentences or one tell both, or both are likely."""
    (first, since, first_score), (last, until, last_score) = shown[0], shown[-1]
    is_told = first.told == last.told and _is_from_to(first, last)
    is_next = first.told in (last.told, last.told.before) or last.told == first.told.before
    is_likely = min(first_score, last_score) >= _LIKELY or (is_next and _is_within(asked, since, until, today))
    if len(shown) > 2 or not (is_told or (is_likely and since.first < until.first)):
        return None
    if not asked.by:
        return f"From {first.written} to {last.written}"
    if first.value.hedge or last.value.hedge:
        return None
    like = next((one.value for one in (first, last) if kind_of(one.value)), first.value)
    difference = written(abs(last.value.amount - first.value.amount), like)
    return f"{difference}, from {first.written} to {last.written}"


def _is_within(asked: Change, since: Days, until: Days, today: date) -> bool:
    """Whether the days are those between which a question names the time."""
    named = [days for _, _, days in days_in(asked.when, today)]
    return len(named) == 2 and all(
        one.first <= other.last and other.first <= one.last for one, other in zip(named, (since, until), strict=True)
    )


def _days(one: Amount, shown: Sequence[tuple[Amount, float]]) -> Days:
    """The days that its sentence names, where it tells no other number and names no others; else its article's."""
    published = one.told.found.article.published or date.min
    named = [days for _, _, days in days_in(one.told.text, published) if days.last <= published]
    is_alone = sum(other.told == one.told for other, _ in shown) == 1
    return named[0] if is_alone and len(named) == 1 else one_day(published)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    words = lexicon("compared")
    when = r"(?:\s+(?P<when>(?:from|between|since|after|over|in|within|by)\b.*))?"
    changes = words.pattern("changes")
    topic = r"(?:(?P<topic>[^?]+?)\s+[-–—:]\s+)?"
    forms = (
        rf"how\s+(?:did|has|have)\s+(?P<what>.+?)\s+(?:change|changed|develop|developed|evolve|evolved){when}",
        rf"{topic}(?:by\s+)?how\s+(?:much|many)\b.*?\b(?:did|has|have)\s+(?P<what>.+?)\s+{changes}{when}",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
