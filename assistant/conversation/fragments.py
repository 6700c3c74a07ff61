"""Phrases without a question of their own ("And in Merrow Bay?", "The other one?"), put into the question before."""

import re
from collections.abc import Sequence

from assistant.conversation.clause import opened
from assistant.conversation.deeds import DEED_NOUNS
from assistant.conversation.phrases import Phrase, phrases_of
from assistant.conversation.topic import Topic
from index.times.calendar import MONTHS, WEEKDAYS

_DATE = (
    rf"(?:(?:in|on|of|during|since|before|after)\s+)?(?:(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})(?:\s+\d{{1,2}})?"
    rf"(?:,?\s+\d{{4}})?|(?:1[89]|20)\d\d|{'|'.join(WEEKDAYS)})\b"
)
_IS_DATE = re.compile(rf"^(?:and\s+)?{_DATE}$", re.IGNORECASE)
_ANY_DATE = re.compile(rf"\b{_DATE}")
_YEARS_ON = re.compile(r"^(?:the|one|a) year (before|after|earlier|later)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LATER = re.compile(r"\b(?:before|after|earlier|later|ago|since|now|today|yesterday|tomorrow)$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^(in|at|on|of|to|from|with|by|for|against|about|between|near|over|under|after|before)\s+", re.IGNORECASE
)
_PLACES = frozenset("in at near from above over".split())


def filled(fragment: str, topic: Topic, introduced: bool = False) -> str:
    """The question of the topic with the fragment in place of what stands in its place there; else at its end.

    What is `introduced` by "what about" comes for the last name: "How many were sold to Norland?", "And Sudmark?".
    """
    new = opened(fragment).strip(" ?.!,")
    question = topic.question
    if (found := _YEARS_ON.match(new)) and (year := _YEAR.search(question)):
        by = -1 if found[1].lower() in ("before", "earlier") else 1
        return f"{question[: year.start()]}{int(year[0]) + by}{question[year.end() :]}"
    if _IS_DATE.match(new):
        if old := _ANY_DATE.search(question):
            return f"{question[: old.start()]}{_with_preposition(new, old[0])}{question[old.end() :]}"
        return _at_end(question, new)
    if deed := _other_deed(new, topic):
        return f"{question[: deed.start]}{new}{question[deed.end :]}"
    if _LATER.search(new):
        return _at_end(question, new)
    if _is_deed(new, topic) and topic.clause and topic.clause.adverbial and topic.clause.wh:
        return f"{topic.clause.wh} was {new}?"
    led = _PREPOSITION.match(new)
    bare = new[led.end() :] if led else new
    old_phrase = _counterpart(bare, led[1].lower() if led else "", topic, introduced)
    if old_phrase is None:
        if topic.clause and topic.clause.about:
            question = question[: -len(topic.clause.about) - 1].removesuffix("as to ").rstrip(" ,")
        return _at_end(question, new) if led else f"{question.rstrip(' ?.!')}, as to {new}?"
    start = old_phrase.start
    if led and (before := _PREPOSITION_BEFORE.search(question[:start])):
        start, bare = before.start(1), new
    return f"{question[:start]}{bare}{question[old_phrase.end :]}"


_PREPOSITION_BEFORE = re.compile(r"\b(in|at|on|of|to|from|with|by|for|against|about|near|over|above)\s+$", re.I)


def _other_deed(new: str, topic: Topic) -> Phrase | None:
    """The deed of the question in whose place the new one comes: "the freeze of 2019" for "the suspension"."""
    found = phrases_of(f"is {new}")
    if not found or found[0].head not in DEED_NOUNS:
        return None
    return next((phrase for phrase in topic.own_phrases if phrase.head in DEED_NOUNS), None)


def _is_deed(new: str, topic: Topic) -> bool:
    """Whether the new phrase names a deed, as the question before tells one: "the freeze" after "did they ban it"."""
    found = phrases_of(f"is {new}")
    return bool(topic.deed and found and not found[0].person and found[0].head in DEED_NOUNS)


def _counterpart(bare: str, preposition: str, topic: Topic, introduced: bool) -> Phrase | None:
    """The phrase of the question that a new one takes the place of."""
    new = phrases_of(f"is {bare}")
    named = [phrase for phrase in topic.own_phrases if phrase.names or (new and not new[0].names)]
    if not named:
        return None
    if preposition:
        led = [p for p in _named_parts(topic.question) if _led_by(topic.question, p, preposition)]
        return led[-1] if led else None
    if new and any(p.person == new[0].person for p in named):
        named = [p for p in named if p.person == new[0].person]
    if introduced and not re.search(r"\b(?:say|think|want)\b", topic.question):
        parts = [p for p in _named_parts(topic.question) if p.end <= named[-1].end]
        return parts[-1] if parts else named[-1]
    return named[0] if " or " not in named[0].text else None


def _named_parts(question: str) -> Sequence[Phrase]:
    """The names alone, those within longer phrases too."""
    found = re.finditer(r"(?<=\s)[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", question)
    return [Phrase(f[0], f.start(), f.end(), "", frozenset({f[0].lower()}), False, False, False, False) for f in found]


def _led_by(question: str, phrase: Phrase, preposition: str) -> bool:
    before = question[: phrase.start].lower().split()[-1:]
    return before == [preposition] or (preposition in _PLACES and bool(set(before) & _PLACES))


def _with_preposition(new: str, old: str) -> str:
    """The new date led as the old one was, where it comes without a word of its own."""
    led = re.match(r"(?:in|on|of|during|since|before|after)\s+", old, re.IGNORECASE)
    own = re.match(r"(?:in|on|of|during|since|before|after)\s+", new, re.IGNORECASE)
    if led and (not own or own[0].strip().lower() == "in"):
        return led[0] + (new[own.end() :] if own else new)
    return new


def _at_end(question: str, phrase: str) -> str:
    return f"{question.rstrip(' ?.!')} {phrase}?"
