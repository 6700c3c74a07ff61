"""Passages: whole sentences of one article, packed to a budget of tokens, at exact offsets."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from index.article import Article
from index.text.sentences import Span, sentence_spans, trim
from index.text.tokens import count_tokens

TOKEN_BUDGET = 210
_MORE = 8  # tokens that spans may have together beside those of each


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
