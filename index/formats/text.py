"""Plain text and Markdown: one article a file, with whatever the file itself says about it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

import yaml

from index.errors import SourceError
from index.formats.base import Parsed, Reading, ReadOptions, decode, make_reading, one_line
from index.formats.head_lines import past, take_facts
from index.furniture import without_furniture
from index.written_dates import dateline

FindTitle = Callable[[str], "re.Match[str] | None"]

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n((?:.*?\r?\n)??)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LEADING_DATE = re.compile(r"\A\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\b\s*", re.IGNORECASE)
_MARKDOWN_TITLE = re.compile(r"\A\s*#[ \t]+([^\r\n]+?)[ \t#]*(?:\r?\n|\Z)")
_HEADLINE = re.compile(r"\A\s*([^\r\n]{1,150}?)[ \t]*\r?\n[ \t]*\r?\n")


def read_text(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a text, which may open with ` date YYYY-MM-DD ` or with a headline set off by an empty line.

    Lines such as "By Ann Lee", "6 October 2020" or "Updated: 5 May 2021" around the headline or at the end give its
    author and dates, as does a dateline: "COMBE, Oct. 6, 2020 (LNA) —".
    """
    raw = decode(stream.read(), source)
    yield _reading(source, raw, {}, raw, _headline)


def read_markdown(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a Markdown file, which may open with front matter and a `# Title` line.

    Front matter is YAML between two --- lines: title, outlet, author, published, updated, url. Where it gives no date
    or author, the text may, as read_text has it.
    """
    raw = decode(stream.read(), source)
    known, body = _front_matter(source, raw)
    yield _reading(source, raw, known, body, _MARKDOWN_TITLE.match)


def _reading(source: str, raw: str, known: Mapping[str, Any], body: str, find_title: FindTitle) -> Reading:
    leading, body = _leading_date(body)
    above, body = take_facts(body)
    match = find_title(body)
    heading, body = (one_line(match[1]), body[match.end() :]) if match else ("", body)
    below, body = take_facts(body)
    text = without_furniture(body).strip()
    if not text:
        raise SourceError(f"{source}: no article text is left beside headings and page furniture")
    origins = dict.fromkeys(["title", "outlet", "author", "url"], "front matter")
    if not known.get("author") and (author := above.author or below.author):
        known, origins["author"] = {**known, "author": author}, "byline"
    title = one_line(known.get("title"))
    published, published_from = _first(
        (_date(source, known, "published"), "front matter"),
        (leading, "first line"),
        (above.published or below.published or past(dateline(text[:300])), "dateline"),
    )
    updated, updated_from = _first(
        (_date(source, known, "updated"), "front matter"), (above.updated or below.updated, "dateline")
    )
    if updated and published and updated < published:
        updated = None
    if not title:
        origins["title"] = "first line"
    return make_reading(
        text,
        raw,
        source,
        title=title or heading,
        outlet=one_line(known.get("outlet")),
        author=one_line(known.get("author")),
        url=one_line(known.get("url")),
        published=published,
        updated=updated,
        origins={**origins, "published": published_from, "updated": updated_from},
    )


def _first(*found: tuple[date | None, str]) -> tuple[date | None, str]:
    return next((one for one in found if one[0]), (None, ""))


def _front_matter(source: str, raw: str) -> tuple[Mapping[str, Any], str]:
    match = _FRONT_MATTER.match(raw)
    if not match:
        return {}, raw
    try:
        # Texts, lists and mappings only: a title such as No or 2020 stays as it was written.
        known = yaml.load(match[1], yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = " ".join(str(error).split())
        raise SourceError(f"{source}: the front matter between the --- lines is not valid YAML ({line})") from error
    if known is None:
        return {}, raw[match.end() :]
    if not isinstance(known, dict):
        return {}, raw  # two rules around a text, not front matter
    return {str(key).lower(): value for key, value in known.items()}, raw[match.end() :]


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
    ends_as_text = line.rstrip("\"'”’").endswith((".", "!", "…", ":"))
    return bool(below.strip()) and not ends_as_text and bool(without_furniture(line))


def _date(source: str, known: Mapping[str, Any], name: str) -> date | None:
    value = known.get(name)
    if not one_line(value):
        return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise SourceError(f"{source}: {name} is {value!r}, which is no date; write it as YYYY-MM-DD") from error
