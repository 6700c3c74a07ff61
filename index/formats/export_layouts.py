"""The layouts of archives' exports: how documents are parted, and which lines of one carry which fact.

These are facts about what the archives print: Nexis as it was ("1 of 20 DOCUMENTS") and as it is (Nexis Uni and Lexis
Advance, "Body" to "End of Document"), Factiva with its codes (HD, BY, PD) and without, ProQuest, Europresse, and any
file whose documents all begin with the same labels ("Title: …", "Source: …", "Date: …").
"""

import re
from collections.abc import Sequence
from itertools import groupby

from index.formats.export_documents import BEGINS, COPYRIGHT, FURNITURE, REST, TEXT, Layout, Lines
from index.formats.page_bylines import names_in
from index.times.written_dates import around_date, read_date

_YEAR = re.compile(r"(?<!\d)(?:1[789]|20)\d\d(?!\d)")
_WORD_COUNT = re.compile(
    r"\s*\d[\d.,\s]{0,8}(?:words|wörter|mots|palabras|parole|palavras|woorden|słów|słowa|слов|слова|kelime|字)\s*", re.I
)
_EDITION = re.compile(r"\b(?:edition|final|ausgabe|édition|correction appended)\b", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)


def _all(does: str, names: str) -> dict[str, str]:
    return dict.fromkeys((name.strip() for name in names.split(",")), does)


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
    listed = {_numbered[1] for line in above if (_numbered := re.fullmatch(r"\d+\.\s*(.+)", line))}
    wraps = (" ".join(above[at:]) for at in range(max(0, len(above) - 4), len(above)))
    title = next((one for one in wraps if one in listed), above[-1] if listed and above else " ".join(above[-2:]))
    return {"title": title, "outlet": full[dated - 1], "published": full[dated]}, []


def _head_of_factiva(lines: Lines) -> tuple[dict[str, str], Lines]:
    """Title, author, number of words, date, time, outlet, code, page, language, copyright and text, without labels."""
    counted = next((at for at, line in enumerate(lines) if _WORD_COUNT.fullmatch(line)), None)
    if counted is None:
        return {}, []
    above = [line.strip() for line in lines[:counted] if line.strip()]
    names = bool(above[1:]) and (_BY.match(above[-1]) is not None or _may_be_names(above[-1]))
    author, above = (above[-1], above[:-1]) if names else ("", above)
    below = [at for at in range(counted + 1, len(lines)) if lines[at].strip()]
    dated = next((n for n, at in enumerate(below[:3]) if read_date(lines[at])), None)
    if dated is None:
        return {"title": above[-1] if above else "", "author": author}, []
    rest = below[dated + 1 :]
    if rest and re.match(r"\s*\d{1,2}:\d\d\b", lines[rest[0]]):
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
    return 2 <= len(words) <= 6 and not re.search(r"\d", line) and all(word[0].isupper() for word in words)


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
        elif not line.strip() or (run and _LABELLED.label.fullmatch(line)):
            continue
        if run.get("title") and run.get("outlet") and read_date(run.get("published", "")):
            starts.append(begun)
        run = {}
    ends = [*starts[1:], len(lines)]
    if len(starts) < 2:
        return []
    return [lines[start:end] for start, end in zip(starts, ends, strict=True)]


