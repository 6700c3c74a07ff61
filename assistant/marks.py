"""Citation marks in a language model's text: `[1]`, `[1][2]`, `[1, 2]`, `[1-3]` and `【1】`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import Span, sentence_spans

# A number of four digits or more is a year or a sum in brackets, not a mark.
_NUMBER = r"[0-9]{1,3}"
_GAP = r"[ \t]{0,3}"
_NUMBERS = rf"{_NUMBER}(?:{_GAP}[-–—,;]{_GAP}{_NUMBER})*"
_MARK = rf"(?:\[{_GAP}{_NUMBERS}{_GAP}\]|【{_GAP}{_NUMBERS}(?:†[^】\n]{{0,200}})?{_GAP}】)"
_MARKS = re.compile(rf"{_MARK}(?:{_GAP}(?:,|;|and)?{_GAP}{_MARK})*")
_ONE_MARK = re.compile(rf"[\[【]{_GAP}({_NUMBERS})")
_RANGE = re.compile(rf"({_NUMBER})(?:{_GAP}[-–—]{_GAP}({_NUMBER}))?")

_OPENING = "<think>"
_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_THINKING_BEGAN_IN_PROMPT = re.compile(r"\A.*</think>", re.DOTALL)
_BULLET = re.compile(r"\A(?:[-*•]\s+)+")

_ITEM = re.compile(r"[0-9]{1,2}[.)]")


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

    A mark belongs to the sentence that it stands in or after; in a line that begins with a mark and does not
    end with one, marks stand before their sentences. Thinking blocks are dropped.
    """
    plain, marks = _take_marks_out(without_thinking(whole_characters(text)))
    spans = _sentences(plain)
    if not spans:
        return MarkedText((), sum(len(mark.numbers) for mark in marks))
    numbers: list[list[int]] = [[] for _ in spans]
    for mark in marks:
        numbers[_sentence_of(mark, spans)] += mark.numbers
    sentences = tuple(
        MarkedSentence(_clean(plain[start:end]), tuple(dict.fromkeys(n for n in cited if 1 <= n <= passages)))
        for (start, end), cited in zip(spans, numbers, strict=True)
    )
    dropped = sum(not 1 <= n <= passages for cited in numbers for n in cited)
    return MarkedText(sentences, dropped)


def without_marks(text: str) -> str:
    """The text with its marks cut out."""
    return _take_marks_out(text)[0]


def without_thinking(text: str) -> str:
    """The text without `<think>…</think>`, closed or not, or begun before the text."""
    return _THINKING_BEGAN_IN_PROMPT.sub("", _THINKING.sub("", text))


def whole_characters(text: str) -> str:
    """The text with halves of surrogate pairs, which JSON brings and UTF-8 refuses, joined or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def visible_text(text: str) -> str:
    """As much of a text still being made as is surely not thinking: it may end in `<thi`."""
    visible = without_thinking(text)
    cut = visible.rfind("<", -len(_OPENING) + 1)
    return visible[:cut] if cut >= 0 and _OPENING.startswith(visible[cut:]) else visible


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int  # in the text without marks
    numbers: tuple[int, ...]
    leads: bool


def _take_marks_out(text: str) -> tuple[str, list[_Mark]]:
    plain = ""
    marks = []
    copied = 0
    for found in _MARKS.finditer(text):
        plain = (plain + text[copied : found.start()]).rstrip(" \t")
        copied = found.end()
        marks.append(_Mark(len(plain), tuple(_numbers(found.group())), _leads(text, found.start())))
        if plain[-1:].strip() and text[copied : copied + 1].isalnum():
            plain += " "
    return plain + text[copied:], marks


def _sentences(text: str) -> list[Span]:
    """The spans that hold a word; the number of a list's item goes with the sentence after it."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        if spans and _ITEM.fullmatch(text[slice(*spans[-1])]) and "\n" not in text[spans[-1][1] : start]:
            spans[-1] = spans[-1][0], end
        elif any(map(str.isalnum, text[start:end])):
            spans.append((start, end))
    return spans


def _numbers(marks: str) -> Iterator[int]:
    for numbers in _ONE_MARK.findall(marks):
        for first, last in _RANGE.findall(numbers):
            low, high = sorted((int(first), int(last or first)))
            yield from range(low, high + 1)


def _leads(text: str, at: int) -> bool:
    """Whether the marks of the line at this place stand before their sentences."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].strip().rstrip(".!?\"'”’*")
    line = _BULLET.sub("", line)
    return bool(_MARKS.match(line)) and not line.endswith(("]", "】"))


def _sentence_of(mark: _Mark, spans: list[Span]) -> int:
    if mark.leads:
        return next((i for i, (_, end) in enumerate(spans) if end > mark.at), len(spans) - 1)
    return max((i for i, (start, _) in enumerate(spans) if start < mark.at), default=0)


def _clean(sentence: str) -> str:
    return _BULLET.sub("", " ".join(sentence.split()))
