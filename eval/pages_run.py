"""How well web pages are read: Byline's reader and bare trafilatura over the same pages, against what is known of them.

Data are rows of `{id, url, truth, html}` (JSON lines; gzip and xz are read as they are), where
`html.encode("latin-1")` are the page's bytes and `truth` has any of: `body` (the article's paragraphs) and `heads` (its
headings); `with` and `without`, segments that must and must not be in the text; `title`, `date`, `author` or `authors`,
`outlet` or `sitename`.

For each page whose `body` is known, with its words as a multiset, so that a word counts as often as it stands there,

    recall    = words of the body that are in the text / words of the body
    precision = words of the text that are in the body or its headings / words of the text (0 where there is no text)

A word is a run of letters and digits in one case, or a single letter of a script that sets no spaces. Both are averaged
over pages. Segments are counted as trafilatura's own evaluation does: one of `with` that is in the text is a true
positive, one that is not a false negative, one of `without` that is in it a false positive, and

    segment_f1 = 2 · true positives / (2 · true positives + false positives + false negatives)   (over all pages)

`lost` counts the pages with a recall below one half or, where segments are what is known, with none of `with` in the
text. `titles`, `authors` and `outlets` count what equals the truth when case, spaces and punctuation are left out; of
authors the order does not matter. A date is right on the same day, wrong on any other, and neither where none was
found.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from typing import Any, Literal
from urllib.parse import urlsplit

from eval.datasets.questions import json_rows
from eval.runs.run import Progress, Run, in_turn, nothing
from index.errors import SourceError
from index.formats.html import page_to_reading

Half = Literal["even", "odd"]
_EXAMPLE = '{"id": "…", "url": "https://…", "html": "<html>…", "truth": {"body": ["…"], "title": "…"}}'
_LOST = 0.5
_PROCESSES = 2
_PAGES_A_PROCESS = 20  # fewer are not worth another process
_WORD = re.compile("[\u0e00-\u0eff\u2e80-\uabff\uf900-\ufaff]|[^\\W\u0e00-\u0eff\u2e80-\uabff\uf900-\ufaff]+")
_JOINING = frozenset({"and", "und", "et", "y"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched, and what is known of it. `source` is the host that it is from."""

    id: str
    url: str
    data: bytes
    truth: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a reader made of a page; empty is unknown. `date` is written YYYY-MM-DD."""

    text: str = ""
    title: str = ""
    authors: str = ""
    outlet: str = ""
    date: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PageResult:
    """What of a page was read right, None where the truth is not known; `found` and the like count segments."""

    id: str
    recall: float | None
    precision: float | None
    lost: bool | None
    title: bool | None
    author: bool | None
    outlet: bool | None
    date: Literal["right", "wrong", "none"] | None
    found: int = 0
    missing: int = 0
    wrongly_found: int = 0
    error: str | None = None


PageFigures = Mapping[str, float | int | None]
"""One reader's figures over all pages, None where no page's truth allows it; the module says what each means."""


@dataclass(frozen=True, kw_only=True)
class PagesRun(Run[PageResult]):
    """Byline over pages, and trafilatura over the same. `pages` says of how many each kind of truth is known."""

    data: str
    pages: Mapping[str, int]
    trafilatura: Sequence[PageResult] = field(repr=False)

    @property
    def by_reader(self) -> Mapping[str, Sequence[PageResult]]:
        return {"byline": self.results, "trafilatura": self.trafilatura}

    @property
    def figures(self) -> Mapping[str, PageFigures]:
        return {reader: figures_of(results) for reader, results in self.by_reader.items()}

    def to_json(self) -> dict[str, Any]:
        """Each reader's figures, the counts, and each page's results."""
        results = {reader: [asdict(result) for result in results] for reader, results in self.by_reader.items()}
        return {"data": self.data, "pages": dict(self.pages), **self.figures, "results": results}

    def lines(self) -> Iterator[str]:
        """The figures of both readers side by side, each with the number of pages that it is of."""
        yield f"{self.pages['all']} pages of {self.data}"
        yield ""
        yield f"{'':32}{'pages':>7}{'byline':>10}{'trafilatura':>13}"
        byline, bare = self.figures.values()
        for name, (label, kind) in _LABELS.items():
            ours, theirs = byline[name], bare[name]
            if ours is not None:
                places = ".3f" if isinstance(ours, float) else "d"
                yield f"{label:32}{self.pages[kind]:>7}{ours:>10{places}}{theirs:>13{places}}"
        for reader, results in self.by_reader.items():
            lost = [result.id for result in results if result.lost]
            if lost:
                yield ""
                yield f"lost by {reader}: {', '.join(lost)}"


def read_pages(file: Path, half: Half | None = None) -> list[Page]:
    """The pages of a file; of a `half` those whose source, by a digest of its host, is in it, so no source is in both.

    Raises SourceError, with file and line, where a row is not a page or none is left.
    """
    pages = [_page(place, row) for place, row in json_rows(file, _EXAMPLE)]
    kept = [page for page in pages if half is None or half_of(page.source) == half]
    if not kept:
        raise SourceError(f"{file}: no pages in this {'half' if pages else 'file'}; write one a line, as {_EXAMPLE}")
    return kept


def measure_pages(pages: Sequence[Page], name: str, progress: Progress = nothing) -> PagesRun:
    """Read each page with both readers, in two processes where there are many, and compare it with its truth."""
    workers = min(_PROCESSES, len(pages) // _PAGES_A_PROCESS)
    if workers > 1:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            pairs = [
                pair for pair, _ in zip(pool.map(_both, pages, chunksize=4), in_turn(pages, progress), strict=True)
            ]
    else:
        pairs = list(map(_both, in_turn(pages, progress)))
    known = {"all": len(pages)} | {kind: sum(_knows(page, kind) for page in pages) for kind in _KINDS}
    ours, theirs = zip(*pairs, strict=True)
    return PagesRun(data=name, pages=known, results=ours, trafilatura=theirs)


_KINDS = {
    "body": ("body",),
    "segments": ("with", "without"),
    "text": ("body", "with"),
    "title": ("title",),
    "author": ("authors", "author"),
    "outlet": ("outlet", "sitename"),
    "date": ("date",),
}
_LABELS = {
    "recall": ("recall of the body's words", "body"),
    "precision": ("precision of the text's words", "body"),
    "segment_f1": ("F1 of segments", "segments"),
    "lost": ("articles lost", "text"),
    "titles": ("titles right", "title"),
    "authors": ("authors right", "author"),
    "outlets": ("outlets right", "outlet"),
    "dates_right": ("dates right", "date"),
    "dates_wrong": ("dates wrong", "date"),
    "errors": ("crashes", "all"),
}

# Data


def _page(place: str, row: Mapping[str, Any]) -> Page:
    html, truth = row.get("html"), row.get("truth")
    if not isinstance(html, str) or not isinstance(truth, dict):
        raise SourceError(f'{place}: no page; "html" must be a text and "truth" an object, as {_EXAMPLE}')
    try:
        data = html.encode("latin-1")
    except UnicodeEncodeError as error:
        raise SourceError(
            f'{place}: "html" is not a page\'s bytes ({error.reason}); write it as bytes.decode("latin-1") gives it'
        ) from error
    for name in ("body", "heads", "with", "without"):
        if not isinstance(truth.get(name) or [], list):
            raise SourceError(f'{place}: "{name}" of the truth must be a list of texts')
    url = str(row.get("url") or "")
    name = str(row.get("id") or place.rsplit(" ", 1)[1])
    return Page(name, url, data, truth, _host(url) or name)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def half_of(source: str) -> Half:
    """The half that a source is in, by a digest of its name."""
    return "odd" if blake2b(source.encode(), digest_size=1).digest()[0] % 2 else "even"


def _knows(page: Page, kind: str) -> bool:
    return any(page.truth.get(name) for name in _KINDS[kind])


def _truth(page: Page, kind: str) -> Any:
    return next((page.truth[name] for name in _KINDS[kind] if page.truth.get(name)), None)


# The two readers


def _both(page: Page) -> tuple[PageResult, PageResult]:
    return compare(page, _read_by(_byline, page)), compare(page, _read_by(_trafilatura, page))


def _read_by(reader: Callable[[Page], PageRead], page: Page) -> PageRead:
    try:
        return reader(page)
    except SourceError:
        return PageRead()
    except Exception as error:  # noqa: BLE001 # a crash is a result, and told in the report
        return PageRead(error=f"{type(error).__name__}: {error}")


def _byline(page: Page) -> PageRead:
    article = page_to_reading(page.data, source=page.id, url=page.url).article
    day = article.published.isoformat() if article.published else ""
    return PageRead(article.text, article.title, article.author, article.outlet, day)


def _trafilatura(page: Page) -> PageRead:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is counted here
    import trafilatura

    found = trafilatura.bare_extraction(page.data, url=page.url or None, with_metadata=True)
    if found is None:
        return PageRead()
    said = (getattr(found, name) or "" for name in ("text", "title", "author", "sitename", "date"))
    return PageRead(*said)


# One page


def compare(page: Page, read: PageRead) -> PageResult:
    """What of a page was read right."""
    text = " ".join(read.text.split())
    recall, precision = _words_right(page, text)
    wanted, unwanted = (segments(page, name) for name in ("with", "without"))
    found = sum(one in text for one in wanted)
    lost = recall < _LOST if recall is not None else (not found if wanted else None)
    return PageResult(
        page.id,
        recall,
        precision,
        lost,
        _right(_truth(page, "title"), read.title, _letters),
        _right(_truth(page, "author"), read.authors, _names),
        _right(_truth(page, "outlet"), read.outlet, _letters),
        _date_right(str(_truth(page, "date") or "")[:10], read.date),
        found,
        len(wanted) - found,
        sum(one in text for one in unwanted),
        read.error,
    )


def _words_right(page: Page, text: str) -> tuple[float | None, float | None]:
    body = words_of(page.truth.get("body") or [])
    if not body:
        return None, None
    words = words_of([text])
    in_body = (words & body).total()
    in_article = (words & (body + words_of(page.truth.get("heads") or []))).total()
    return in_body / body.total(), in_article / words.total() if words else 0.0


def words_of(texts: Iterable[object]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(str(text).casefold()))


def segments(page: Page, name: str) -> list[str]:
    return [" ".join(str(one).split()) for one in page.truth.get(name) or []]


def _right(truth: Any, found: str, normal: Callable[[Any], Any]) -> bool | None:
    return None if truth is None else bool(normal(found) == normal(truth))


def _letters(value: Any) -> str:
    return re.sub(r"[\W_]+", "", str(value).casefold())


def _names(value: Any) -> frozenset[str]:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return frozenset(re.findall(r"\w+", said.casefold())) - _JOINING


def _date_right(truth: str, found: str) -> Literal["right", "wrong", "none"] | None:
    if not truth:
        return None
    if not found:
        return "none"
    return "right" if found == truth else "wrong"


# All pages


def figures_of(results: Sequence[PageResult]) -> PageFigures:
    """One reader's figures over all pages."""
    mean_of, count_of = partial(_over, mean, results), partial(_over, sum, results)
    dates = Counter(result.date for result in results if result.date)
    hits, misses, wrong = (sum(getattr(r, name) for r in results) for name in ("found", "missing", "wrongly_found"))
    return {
        "recall": mean_of("recall"),
        "precision": mean_of("precision"),
        "lost": count_of("lost"),
        "titles": count_of("title"),
        "authors": count_of("author"),
        "outlets": count_of("outlet"),
        "dates_right": dates["right"] if dates else None,
        "dates_wrong": dates["wrong"] if dates else None,
        "segment_f1": 2 * hits / (2 * hits + misses + wrong) if hits + misses + wrong else None,
        "errors": sum(result.error is not None for result in results),
    }


def _over(made: Callable[[list[Any]], Any], results: Sequence[PageResult], name: str) -> Any:
    known = [value for result in results if (value := getattr(result, name)) is not None]
    return made(known) if known else None