_FROM_NEXIS = {
    **_all("author", "byline, autor, auteur, autore, auteurs, door"),
    **_all("title", "headline, titel, titre, título"),
    **_all(
        FURNITURE,
        "section, rubrik, rubrique, sección, sectie, dateline, highlight, series, column, show, anchors, "
        "guests, edition, source, ausgabe, ressort, type, from, to, city, state, country, reporters, host, "
        "distribution, url, notes, update, correction, correction-date, industry, company, person, "
        "organization, geographic, ticker, issn",
    ),
    **_all(TEXT, "body, text"),
    **_all(
        REST,
        "load-date, ladedatum, date de chargement, fecha de carga, laaddatum, classification",
    ),
}
_LENGTH = "length, länge, longueur, lengte, longitud, lunghezza, comprimento"
_BELOW_NEXIS = _all(
    REST,
    "language, sprache, langue, taal, lengua, idioma, lingua, publication-type, graphic, grafik, "
    "graphique, subject, journal-code, date-chargement, type-publication, document-type, doc-type, "
    "pub-type, fecha-carga",
)
_CODES = {
    **_all("title", "hd"),
    **_all("author", "by"),
    **_all("published", "pd"),
    **_all("outlet", "sn"),
    **_all(TEXT, "lp, td"),
    **_all(FURNITURE, "clm, se, cr, wc, et, sc, ed, pg, vol, la, cy, cx, dln, rst"),
    **_all(REST, "ct, rf, art, co, in, ns, re, ipc, ipd, pub, an"),
}
_FROM_PROQUEST = {
    **_all("title", "title"),
    **_all("author", "author"),
    **_all("outlet", "publication title"),
    **_all("published", "publication date"),
    **_all("id", "proquest document id"),
    **_all(TEXT, "full text"),
    **_all(
        REST,
        "abstract, links, subject, business indexing term, company / organization, location, people, person, "
        "identifier / keyword, pages, first page, publication year, section, publisher, "
        "place of publication, country of publication, publication subject, issn, e-issn, source type, "
        "language of publication, document type, document url, copyright, last updated, database, credit, "
        "publication info, volume, issue, number of pages, document feature, dateline, classification, "
        "correction, column, supplement, caption, publication title alternate, contents, illustrations",
    ),
}
_FROM_ANY = {
    **_all("title", "title, headline, titel, überschrift, titre, título, titolo, başlık"),
    **_all(
        "outlet",
        "publication, publication title, publication name, newspaper, source, source name, source title, "
        "paper, journal, outlet, medium, quelle, zeitung, fuente, periódico, kaynak, gazete, fonte, testata",
    ),
    **_all(
        "author",
        "author, authors, by, byline, author/byline, autor, autoren, auteur, autore, yazar, verfasser",
    ),
    **_all(
        "published",
        "date, publication date, published, pub date, date published, issue date, datum, erscheinungsdatum, "
        "fecha, tarih, date de publication, data",
    ),
    **_all("url", "url, link"),
    **_all("id", "record number, accession number, document id"),
    **_all(
        TEXT,
        "text, full text, body, content, article, volltext, texte, texte intégral, texto, metin, testo",
    ),
    **_all(
        FURNITURE,
        "section, page, pages, edition, length, word count, words, language, ressort, seite, rubrik, "
        "rubrique, subject, subjects, keywords, document type, issn, volume, issue, location, country, "
        "sprache, abstract, dateline, column",
    ),
    **_all(REST, "copyright, database, openurl link, citation"),
}
EUROPRESSE_CLASSES = {  # in lower case; `lines_of_page` of index.formats.exports writes them as labels
    **_all("title", "titrearticle, titrearticlevisu, rdp__articletitle"),
    **_all("outlet", "docpublicationname, rdp__docpublicationname"),
    **_all("published", "docheader"),
    **_all("author", "docauthors"),
    **_all(TEXT, "doctext, dococcurcontainer, dococurrcontainer"),
    **_all(REST, "public-lblnodoc, footerdoc"),
}
_END_OF_FACTIVA = re.compile(
    r"\W*(?:AN\W+)?(?:document|dokument|documento|документ|belge|文件)\s+(?P<id>(?=\D*\d)[a-z0-9]{16,32})\W*",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\s*([A-ZÄÖÜÉÈÍ][A-ZÄÖÜÉÈÍ/ -]{1,30}):\s*(.*)")
_LABELLED = Layout("labelled", lambda one: any(one.text), labels=_FROM_ANY, parts=_parts_by_labels)
LAYOUTS = (
    Layout(
        "Nexis",
        lambda one: (
            not one.labels.isdisjoint(["length", "länge", "longueur", "load-date", "byline", "language"])
            or _is_date_line(one.facts.get("published", ""))
        ),
        opens=re.compile(r"\s*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)\s*"),
        labels=_FROM_NEXIS | _all(BEGINS, _LENGTH) | _BELOW_NEXIS,
        label=_CAPITALS,
        head=_head_of_nexis,
    ),
    Layout(
        "Nexis",
        lambda one: "body" in one.labels and bool(one.facts.get("title")),
        closes=re.compile(r"\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*", re.IGNORECASE),
        labels=_FROM_NEXIS | _all(FURNITURE, _LENGTH),
        headings={**_all(TEXT, "body"), **_all(REST, "classification, graphic, notes, correction")},
        head=_head_of_nexis_uni,
    ),
    Layout(
        "Factiva",
        lambda one: {"hd", "pd"} <= one.labels,
        closes=_END_OF_FACTIVA,
        labels=_CODES,
        headings=_CODES,
        label=re.compile(r"[\s|]*([A-Z]{2,3})[\s|]+(.*)"),
        label_below=re.compile(r"[\s|]*((?:TD|PUB)(?=[\s|])|[A-Z]{2,3}(?=\s?[\t|]|\s\s|\s\S+ ?: ))[\s|]+(.*)"),
        facts_below=True,
    ),
    Layout(
        "Factiva",
        lambda one: bool(one.facts.get("published")) and bool(one.facts.get("outlet")),
        closes=_END_OF_FACTIVA,
        head=_head_of_factiva,
    ),
    Layout(
        "ProQuest",
        lambda one: (
            len(one.labels & {"publication title", "publication date", "proquest document id", "full text"}) > 1
        ),
        opens=re.compile(r"\s*(?:Document \d+ of \d+|_{20,})\s*"),
        labels=_FROM_PROQUEST,
        head=lambda lines: ({"title": " ".join(_first_paragraph(lines))}, []),
        facts_below=True,
        inverts_names=True,
    ),
    Layout(
        "ProQuest",
        lambda one: {"full text", "publication title", "proquest document id"} <= one.labels,
        closes=re.compile(r"\s*Database:.*"),
        labels=_FROM_PROQUEST,
        facts_below=True,
        inverts_names=True,
    ),
    Layout(
        "Europresse",
        lambda one: {"title", "outlet"} <= one.facts.keys(),
        opens=re.compile("<article>"),
        labels=EUROPRESSE_CLASSES,
    ),
    _LABELLED,
)
# Lines that archives print once for each document: two of a kind, and a file is an export of several articles.
_SIGNS = {
    "nexis": r"\s*\d+ of \d+ DOCUMENTS?\s*",
    "end": r"\s*End of Document\s*",
    "factiva": _END_OF_FACTIVA.pattern.replace("?P<id>", ""),
    "proquest": r"\s*(?:ProQuest document ID:\s*\d+|Document \d+ of \d+)\s*",
    "length": r"\s*LENGTH:\s*\d[\d.,]*\s*words\s*",
    "load": r"\s*(?:LOAD-DATE|Load-Date):.*\d{4}\s*",
    "text": r"\s*Full[ -]text:.*",
    "record": r"\s*(?:Record|Accession) Number:\s*\S+\s*",
    "link": r"\s*OpenURL Link\s*",
    "byline": r"\s*Author/Byline:.*",
}
_SIGN = re.compile("|".join(f"(?P<{name}>{sign})" for name, sign in _SIGNS.items()), re.IGNORECASE)
# One of them stands in every export of these layouts, in a page's markup too; words first, they are looked for fast.
_DATED = [name for name, does in _FROM_ANY.items() if does == "published"]
_WORDS = (
    *"document dokument документ belge 文件 proquest openurl author/byline load-date docpublicationname".split(),
    *("length:", "number:", "text:"),
    *(f"{name}:" for name in _DATED),
)
_MAY_BE = re.compile(
    r"\d of \d+ document|do[ck]ument \d+ (?:of|von|de) \d|end of document|ende des dokuments|fin du document|proquest"
    r"|openurl|author/byline|load-date|docpublicationname"
    r"|(?:document|dokument|documento|документ|belge|文件) [a-z0-9]{16}"
    rf"|(?:record|accession) number:|full[ -]text:|(?:^|>)\s*(?:length|{'|'.join(_DATED)})\s*:",
    re.MULTILINE,
)


def may_be_export(text: str) -> bool:
    """Whether a text or a page has a word that archives' exports have, so that its lines are worth a look."""
    text = text.lower()
    return any(word in text for word in _WORDS) and _MAY_BE.search(text) is not None


def count_of_signs(lines: Sequence[str]) -> int:
    """How many articles a file has, as far as lines tell that archives print once for each; 0 where none is there."""
    kinds = [match.lastgroup for line in lines if (match := _SIGN.fullmatch(line))]
    return max(map(kinds.count, set(kinds)), default=0)
