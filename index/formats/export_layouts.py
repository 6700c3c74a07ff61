"""The layouts of archives' exports: how documents are parted, and which lines of one carry which fact.

A Layout walks once down the lines. What differs is facts about what the archives print: Nexis as it was ("1 of 20
DOCUMENTS") and as it is (Nexis Uni and Lexis Advance, "Body" to "End of Document"), Factiva with its codes (HD, BY, PD)
and without, ProQuest, Europresse, and any file whose documents all begin with the same labels ("Title: …", "Source: …",
"Date: …"). The labels stand in export_labels.toml.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from index.english import lexicon
from index.formats.bylines import begins_byline, names_in
from index.times.written_dates import around_date, read_date

Lines = list[str]
# What a label does where it names no fact: its paragraph is boilerplate; the text stands behind it, begins below it, is
# over.
BOILERPLATE, TEXT, BEGINS, REST = "boilerplate", "text", "begins", "rest"
COPYRIGHT = re.compile(r"\A\s*(?:copyright\b|all rights reserved)|©|\(c\)\s*(?:copyright\s*)?\d{4}", re.IGNORECASE)

_HEAD, _LOOSE = "head", "loose"  # lines above the first label, and the paragraphs below a label's
_FACTS = ("title", "outlet", "author", "published", "url", "id")
_PAGE_LINE = re.compile(r"\s*(?:page|seite)\s+\d+\s+(?:of|von|de|sur)\s+\d+(?:\s*©.*)?\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:[-_=*]{5,}|record \d+ of \d+)\s*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[789]|20)\d\d(?!\d)")
_WORD_COUNT = re.compile(
    r"\s*\d[\d.,\s]{0,8}(?:words|wörter|mots|palabras|parole|palavras|woorden|słów|słowa|слов|слова|kelime|字)\s*", re.I
)
_EDITION = re.compile(r"\b(?:edition|final|ausgabe|édition|correction appended)\b", re.IGNORECASE)


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

    `opens` is the pattern of the line before each document, `closes` of the line at its end; one of the two is
    enough, or `parts` finds the documents otherwise. `label` is that of a line with a label and a value. `labels`
    says what stands behind a label, `headings` what a line of these words alone does. `head` takes facts, and at
    times the text, from the lines without a label above the text. Where `facts_below`, labels stand below the text
    too, and paragraphs without one are no text; `label_below` is their stricter form. Where it `inverts_names`, the
    family name comes first: "Marren, Odile". `is_proven` tells a document of this layout from any other text.
    """

    name: str
    is_proven: Callable[[Document], bool]
    opens: str = ""
    closes: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    label: str = r"\s*([^\W\d][^:：]{0,40}?)\s*[:：]\s*(.*)"
    label_below: str = ""
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
        is_headed = bool(self.opens) and any(map(_is_said, parts[0]))
        first = int(is_headed and not (self.facts_below and proven[0]))
        last = len(found) - int(not proven[-1] and (bool(self.closes) or not found[-1].labels))
        return found[first:last] if sum(proven) >= 0.5 * (last - first) else []

    def labelled(self, line: str, below: bool = False) -> tuple[str, str, str]:
        """The label of a line, what stands behind it, and what it does: nothing where the line has none."""
        alone = line.strip(" |\t").casefold()
        if alone in self.headings:
            return alone, "", self.headings[alone]
        match = _is((below and self.label_below) or self.label, line)
        name = match[1].casefold() if match else ""
        return (name, match[2].strip(" |\t"), self.labels[name]) if match and name in self.labels else ("", "", "")

    def _parts(self, lines: Lines) -> list[Lines]:
        parts: list[Lines] = [[]]
        for line in lines:
            if _is(self.opens, line):
                parts.append([])
            else:
                parts[-1].append(line)
            if _is(self.closes, line):
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
            is_boilerplate = COPYRIGHT.search(line) or (not is_sentence and self.labelled(line, below=True)[2])
            if _is_said(line) and not is_boilerplate:
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
        end = _is(self._layout.closes, line)
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
        elif self._doing in _FACTS and ":" in line and _is(self._layout.label, line):
            self._begin(BOILERPLATE, line)  # of a label that says nothing of use here
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
        self._doing = does if does == TEXT or not any(self.found.get(does, ())) else BOILERPLATE
        into = self.found.setdefault(self._doing, [])
        into += ["", value] if does == TEXT and into else [value]
        if does == BEGINS or (does == BOILERPLATE and self._has_begun and not self._has_paragraphs):
            self._doing = _LOOSE  # where it goes on for another line, nothing tells that from the text

    def _has_value(self) -> bool:
        return self._doing not in _FACTS or any(self.found[self._doing])

    def _take_loose(self, line: str) -> None:
        """A paragraph below those of labels: of the text, or where a label is still to begin that, of the head."""
        if self._doing == _LOOSE and not self._layout.facts_below:
            self.found[TEXT].append(line)
            if not self._has_begun:
                self.found[_HEAD].append(line)


