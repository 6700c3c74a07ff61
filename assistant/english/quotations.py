"""The stretches of a text that stand within quotation marks."""

import re
from itertools import pairwise

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\n]+")
# The mark itself comes first, and what stands before it is looked at behind it: so the pattern is ten times quicker.
_MARK = re.compile(
    r"[“”„«»\"‘’'](?:(?P<open>(?<=[“„«])|(?<![\w.,!?…]\")(?<=\")(?=\S)|(?<!\w‘)(?<=‘)(?=\w)"
    r"|(?<![\w.,!?]')(?<=')(?=[A-Z]))|(?P<close>(?<=[”»\"])|(?<=[.,!?…\w]['’])(?!\w)))"
)
_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}


def quotations(text: str) -> list[Span]:
    """The quoted stretches in order, marks included, as (start, end).

    A quotation ends with its paragraph, marked so or not; one that is carried on opens the next paragraph anew.
    Single marks count only where both are there, for an apostrophe looks like one.
    """
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _within(text, *paragraph.span())
    return found


def continued(text: str, spans: list[Span]) -> list[Span]:
    """The quotations that the next paragraph's carries on, as the spans of both together.

    The first has no closing mark and the second opens its paragraph.
    """
    return [
        (one[0], other[1])
        for one, other in pairwise(spans)
        if text[one[1] - 1] not in "”»\"’'" and not text[one[1] : other[0]].strip()
    ]


def _within(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while opening := _MARK.search(text, at, end):
        at = opening.end()
        if opening.lastgroup != "open":
            continue
        closing = _closing(text, opening[0], at, end)
        if closing < 0:
            if opening[0] in "‘'":
                continue
            closing = end
        found.append((opening.start(), closing))
        at = closing
    return found


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """The place behind the closing mark, or -1."""
    closers = _PAIRS[mark]
    for match in _MARK.finditer(text, start, end):
        if match[0] in closers and (mark not in "‘'" or match.lastgroup == "close"):
            return match.end()
    return -1
