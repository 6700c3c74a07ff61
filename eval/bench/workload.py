"""What the benches measure with: a collection grown by altered articles, queries and their times, a process of its own.

The grown articles read like the collection's own and are copies of none. Queries are headings and sentences of its
articles; each is searched for without a filter, and within days up to that of its article.
"""

import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from index.article import Article, article_id
from index.collection import Collection
from index.errors import SettingsError
from index.filters import ALL, Filters
from index.formats.readings import Reading
from index.search.result import Results
from index.text.passages import sentence_spans

# A larger collection


MOST_TIMES = 8  # words of neighbouring frequency, among which one stands for another
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = 150  # most frequent words stay: they hold the sentences together


def grown(readings: Callable[[], Iterable[Reading]], times: int) -> Iterator[Reading]:
    """All readings, then `times` - 1 altered versions of each; `readings` is called once for each round.

    In version v each word but the most frequent gives way to the one whose rank in frequency differs in the bits of
    v, so lengths, frequencies and repetitions stay as in real text. At most MOST_TIMES.
    """
    if times > MOST_TIMES:
        raise ValueError(f"{times}: at most {MOST_TIMES} times")
    counts: Counter[str] = Counter()
    for reading in readings():
        counts.update(_WORD.findall(reading.article.text))
        yield reading
    ranked = [word for word, _ in counts.most_common()]
    for version in range(1, times):
        swapped = _swapped(ranked, version)
        for reading in readings():
            yield _altered(reading, swapped, version)


def _swapped(ranked: Sequence[str], version: int) -> dict[str, str]:
    changed = range(_KEPT, len(ranked))
    pairs = ((rank, _KEPT + ((rank - _KEPT) ^ version)) for rank in changed)
    return {ranked[rank]: ranked[other] for rank, other in pairs if other < len(ranked)}


def _altered(reading: Reading, swapped: dict[str, str], version: int) -> Reading:
    def swap(text: str) -> str:
        return _WORD.sub(lambda found: swapped.get(found[0], found[0]), text)

    article = reading.article
    url = f"{article.url}?version={version}" if article.url else ""
    source = f"{article.source}?version={version}"
    text, title = swap(article.text), swap(article.title)
    key = article_id(text, title=title, outlet=article.outlet, published=article.published, url=url)
    return Reading(replace(article, id=key, text=text, title=title, url=url, source=source), text, reading.origins)


# Searches


QUERIES = 300
_FOUND = 10
_SENTENCE = range(40, 300)  # characters
_Kind = Callable[[Article], tuple[date | None, Filters]]  # of an article, the day asked on and the filters


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and the article that it was taken from."""

    text: str
    article: Article


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one kind of search: half of them take at most p50, 19 of 20 at most p95."""

    p50: float
    p95: float


def headlines(collection: Collection, most: int = QUERIES) -> list[Query]:
    """The headings of dated articles, drawn from all."""
    return [Query(article.heading, article) for article in _drawn(collection, most)]


def headlines_and_sentences(collection: Collection, most: int = QUERIES) -> list[Query]:
    """The headings of half of the articles drawn, of the others a sentence, as long as a question or longer."""
    drawn = _drawn(collection, most)
    chance = random.Random(2)
    texts = [_sentence(collection, a, chance) if number % 2 else a.heading for number, a in enumerate(drawn)]
    return [Query(text, article) for text, article in zip(texts, drawn, strict=True)]


def kinds_of_search(collection: Collection) -> dict[str, Callable[[Query], Results]]:
    """The kinds by name: without a filter, in so many days up to that of the query's article, and by its names."""
    _, last = collection.catalogue.days()
    kinds: dict[str, _Kind] = {
        "no filter": lambda article: (last, ALL),
        "one week": partial(_days_before, 7),
        "three months": partial(_days_before, 90),
        "all before": partial(_days_before, 10**5),
        "its outlet": lambda article: (last, Filters(outlets=(article.outlet,) if article.outlet else ())),
        "its author": lambda article: (last, Filters(authors=(article.author,) if article.author else ())),
    }
    return {name: partial(_searched, collection, kind) for name, kind in kinds.items()}


def milliseconds(search: Callable[[], object]) -> float:
    began = time.perf_counter()
    search()
    return 1000 * (time.perf_counter() - began)


def percentiles(taken: Sequence[float]) -> Timed:
    return Timed(statistics.median(taken), statistics.quantiles(taken, n=20)[-1])


def _drawn(collection: Collection, most: int) -> list[Article]:
    dated = [article for article in collection.catalogue.articles() if article.published]
    return random.Random(1).sample(dated, min(most, len(dated)))


def _sentence(collection: Collection, article: Article, chance: random.Random) -> str:
    text = collection.article(article.id).text
    long_enough = [text[start:end] for start, end in sentence_spans(text) if end - start in _SENTENCE]
    return chance.choice(long_enough) if long_enough else article.heading


def _searched(collection: Collection, kind: _Kind, query: Query) -> Results:
    return collection.search(query.text, _FOUND, *kind(query.article))


def _days_before(back: int, article: Article) -> tuple[date | None, Filters]:
    assert article.published is not None  # only dated ones are drawn
    days = min(back, article.published.toordinal() - 1)
    return article.published, Filters(since=article.published - timedelta(days=days))


# A process of its own


def in_own_process(module: str, *arguments: str) -> Any:
    """Run the module with these arguments; what its last line says in JSON. Raises SettingsError where it fails."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SettingsError(f"{module} failed with exit code {done.returncode}; its error stands above")
    return json.loads(done.stdout.splitlines()[-1])


def peak_mb() -> float:
    """The most memory that this process has had."""
    import resource  # not on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk_bytes(folder: Path) -> int:
    """What the files of a folder hold."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
