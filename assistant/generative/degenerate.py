"""Replies that are none: a small model that says the same again and again, or copies what it was told."""

import re
from collections.abc import Iterator

_GRAM = 4  # words
_WINDOW = 60  # words, in which a reply repeats itself
_FEWEST = 20  # words, in which it can be seen
_REPEATED = (
    0.6  # of the four-word runs of a window: all is said three times. Of 1,085 sane replies none has more than .33
)
_COPIED = 8  # words in a row; none of those had more than four, a refusal in the words of the rules has seven
_STEP = 5  # words between two looks

# In scripts without spaces between words each character counts as one.
_WORD = re.compile(r"[\u2e80-\uffff]|[^\W\u2e80-\uffff]+")


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


def _repetition(words: list[str]) -> float:
    runs = list(_runs(words, _GRAM))
    return 1 - len(set(runs)) / len(runs)


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
