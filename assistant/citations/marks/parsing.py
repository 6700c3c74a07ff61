"""Sentences of a model's text, each with the numbers that it cites."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.citations.marks.emphasis import put_in, taken_out
from assistant.citations.marks.mark_forms import with_named_passages, with_one_form
from assistant.citations.marks.numbers import CLOSING, MARK, mark, numbers_of
from assistant.citations.marks.reference_lists import Body, without_references
from assistant.citations.marks.source_phrases import without_phrases
from assistant.citations.marks.tables import with_rows_as_lines
from assistant.citations.marks.visible import without_control_tokens, without_thinking
from assistant.citations.marks.wrapping import unwrapped, without_markdown
from assistant.layout import HEADING, ROW, Emphasis, Place, Row, places_of
from index.text.decoding import whole_characters
from index.text.passages import Span, sentence_spans

_GAP = r"[ \t]{0,3}"
_MARKS = re.compile(rf"{MARK}(?:{_GAP}(?:,|;|/|and|&)?{_GAP}{MARK})*")
_LABEL = re.compile(r"\[\^?([^\[\]\s]{1,20})\]")
_BULLET = re.compile(r"\A(?:[-*•–—‣◦▪>]\s+)+")
_BEGINS_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*•–—‣◦▪]|[0-9]{1,2}[.)])[ \t])")
_ITEM = re.compile(r"[0-9]{1,2}[.)]")
_EMPTIED = re.compile(r"(?<=\w)[,;:]\s?(?=\))|\s+(?=[.,;!?](?:\s|$))")  # what a mark left behind: (Harbour Daily, [1])
_OWN = re.compile("[\ue000-\ue00f]")
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
    body = without_references(unwrapped(without_control_tokens(without_thinking(_own_free(whole_characters(text))))))
    formed, rows = _one_form(body, passages)
    formed, emphasised = taken_out(formed)
    plain, marks, moved = _take_marks_out(formed)
    spans = _sentences(plain)
    if not spans:
        return MarkedText((), sum(len(mark.numbers) for mark in marks))
    numbers: list[list[int]] = [[] for _ in spans]
    for one in marks:
        numbers[_sentence_of(one, spans)] += one.numbers
    places = _places(plain, spans, rows, passages)
    emphasised = [Emphasis(moved(start), moved(end), kind) for start, end, kind in emphasised]
    sentences = []
    for span, place, cited in zip(spans, places, numbers, strict=True):
        said, strong = _cleaned(plain, span, [] if place.row else emphasised)
        sentences.append(MarkedSentence(said, _known([*cited, *body.everywhere], passages), place, strong))
    told = [n for cited in numbers for n in cited] + list(body.everywhere)
    return MarkedText(tuple(sentences), sum(not 1 <= n <= passages for n in told))


def without_marks(text: str) -> str:
    """The text with its marks cut out."""
    return _take_marks_out(with_one_form(_own_free(text), passages=99))[0]


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # in the text without marks
    numbers: tuple[int, ...]
    leads: bool


def _own_free(text: str) -> str:
    """The text without the characters that marks and structure are made of here."""
    return _OWN.sub("", text)


def _one_form(body: Body, passages: int) -> tuple[str, list[Row]]:
    text = _LABEL.sub(lambda found: _meaning(found, body.meanings), body.text)
    text, rows = with_rows_as_lines(text)
    text = without_phrases(with_one_form(without_markdown(text), passages))
    return _BEGINS_ITEM.sub("\n\n", with_named_passages(text, passages)), rows


def _meaning(found: re.Match[str], meanings: Mapping[str, tuple[int, ...]]) -> str:
    meant = meanings.get(found.group(1))
    return mark(list(meant)) if meant else found.group()


def _take_marks_out(text: str) -> tuple[str, list[_Mark], Callable[[int], int]]:
    """The text without marks, the marks, and where in it a place of the text is."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    begun: list[tuple[int, int]] = []  # where a piece begins, in the text and in the one without marks
    length = copied = 0
    for found in _MARKS.finditer(text):
        piece = text[copied : found.start()].rstrip(" \t")
        begun.append((copied, length))
        last = piece[-1:] or (pieces[-1][-1:] if pieces else "")
        copied = found.end()
        marks.append(_Mark(length + len(piece), tuple(numbers_of(found.group())), _leads(text, found)))
        following = text[copied : copied + 1]
        if last.strip() and following.isalnum() and max(ord(last), ord(following)) < _SPACED:
            piece += " "
        pieces.append(piece)
        length += len(piece)
    begun.append((copied, length))
    ends = [*(start for _, start in begun[1:]), length + len(text) - copied]

    def moved(at: int) -> int:
        piece = bisect_right(begun, (at, len(text))) - 1
        first, start = begun[piece]
        return min(start + at - first, ends[piece])

    return "".join([*pieces, text[copied:]]), marks, moved


def _leads(text: str, marks: re.Match[str]) -> bool:
    """Whether a mark stands before its sentence, as those of a line do that has one at its beginning alone."""
    start = text.rfind("\n", 0, marks.start()) + 1
    end = text.find("\n", marks.end())
    line = text[start : end if end >= 0 else len(text)].strip().rstrip(".!?\"'”’*")
    line = _BULLET.sub("", line)
    begins = _BULLET.sub("", text[start : marks.end()].lstrip()) == marks.group()
    alone = line == marks.group()
    return bool(_MARKS.match(line)) and not alone and (begins or not line.endswith(CLOSING))


def _sentences(text: str) -> list[Span]:
    """The spans that hold a word; the number of a list's item goes with the sentence after it, a row is one."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        first = text[start:end].lstrip()[:1]
        before = text[slice(*spans[-1])] if spans else ""
        joined = "\n" not in text[spans[-1][1] : start] if spans else False
        if joined and (_ITEM.fullmatch(before) or before.startswith(ROW)):
            spans[-1] = spans[-1][0], end
        elif any(map(str.isalnum, text[start:end])) and first != HEADING:
            spans.append((start, end))
    return spans


def _places(text: str, spans: Sequence[Span], rows: Sequence[Row], passages: int) -> list[Place]:
    told = [Row(*(tuple(_cell(cell, passages) for cell in cells) for cells in row)) for row in rows]
    places = places_of(text, told)
    ends = [found.start() for found in re.finditer("\n", text)]
    return [places.get(bisect_right(ends, start), Place()) for start, _ in spans]


def _cell(text: str, passages: int) -> str:
    formed = taken_out(with_one_form(without_markdown(text), passages))[0]
    return _clean(_take_marks_out(formed)[0])


def _cleaned(text: str, span: Span, emphasised: Sequence[Emphasis]) -> tuple[str, tuple[Emphasis, ...]]:
    """A sentence with one space between its words, and what of it is emphasised."""
    start, end = span
    said = _clean(text[start:end])
    inside = [Emphasis(one.start - start, one.end - start, one.kind) for one in emphasised]
    again, spans = taken_out(_clean(put_in(text[start:end], inside)))
    return said, tuple(sorted(spans)) if again == said else ()


def _sentence_of(one: _Mark, spans: list[Span]) -> int:
    if one.leads:
        return next((i for i, (_, end) in enumerate(spans) if end > one.at), len(spans) - 1)
    return max((i for i, (start, _) in enumerate(spans) if start < one.at), default=0)


def _known(numbers: list[int], passages: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for n in numbers if 1 <= n <= passages))


def _clean(sentence: str) -> str:
    return _EMPTIED.sub("", _BULLET.sub("", " ".join(sentence.removeprefix(ROW).split())))
