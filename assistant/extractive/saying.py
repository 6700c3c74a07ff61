"""A span of a sentence as a person would say it alone: amounts and quotations whole, a country for its people."""

import re

from assistant.english.analysis import quotations, sentence_of
from assistant.english.states import state_in
from assistant.english.values import values_of
from assistant.speech.reporting import is_agent, noun_phrase

Span = tuple[int, int]

_CUT_OFF = 30  # characters of a quotation that are added
_WHO_IS = re.compile(r"^\s*(?:who|what) (?:is|was|are|were) (?P<name>(?:the )?[A-Z0-9][^,;]*?)\s*\??$", re.IGNORECASE)
_APPOSED = re.compile(r"(?:,|\s[–—-]|\s(?:is|was|are|were)|\s\()\s?(?P<what>(?:the|an?|one of)\s[^,;.()–—]+)")
_MOST_WORDS = 12
_ROLE = re.compile(r"(?P<noun>[\w-]+)\s+(?:[A-Z][\w’'.-]*\s+)??$")
_ASKS_COUNTRY = re.compile(r"\b(?:which|what)\s(?:\w+\s){0,2}?(?:country|nation)\b", re.IGNORECASE)


def whole(sentence: str, span: Span) -> Span:
    """The span with the rest of an amount or of a quotation that it cuts."""
    start, end = span
    if torn := re.match(r"-[A-Z]\w*", sentence[end:]) if "-" in sentence[start:end].split()[-1] else None:
        end += torn.end()  # Chick-fil-A
    for value in values_of(sentence):
        if value.kind == "number" and value.start < end and start < value.end:
            start, end = min(start, value.start), max(end, value.end)
            start -= len(re.search(r"[A-Z]*$", sentence[:start])[0]) if sentence[start] in "$€£¥" else 0  # type: ignore[index] # US$
    for opening, closing in quotations(sentence):
        if opening < start < closing < end and start - opening <= _CUT_OFF:
            start = opening
        elif start <= opening < end < closing <= end + _CUT_OFF:
            end = closing
    if (start, end) in quotations(sentence):
        return start + 1, end - 1
    return start, end


def as_country(question: str, words: str) -> str:
    """The country for its people, where a country is asked for."""
    state = state_in(words) if _ASKS_COUNTRY.search(question) else None
    names = "|".join(re.escape(name.removeprefix("the ")) for name in state.names) if state else ""
    return state.names[0] if state and not re.search(rf"\b(?:{names})\b", words) else words


def asked_name(question: str) -> str:
    """X of "who is X" and "what is X", "" for other questions."""
    asked = _WHO_IS.match(question)
    name = asked["name"] if asked else ""
    words = [word for word in name.split() if word.lower() not in {"the", "of", "and", "de", "van", "von", "al", "bin"}]
    return name if words and all(word[0].isupper() or word[0].isdigit() for word in words) else ""


def what_it_is(name: str, sentence: str) -> Span | None:
    """What a sentence says that someone or something is: his title before the name, or what stands behind it."""
    for found in re.finditer(rf"\b{re.escape(name)}\b(?!['’]s)", sentence):
        behind = _APPOSED.match(sentence, found.end())
        if behind and len(behind["what"].split()) <= _MOST_WORDS:
            return behind.span("what")
        role = _ROLE.search(sentence, 0, found.start())
        if role and is_agent(role["noun"]):
            read = sentence_of(sentence)
            noun = next(i for i, word in enumerate(read.words) if word.end >= found.end())
            first = read.words[noun_phrase(read, noun)[0]].start
            if first <= role.start("noun"):
                return first, role.end("noun")
    return None
