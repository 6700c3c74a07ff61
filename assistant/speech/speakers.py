"""Who says a sentence of an article, by the article's own text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, takewhile
from threading import Lock

from assistant.english.noun_phrases import has_agent, opening_phrase
from assistant.english.quotations import Span, continued, quotations
from assistant.english.speech_tokens import Token, tokens_of
from assistant.speech.naming import Speakers
from assistant.speech.reporting import Reported, reported
from index.text.passages import sentence_spans

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
    read = _read(text[first : first + 2 * _BLOCK])
    start, end = start - first, end - first
    inside = read.told_within(start, end)
    name = next((one.name for one in inside if one.name), "")
    frames = [one.frame for one in inside if one.frame]
    return Speaker(name, _is_own_words(text[first:], start, end, read.quoted, frames))


@lru_cache(maxsize=64)
def _read(text: str) -> "_Read":
    return _Read(text)


class _Read:
    """The sentences of a text with their speakers, read no further than is asked for: most are nobody's speech."""

    def __init__(self, text: str) -> None:
        self.quoted = quotations(text)
        self._text = text
        self._runs = [*self.quoted, *continued(text, self.quoted)]
        self._spans = sentence_spans(text)
        self._reading = _named(text, self._spans, self.quoted)
        self._named: list[_Told] = []  # as they name their speakers themselves
        self._told: list[_Told] = []  # and those of quotations beside them
        self._lock = Lock()

    def told_within(self, start: int, end: int) -> list[_Told]:
        """The sentences of which some stands within these characters."""
        with self._lock:
            return [self._sentence(i) for i, (a, b) in enumerate(self._spans) if a < end and b > start]

    def _sentence(self, i: int) -> _Told:
        start, end = self._spans[i]
        if not (self._is_own_words(start, end) or reported(*_tokenized(self._text, start, end, self.quoted))):
            return _Told(start, end, "", None)
        while len(self._told) <= i:
            self._told.append(self._with_speaker(len(self._told)))
        return self._told[i]

    def _with_speaker(self, i: int) -> _Told:
        one = self._naming(i)
        if one.name or not self._is_own_words(one.start, one.end):
            return one
        return _Told(one.start, one.end, self._quoted_speaker(one, i), None)

    def _naming(self, i: int) -> _Told:
        self._named += islice(self._reading, max(0, i + 1 - len(self._named)))
        return self._named[i]

    def _is_own_words(self, start: int, end: int) -> bool:
        return _is_own_words(self._text, start, end, self.quoted, [])

    def _quoted_speaker(self, one: _Told, i: int) -> str:
        """Whose quotation the sentence at place `i` is, which names no speaker.

        That of the sentence that ends or opens the same quotation, else the one who spoke just before.
        """
        same = [run for run in self._runs if run[0] < one.end and run[1] > one.start]
        until = max(end for _, end in same)
        later = takewhile(lambda at: self._spans[at][0] < until, range(i + 1, len(self._spans)))
        for other in chain(map(self._naming, later), reversed(self._told)):
            if other.name and any(start < other.end and end > other.start for start, end in same):
                return other.name
        return self._told[-1].name if self._told else ""


def _tokenized(text: str, start: int, end: int, quoted: Sequence[Span]) -> tuple[str, Sequence[Token]]:
    sentence = text[start:end]
    return sentence, tokens_of(sentence, [(a - start, b - start) for a, b in quoted if a < end and b > start])


def _named(text: str, spans: Sequence[Span], quoted: Sequence[Span]) -> Iterator[_Told]:
    """The sentences with the speakers that they name themselves."""
    speakers = Speakers(text)
    for i, (start, end) in enumerate(spans):
        sentence, tokens = _tokenized(text, start, end, quoted)
        found = reported(sentence, tokens)
        opening = speakers.resolve(_opening(sentence, tokens), i, start)
        if found:
            if found.start > 0 and opening:  # the "he" of a sentence's end may be whom it opens with
                speakers.mention(i, opening)
            name = speakers.resolve(found.phrase, i, start)
            told = _Told(start, end, name, _frame(tokens, found, start))
        else:
            name = opening
            told = _Told(start, end, "", None)
        if name:
            speakers.mention(i, name)
        yield told


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
