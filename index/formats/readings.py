"""What every format gives, and what all of them do to a text.

A format gives a Reading for each article, and one line for each record that could not be read. What it reads is
decoded, made plain paragraphs of where it is HTML, and freed of boilerplate: the lines that are a template's.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from typing import TypeAlias

from index.article import Article, article_id
from index.english import lexicon
from index.errors import SettingsError, SourceError
from index.text.decoding import decoded, is_binary
from index.text.passages import is_hard_wrapped
from index.versions import Version

_AS_TEXT = "save the article as UTF-8 text"
_DOCUMENTS = {b"%PDF-": "a PDF file", rb"{\rtf": "a rich text file", b"%!PS": "a PostScript file"}  # all of ASCII
FIELDS = ("title", "text", "published", "updated", "url", "outlet", "author", "id")
_LONGEST_HEADLINE = 100
_LINKS, _TEMPLATE_LINES = (lexicon("boilerplate").words(name) for name in ("links", "lines"))
_BLOCKS, _UNREAD = (lexicon("html", __package__).words(name) for name in ("blocks", "unread_in_text"))
_CLOSING = "\"'”’»)]"
# A line such as "READ MORE: Mill sold": its label begins with a capital, unlike a line of a wrapped sentence.
_LABELLED_LINK = re.compile(r"\s*(?:\[\s*)?([A-Z][\w'’ ]*?)\s*[:：|»>]\s*\S")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*(?:\.(?:content|head|end))?)(?=[\s/>])[^<>]*>")
_SURE_TAG = re.compile(
    r"</?(?:p|br|div|a|em|strong|b|i|span|h[1-6]|ul|ol|li|blockquote|figure|img|section)(?:\s[^<>]*|/)?>", re.I
)


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


def is_address(text: str) -> bool:
    """Whether a text is a web address and nothing else."""
    scheme, _, rest = text.partition("://")
    return scheme.lower() in ("http", "https") and rest != "" and not any(map(str.isspace, rest))


def is_link(text: str) -> bool:
    """Whether a text is an address or a handle where a name should stand."""
    said = text.strip().lower()
    return said.startswith(("http://", "https://", "//", "www.", "mailto:", "/")) or "@" in text[1:]


def letters(text: str) -> str:
    """The letters and digits of a text, by which the same line is known wherever it stands."""
    return "".join(filter(str.isalnum, text.casefold()))


def name_key(name: str) -> str:
    """The letters of a name or a title, by which the same one is known; the article "the" before it apart."""
    return letters(name).removeprefix("the")


def same_name(one: str, other: str) -> bool:
    """Whether two names or titles have the same letters, whatever their case and punctuation."""
    return bool(name_key(one)) and name_key(one) == name_key(other)


def ends_sentence(line: str, marks: str = ".!?…。؟։") -> bool:
    """Whether a line ends with one of these marks, quotation marks and brackets behind it apart."""
    return line.rstrip().rstrip(_CLOSING).endswith(tuple(marks))


def past(day: date | None) -> date | None:
    """The day where it is not in the future; two days are left for time zones."""
    return day if day and day <= date.today() + timedelta(days=2) else None


def without_boilerplate(text: str) -> str:
    """The text without the lines of a page's template; every other character is left as it is.

    A short line without a sentence's end directly below a "READ MORE: ..." line is the next link of the same
    list and goes with it.
    """
    may_list = not is_hard_wrapped(text)  # there every line is short and without an end
    kept: list[str] = []
    in_links = False
    for line in StringIO(text, newline=""):
        in_links = _is_link(line) or (may_list and in_links and _is_headline(line))
        if not in_links and not _is_of_template(line):
            kept.append(line)
    return "".join(kept)


def _is_link(line: str) -> bool:
    found = _LABELLED_LINK.match(line)
    return found is not None and _plain_words(found[1]) in _LINKS


def _is_of_template(line: str) -> bool:
    said = line.strip().rstrip(".:… ")
    return "A" <= said[:1] <= "Z" and _plain_words(said) in _TEMPLATE_LINES


def _plain_words(said: str) -> str:
    return " ".join(said.casefold().replace("’", "'").split())


def _is_headline(line: str) -> bool:
    return 0 < len(line.strip()) <= _LONGEST_HEADLINE and not ends_sentence(line)


def looks_like_html(text: str) -> bool:
    """Whether the text holds at least two of the tags that articles are written with."""
    tags = _SURE_TAG.finditer(text)
    return next(tags, None) is not None and next(tags, None) is not None


def plain_paragraphs(markup: str) -> str:
    """The text of HTML, an empty line between blocks; scripts, styles, comments and captions are left out.

    It is for a cell of a table or an entry of a feed; whole pages are read by index.formats.html. Its time grows with
    the length of the markup and no faster, which cannot be said of html.parser.
    """
    markup = _without_comments(markup)
    parts: list[str] = []
    end, within = 0, ""
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if not within:
            parts.append(one_space(markup[end : tag.start()]))
            parts.append("\n" if name == "br" else "\n\n" if name in _BLOCKS else "")
            within = name if name in _UNREAD and not tag[1] else ""
        elif tag[1] and name == within:
            within = ""
        end = tag.end()
    if not within:
        parts.append(one_space(markup[end:]))
    lines = (" ".join(line.split()) for line in html.unescape("".join(parts)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + "".join(one.partition("-->")[2] if "-->" in one else f"<!--{one}" for one in others)


def one_space(text: str) -> str:
    """The text with each run of white space as one space, at its ends too: line ends mean nothing in HTML."""
    return re.sub(r"\s+", " ", text)
