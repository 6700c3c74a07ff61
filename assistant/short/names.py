"""A span that is a name with too little or too much around it, cut as one would say the name alone."""

import re

from assistant.focus import Focus
from assistant.short.clauses import Span
from assistant.speech.lexicon import BE, BREAKS, DETERMINERS, PREPOSITIONS, TIMES, TITLES, is_person
from assistant.states import state_in

_NAME_WORD = r"[A-Z][\w’'-]*(?:\.(?=\s[A-Z]))?"
_NAME = rf"{_NAME_WORD}(?:\s(?:(?:of|the|de|van|von|al|bin)\s)?{_NAME_WORD})*"
# Ida Brandt, a baker from Marlow; Ida Brandt - the mayor
_TOLD_OF = re.compile(
    rf"^(?P<name>.*{_NAME}[”\"’')]*)(?:,|\s[–—-])\s(?:(?:an?|who|whom|whose|which|where|when)\b|(?:the|one)\s[a-z])"
)
# the former ski champion Ida Brandt
_DESCRIBED = re.compile(rf"^(?P<what>[^,;]*?\b(?P<noun>[a-z]\w+)\s)(?P<name>{_NAME})$")
_BEFORE = re.compile(rf"\b(?P<first>{_NAME_WORD})\s$")
_COUNTRY = re.compile(r"\b(?:which|what)\s(?:\w+\s){0,2}?(?:country|nation)\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|what)\s(?P<nouns>(?:[\w-]+\s){1,4})", re.IGNORECASE)
_NO_NOUNS = DETERMINERS | PREPOSITIONS | BREAKS | BE
_OPENS_SENTENCE = DETERMINERS | frozenset("in on at for but and when while as after before by from with to of".split())


def as_name(part: Focus, sentence: str, span: Span) -> Span:
    """The span without what tells more of a name, and with what was torn off it; any other as it is."""
    start, end = _untorn(sentence, span)
    told = _TOLD_OF.match(sentence[start:end])
    if told and part.kind != "why":
        end = start + told.end("name")
    if asks_person(part):
        described = _DESCRIBED.match(sentence[start:end])
        if described and described["noun"] not in _NO_NOUNS:
            start += described.start("name")
        start = _with_first_name(sentence, start, end)
    return start, end


def country_of(part: Focus, words: str) -> str:
    """The country whose people the words name, where a country is asked for, "" otherwise: Cuba for "Cuban"."""
    state = state_in(words) if _COUNTRY.search(part.text) else None
    names = [name.removeprefix("the ") for name in state.names] if state else []
    return "" if state is None or any(re.search(rf"\b{re.escape(name)}\b", words) for name in names) else state.names[0]


def asks_person(part: Focus) -> bool:
    """Whether a person is asked for: who, or which player."""
    asked = _WHICH.search(part.text)
    return any(map(is_person, asked["nouns"].split())) if asked else part.kind == "who"


def _untorn(sentence: str, span: Span) -> Span:
    """With the rest of a hyphenated word, unless that joins two states: Chick-fil-A."""
    start, end = span
    rest, first = re.match(r"-[A-Z]\w*", sentence[end:]), re.search(r"\b\w+-$", sentence[:start])
    if rest and not state_in(rest[0]):
        end += rest.end()
    if first and not first[0].islower() and not state_in(first[0]):
        start = first.start()
    return start, end


def _with_first_name(sentence: str, start: int, end: int) -> int:
    """Where a name begins of which the span has the last word alone."""
    before = _BEFORE.search(sentence[:start]) if re.fullmatch(_NAME_WORD, sentence[start:end]) else None
    first = before["first"] if before else ""
    is_other = first.rstrip(".") in TITLES or is_person(first) or first.lower() in TIMES | _OPENS_SENTENCE
    return start if not before or is_other or first.endswith(("’s", "'s", "’", "'")) else before.start()
