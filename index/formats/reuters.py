"""Reuters-21578: the wire's articles of 1987 in SGML, some thousand to a file."""

import html
import re
from typing import BinaryIO

from index.errors import SourceError
from index.formats.readings import Parsed, Reading, ReadOptions, make_reading, one_line
from index.text.decoding import decoded, is_binary
from index.times.written_dates import read_date

_ARTICLE = re.compile(r"<REUTERS\b([^<>]*)>(.*?)(?:(</REUTERS>)|(?=<REUTERS\b)|\Z)", re.DOTALL)
_NUMBER = re.compile(r"\bNEWID=\"(\d+)\"")
_TAG = re.compile(r"</?[A-Z][^<>]*>")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SIGNED = re.compile(r"\s*\breuters?\s*\Z", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4})")


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of a file, and a SourceError for each that is cut off or has no text.

    Raises SourceError where it holds no REUTERS element.
    """
    raw = decoded(stream.read()) or ""
    if is_binary(_CONTROLS.sub("", raw)[:100_000]) or "<REUTERS" not in raw:
        raise SourceError(f"{source}: empty, or not SGML of the Reuters collection (no REUTERS element)")
    for count, match in enumerate(_ARTICLE.finditer(raw), 1):
        number = _NUMBER.search(match[1])
        yield _reading(match[2], f"{source}#{number[1] if number else count}", is_whole=bool(match[3]))


def _reading(raw: str, source: str, *, is_whole: bool) -> Reading | SourceError:
    if not is_whole:
        return SourceError(f"{source}: cut off (its REUTERS element does not end)")
    place = one_line(_element(raw, "DATELINE"))
    body = _SIGNED.sub("", _element(raw, "BODY") or _unparsed(raw)).strip()
    if not body:
        return SourceError(f"{source}: no article text in this element")
    day = _DAY.match(_element(raw, "DATE"))
    return make_reading(
        f"{place} {body}" if place else body,
        raw,
        source,
        title=one_line(_element(raw, "TITLE")),
        outlet="Reuters",
        author=re.sub(r"\Aby\s+|,\s*reuters\s*\Z", "", one_line(_element(raw, "AUTHOR")), flags=re.IGNORECASE),
        published=read_date(f"{day[1]} {day[2]} {day[3]}") if day else None,
        origins=dict.fromkeys(["title", "author", "published"], "SGML") | {"outlet": "format"},
    )


def _element(raw: str, name: str) -> str:
    start, end = _span(raw, name)
    return _plain(raw[start:end])


def _span(raw: str, name: str) -> tuple[int, int]:
    """Where the content of an element begins and ends; nowhere where it is missing or does not end."""
    start = re.search(rf"<{name}\b[^<>]*>", raw)
    end = raw.find(f"</{name}>", start.end()) if start else -1
    return (start.end(), end) if start and end >= 0 else (0, 0)


def _unparsed(raw: str) -> str:
    """The text of an article that is no more than a line or two: of its TEXT what stands in no element."""
    start, end = _span(raw, "TEXT")
    text = raw[start:end]
    for name in ("TITLE", "AUTHOR", "DATELINE"):
        start, end = _span(text, name)
        text = text[:start] + text[end:]
    return _plain(text)


def _plain(markup: str) -> str:
    return _CONTROLS.sub("", html.unescape(_TAG.sub("", markup))).strip()
