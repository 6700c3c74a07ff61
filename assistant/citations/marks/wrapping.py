"""What models wrap an answer in: JSON, code fences, headings, emphasis and HTML."""

import json
import re
from typing import Any

from assistant.citations.marks.emphasis import as_private
from assistant.citations.marks.numbers import OPENING, numbers_in
from assistant.layout import HEADING

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w-]*[ \t]*$\n?", re.MULTILINE)
_TEXT_KEYS = ("answer", "text", "response", "sentence", "claim", "content", "statement", "final_answer", "output")
_NUMBER_KEYS = (
    "citations",
    "sources",
    "passages",
    "citation",
    "source",
    "passage",
    "references",
    "refs",
    "numbers",
    "cited",
    "ids",
)
_CUT_JSON = re.compile(r'\A\s*\{\s*"(?:answer|text|response|final_answer)"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)
_LINE_TAG = re.compile(r"<br ?/?>|</?(?:p|li|ul|ol|div|h[1-6])(?:\s[^<>]{0,100})?>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:b|i|em|strong|u|span|mark|small|answer|response|a)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_LABEL = re.compile(r"\A\s*(?:\*\*|__)?(?:final |short )?answer(?:\*\*|__)?\s*:(?:\*\*|__)?\s*", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+[^\n]*|(?:\*\*|__)[^\n*]{1,80}(?:\*\*|__):?)[ \t]*$", re.MULTILINE)
_LOWEST = 6  # level of a heading: of a line that is bold as a whole
_HASHES = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*[^\W\d_]{3}[^\[\]\n]*)\]\((?:https?://|#|/)[^()\s]{0,500}\)")


def unwrapped(text: str) -> str:
    """The answer in a model's text, as lines of plain words with its marks."""
    text = _from_json(_FENCE.sub("", text))
    text = _INLINE_TAG.sub("", _LINE_TAG.sub("\n", text))
    return _LABEL.sub("", text)


def without_markdown(text: str) -> str:
    """The text with its headings, unless there is nothing else, and its emphasis in private characters."""
    others = _HEADING.sub(lambda found: found.group() if _says_something(found.group()) else "", text)
    if any(map(str.isalnum, others)):
        text = _HEADING.sub(_heading, text)
    text = as_private(_HASHES.sub("", text))
    return _LINK.sub(lambda found: found.group() if numbers_in(found.group(1)) else found.group(1), text)


def _heading(found: re.Match[str]) -> str:
    line = found.group().strip()
    if _says_something(line):
        return found.group()
    level = len(line) - len(line.lstrip("#")) or _LOWEST
    return f"\n{HEADING * level}{line.strip('#*_ ').rstrip(':')}\n"


def _says_something(line: str) -> bool:
    """Whether a line that looks like a heading is a sentence, or has a mark."""
    return line.strip(" *_#").endswith((".", "!", "?", "]", ")", "。")) or OPENING in line


def _from_json(text: str) -> str:
    stripped = text.strip()
    if stripped[:1] not in ("{", "["):
        return text
    try:
        return _told(json.loads(stripped)) or text
    except (ValueError, RecursionError):
        cut = _CUT_JSON.match(stripped)
        return _decoded(cut.group(1)) if cut else text


def _decoded(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string


def _told(value: Any) -> str:
    """The texts in a JSON value in their order, each with the numbers beside it."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_told, value)))
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    said = [value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str)][:1]
    inner = [_told(one) for key, one in value.items() if isinstance(one, dict | list) and key not in _NUMBER_KEYS]
    numbers = [n for key in _NUMBER_KEYS for n in _numbers(value.get(key))]
    told = "\n\n".join(filter(None, [*said, *inner]))
    if not numbers:
        return told
    marks = "".join(f"[{n}]" for n in numbers)
    whole = bool(inner) or _is_answer(value)  # numbers beside a whole answer are the sources of all of it
    return f"{told}\n\nSources: {marks}" if whole else f"{told} {marks}"


def _is_answer(value: dict[str, Any]) -> bool:
    return any(key in value for key in ("answer", "response", "final_answer", "output"))


def _numbers(value: Any) -> list[str]:
    """The numbers in 1, "1", [1, 2], ["[1]"] or [{"id": 1}]."""
    if isinstance(value, list):
        return [n for one in value for n in _numbers(one)]
    if isinstance(value, dict):
        return [n for one in value.values() for n in _numbers(one)][:1]
    if isinstance(value, bool) or not isinstance(value, int | str):
        return []
    return re.findall(r"\b\d{1,3}\b", str(value)) if len(str(value)) <= 40 else []
