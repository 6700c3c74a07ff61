"""A sentence as tokens, quoted stretches as one token each."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

QUOTE = "¤"

_TOKEN = re.compile(
    rf"{QUOTE}+|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Jr|Sr|Inc|Corp|Co|Ltd|No)\.|(?:[A-Z]\.)+(?!\w)"
    r"|\w+(?:(?:[-’'&.]|(?<=\d),)\w+)*(?:(?<=s)[’'](?!\w))?|\.{2,}|…|[^\w\s]"
)


class Token(NamedTuple):  # of all records the quickest to make, and an article has thousands
    text: str
    start: int
    end: int
    low: str

    @property
    def denies(self) -> bool:
        return self.low.endswith(("n't", "n’t"))

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))

    @property
    def is_quote(self) -> bool:
        return self.text[0] == QUOTE


def tokens_of(sentence: str, quoted: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The tokens with their places; `quoted` are the places of quotations in the sentence."""
    masked = sentence
    for start, end in quoted:
        start, end = max(0, start), min(len(sentence), end)
        masked = masked[:start] + QUOTE * (end - start) + masked[end:]
    return list(_tokens(masked))


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        written = match[0]
        yield Token(written, *match.span(), written.lower())
