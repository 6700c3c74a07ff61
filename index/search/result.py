"""What search finds: passages with their scores, those that stand side by side as one, each as a node of LlamaIndex.

An article's passages hold all of its sentences, so two touch where only white space is between them. Search ranks and
evaluation counts single passages; merging is for whoever reads them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, overload

from index.article import Article
from index.span_model.passage_reading import PassageReading
from index.text.passages import Passage
from index.times import TimeExpression

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore

MOST = 3000  # characters of a merged passage, which is about three passages; more is no longer read at a glance

TextOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Signals:
    """What search knows of a passage before it is weighed, each 1 at most.

    `words` is its BM25 over that of the best passage, `cosine` that of its vector and the query's, `recency` falls with
    the days before the query is asked.
    """

    words: float = 0.0
    cosine: float = 0.0
    recency: float = 0.0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that search found.

    `score` is the sum of its `parts`: `signals` as search weighs them, what it adds for the days that the query names,
    takes for a second passage of an article, and has from its second stage. `article` is without its text. `also_in`
    holds the articles that reprint the passage, `reading` what the reader's model made of it, where search's second
    stage was that model.
    """

    passage: Passage
    article: Article
    score: float
    parts: Mapping[str, float]
    also_in: tuple[Article, ...] = ()
    signals: Signals = Signals()
    reading: PassageReading | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Results(Sequence[Retrieved]):
    """The passages that search found, best first.

    `time` is what was understood of the query's own words for time, and applied. `notices` are lines for the user:
    what was left out, and why.
    """

    passages: tuple[Retrieved, ...]
    time: TimeExpression | None = None
    notices: tuple[str, ...] = ()

    @overload
    def __getitem__(self, at: int) -> Retrieved: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Retrieved, ...]: ...

    def __getitem__(self, at: int | slice) -> Retrieved | tuple[Retrieved, ...]:
        return self.passages[at]

    def __len__(self) -> int:
        return len(self.passages)


def no_text(article_id: str) -> str:
    """For want of texts: then nothing is merged."""
    return ""


def merged(passages: Sequence[Retrieved], text_of: TextOf) -> list[Retrieved]:
    """The passages, best first, with those of one article that touch as one passage of at most MOST characters.

    `text_of` gives an article's text by its id. A merged passage has the rank, the score and the parts of the best
    one in it, and of `also_in` the articles that reprint all of it. A passage that is not in its article's text, which
    may have changed since the search, stays as it is.
    """
    places: dict[str, list[int]] = {}
    for place, one in enumerate(passages):
        places.setdefault(one.passage.article_id, []).append(place)
    runs: list[tuple[list[int], str]] = []
    for article_id, found in places.items():
        text = text_of(article_id) if len(found) > 1 else ""
        runs += [(sorted(run), text) for run in _runs(passages, found, text)]
    runs.sort(key=lambda run: run[0])
    return [_joined([passages[at] for at in run], text) for run, text in runs]


def first_merged(passages: Sequence[Retrieved], k: int, text_of: TextOf) -> list[Retrieved]:
    """At most k merged passages, made of the best of `passages`: of as many as it takes to have k, and no more."""
    text_of, depth = cache(text_of), k
    shown = merged(passages[:depth], text_of)
    while len(shown) < k and depth < len(passages):
        depth += k - len(shown)  # one more passage is at most one more to show
        shown = merged(passages[:depth], text_of)
    return shown


def depth_of(k: int) -> int:
    """How many passages to search for, so that k are nearly always left."""
    return k + min(2 * k, 100)


def _runs(passages: Sequence[Retrieved], places: Sequence[int], text: str) -> Iterator[list[int]]:
    """The places of one article's passages in runs that touch, each packed from its beginning."""
    if len(places) == 1:
        yield list(places)
        return
    run: list[int] = []
    start = end = 0
    for at in sorted(places, key=lambda at: (passages[at].passage.start, -passages[at].passage.end)):
        one = passages[at].passage
        if text[one.start : one.end] != one.text:
            yield [at]
            continue
        is_short = one.end <= end or one.end - start <= MOST
        if run and is_short and not text[end : one.start].strip():
            run.append(at)
            end = max(end, one.end)
            continue
        if run:
            yield run
        run, start, end = [at], one.start, one.end
    if run:
        yield run


def _joined(run: Sequence[Retrieved], text: str) -> Retrieved:
    """The passages of a run, the best of which is the first, as one."""
    best = run[0]
    if len(run) == 1:
        return best
    start, end = min(one.passage.start for one in run), max(one.passage.end for one in run)
    in_all = set.intersection(*({article.id for article in one.also_in} for one in run))
    return replace(
        best,
        passage=Passage(best.passage.article_id, start, end, text[start:end]),
        also_in=tuple(article for article in best.also_in if article.id in in_all),
        reading=None,  # of the one passage, not of all
    )


def scored_node(found: Retrieved) -> "NodeWithScore":
    """A passage that search found, as LlamaIndex takes it, which is imported by the first call and takes seconds."""
    from llama_index.core.schema import NodeWithScore, TextNode

    article, passage = found.article, found.passage
    metadata = {
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else "",
    }
    node = TextNode(
        id_=f"{article.id}:{passage.start}-{passage.end}",
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        start_char_idx=passage.start,
        end_char_idx=passage.end,
    )
    return NodeWithScore(node=node, score=found.score)
