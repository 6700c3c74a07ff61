"""A span of a sentence as a person would say it alone: amounts and quotations whole, a country for its people."""

import re

from assistant.english.lexicon import is_agent
from assistant.english.noun_phrases import phrase_before
from assistant.english.quotations import quotations
from assistant.english.speech_tokens import tokens_of
from assistant.english.states import state_in
from assistant.english.values import values_of

Span = tuple[int, int]

_CUT_OFF = 30  # characters of a quotation that are added
_WHO_IS = re.compile(r"^\s*(?:who|what) (?:is|was|are|were) (?P<name>(?:the )?[A-Z0-9][^,;]*?)\s*\??$", re.IGNORECASE)
_APPOSED = re.compile(r"(?:,|\s[–—-]|\s(?:is|was|are|were)|\s\()\s?(?P<what>(?:the|an?|one of)\s[^,;.()–—]+)")
_MOST_WORDS = 12
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
        tokens = [token for token in tokens_of(sentence) if token.end <= found.end()]
        run = phrase_before(tokens, len(tokens))
        named = tokens[run[0] :] if run else []
        roles = [token for token in named if token.end <= found.start() and is_agent(token.text)]
        if roles and all(token.is_name for token in named if roles[-1].end <= token.start < found.start()):
            return named[0].start, roles[-1].end
    return None
