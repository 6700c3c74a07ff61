"""Between which events a question asks what happened: "between the vote and the strike", "since the bridge fell"."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.english.parsing import Word, sentence_of
from index.english import lexicon

_WORDS = lexicon("sequence")
_BETWEEN = {first: frozenset(then.split()) for first, then in _WORDS.table("between").items()}
_SINCE, _BEFORE, _UNTIL = map(_WORDS.words, ("since", "before", "until"))
_ENDS = _WORDS.words("beginnings", "endings")
_DEEDS = ("NN", "VB")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a question asks about, `rest`, and the events that bound it in the question's words, "" for an open end.

    What happened at the last event itself counts where it is `until` that, not before.
    """

    rest: str
    first: str = ""
    last: str = ""
    until: bool = True

    def __bool__(self) -> bool:
        return bool(self.first or self.last)


def bounds_of(question: str) -> Bounds:
    """The events that bound what a question asks about; none where it names no such."""
    words = sentence_of(question).words
    for at, word in enumerate(words):
        end = next((its for its in range(at + 1, len(words)) if _is_end(words[its])), len(words))
        for middle in (its for its in range(at + 2, end - 1) if words[its].low in _BETWEEN.get(word.low, ())):
            first, last = words[at + 1 : middle], words[middle + 1 : end]
            if _has_deed(first) and _has_deed(last):
                return Bounds(_without(question, words, at, end), _text(question, first), _full(question, first, last))
        if at and word.low in _SINCE | _BEFORE | _UNTIL and _has_deed(words[at + 1 : end]):
            event, rest = _text(question, words[at + 1 : end]), _without(question, words, at, end)
            return Bounds(rest, event) if word.low in _SINCE else Bounds(rest, "", event, word.low in _UNTIL)
    return Bounds(question)


def _is_end(word: Word) -> bool:
    return word.is_mark and word.text not in "'’-"


def _has_deed(words: Sequence[Word]) -> bool:
    return any(word.tag.startswith(_DEEDS) for word in words)


def _text(question: str, words: Sequence[Word]) -> str:
    return question[words[0].start : words[-1].end]


def _full(question: str, first: Sequence[Word], last: Sequence[Word]) -> str:
    """The second event, with the words of the first where it leans on them: "the ban and the day it was lifted"."""
    leans = any(word.tag.startswith("PRP") for word in last)
    itself = [word.text for word in first if not {word.low, word.lemma} & _ENDS]
    return f"{' '.join(itself)} {_text(question, last)}" if leans else _text(question, last)


def _without(question: str, words: Sequence[Word], start: int, end: int) -> str:
    after = question[words[end].start :] if end < len(words) else ""
    return f"{question[: words[start].start]}{after}".strip()
