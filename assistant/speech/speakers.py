"""Who says a sentence of an article, by the article's own text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.speech.naming import Speakers
from assistant.speech.noun_phrases import has_agent, opening_phrase
from assistant.speech.quotations import Span, continued, quotations
from assistant.speech.reporting import Reported, reported
from assistant.speech.tokens import Token, tokens_of
from index.sentences import sentence_spans

_BLOCK = 20_000  # characters that are read at once; a longer text is read in part
_WHOLE = re.compile(r"\W?[A-Z]\S*(?:\s+\S+){3,}[.,!?…]\W?$", re.DOTALL)
_OWN_WORDS = 0.5  # share of a sentence within quotation marks from which it is a quotation


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence, "" where it is the article's own; `quotation` is whether it is told in his own words."""

    name: str
    quotation: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence at `start` to `end`; `frame` are the characters that only say who speaks."""

    start: int
    end: int
    name: str
    frame: Span | None


def speaker_of(text: str, start: int, end: int) -> Speaker:
    """The speaker of `text[start:end]`, a sentence of an article or a few.

    The name is the fullest that the text gives: for "he" or "the ministry" that of the one who is meant. Of several
    sentences the first one's speaker counts, or that of the first that has one.
    """
    first = max(0, start // _BLOCK * _BLOCK - _BLOCK // 2)
    told, quoted = _read(text[first : first + 2 * _BLOCK])
    start, end = start - first, end - first
    inside = [one for one in told if one.start < end and one.end > start]
    name = next((one.name for one in inside if one.name), "")
    frames = [one.frame for one in inside if one.frame]
    return Speaker(name, _is_own_words(text[first:], start, end, quoted, frames))


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Sequence[_Told], Sequence[Span]]:
    """All sentences of a text with their speakers, and its quotations."""
    quoted = quotations(text)
    spans = sentence_spans(text)
    told = _named(text, spans, quoted)
    runs = [*quoted, *continued(text, quoted)]
    for i, one in enumerate(told):
        if not one.name and _is_own_words(text, one.start, one.end, quoted, []):
            told[i] = _Told(one.start, one.end, _quoted_speaker(text, told, i, runs), None)
    return told, quoted


def _named(text: str, spans: Sequence[Span], quoted: Sequence[Span]) -> list[_Told]:
    """The sentences with the speakers that they name themselves."""
    speakers = Speakers(text)
    told = []
    for i, (start, end) in enumerate(spans):
        sentence = text[start:end]
        tokens = tokens_of(sentence, [(a - start, b - start) for a, b in quoted if a < end and b > start])
        found = reported(sentence, tokens)
        opening = speakers.resolve(_opening(sentence, tokens), i, start)
        if found:
            if found.start > 0 and opening:  # the "he" of a sentence's end may be whom it opens with
                speakers.mention(i, opening)
            name = speakers.resolve(found.phrase, i, start)
            told.append(_Told(start, end, name, _frame(tokens, found, start)))
        else:
            name = opening
            told.append(_Told(start, end, "", None))
        if name:
            speakers.mention(i, name)
    return told


def _frame(tokens: Sequence[Token], found: Reported, offset: int) -> Span:
    """The characters that say who speaks; behind a quotation also where and to whom he does."""
    end = found.end
    if any(token.is_quote and token.end <= found.start for token in tokens):
        later = [token.start for token in tokens if token.is_quote and token.start >= end]
        end = min(later, default=tokens[-1].end)
    return offset + found.start, offset + end


def _opening(sentence: str, tokens: Sequence[Token]) -> str:
    """Whom a sentence that is nobody's speech is about: a later "he" may mean him."""
    run = opening_phrase(tokens)
    if not run or not has_agent(tokens, run):
        return ""
    return sentence[tokens[run[0]].start : tokens[run[1] - 1].end]


def _quoted_speaker(text: str, told: Sequence[_Told], i: int, runs: Sequence[Span]) -> str:
    """Whose quotation a sentence is that names no speaker.

    That of the sentence that ends or opens the same quotation, else the one who spoke just before.
    """
    one = told[i]
    same = [run for run in runs if run[0] < one.end and run[1] > one.start]
    for other in [*told[i + 1 :], *reversed(told[:i])]:
        if other.name and any(start < other.end and end > other.start for start, end in same):
            return other.name
    before = told[i - 1] if i else None
    return before.name if before else ""


def _is_own_words(text: str, start: int, end: int, quoted: Sequence[Span], frames: Sequence[Span]) -> bool:
    """Whether a whole quoted sentence is part of it, or most of it beside who speaks is quoted."""
    inside = [text[max(a, start) : min(b, end)] for a, b in quoted if a < end and b > start]
    if any(_is_whole(part) for part in inside):
        return True
    framing = sum(_letters(text[max(a, start) : min(b, end)]) for a, b in frames)
    return bool(inside) and sum(map(_letters, inside)) >= _OWN_WORDS * (_letters(text[start:end]) - framing)


def _is_whole(part: str) -> bool:
    """Whether a quotation is a sentence, and no title of a film."""
    later = [word for word in part.split()[1:] if word[0].isalpha()]
    return bool(_WHOLE.match(part)) and sum(word[0].islower() for word in later) > len(later) / 2


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
