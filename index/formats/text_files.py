"""Plain text and Markdown: one article a file, with whatever the file itself says about it."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any, BinaryIO

import yaml

from index.errors import SourceError
from index.formats.bylines import take_facts
from index.formats.cells import line_of, outlet_of, people_of, title_of
from index.formats.columns import Cell, Columns, DayOrder
from index.formats.readings import (
    Parsed,
    Reading,
    ReadOptions,
    decode,
    ends_sentence,
    make_reading,
    one_line,
    past,
    without_boilerplate,
)
from index.times.written_dates import dateline

FindTitle = Callable[[str], "re.Match[str] | None"]

_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\r?\n((?:.*?\r?\n)??)\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NAMED_LINE = re.compile(r"\s*([^\W\d][\w -]{0,40}?)(?:[ \t]*:|[ \t]+=)(?:[ \t]+(.*)|)")
_LEADING_DATE = re.compile(r"\A\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\b\s*", re.IGNORECASE)
_MARKDOWN_TITLE = re.compile(r"\A\s*#[ \t]+([^\r\n]+?)[ \t#]*(?:\r?\n|\Z)")
_HEADLINE = re.compile(r"\A\s*([^\r\n]{1,150}?)[ \t]*\r?\n[ \t]*\r?\n")


def read_text(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a text, which may open with ` date YYYY-MM-DD ` or with a headline set off by an empty line.

    Lines such as "By Ann Lee", "6 October 2020" or "Updated: 5 May 2021" around the headline or at the end give its
    author and dates, as does a dateline: "COMBE, Oct. 6, 2020 (LNA) —". Where the text is an archive's export, all of
    its articles.
    """
    from index.formats.exports import read_export  # here: the sample, in Markdown, is read when Byline starts

    raw = decode(stream.read(), source)
    exported = read_export(raw.splitlines(), source)
    if exported is not None:
        yield from exported
        return
    yield _reading(source, raw, {}, raw, _headline)


