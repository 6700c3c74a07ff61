"""Files in, articles out: `.txt` and `.md`, with whatever the file itself says about the article."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from index.article import Article, article_id
from index.decoding import read_text
from index.errors import SourceError
from index.furniture import without_furniture

SUFFIXES = (".txt", ".md")

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n((?:.*?\r?\n)??)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LEADING_DATE = re.compile(r"\A\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\b\s*", re.IGNORECASE)
_MARKDOWN_TITLE = re.compile(r"\A\s*#[ \t]+([^\r\n]+?)[ \t#]*(?:\r?\n|\Z)")
_HEADLINE = re.compile(r"\A\s*([^\r\n]{1,150}?)[ \t]*\r?\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article together with `raw`, the text of its file before anything was taken out.

    `origins` says where each known thing came from: the name of a field of Article (title, outlet, author, url,
    published, updated) with, for example, "front matter", "JSON-LD", "meta tag", "url", "first line", "column date".
    """

    article: Article
    raw: str
    origins: Mapping[str, str] = field(default_factory=dict)


def find_files(source: Path) -> list[Path]:
    """The article files of a path: the file itself, or all `.txt` and `.md` below a folder, sorted.

    Raises SourceError where the path is missing, unreadable, of another kind, or a folder without articles.
    """
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"{source}: no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{source}: cannot be read ({error.strerror})") from error
    if source.is_dir():
        found = sorted(_walk(source))
        if not found:
            raise SourceError(f"{source}: no articles in this folder (Byline reads {' and '.join(SUFFIXES)} files)")
        return found
    if source.suffix.lower() not in SUFFIXES:
        raise SourceError(f"{source}: not an article file (Byline reads {' and '.join(SUFFIXES)} files)")
    return [source]


def read_file(path: Path) -> Reading:
    """The article in one file.

    Markdown may open with YAML front matter (title, outlet, author, published, url) and a `# Title` line.
    Text may open with ` date YYYY-MM-DD ` or with a headline set off by an empty line.

    Raises SourceError where the file is not text, its front matter is broken, or no article is left.
    """
    raw = read_text(path)
    known, body = _front_matter(path, raw) if path.suffix.lower() == ".md" else ({}, raw)
    published, body = _leading_date(body)
    title, body = _title(path, body)
    text = without_furniture(body).strip()
    if not text:
        raise SourceError(f"{path}: no article text is left beside headings and page furniture")
    title = _line(known.get("title")) or title
    outlet, url = _line(known.get("outlet")), _line(known.get("url"))
    published = _date(path, known.get("published")) or published
    article = Article(
        id=article_id(text, title=title, outlet=outlet, published=published, url=url),
        text=text,
        title=title,
        outlet=outlet,
        author=_line(known.get("author")),
        url=url,
        published=published,
        source=os.fsencode(path.resolve()).decode("utf-8", "backslashreplace"),
    )
    return Reading(article, raw)


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise SourceError(f"{error.filename}: cannot be read ({error.strerror})") from error

    for place, folders, files in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(place, name)


def _front_matter(path: Path, raw: str) -> tuple[Mapping[str, Any], str]:
    match = _FRONT_MATTER.match(raw)
    if not match:
        return {}, raw
    try:
        # Texts, lists and mappings only: a title such as No or 2020 stays as it was written.
        known = yaml.load(match[1], yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = " ".join(str(error).split())
        raise SourceError(f"{path}: the front matter between the --- lines is not valid YAML ({line})") from error
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


def _title(path: Path, body: str) -> tuple[str, str]:
    if path.suffix.lower() == ".md":
        match = _MARKDOWN_TITLE.match(body)
    else:
        match = _HEADLINE.match(body)
        if match and not _is_headline(match[1], body[match.end() :]):
            match = None
    return (_line(match[1]), body[match.end() :]) if match else ("", body)


def _is_headline(line: str, below: str) -> bool:
    ends_as_text = line.rstrip("\"'”’").endswith((".", "!", "…", ":"))
    return bool(below.strip()) and not ends_as_text and bool(without_furniture(line))


def _date(path: Path, value: object) -> date | None:
    if not _line(value):
        return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise SourceError(f"{path}: published is {value!r}, which is no date; write it as YYYY-MM-DD") from error


def _line(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_line(item) for item in value if isinstance(item, str))
    line = " ".join(str(value or "").split())
    return "" if line in ("null", "~") else line