def _is(pattern: str, line: str) -> re.Match[str] | None:
    """Whether a line is as a layout's pattern says; no line is as an empty one."""
    return re.fullmatch(pattern, line) if pattern else None


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not _RULE.fullmatch(line)


# Heads without labels


def _is_date_line(line: str) -> bool:
    """Whether a line is a date, with a weekday, a time or an edition perhaps: it begins with it."""
    said = line.strip()
    if len(said) > 80 or not _YEAR.search(said) or around_date(said)[0]:
        return False
    return read_date(said) is not None or not said[0].isdigit()  # "October 2020" has no day


def _is_edition(line: str) -> bool:
    return len(line.strip()) < 40 and (_EDITION.search(line) is not None or line.rstrip().endswith(";"))


def _first_paragraph(lines: Lines) -> Lines:
    for is_full, group in groupby(lines, key=lambda line: bool(line.strip())):
        if is_full:
            return list(group)
    return []


def _head_of_nexis(lines: Lines) -> tuple[dict[str, str], Lines]:
    """Outlet, date with editions below it, and title, as Nexis has them; the text where it has no label."""
    lines = [line for line in lines if not COPYRIGHT.search(line)]
    full = [at for at, line in enumerate(lines) if line.strip()]
    dated = next((at for at in full[1:8] if _is_date_line(lines[at])), None)
    if dated is None:
        return {"outlet": lines[full[0]] if full else ""}, []
    outlet = _first_paragraph(lines[:dated][::-1])[::-1]
    # The paragraph of the date ends with its editions, where the format has paragraphs.
    at = next((at for at in range(dated + 1, len(lines)) if not lines[at].strip()), dated + 1)
    goes_on = False  # "Edition 1;" on one line, "Scotland" on the next
    while at < len(lines) and (not lines[at].strip() or goes_on or _is_edition(lines[at])):
        goes_on = lines[at].endswith(";") or (goes_on and not lines[at].strip())
        at += 1
    title = _first_paragraph(lines[at:])
    return {"outlet": " ".join(outlet), "published": lines[dated], "title": " ".join(title)}, lines[at + len(title) :]


def _head_of_nexis_uni(lines: Lines) -> tuple[dict[str, str], Lines]:
    """Title, outlet and date, the last lines above the copyright; before the first document a list of all may stand."""
    full = [line.strip() for line in lines if line.strip() and not COPYRIGHT.search(line)]
    dated = next((at for at in range(len(full) - 1, 0, -1) if _is_date_line(full[at])), None)
    if dated is None:
        return {"title": full[0] if full else ""}, []
    above = full[: dated - 1]
    numbered = (line.partition(".") for line in above)
    listed = {said.strip() for number, _, said in numbered if number.isdecimal() and said.strip()}
    wraps = (" ".join(above[at:]) for at in range(max(0, len(above) - 4), len(above)))
    title = next((one for one in wraps if one in listed), above[-1] if listed and above else " ".join(above[-2:]))
    return {"title": title, "outlet": full[dated - 1], "published": full[dated]}, []


def _head_of_factiva(lines: Lines) -> tuple[dict[str, str], Lines]:
    """Title, author, number of words, date, time, outlet, code, page, language, copyright and text, without labels."""
    counted = next((at for at, line in enumerate(lines) if _WORD_COUNT.fullmatch(line)), None)
    if counted is None:
        return {}, []
    above = [line.strip() for line in lines[:counted] if line.strip()]
    names = bool(above[1:]) and (begins_byline(above[-1]) or _may_be_names(above[-1]))
    author, above = (above[-1], above[:-1]) if names else ("", above)
    below = [at for at in range(counted + 1, len(lines)) if lines[at].strip()]
    dated = next((n for n, at in enumerate(below[:3]) if read_date(lines[at])), None)
    if dated is None:
        return {"title": above[-1] if above else "", "author": author}, []
    rest = below[dated + 1 :]
    if rest and _is(r"\s*\d{1,2}:\d\d\b.*", lines[rest[0]]):
        rest = rest[1:]
    facts = {"title": above[-1] if above else "", "author": author, "published": lines[below[dated]]}
    if not rest:
        return facts, []
    marked = [n for n, at in enumerate(rest[:10]) if COPYRIGHT.search(lines[at])]
    start = marked[-1] + 1 if marked else next((n for n, at in enumerate(rest) if n and not _is_short(lines[at])), 0)
    return facts | {"outlet": lines[rest[0]]}, lines[rest[start] :] if 0 < start < len(rest) else []