def read_story(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a `.story` file of the CNN and Daily Mail collections, without the highlights below it."""
    raw = decode(stream.read(), source)
    lines = takewhile(lambda line: line.strip() != "@highlight", raw.splitlines(keepends=True))
    yield _reading(source, raw, {}, "".join(lines), _headline)


def read_markdown(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a Markdown file, which may open with front matter and a `# Title` line.

    Front matter is YAML between two --- lines, or TOML between two of +++: title, outlet, author, published, updated,
    url, or what sites call these. A value that YAML would take apart, such as a title with a colon in it, is read as it
    stands. Where there is no date or author, the text may give them, as read_text has it.
    """
    raw = decode(stream.read(), source)
    try:
        known, body = _front_matter(raw, lambda line: options.tell(f"{source}: {line}"))
    except SourceError as error:
        raise SourceError(f"{source}: {error}") from error
    yield _reading(source, raw, known, body, _MARKDOWN_TITLE.match)


def _reading(source: str, raw: str, known: Mapping[str, Any], body: str, find_title: FindTitle) -> Reading:
    leading, body = _leading_date(body)
    above, body = take_facts(body)
    match = find_title(body)
    heading, body = (one_line(match[1]), body[match.end() :]) if match else ("", body)
    below, body = take_facts(body)
    text = without_boilerplate(body).strip()
    if not text:
        raise SourceError(f"{source}: no article text is left beside headings and page furniture")
    origins = dict.fromkeys(["title", "outlet", "author", "url"], "front matter")
    if not known.get("author") and (author := above.author or below.author):
        known, origins["author"] = {**known, "author": author}, "byline"
    title = known.get("title", "")
    published, published_from = _first(
        (known.get("published"), "front matter"),
        (leading, "first line"),
        (above.published or below.published or past(dateline(text[:300])), "dateline"),
    )
    updated, updated_from = _first((known.get("updated"), "front matter"), (above.updated or below.updated, "dateline"))
    if updated and published and updated < published:
        updated = None
    if not title:
        origins["title"] = "first line"
    return make_reading(
        text,
        raw,
        source,
        title=title or heading,
        outlet=known.get("outlet", ""),
        author=known.get("author", ""),
        url=known.get("url", ""),
        published=published,
        updated=updated,
        origins={**origins, "published": published_from, "updated": updated_from},
    )


def _first(*found: tuple[date | None, str]) -> tuple[date | None, str]:
    return next((one for one in found if one[0]), (None, ""))


def _front_matter(raw: str, tell: Callable[[str], None]) -> tuple[Mapping[str, Any], str]:
    """What the front matter says by the names of an article's fields, and the text below it."""
    match = _FRONT_MATTER.match(raw)
    if not match:
        return {}, raw
    known: Any
    try:
        if match[1] == "+++":
            known = tomllib.loads(match[2].replace("\r\n", "\n"))
        else:  # texts, lists and mappings only: a title such as No or 2020 stays as it was written
            known = yaml.load(match[2], yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        known = _line_by_line(match[2], tell)
    if known is None:
        return {}, raw[match.end() :]
    if not isinstance(known, dict):
        return {}, raw  # two rules around a text, not front matter
    found = Columns(ReadOptions()).find({str(key): value for key, value in known.items()})
    readers: Mapping[str, Callable[[Any], str]] = {"title": title_of, "author": people_of, "outlet": outlet_of}
    lines = {name: _first_line(found.get(name, ()), readers.get(name, line_of)) for name in (*readers, "url")}
    days = {name: _day(found.get(name, ()), tell) for name in ("published", "updated")}
    return {**lines, **days}, raw[match.end() :]


def _first_line(cells: Sequence[Cell], read: Callable[[Any], str]) -> str:
    return next(filter(None, (read(cell.value) for cell in cells)), "")


def _day(cells: Sequence[Cell], tell: Callable[[str], None]) -> date | None:
    """The first day that front matter tells. Raises SourceError where what is called published, or updated, is none."""
    for cell in cells:
        if day := DayOrder().read(cell.value):
            return day
        said = f"{cell.column} is {cell.value!r}, which is no date"
        if cell.column.lower() in ("published", "updated"):
            raise SourceError(f"{said}; write it as YYYY-MM-DD")
        tell(said)
    return None


def _line_by_line(front_matter: str, tell: Callable[[str], None]) -> dict[str, Any]:
    """Front matter that is not valid YAML: a name, a colon and a value a line, or a list of values below the name."""
    known: dict[str, Any] = {}
    name, unread = "", []
    for line in front_matter.splitlines():
        if match := _NAMED_LINE.fullmatch(line):
            name = match[1]
            known.setdefault(name, _line_value((match[2] or "").strip()))
        elif name and line.lstrip().startswith(("- ", "-\t")):
            value = _line_value(line.lstrip()[2:].strip())
            known[name] = [*known[name], value] if isinstance(known[name], list) else [value]
        elif line[:1].isspace() and line.strip() and isinstance(known.get(name), str):
            known[name] = f"{known[name]} {line.strip()}".strip()
        elif line.strip() and not line.lstrip().startswith("#"):
            unread.append(line.strip())
    if unread:
        tell(f"the front matter is not valid YAML; not read of it: {unread[0][:60]!r}")
    return known


def _line_value(written: str) -> Any:
    """A list in brackets as a list, a text without the quotation marks around it."""
    if written.startswith("[") and written.endswith("]"):
        try:
            return yaml.load(written, yaml.BaseLoader)
        except (yaml.YAMLError, ValueError, RecursionError):
            pass
    is_quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "'\""
    return written[1:-1] if is_quoted else written


def _leading_date(body: str) -> tuple[date | None, str]:
    match = _LEADING_DATE.match(body)
    if match:
        try:
            return date.fromisoformat(match[1]), body[match.end() :]
        except ValueError:
            pass  # 2020-13-45 is no date: it stays in the text
    return None, body


def _headline(body: str) -> re.Match[str] | None:
    match = _HEADLINE.match(body)
    return match if match and _is_headline(match[1], body[match.end() :]) else None


def _is_headline(line: str, below: str) -> bool:
    return bool(below.strip()) and not ends_sentence(line, ".!…:") and bool(without_boilerplate(line))
