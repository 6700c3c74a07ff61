"""Archives' exports: a file of many articles whose lines say where each begins and what is known of it.

Whatever the file's format, its lines come here: a layout (index.formats.export_layouts) parts them into documents and
names the lines that carry facts, and what stands between those is the text.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from index.english import lexicon
from index.errors import SourceError
from index.formats.bylines import names_in
from index.formats.export_layouts import END_OF_FACTIVA, EUROPRESSE_CLASSES, LAYOUTS, Document, Layout
from index.formats.readings import Reading, is_address, make_reading, one_line, one_space, past, without_boilerplate
from index.times.written_dates import read_date

# Behind an outlet's name: "The Spectator (Online); Hamilton", or the issue, as in "La Croix, no. 43018".
_PLACE_OR_ISSUE = re.compile(r"\s*(?:;.*|,\s*(?:no\.?|n°|nº|nr\.?|#)\s*\S+.*)\Z", re.IGNORECASE)
_BLOCKS, _UNREAD = (lexicon("html", __package__).words(name) for name in ("blocks", "unread_in_exports"))
# Lines that archives print once for each document: two of a kind, and a file is an export of several articles.
_SIGNS = {
    "nexis": r"\s*\d+ of \d+ DOCUMENTS?\s*",
    "end": r"\s*End of Document\s*",
    "factiva": END_OF_FACTIVA.removeprefix("(?i)").replace("?P<id>", ""),
    "proquest": r"\s*(?:ProQuest document ID:\s*\d+|Document \d+ of \d+)\s*",
    "length": r"\s*LENGTH:\s*\d[\d.,]*\s*words\s*",
    "load": r"\s*(?:LOAD-DATE|Load-Date):.*\d{4}\s*",
    "text": r"\s*Full[ -]text:.*",
    "record": r"\s*(?:Record|Accession) Number:\s*\S+\s*",
    "link": r"\s*OpenURL Link\s*",
    "byline": r"\s*Author/Byline:.*",
}
_SIGN = re.compile("|".join(f"(?P<{name}>{sign})" for name, sign in _SIGNS.items()), re.IGNORECASE)
# One of them stands in every export of these layouts, in a page's markup too.
_LABELS = lexicon("export_labels", __package__)
_DATED = _LABELS.table("any")["published"]
_WORDS = (*_LABELS.listed("signs"), *(f"{label}:" for label in _DATED))
_MAY_BE = re.compile(
    r"\d of \d+ document|do[ck]ument \d+ (?:of|von|de) \d|end of document|ende des dokuments|fin du document|proquest"
    r"|openurl|author/byline|load-date|docpublicationname"
    r"|(?:document|dokument|documento|документ|belge|文件) [a-z0-9]{16}"
    rf"|(?:record|accession) number:|full[ -]text:|(?:^|>)[^\S\n]*(?:length|{'|'.join(_DATED)})[^\S\n]*:",
    re.MULTILINE,
)
Joined = Callable[[list[str]], str]


def read_export(lines: Sequence[str], source: str, joined: Joined = "\n".join) -> list[Reading | SourceError] | None:
    """The articles of an export in order, a SourceError for each that has no text; None where the lines are none.

    An empty line ends a paragraph, where the format has paragraphs. `joined` makes a text of an article's lines.
    Raises SourceError where lines say that this is an export of several articles, but not how to part them.
    """
    if not may_be_export("\n".join(lines)):
        return None
    lines = [line.replace("\xa0", " ").replace("\u200b", "").rstrip() for line in lines]
    for layout in LAYOUTS:
        documents = layout.documents(lines)
        if documents:
            total = len(documents)
            return [_reading(one, layout, f"{n} of {total}", source, joined) for n, one in enumerate(documents, 1)]
    if (count := count_of_signs(lines)) > 1:
        raise SourceError(
            f"{source}: an archive's export of about {count} articles in a layout that Byline does not know; "
            "not read, since it would become one article: export each article to a file of its own, or as plain text"
        )
    return None


def may_be_export(text: str) -> bool:
    """Whether a text or a page has a word that archives' exports have, so that its lines are worth a look."""
    text = text.lower()
    return any(word in text for word in _WORDS) and _MAY_BE.search(text) is not None


def count_of_signs(lines: Sequence[str]) -> int:
    """How many articles a file has, as far as lines tell that archives print once for each; 0 where none is there."""
    kinds = [match.lastgroup for line in lines if (match := _SIGN.fullmatch(line))]
    return max(map(kinds.count, set(kinds)), default=0)


def _reading(document: Document, layout: Layout, place: str, source: str, joined: Joined) -> Reading | SourceError:
    facts = {name: one_line(value) for name, value in document.facts.items()}
    title, outlet = facts.get("title", ""), _PLACE_OR_ISSUE.sub("", facts.get("outlet", ""))
    text = re.sub(r"\n{3,}", "\n\n", without_boilerplate(joined(document.text))).strip()
    if not text:
        return SourceError(f"{source}: document {place}{f' ({title[:100]})' if title else ''}: no article text")
    author = facts.get("author", "")
    author = _in_order(author) if layout.inverts_names else names_in(author, outlet) or author
    url = facts.get("url", "")
    return make_reading(
        text,
        "\n".join(document.lines),
        f"{source}#{facts.get('id') or place.split()[0]}",
        title=title,
        outlet=outlet,
        author=author,
        url=url if is_address(url) else "",
        published=past(read_date(facts.get("published", ""))),
        origins=dict.fromkeys(["title", "outlet", "author", "url", "published"], f"{layout.name} export"),
    )


def _in_order(names: str) -> str:
    """Names with the given name first, where the archive writes "Marren, Odile; Tranter, Ivo"."""
    people = (name.strip(" .").split(", ") for name in names.split(";"))
    return ", ".join(" ".join(reversed(person)) if len(person) == 2 else ", ".join(person) for person in people)


def lines_of_page(tree: Any) -> list[str]:
    """The lines of a page, an empty one between blocks and a tab between cells; some classes become labels of a line.

    The tree is walked once, whatever its depth.
    """
    told: list[str] = []
    todo: list[tuple[Any, bool]] = [(tree, True)]
    while todo:
        element, entering = todo.pop()
        if entering and isinstance(element.tag, str) and element.tag not in _UNREAD:
            told.append(_opening(element) + one_space(element.text or ""))
            todo.append((element, False))
            todo += [(child, True) for child in reversed(element)]
        else:
            told.append(("\n\n" if element.tag in _BLOCKS else "") + one_space(element.tail or ""))
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in "".join(told).split("\n"))
    return [line for line, _ in groupby(lines)]


def _opening(element: Any) -> str:
    if element.tag in ("td", "th"):
        return "\t" if element.getprevious() is not None else ""
    label = next((name for name in (element.get("class") or "").lower().split() if name in EUROPRESSE_CLASSES), "")
    if label:
        return f"\n\n{label}: "
    if element.tag == "article":
        return "\n\n<article>\n\n"
    return "\n" if element.tag == "br" else "\n\n" if element.tag in _BLOCKS else ""
