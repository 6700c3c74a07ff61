"""Sentences of a text, and passages of an article: whole sentences packed to a budget of tokens, at exact offsets."""

import importlib.util
import math
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.text.decoding import storable
from index.text.languages import ENGLISH, language_of
from index.text.sentence_ends import sentence_ends

if TYPE_CHECKING:
    import tiktoken

TOKEN_BUDGET = 210
_MORE = 8  # tokens that spans may have together beside those of each
LONGEST = 2000  # characters; a longer "sentence" is cut, so that no text makes an unbounded piece
_LONGEST_BLOCK = 20_000  # characters: sentencex takes the square of a long run of "!"
ENCODING = "o200k_base"
# Between texts that are encoded in one call. No token of the vocabulary spans it, and it leaves the pieces on either
# side as they are: a NUL ends the one before, and what follows a line end begins anew, except white space and a slash.
_BETWEEN = "\0\n"

_PARAGRAPH = re.compile(r"(?:[^\r\n]+(?:\r\n|\r|\n)?)+")
_LINE = re.compile(r"[^\r\n]+")
_MAY_END = re.compile(r"\.\s+\S")  # of other marks all languages agree that they end a sentence
_ENDS = re.compile(r"[.!?…。؟։:;][\"'”’»)\]]*$")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article: `article.text[start:end] == text`, in characters."""

    article_id: str
    start: int
    end: int
    text: str


def split_passages(article_id: str, text: str, budget: int = TOKEN_BUDGET) -> list[Passage]:
    """The passages of an article in reading order.

    Each holds whole sentences of at most `budget` tokens together; a sentence that is longer alone is cut at
    white space. Passages are of even length, so that an article does not end in a scrap.
    """
    spans = sentence_spans(text)
    counts = count_tokens([text[start:end] for start, end in spans])
    if any(count > budget for count in counts):
        spans = [piece for span, count in zip(spans, counts, strict=True) for piece in _fit(text, span, count, budget)]
        counts = count_tokens([text[start:end] for start, end in spans])
    return [
        Passage(article_id, group[0][0], group[-1][1], text[group[0][0] : group[-1][1]])
        for group in _pack(text, spans, counts, budget)
    ]


def _pack(text: str, spans: list[Span], counts: list[int], budget: int) -> Iterator[list[Span]]:
    """Groups of consecutive spans that end as near as whole spans allow to even shares of the total."""
    total = sum(counts)
    share = total / max(1, math.ceil(total / (0.9 * budget)))
    group: list[Span] = []
    size, done, goal = 0, 0, share
    for span, count in zip(spans, counts, strict=True):
        is_full = bool(group) and done + count / 2 > goal  # asked first: the other answer may take counting anew
        if group and not is_full:
            size = _joined(text, group, span, size + count, budget)
            is_full = size > budget
        if is_full:
            yield group
            group = []
            goal = max(goal, done) + share
        if not group:
            size = count
        group.append(span)
        done += count
    if group:
        yield group


def _joined(text: str, group: list[Span], span: Span, size: int, budget: int) -> int:
    """At least the tokens of the group with one more span, exactly where that decides; `size` is of the spans alone.

    Text that is joined can have a few tokens more than its parts: "a", "000" and "a000".
    """
    gap = span[0] - group[-1][1]
    if size + gap <= budget - _MORE or gap >= budget:
        return size + gap
    return count_tokens([text[group[0][0] : span[1]]])[0]


def _fit(text: str, span: Span, count: int, budget: int) -> list[Span]:
    return _halves(text, span, budget) if count > budget else [span]


def _halves(text: str, span: Span, budget: int) -> list[Span]:
    """The span cut in two, again and again, until each piece is within the budget or one character."""
    start, end = span
    if end - start <= 1 or count_tokens([text[start:end]])[0] <= budget:
        return [span]
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle + 1)
    if space > start and not text[start:space].isspace():
        left, right = (start, space), (space + 1, end)
    else:
        left, right = (start, middle), (middle, end)
    return [piece for part in (left, right) for piece in _halves(text, trim(text, part), budget) if piece[0] < piece[1]]


def titled(article: Article, passage: Passage) -> str:
    """What is embedded and indexed of a passage: the article's title and the passage's text."""
    return f"{article.title}\n{passage.text}".strip()


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text in order, each as (start, end) without the white space around it.

    Spans never overlap and cover every character that is not white space. A line end closes a sentence, unless
    the text is hard-wrapped (its lines break in mid-sentence at one width), where only an empty line does. The
    abbreviations, and what a number with a point behind it means, are those of the text's language.
    """
    language = language_of(text) if _MAY_END.search(text) else ENGLISH
    blocks = _PARAGRAPH if is_hard_wrapped(text) else _LINE
    return [
        piece
        for block in blocks.finditer(text)
        for sentence in _split_block(text, block.start(), block.end(), language)
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


def _split_block(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    while end - start > _LONGEST_BLOCK:
        space = text.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK)
        stop = space if space > 0 else start + _LONGEST_BLOCK
        yield from _split_piece(text, start, stop, language)
        start = stop
    yield from _split_piece(text, start, end, language)


def _split_piece(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    block = text[start:end]
    first = 0
    for last in sentence_ends(storable(block), language):
        sentence = trim(text, (start + first, start + last))
        if sentence[0] < sentence[1]:
            yield sentence
        first = last


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = space if space > 0 else start + LONGEST
        yield trim(text, (start, stop))
        start, end = trim(text, (stop, end))
    if start < end:
        yield start, end


def count_tokens(texts: Sequence[str]) -> list[int]:
    """The number of o200k_base tokens in each text.

    A text should be bounded by the caller: tiktoken's time grows faster than the length of an unbroken run.
    """
    encode = _encoding().encode_ordinary
    if len(texts) < 2 or any("\0" in text or text[:1] == "/" or text != text.strip() for text in texts):
        return [len(encode(text)) for text in texts]
    # One long call: many short ones wait for one another where other threads run Python.
    nul, line_end = encode("\0")[0], 1
    tokens = encode(_BETWEEN.join([*texts, ""]))
    counts, start = [], 0
    for _ in texts:
        end = tokens.index(nul, start)
        counts.append(end - start)
        start = end + 1 + line_end
    return counts


@cache
def _encoding() -> "tiktoken.Encoding":
    import tiktoken

    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = before or str(_shipped_vocabulary())
    try:
        return tiktoken.get_encoding(ENCODING)
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]


def _shipped_vocabulary() -> Path:
    # find_spec locates LlamaIndex without importing it, which would take seconds.
    spec = importlib.util.find_spec("llama_index.core")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0], "_static", "tiktoken_cache")
