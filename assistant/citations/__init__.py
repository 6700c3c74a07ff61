"""A language model's text as sentences, each with the numbers of the passages that it cites.

What is no answer is taken off (`reply_text`), each form of mark becomes one (`mark_forms`), and what is left is cut
into sentences here. `citing` holds each of them against what it cites.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.citations.mark_forms import (
    CLOSING,
    OPENING,
    RUN,
    mark,
    numbers_of,
    with_named_passages,
    with_one_form,
    without_phrases,
)
from assistant.citations.reply_text import (
    SIGNS,
    unwrapped,
    visible_text,
    with_rows_as_lines,
    with_signs,
    without_references,
    without_thinking,
)
from assistant.layout import HEADING, ROW, Emphasis, Place, Row, places_of
from index.text.decoding import whole_characters
from index.text.passages import Span, sentence_spans

__all__ = ["MarkedSentence", "MarkedText", "parse_marks", "visible_text", "without_marks", "without_thinking"]

_SIGNS = "".join(map("".join, SIGNS.values()))
_MARKS_AND_SIGNS = re.compile(rf"[{_SIGNS}]|{RUN}")
_BULLETS = "-*•–—‣◦▪>"
_BEGINS_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*•–—‣◦▪]|[0-9]{1,2}[.)])[ \t])")
_EMPTIED = re.compile(r"(?<=\w)[,;:]\s?(?=\))|\s+(?=[.,;!?](?:\s|$))")  # what a mark left behind: (Harbour Daily, [1])
_PRIVATE = dict.fromkeys(range(0xE000, 0xE010))  # the characters that marks and structure are made of here
_SPACED = 0x2E80  # scripts from here on write no spaces between words


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence without its marks, the distinct numbers of those marks in order, and how it is laid out."""

    text: str
    numbers: tuple[int, ...]
    place: Place = field(default=Place(), compare=False)
    emphasis: tuple[Emphasis, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A model's text as sentences. `dropped` counts the marks' numbers that name no passage."""

    sentences: tuple[MarkedSentence, ...]
    dropped: int


def parse_marks(text: str, passages: int) -> MarkedText:
    """The sentences of a model's text with the numbers, 1 to `passages`, that they cite.

    A mark belongs to the sentence that it stands in or after; one that begins a line, to the sentence after it. In
    a line that begins with a mark and does not end with one, all marks stand before their sentences. Lists of sources,
    thinking, headings and what else is no answer are left out.
    """
    body = without_references(unwrapped(whole_characters(text).translate(_PRIVATE)))
    formed = body.text
    for label, meant in body.meanings.items():
        formed = formed.replace(f"[{label}]", mark([*meant])).replace(f"[^{label}]", mark([*meant]))
    formed, rows = with_rows_as_lines(formed)
    formed = with_named_passages(without_phrases(with_one_form(with_signs(formed), passages)), passages)
    plain, marks, emphasised = _taken_apart(_BEGINS_ITEM.sub("\n\n", formed))
    spans = _sentences(plain)
    if not spans:
        return MarkedText((), sum(len(mark.numbers) for mark in marks))
    numbers: list[list[int]] = [[] for _ in spans]
    for one in marks:
        numbers[_sentence_of(one, spans)] += one.numbers
    places = _places(plain, spans, rows, passages)
    sentences = []
    for span, place, cited in zip(spans, places, numbers, strict=True):
        said, strong = _cleaned(plain, span, [] if place.row else emphasised)
        known = tuple(dict.fromkeys(n for n in (*cited, *body.everywhere) if 1 <= n <= passages))
        sentences.append(MarkedSentence(said, known, place, strong))
    told = [n for cited in numbers for n in cited] + list(body.everywhere)
    return MarkedText(tuple(sentences), sum(not 1 <= n <= passages for n in told))


def without_marks(text: str) -> str:
    """The text with its marks cut out."""
    return _taken_apart(with_one_form(text.translate(_PRIVATE), passages=99))[0]


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # in the text without marks
    numbers: tuple[int, ...]
    leads: bool


def _taken_apart(text: str) -> tuple[str, list[_Mark], list[Emphasis]]:
    """The text without marks and signs of emphasis, the marks, and what of it is emphasised."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    emphasis: list[Emphasis] = []
    begun: dict[str, list[int]] = {"strong": [], "em": []}
    length = copied = 0
    for found in _MARKS_AND_SIGNS.finditer(text):
        piece, token = text[copied : found.start()], found.group()
        copied = found.end()
        if token[0] == OPENING:
            piece = piece.rstrip(" \t")
            last = piece[-1:] or (pieces[-1][-1:] if pieces else "")
            marks.append(_Mark(length + len(piece), tuple(numbers_of(token)), _leads(text, found)))
            if text[copied : copied + 2] in (": ", ":\t") and _begins_line(text, found):
                copied += 2
            following = text[copied : copied + 3].lstrip(_SIGNS)[:1]
            if last.strip() and following.isalnum() and max(ord(last), ord(following)) < _SPACED:
                piece += " "
        if piece:
            pieces.append(piece)
            length += len(piece)
        for kind, (opening, closing) in SIGNS.items():
            if token == opening:
                begun[kind].append(length)
            elif token == closing and begun[kind] and (start := begun[kind].pop()) < length:
                emphasis.append(Emphasis(start, length, kind))
    return "".join([*pieces, text[copied:]]), marks, emphasis


def _leads(text: str, found: re.Match[str]) -> bool:
    """Whether a mark stands before its sentence, as those of a line do that has one at its beginning alone."""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    line = text[start : end if end >= 0 else len(text)].strip().rstrip(".!?\"'”’*" + _SIGNS)
    line = _unbulleted(line).lstrip(_SIGNS)
    return line.startswith(OPENING) and line != found.group() and (_begins_line(text, found) or line[-1] != CLOSING)


def _begins_line(text: str, found: re.Match[str]) -> bool:
    start = text.rfind("\n", 0, found.start()) + 1
    return _unbulleted(text[start : found.end()].lstrip()).lstrip(_SIGNS) == found.group()


def _unbulleted(text: str) -> str:
    """The text without the bullets that it begins with."""
    while text[:1] in _BULLETS and text[1:2].isspace():
        text = text[1:].lstrip()
    return text


def _sentences(text: str) -> list[Span]:
    """The spans that hold a word; the number of a list's item goes with the sentence after it, a row is one."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        first = text[start:end].lstrip()[:1]
        before = text[slice(*spans[-1])] if spans else ""
        joined = "\n" not in text[spans[-1][1] : start] if spans else False
        if joined and (_is_item_number(before) or before.startswith(ROW)):
            spans[-1] = spans[-1][0], end
        elif any(map(str.isalnum, text[start:end])) and first != HEADING:
            spans.append((start, end))
    return spans


def _is_item_number(text: str) -> bool:
    return len(text) <= 3 and text.endswith((".", ")")) and text[:-1].isascii() and text[:-1].isdigit()


def _places(text: str, spans: Sequence[Span], rows: Sequence[Row], passages: int) -> list[Place]:
    def told(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_cell(cell, passages) for cell in cells)

    places = places_of(text, [Row(told(row.header), told(row.cells)) for row in rows])
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    return [places.get(bisect_right(lines, start) - 1, Place()) for start, _ in spans]


def _cell(text: str, passages: int) -> str:
    return _clean(_taken_apart(with_one_form(with_signs(text), passages))[0])


def _cleaned(text: str, span: Span, emphasised: Sequence[Emphasis]) -> tuple[str, tuple[Emphasis, ...]]:
    """A sentence with one space between its words, and what of it is emphasised: its letters are counted from the end,
    because no more than what it begins with is taken off."""
    said = _clean(text[slice(*span)])
    inside = [one for one in emphasised if one.start < span[1] and one.end > span[0]]
    if not inside:
        return said, ()
    kept = [at for at, letter in enumerate(said) if not letter.isspace()]
    were = [at for at in range(*span) if not text[at].isspace()][-len(kept) :]
    if [text[at] for at in were] != [said[at] for at in kept]:
        return said, ()
    strong = []
    for one in inside:
        first, last = bisect_left(were, one.start), bisect_left(were, one.end) - 1
        if first <= last:
            strong.append(Emphasis(kept[first], kept[last] + 1, one.kind))
    return said, tuple(sorted(strong))


def _sentence_of(one: _Mark, spans: list[Span]) -> int:
    if one.leads:
        return next((i for i, (_, end) in enumerate(spans) if end > one.at), len(spans) - 1)
    return max((i for i, (start, _) in enumerate(spans) if start < one.at), default=0)


def _clean(sentence: str) -> str:
    return _EMPTIED.sub("", _unbulleted(" ".join(sentence.removeprefix(ROW).split())))
