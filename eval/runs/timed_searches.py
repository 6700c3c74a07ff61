"""The searches whose time is measured: each query without a filter, and within days up to that of its article."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from index.article import Article
from index.collection import Collection
from index.filters import ALL, Filters
from index.search.result import Results
from index.text.passages import sentence_spans

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
