"""Sentences of a text as exact spans of characters."""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from index.text.decoding import storable

LONGEST = 2000  # characters; a longer "sentence" is cut, so that no text makes an unbounded piece
_LONGEST_BLOCK = 20_000  # characters: sentencex takes the square of a long run of "!"

_PARAGRAPH = re.compile(r"(?:[^\r\n]+(?:\r\n|\r|\n)?)+")
_LINE = re.compile(r"[^\r\n]+")
_ENDS = re.compile(r"[.!?…。؟։:;][\"'”’»)\]]*$")

Span = tuple[int, int]


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text in order, each as (start, end) without the white space around it.

    Spans never overlap and cover every character that is not white space. A line end closes a sentence, unless
    the text is hard-wrapped (its lines break in mid-sentence at one width), where only an empty line does.
    """
    blocks = _PARAGRAPH if is_hard_wrapped(text) else _LINE
    return [
        piece
        for block in blocks.finditer(text)
        for sentence in _split_block(text, block.start(), block.end())
        for piece in _cut(text, *sentence)
    ]


def told_sentences(text: str) -> Iterator[Span]:
    """The sentences that have words, each with the number of a list that stands before it and is no sentence itself."""
    begun = None
    for start, end in sentence_spans(text):
        begun = start if begun is None else begun
        if any(letter.isalpha() for letter in text[start:end]):
            yield begun, end
            begun = None


def trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_hard_wrapped(text: str) -> bool:
    """Whether most lines break in mid-sentence at about one width, as in mail and old archives."""
    lines = [line for line in text.splitlines() if line.strip()]
    inner = [line for line, below in zip(lines, lines[1:], strict=False) if below]
    broken = [line for line in inner if 50 <= len(line) <= 100 and not _ENDS.search(line.rstrip())]
    return len(broken) >= 3 and len(broken) > 0.6 * len(inner)


def _split_block(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST_BLOCK:
        space = text.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK)
        stop = space if space > 0 else start + _LONGEST_BLOCK
        yield from _split_piece(text, start, stop)
        start = stop
    yield from _split_piece(text, start, end)


def _split_piece(text: str, start: int, end: int) -> Iterator[Span]:
    block = text[start:end]
    for found in get_sentence_boundaries("en", storable(block)):
        piece = block[found["start_index"] : found["end_index"]]
        stripped = piece.strip()
        if stripped:
            lead = len(piece) - len(piece.lstrip())
            first = start + found["start_index"] + lead
            yield first, first + len(stripped)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = space if space > 0 else start + LONGEST
        yield trim(text, (start, stop))
        start, end = trim(text, (stop, end))
    if start < end:
        yield start, end
