"""A language model's text while it is being made: what of it may be shown, and whether it is an answer at all."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol

from assistant.answer import CANNOT_ANSWER, markdown_words
from assistant.citations import MarkedSentence, parse_marks, visible_text
from assistant.citations.citing import Citer, as_sentence
from assistant.layout import Place, laid_behind

_NOTHING = MarkedSentence("", ())
_LONGEST_WORD = 20  # characters; not all scripts have spaces between words
_ENDS = re.compile(r"[.!?…。؟！？][\"'”’»)\]]*$")
_SAME = 0.75
_WORD = re.compile(r"\w+")

_GRAM = 4  # words
_WINDOW = 60  # words, in which a reply repeats itself
_FEWEST = 20  # words, in which it can be seen
# Of the four-word runs of a window: all is said three times. Of 1,085 sane replies none has more than .33.
_REPEATED = 0.6
_COPIED = 8  # words in a row; none of those had more than four, a refusal in the words of the rules has seven
_STEP = 5  # words between two looks
# In scripts without spaces between words each character counts as one.
_WORD_OR_LETTER = re.compile(r"[\u2e80-\uffff]|[^\W\u2e80-\uffff]+")


class Draft(Protocol):
    """The draft of one answer."""

    def more(self, text: str) -> str:
        """What may be shown now that was not before; `text` is all of the model's text so far."""


class PlainDraft:
    """All that is no thinking, at once."""

    def __init__(self) -> None:
        self._shown = ""

    def more(self, text: str) -> str:
        visible, before = visible_text(text), self._shown
        self._shown = visible
        return visible[len(before) :] if visible.startswith(before) else ""


class CheckedDraft:
    """Each sentence when it is complete, without those that no passage of the citer supports.

    It is complete where it ends as a sentence does and the next one has begun: its citations may stand behind its full
    stop, and "St. Anne" is no end. So the last one never comes here, nor does a line without a full stop; they come
    with the answer.
    """

    def __init__(self, citer: Citer) -> None:
        self._citer = citer
        self._parsed = ""
        self._seen: set[str] = set()
        self._last: Place | None = None

    def more(self, text: str) -> str:
        if text == self._parsed:
            return ""
        self._parsed = text
        *complete, begun = parse_marks(text, len(self._citer.passages)).sentences or (_NOTHING,)
        if not _has_begun(begun.text):
            del complete[-1:]
        return "".join(self._laid_out(one) for one in without_refusals(complete) if self._is_new(one))

    def _is_new(self, sentence: MarkedSentence) -> bool:
        """Whether a sentence is to be shown now; by its text, for what is cited behind it may change as text comes."""
        if sentence.text in self._seen or not _ENDS.search(sentence.text):
            return False
        self._seen.add(sentence.text)
        return self._citer.is_supported(sentence)

    def _laid_out(self, sentence: MarkedSentence) -> str:
        """A sentence with its marks, behind those that were shown."""
        one = as_sentence(sentence, "supported")
        text = ""
        for piece in laid_behind(self._last, sentence.place):
            if isinstance(piece, str):
                text += piece
                continue
            text += markdown_words(one, piece)
            if piece.ends and sentence.numbers:
                text += f" {''.join(f'[{n}]' for n in sentence.numbers)}"
        self._last = sentence.place
        return f"{text.removeprefix(' ')} "


class ReplyWatch:
    """Sees, while a reply comes in, whether it repeats itself or copies its `frame`: the prompt without its passages.

    Repetition is seq-rep-4 of Welleck et al., "Neural Text Generation with Unlikelihood Training" (2019), the share of
    four-word runs that were there before, over the last sixty words.
    """

    def __init__(self, frame: str) -> None:
        self._frame = set(_runs(_words(frame), _COPIED))
        self._looked_at = 0

    def fault(self, text: str, *, whole: bool = False) -> str:
        """What is wrong with all that has come of the reply so far, `whole` at its end; "" where nothing is."""
        words = _words(text)
        ends = [*range(self._looked_at + _STEP, len(words) + 1, _STEP), *([len(words)] if whole else [])]
        for end in ends:
            self._looked_at = end
            window = words[max(0, end - _WINDOW) : end]
            if end >= _FEWEST and _repetition(window) >= _REPEATED:
                return "repeats itself"
            if not self._frame.isdisjoint(_runs(window, _COPIED)):
                return "copies what it was told"
        return ""


def without_refusals(sentences: Sequence[MarkedSentence]) -> list[MarkedSentence]:
    """The sentences that answer. None, where the first is a refusal, or there is one and nothing is cited."""
    refusals = [_is_refusal(sentence.text) for sentence in sentences]
    said = [sentence for sentence, refusal in zip(sentences, refusals, strict=True) if not refusal]
    if any(refusals) and (refusals[0] or not any(sentence.numbers for sentence in said)):
        return []
    return said


def _is_refusal(sentence: str) -> bool:
    """Whether a sentence is CANNOT_ANSWER, or nearly: a small model does not copy it to the letter."""
    said, refusal = (_WORD.findall(text.casefold()) for text in (sentence, CANNOT_ANSWER))
    if "".join(said) in ("cannotanswer", "cannot_answer"):
        return True
    return "not" in said and SequenceMatcher(None, said, refusal, autojunk=False).ratio() >= _SAME


def _has_begun(sentence: str) -> bool:
    """Whether there is more of it than the word by which the end of the one before is known."""
    return len(sentence.split()) > 1 or len(sentence) > _LONGEST_WORD


def _repetition(words: list[str]) -> float:
    runs = list(_runs(words, _GRAM))
    return 1 - len(set(runs)) / len(runs)


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _words(text: str) -> list[str]:
    return _WORD_OR_LETTER.findall(text.casefold())
