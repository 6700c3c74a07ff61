"""What a cell of a record says, whatever it is made of: a text, one line, a person's or an outlet's names."""

import ast
import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.english import lexicon
from index.formats.bylines import names_in
from index.formats.readings import looks_like_html, plain_paragraphs

_NAMES = lexicon("cells", __package__)
NOTHING, _PARTS, _INLINE = (_NAMES.words(name) for name in ("nothing", "parts", "inline"))
_LINES, _WHOLE, _DATES = (_NAMES.listed(name) for name in ("lines", "whole", "dates"))
_ROLES = ("role", "type", "rel")
_MAIN = ("main", "original", "")
_TYPES = ("contenttype", "mimetype", "format")
_DEEPEST = 12
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


def is_empty(value: object) -> bool:
    """Whether a cell says nothing, as exports write that."""
    return not value or (isinstance(value, str) and (value.isspace() or value in NOTHING))


def text_of(value: object, depth: int = 0) -> str:
    """The text of a cell: a text, a list of paragraphs, an object that holds it in parts; "" where it has none."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        if any(isinstance(part, (int, float)) for part in value):
            return ""  # data of another kind
        whole = _one_of_several(value)
        return _joined([whole] if whole is not None else value, depth)
    if isinstance(value, dict):
        by_name = {plain(str(key)): part for key, part in value.items()}
        for name in _WHOLE:
            if isinstance(by_name.get(name), str) and by_name[name].strip():
                return str(by_name[name])
        parts = (text_of(part, depth + 1) for name, part in by_name.items() if name in _PARTS)
        return "\n\n".join(part for part in parts if part.strip())
    return ""


def days_of(value: object) -> Iterator[object]:
    """What of a cell may be a date: itself, or the parts of an object in the order in which they tell it."""
    if isinstance(value, dict):
        by_name = {plain(str(key)): part for key, part in value.items()}
        for name in _DATES:
            yield from days_of(by_name.get(name))
    elif isinstance(value, list):
        yield from days_of(value[0] if value else "")
    elif not is_empty(value):
        yield value


def line_of(value: object) -> str:
    """One line of a cell: lists are joined by commas, of an object its name is taken."""
    return ", ".join(filter(None, lines_of(value)))


def title_of(value: object) -> str:
    """The one line of a cell that may hold several, such as one for the front page: the first, or the main one."""
    listed = [one for one in value if isinstance(one, (str, dict))] if isinstance(value, list) else [value]
    main = [one for one in listed if not isinstance(one, dict) or _role(one) in _MAIN]
    return next(filter(None, map(_line, main or listed)), "")


def lines_of(value: object) -> Iterator[str]:
    """The lines of a list, also of one that some export printed; of anything else its one line."""
    if isinstance(value, str) and value.startswith("[") and len(value) < 2000:
        try:
            listed = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            listed = None
        value = listed if isinstance(listed, list) else value
    for one in value if isinstance(value, list) else [value]:
        yield _line(one)


def people_of(value: object, outlet: str = "", is_byline: bool = False) -> str:
    """The names in a cell of authors; a number is no name.

    A byline, or what begins as one does, is read without its "By", the roles and the outlet in it.
    """
    lines = [line for line in lines_of(value) if line and not line.isdecimal()]
    if not any(is_byline or line.lower().startswith("by ") for line in lines):
        return ", ".join(lines)
    names = (name for line in lines for name in names_in(line, outlet).split(", "))
    return ", ".join(name for name in dict.fromkeys(names) if name and not any(c.isdigit() for c in name))


def outlet_of(value: object) -> str:
    """The name of an outlet in a cell; a number or an address is none."""
    line = line_of(value)
    return "" if line.isdecimal() or line.lower().startswith(("http://", "https://")) else line


def _line(value: object) -> str:
    if isinstance(value, dict):
        by_name = {plain(str(key)): part for key, part in value.items() if not isinstance(part, (dict, list))}
        whole = next((by_name[name] for name in _LINES if not is_empty(by_name.get(name))), None)
        value = whole if whole is not None else _parts_of_name(by_name)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    line = str(value).replace("\0", "\ufffd")
    if _ENTITY.search(line) or (_TAG.search(line) and "</" in line):
        line = html.unescape(plain_paragraphs(line) if _TAG.search(line) else line)
    line = " ".join(line.split())
    return "" if line in NOTHING else line


def _parts_of_name(by_name: Mapping[str, Any]) -> str:
    parts = (
        by_name.get(first) or by_name.get(second) for first, second in (("firstname", "given"), ("lastname", "family"))
    )
    return " ".join(part for part in parts if isinstance(part, str))


def _one_of_several(values: list[Any]) -> Any:
    """Of one text in several forms the one that tells its paragraphs; None where the values are no such forms."""
    forms = [one for one in values if isinstance(one, dict) and text_of(one).strip()]
    if not any(name in map(plain, map(str, one)) for one in forms for name in _TYPES):
        return None
    main = max([one for one in forms if _role(one) in _MAIN] or forms, key=lambda one: len(text_of(one)))
    enough = 0.8 * len(text_of(main))
    return next((one for one in forms if looks_like_html(text_of(one)) and len(text_of(one)) >= enough), main)


def _joined(values: list[Any], depth: int) -> str:
    """Paragraphs apart; what a rich text keeps as pieces of one paragraph, with marks of their own, together."""
    text, was_inline = "", False
    for one in values:
        part = text_of(one, depth + 1)
        is_inline = isinstance(one, dict) and _kind(one) in _INLINE and not isinstance(one.get("content"), str)
        if part.strip() or (is_inline and was_inline):
            text += part if not text or (is_inline and was_inline) else f"\n\n{part}"
            was_inline = is_inline
    return text


def _kind(value: Mapping[str, Any]) -> str:
    return str(next((part for key, part in value.items() if plain(str(key)) in ("type", "nodetype")), "")).lower()


def _role(value: Mapping[str, Any]) -> str:
    role = next((part for key, part in value.items() if plain(str(key)) in _ROLES), "")
    return str(role or "").lower().rpartition(":")[2]


@lru_cache(maxsize=4096)
def plain(column: str) -> str:
    """The name of a column without what is written in different ways: case, accents, spaces and marks."""
    bare = column
    if column.endswith((")", ":")) and len(column) < 200:
        bare = re.sub(r"\s*\([^()]*\)\Z|:\Z", "", column) or column  # "Date (UTC)"
    folded = unicodedata.normalize("NFKD", bare.casefold()).replace("ı", "i")
    return "".join(c for c in folded if not (c.isspace() or c in "_-" or unicodedata.combining(c)))
