"""What every format gives: articles, and one line for each record that could not be read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from index.article import Article, article_id
from index.errors import SettingsError, SourceError
from index.text.decoding import decoded, is_binary
from index.versions import Version

_AS_TEXT = "save the article as UTF-8 text"
_DOCUMENTS = {b"%PDF-": "a PDF file", rb"{\rtf": "a rich text file", b"%!PS": "a PostScript file"}  # all of ASCII
FIELDS = ("title", "text", "published", "updated", "url", "outlet", "author", "id")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article together with `raw`, the text of its file before anything was taken out.

    `origins` says where each known thing came from: the name of a field of Article (title, outlet, author, url,
    published, updated) with, for example, "front matter", "JSON-LD", "meta tag", "url", "first line", "column date".
    `version` is which version of an agency's item it is; one that withdraws the item need not have a text.
    """

    article: Article
    raw: str
    origins: Mapping[str, str] = field(default_factory=dict)
    version: Version | None = None


Parsed: TypeAlias = Iterator[Reading | SourceError]
"""The articles of a file in order, a SourceError for each record that cannot be read, a PassedOver for what is none.

Where the whole file is unusable the iterator raises the SourceError.
"""


@dataclass(frozen=True)
class ReadOptions:
    """How to read. `columns` names the column of a table for a field: {"text": "body"} for `--map text=body`.
    `is_remembered`: they were given at another time, and a table that lacks one of them is read without it. `tell` is
    given a line about what was read but not wholly, such as the columns of a table that mean nothing here.

    Raises SettingsError for a field that is not one of FIELDS.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    is_remembered: bool = False
    tell: Callable[[str], None] = field(default=lambda line: None, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, column in self.columns.items():
            if name not in FIELDS:
                raise SettingsError(f"--map {name}={column}: {name!r} is no field; use one of {', '.join(FIELDS)}")


def make_reading(
    text: str,
    raw: str,
    source: str,
    *,
    title: str = "",
    outlet: str = "",
    author: str = "",
    url: str = "",
    published: date | None = None,
    updated: date | None = None,
    origins: Mapping[str, str],
    version: Version | None = None,
) -> Reading:
    """The reading of an article whose text is `text`. Origins of what is not known are left out."""
    item = f"item {version.item}" if version else ""
    article = Article(
        id=article_id(text, title=title, outlet=outlet, published=published, url=item or url),
        text=text,
        title=title,
        outlet=outlet,
        author=author,
        url=url,
        published=published,
        source=source,
        updated=updated,
    )
    return Reading(article, raw, {name: said for name, said in origins.items() if getattr(article, name)}, version)


def decode(data: bytes, source: str) -> str:
    """The text of a file's bytes, line ends as they are.

    UTF-8 and UTF-16 with a byte-order mark are recognised; what is not UTF-8 is read as Windows-1252, which
    older newsroom systems write, as long as the result looks like text.

    Raises SourceError where there is nothing, or the content is binary or the source of another kind of document.
    """
    if not data.strip():
        raise SourceError(f"{source}: the file is empty")
    for beginning, kind in _DOCUMENTS.items():
        if data.startswith(beginning):
            raise SourceError(f"{source}: {kind} in spite of its name; {_AS_TEXT}")
    text = decoded(data)
    if text is None or is_binary(text):
        raise SourceError(f"{source}: not a text file (binary content); {_AS_TEXT}")
    return text


def unexpected(what: str, error: Exception) -> SourceError:
    """What is said where a parser is at the end of its wits: any kind of exception, from deep inside."""
    reason = " ".join(f"{type(error).__name__} {error}".split())[:200]
    return SourceError(f"{what} ({reason})")


def one_line(value: object) -> str:
    """The value as one line without outer white space; a list of texts joined by commas."""
    if isinstance(value, list):
        return ", ".join(one_line(item) for item in value if isinstance(item, str))
    line = " ".join(str(value or "").split())
    return "" if line in ("null", "~") else line