def _is_short(line: str) -> bool:
    """Whether a line is a code, page, edition or language rather than a paragraph."""
    return len(line.split()) <= 4 and len(line) <= 40 and not line.rstrip().endswith((".", "!", "?", "”", '"'))


def _may_be_names(line: str) -> bool:
    words = names_in(line).replace(",", " ").split()
    return 2 <= len(words) <= 6 and not any(map(str.isdigit, line)) and all(word[0].isupper() for word in words)


def _parts_by_labels(lines: Lines) -> list[Lines]:
    """Documents that each begin with a run of labels, with a title, an outlet and a full date among them."""
    starts: list[int] = []
    run: dict[str, str] = {}
    begun = 0
    for at, line in enumerate([*lines, "the end"]):
        _, value, does = _LABELLED.labelled(line)
        if does and does != REST:
            begun = begun if run else at
            run.setdefault(does, value)
            if does != TEXT:
                continue
        elif not line.strip() or (run and _is(_LABELLED.label, line)):
            continue
        if run.get("title") and run.get("outlet") and read_date(run.get("published", "")):
            starts.append(begun)
        run = {}
    ends = [*starts[1:], len(lines)]
    if len(starts) < 2:
        return []
    return [lines[start:end] for start, end in zip(starts, ends, strict=True)]


def _labels(*tables: str) -> dict[str, str]:
    """What each label of some tables of export_labels.toml carries."""
    found = [lexicon("export_labels", __package__).table(name) for name in tables]
    return {label: does for table in found for does, labels in table.items() for label in labels}


END_OF_FACTIVA = (
    r"(?i)\W*(?:AN\W+)?(?:document|dokument|documento|документ|belge|文件)\s+(?P<id>(?=\D*\d)[a-z0-9]{16,32})\W*"
)
_CAPITALS = r"\s*([A-ZÄÖÜÉÈÍ][A-ZÄÖÜÉÈÍ/ -]{1,30}):\s*(.*)"
EUROPRESSE_CLASSES = _labels("europresse")  # in lower case; `lines_of_page` of index.formats.exports writes them
_LABELLED = Layout("labelled", lambda one: any(one.text), labels=_labels("any"), parts=_parts_by_labels)
LAYOUTS = (
    Layout(
        "Nexis",
        lambda one: (
            not one.labels.isdisjoint(["length", "länge", "longueur", "load-date", "byline", "language"])
            or _is_date_line(one.facts.get("published", ""))
        ),
        opens=r"\s*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)\s*",
        labels=_labels("nexis", "below_nexis") | dict.fromkeys(_labels("nexis_length"), BEGINS),
        label=_CAPITALS,
        head=_head_of_nexis,
    ),
    Layout(
        "Nexis",
        lambda one: "body" in one.labels and bool(one.facts.get("title")),
        closes=r"(?i)\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*",
        labels=_labels("nexis", "nexis_length"),
        headings=_labels("nexis_uni_headings"),
        head=_head_of_nexis_uni,
    ),
    Layout(
        "Factiva",
        lambda one: {"hd", "pd"} <= one.labels,
        closes=END_OF_FACTIVA,
        labels=_labels("factiva"),
        headings=_labels("factiva"),
        label=r"[\s|]*([A-Z]{2,3})[\s|]+(.*)",
        label_below=r"[\s|]*((?:TD|PUB)(?=[\s|])|[A-Z]{2,3}(?=\s?[\t|]|\s\s|\s\S+ ?: ))[\s|]+(.*)",
        facts_below=True,
    ),
    Layout(
        "Factiva",
        lambda one: bool(one.facts.get("published")) and bool(one.facts.get("outlet")),
        closes=END_OF_FACTIVA,
        head=_head_of_factiva,
    ),
    Layout(
        "ProQuest",
        lambda one: (
            len(one.labels & {"publication title", "publication date", "proquest document id", "full text"}) > 1
        ),
        opens=r"\s*(?:Document \d+ of \d+|_{20,})\s*",
        labels=_labels("proquest"),
        head=lambda lines: ({"title": " ".join(_first_paragraph(lines))}, []),
        facts_below=True,
        inverts_names=True,
    ),
    Layout(
        "ProQuest",
        lambda one: {"full text", "publication title", "proquest document id"} <= one.labels,
        closes=r"\s*Database:.*",
        labels=_labels("proquest"),
        facts_below=True,
        inverts_names=True,
    ),
    Layout(
        "Europresse",
        lambda one: {"title", "outlet"} <= one.facts.keys(),
        opens="<article>",
        labels=EUROPRESSE_CLASSES,
    ),
    _LABELLED,
)
