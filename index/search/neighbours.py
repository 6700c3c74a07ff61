"""Passages that stand side by side in an article, shown as one.

An article's passages hold all of its sentences, so two touch where only white space is between them. Search ranks and
evaluation counts single passages; merging is for whoever reads them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from index.search.result import Retrieved
from index.text.passages import Passage

MOST = 3000  # characters of a merged passage, which is about three passages; more is no longer read at a glance

TextOf = Callable[[str], str]


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
