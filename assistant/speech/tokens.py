"""A sentence as tokens, quoted stretches as one token each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

QUOTE = "¤"

_TOKEN = re.compile(
    rf"{QUOTE}+|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Jr|Sr|Inc|Corp|Co|Ltd|No)\.|(?:[A-Z]\.)+(?!\w)"
    r"|\w+(?:(?:[-’'&.]|(?<=\d),)\w+)*(?:(?<=s)[’'](?!\w))?|\.{2,}|…|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
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
    masked = list(sentence)
    for start, end in quoted:
        start, end = max(0, start), min(len(sentence), end)
        masked[start:end] = QUOTE * (end - start)
    return [Token(match[0], match.start(), match.end(), match[0].lower()) for match in _TOKEN.finditer("".join(masked))]
