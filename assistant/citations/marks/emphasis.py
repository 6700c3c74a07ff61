"""Emphasis in a model's text, as private characters while the text is read, and then as spans of a sentence."""

import re

from assistant.citations.marks.numbers import MARK
from assistant.layout import Emphasis

# The characters before and behind what is strong, and what is emphasised.
_SIGNS: dict[str, str] = {"strong": "\ue004\ue005", "em": "\ue006\ue007"}
_ANY = re.compile("[\ue004-\ue007]")
_EMPTY = re.compile(rf"[\ue004\ue006]((?:\s|{MARK}|[,;])*)[\ue005\ue007]")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,600}?)(?<=[^\s*])\1(?![\w*])|\b__(?=\S)([^_\n]{1,600}?)(?<=\S)__\b"
)

Spans = list[Emphasis]


def as_private(text: str) -> str:
    """The text with private characters in place of Markdown's signs."""
    for _ in range(2):  # **_both_**
        text = _EMPHASIS.sub(_signed, text)
    return text


def taken_out(text: str) -> tuple[str, Spans]:
    """The text without these characters, and what they stood around; a mark alone is never emphasised."""
    for _ in range(2):
        text = _EMPTY.sub(r"\1", text)
    plain, at = [], 0
    open_at: dict[str, list[int]] = {"strong": [], "em": []}
    spans: Spans = []
    copied = 0
    for found in _ANY.finditer(text):
        piece = text[copied : found.start()]
        plain.append(piece)
        at, copied = at + len(piece), found.end()
        kind = "strong" if found.group() in _SIGNS["strong"] else "em"
        if found.group() == _SIGNS[kind][0]:
            open_at[kind].append(at)
        elif open_at[kind] and (start := open_at[kind].pop()) < at:
            spans.append(Emphasis(start, at, kind))  # type: ignore[arg-type]
    return "".join([*plain, text[copied:]]), spans


def put_in(text: str, spans: Spans) -> str:
    """The text with the characters again, around as much of each span as there is of it."""
    signs = [(max(0, start), 1, _SIGNS[kind][0]) for start, end, kind in spans if start < len(text) and end > 0]
    signs += [(min(end, len(text)), 0, _SIGNS[kind][1]) for start, end, kind in spans if start < len(text) and end > 0]
    for at, _, sign in sorted(signs, reverse=True):
        text = text[:at] + sign + text[at:]
    return text


def _signed(found: re.Match[str]) -> str:
    inner = found.group(2) or found.group(3)
    stars = len(found.group(1) or "**")
    for kind, wanted in (("em", stars != 2), ("strong", stars != 1)):
        if wanted:
            inner = f"{_SIGNS[kind][0]}{inner}{_SIGNS[kind][1]}"
    return inner
