"""One walk down the lines of an archive's export: the documents, and the facts and the text of each.

What the archives print differs, and is told by a Layout; those that are known stand in index.formats.export_layouts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Lines = list[str]
# What a label does where it names no fact: its paragraph is furniture; the text stands behind it, begins below it, is
# over.
FURNITURE, TEXT, BEGINS, REST = "furniture", "text", "text below", "rest"
COPYRIGHT = re.compile(r"\A\s*(?:copyright\b|all rights reserved)|©|\(c\)\s*(?:copyright\s*)?\d{4}", re.IGNORECASE)

_HEAD, _LOOSE = "head", "loose"  # lines above the first label, and the paragraphs below a label's
_FACTS = ("title", "outlet", "author", "published", "url", "id")
_PAGE_LINE = re.compile(r"\s*(?:page|seite)\s+\d+\s+(?:of|von|de|sur)\s+\d+(?:\s*©.*)?\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:[-_=*]{5,}|record \d+ of \d+)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One document of an export: its facts as they are written there, the lines of its text, and all its lines."""

    facts: Mapping[str, str]
    text: Lines
    lines: Lines
    labels: frozenset[str]


@dataclass(frozen=True)
class Layout:
    """How an export is laid out.

    `opens` is the line before each document, `closes` the line at its end; one of the two is enough, or `parts` finds
    the documents otherwise. `labels` says what stands behind a label, `headings` what a line of these words alone
    does. `head` takes facts, and at times the text, from the lines without a label above the text. Where `facts_below`,
    labels stand below the text too, and paragraphs without one are no text; `label_below` is their stricter form. Where
    it `inverts_names`, the family name comes first: "Marren, Odile".
    `is_proven` tells a document of this layout from any other text.
    """

    name: str
    is_proven: Callable[[Document], bool]
    opens: re.Pattern[str] | None = None
    closes: re.Pattern[str] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    label: re.Pattern[str] = re.compile(r"\s*([^\W\d][^::]{0,40}?)\s*[::]\s*(.*)")
    label_below: re.Pattern[str] | None = None
    head: Callable[[Lines], tuple[dict[str, str], Lines]] = lambda lines: ({}, [])
    parts: Callable[[Lines], list[Lines]] | None = None
    facts_below: bool = False
    inverts_names: bool = False

    def documents(self, lines: Sequence[str]) -> list[Document]:
        """The documents of an export; none where less than half of what would be one is proven to be of this layout."""
        parts = (self.parts or self._parts)([line for line in lines if not _PAGE_LINE.fullmatch(line)])
        found = [self._document(part) for part in parts if any(map(_is_said, part))]
        proven = [self.is_proven(document) for document in found]
        if not any(proven) or (self.opens and len(parts) == 1):
            return []
        # Above the first line that opens a document stands what was asked for; below the last, the archive's own words.
        is_headed = self.opens is not None and any(map(_is_said, parts[0]))
        first = int(is_headed and not (self.facts_below and proven[0]))
        last = len(found) - int(not proven[-1] and (self.closes is not None or not found[-1].labels))
        return found[first:last] if sum(proven) >= 0.5 * (last - first) else []

    def labelled(self, line: str, below: bool = False) -> tuple[str, str, str]:
        """The label of a line, what stands behind it, and what it does: nothing where the line has none."""
        alone = line.strip(" |\t").casefold()
        if alone in self.headings:
            return alone, "", self.headings[alone]
        match = (self.label_below if below and self.label_below else self.label).fullmatch(line)
        name = match[1].casefold() if match else ""
        return (name, match[2].strip(" |\t"), self.labels[name]) if match and name in self.labels else ("", "", "")

    def _parts(self, lines: Lines) -> list[Lines]:
        parts: list[Lines] = [[]]
        for line in lines:
            if self.opens and self.opens.fullmatch(line):
                parts.append([])
            else:
                parts[-1].append(line)
            if self.closes and self.closes.fullmatch(line):
                parts.append([])
        return parts

    def _document(self, lines: Lines) -> Document:
        walk = _Walk(self, has_paragraphs=not all(map(str.strip, lines)))
        for line in lines:
            walk.take(line)
        facts, text = self.head(walk.found[_HEAD])
        facts |= {name: " ".join(walk.found[name]).strip() for name in _FACTS if any(walk.found.get(name, ()))}
        own = [line for line in walk.found[TEXT] if line.strip() != facts.get("title")]  # it heads the pages of a PDF
        return Document(facts, self._trimmed(own if any(own) else text), lines, frozenset(walk.labels))

    def _trimmed(self, text: Lines) -> Lines:
        """The text without the lines at its end that are no sentence: copyright, rules, and labels with a few words."""
        for end in range(len(text), 0, -1):
            line = text[end - 1].strip()
            is_sentence = line.endswith((".", "!", "?", "”", '"'))
            is_furniture = COPYRIGHT.search(line) or (not is_sentence and self.labelled(line, below=True)[2])
            if _is_said(line) and not is_furniture:
                return text[:end]
        return []


class _Walk:
    """The walk down the lines of one document: what was found for each fact, and where the next line goes."""

    def __init__(self, layout: Layout, has_paragraphs: bool) -> None:
        self.found: dict[str, Lines] = {_HEAD: [], TEXT: []}
        self.labels: set[str] = set()
        self._layout, self._has_paragraphs = layout, has_paragraphs
        self._doing, self._has_begun, self._is_over = _HEAD, False, False

    def take(self, line: str) -> None:
        end = self._layout.closes.fullmatch(line) if self._layout.closes else None
        if end:
            if "id" in end.re.groupindex:
                self.found.setdefault("id", [end["id"]])
            return
        name, value, does = self._layout.labelled(line, self._has_begun)
        may_be = self._layout.facts_below or not self._has_begun or not any(self.found[TEXT])
        if does and (does == REST or may_be):
            self.labels.add(name)
            self._begin(does, value)
        elif self._doing in (_HEAD, TEXT):
            self.found[self._doing].append(line)
        elif self._doing in _FACTS and ":" in line and self._layout.label.fullmatch(line):
            self._begin(FURNITURE, line)  # of a label that says nothing of use here
        elif self._doing == _LOOSE or (not line.strip() and self._has_value()):
            self._doing = REST if self._is_over else _LOOSE
            self._take_loose(line)
        else:
            self.found[self._doing].append(line)

    def _begin(self, does: str, value: str) -> None:
        if does == BEGINS or (does == TEXT and not self._has_begun):
            self.found[TEXT].clear()
        self._has_begun = self._has_begun or does in (TEXT, BEGINS)
        self._is_over = does == REST or (self._is_over and does != TEXT)
        self._doing = does if does == TEXT or not any(self.found.get(does, ())) else FURNITURE
        into = self.found.setdefault(self._doing, [])
        into += ["", value] if does == TEXT and into else [value]
        if does == BEGINS or (does == FURNITURE and self._has_begun and not self._has_paragraphs):
            self._doing = _LOOSE  # where it goes on for another line, nothing tells that from the text

    def _has_value(self) -> bool:
        return self._doing not in _FACTS or any(self.found[self._doing])

    def _take_loose(self, line: str) -> None:
        """A paragraph below those of labels: of the text, or where a label is still to begin that, of the head."""
        if self._doing == _LOOSE and not self._layout.facts_below:
            self.found[TEXT].append(line)
            if not self._has_begun:
                self.found[_HEAD].append(line)


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not _RULE.fullmatch(line)
