"""From texts to the numbers that the model reads: [CLS] question [SEP] title and passage [SEP]."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

QUESTION_PIECES = 64
TOKENIZER = Path(__file__).parent / "model" / "tokenizer.json"
_CLS, _SEP = 101, 102
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's piece ids, the characters that each stands for, and the pieces that begin a sentence."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    sentences: list[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a passage. The passage's text is `ids[first:last]`, and `offsets` belong to these pieces.

    `start` and `end` (inclusive) are the answer's pieces in `ids`, None where there is no answer.
    """

    ids: list[int]
    second: int  # the piece with which the passage (its title, if it has one) begins
    first: int
    last: int
    offsets: list[tuple[int, int]]
    start: int | None = None
    end: int | None = None


class Cutter:
    """Cuts texts into pieces, by the tokenizer that the networks of Byline's own share, if no other is given."""

    def __init__(self, tokenizer: Path = TOKENIZER) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text."""
        found = []
        for text, one in zip(texts, self._tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
            begins = [match.end() for match in _SENTENCE.finditer(text)]
            places = np.searchsorted([start for start, _ in one.offsets], begins).tolist()
            inside = {place for place in places if place < len(one.ids)}
            found.append(Pieces(one.ids, one.offsets, sorted({0} | inside)))
        return found


def join(
    question: Pieces,
    title: Pieces | None,
    passage: Pieces,
    most: int,
    part: tuple[int, int] | None = None,
    asked_most: int = QUESTION_PIECES,
) -> Pair:
    """The pair of at most `most` pieces; of the passage only the pieces of `part`, if given."""
    asked = question.ids[:asked_most]
    head = title.ids[:QUESTION_PIECES] if title else []
    begin, end = part or (0, len(passage.ids))
    end = min(end, begin + room_for(question, title, most, asked_most))
    second = len(asked) + 2
    first = second + len(head)
    ids = [_CLS, *asked, _SEP, *head, *passage.ids[begin:end], _SEP]
    return Pair(ids, second, first, first + end - begin, passage.offsets[begin:end])


def room_for(question: Pieces, title: Pieces | None, most: int, asked_most: int = QUESTION_PIECES) -> int:
    """How many pieces of a passage fit into a pair of at most `most`."""
    asked, head = len(question.ids), len(title.ids) if title else 0
    return max(0, most - min(asked, asked_most) - min(head, QUESTION_PIECES) - 3)


def windows(passage: Pieces, room: int) -> list[tuple[int, int]]:
    """Parts of at most `room` pieces that follow one another; they begin with sentences, where these are short."""
    parts, begin, count = [], 0, len(passage.ids)
    while count - begin > room:
        ends = [place for place in passage.sentences if begin + room // 2 <= place <= begin + room]
        end = ends[-1] if ends else begin + room
        parts.append((begin, end))
        begin = end
    return [*parts, (begin, count)]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of about one length as arrays of shape (pairs, length); `text` marks the pieces of the passages' texts."""

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    mask: NDArray[np.int64]
    text: NDArray[np.bool_]


def stacked(pairs: Sequence[Pair]) -> Batch:
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    text = np.zeros(shape, np.bool_)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        types[row, pair.second : len(pair.ids)] = 1
        mask[row, : len(pair.ids)] = 1
        text[row, pair.first : pair.last] = True
    return Batch(ids, types, mask, text)


def piece_span(passage: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """The first and last piece of the characters from start to end; None where no piece stands for them."""
    inside = [place for place, (begin, stop) in enumerate(passage.offsets) if begin < end and stop > start]
    return (inside[0], inside[-1]) if inside else None
