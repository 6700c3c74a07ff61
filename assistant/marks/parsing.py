"""Sentences of a model's text, each with the numbers that it cites."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.marks.forms import with_named_passages, with_one_form
from assistant.marks.numbers import CLOSING, MARK, OPENING, mark, numbers_of
from assistant.marks.phrases import without_phrases
from assistant.marks.references import Body, without_references
from assistant.marks.tables import with_rows_as_lines
from assistant.marks.visible import whole_characters, without_control_tokens, without_thinking
from assistant.marks.wrapping import unwrapped, without_markdown
from index.sentences import Span, sentence_spans

_GAP = r"[ \t]{0,3}"
_MARKS = re.compile(rf"{MARK}(?:{_GAP}(?:,|;|/|and|&)?{_GAP}{MARK})*")
_LABEL = re.compile(r"\[\^?([^\[\]\s]{1,20})\]")
_BULLET = re.compile(r"\A(?:[-*•–—‣◦▪>]\s+)+")
_BEGINS_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*•–—‣◦▪]|[0-9]{1,2}[.)])[ \t])")
_ITEM = re.compile(r"[0-9]{1,2}[.)]")
_EMPTIED = re.compile(r"(?<=\w)[,;:]\s?(?=\))|\s+(?=[.,;!?](?:\s|$))")  # what a mark left behind: (Harbour Daily, [1])
_SPACED = 0x2E80  # scripts from here on write no spaces between words


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence without its marks, and the distinct numbers of those marks in order."""

    text: str
    numbers: tuple[int, ...]


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
    plain, marks = _take_marks_out(_one_form(body, passages))
    spans = _sentences(plain)
    if not spans:
        return MarkedText((), sum(len(mark.numbers) for mark in marks))
    numbers: list[list[int]] = [[] for _ in spans]
    for one in marks:
        numbers[_sentence_of(one, spans)] += one.numbers
    sentences = tuple(
        MarkedSentence(_clean(plain[start:end]), _known([*cited, *body.everywhere], passages))
        for (start, end), cited in zip(spans, numbers, strict=True)
    )
    told = [n for cited in numbers for n in cited] + list(body.everywhere)
    return MarkedText(sentences, sum(not 1 <= n <= passages for n in told))


def without_marks(text: str) -> str:
    """The text with its marks cut out."""
    return _take_marks_out(with_one_form(_own_free(text), passages=99))[0]


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # in the text without marks
    numbers: tuple[int, ...]
    leads: bool


def _own_free(text: str) -> str:
    """The text without the characters that marks are made of here."""
    return text.replace(OPENING, "").replace(CLOSING, "")


def _one_form(body: Body, passages: int) -> str:
    text = _LABEL.sub(lambda found: _meaning(found, body.meanings), body.text)
    text = without_markdown(with_rows_as_lines(text))
    text = without_phrases(with_one_form(text, passages))
    return _BEGINS_ITEM.sub("\n\n", with_named_passages(text, passages))


def _meaning(found: re.Match[str], meanings: Mapping[str, tuple[int, ...]]) -> str:
    meant = meanings.get(found.group(1))
    return mark(list(meant)) if meant else found.group()


def _take_marks_out(text: str) -> tuple[str, list[_Mark]]:
    pieces: list[str] = []
    marks: list[_Mark] = []
    length = copied = 0
    for found in _MARKS.finditer(text):
        piece = text[copied : found.start()].rstrip(" \t")
        last = piece[-1:] or (pieces[-1][-1:] if pieces else "")
        copied = found.end()
        marks.append(_Mark(length + len(piece), tuple(numbers_of(found.group())), _leads(text, found)))
        following = text[copied : copied + 1]
        if last.strip() and following.isalnum() and max(ord(last), ord(following)) < _SPACED:
            piece += " "
        pieces.append(piece)
        length += len(piece)
    return "".join([*pieces, text[copied:]]), marks


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
    """The spans that hold a word; the number of a list's item goes with the sentence after it."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        if spans and _ITEM.fullmatch(text[slice(*spans[-1])]) and "\n" not in text[spans[-1][1] : start]:
            spans[-1] = spans[-1][0], end
        elif any(map(str.isalnum, text[start:end])):
            spans.append((start, end))
    return spans


def _sentence_of(one: _Mark, spans: list[Span]) -> int:
    if one.leads:
        return next((i for i, (_, end) in enumerate(spans) if end > one.at), len(spans) - 1)
    return max((i for i, (start, _) in enumerate(spans) if start < one.at), default=0)


def _known(numbers: list[int], passages: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for n in numbers if 1 <= n <= passages))


def _clean(sentence: str) -> str:
    return _EMPTIED.sub("", _BULLET.sub("", " ".join(sentence.split())))
