"""The ranking: what words, vectors and time say of each candidate, in one score; and reprints as one source."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.search.result import Retrieved, Signals
from index.store.near_duplicates import Copy, representative
from index.store.stored_passages import StoredPassage
from index.text.analysis import words_of
from index.times import TimeExpression

_SAME = 0.8  # of the shorter passage's words
_AS_GOOD = 0.9  # of the better passage's match, time apart, below which the first report lacks what was asked for
_MOST = 0.5  # of a passage's numbers
_TOKEN = re.compile(r"\d(?:[\d.,:–-]*\d)?|\w+")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part may add to a score, and how fast it falls with days; fitted by `eval.fitting.fit_fusion`."""

    words: float = 0.6
    vectors: float = 0.15
    recency: float = 0.2
    recency_days: float = 20.0
    near: float = 0.12  # for what was published in the days that the question is about, where these are not over
    past: float = 0.2  # where they are: "this week" is often said of the last seven days, "last week" of no other
    near_days: float = 7.0
    newest: float = 0.2
    newest_days: float = 14.0
    repeated: float = 0.1  # taken for each better passage of the same article
    most_repeated: int = 3


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that an index found; `words` is its BM25, 0 where the word index did not find it, `cosine` exact."""

    stored: StoredPassage
    words: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Moment:
    """When a query is asked, what it says of time, and the day of the newest article by then."""

    as_of: date
    time: TimeExpression | None = None
    newest: date | None = None


def rank(
    candidates: Sequence[Candidate], moment: Moment, weights: Weights = WEIGHTS, attainable: float = 0.0
) -> list[Retrieved]:
    """The candidates as results, without text, best first.

    score = words · BM25 / best BM25 + vectors · cosine + recency · exp(-days before as_of / recency_days)

    Where no passage comes near to the BM25 that is `attainable` for the query, that stands in place of the best: of a
    question in another language hardly a word is found, and what has one of them is no better for it.

    Where the query is about certain days (`near`), `near · exp(-days outside of them / near_days)` is added; if they
    are over, `past` in place of `near`, and recency counts from their end, with as many days as they are if these are
    more. Where it asks for the newest, `newest · exp(-days before the newest article / newest_days)` is added. An
    undated article has none of these. The second, third … passage of an article loses `repeated` for each that is
    better, so that other articles come up.
    """
    best = max([attainable, *(one.words for one in candidates)]) or 1.0
    ranked = [_scored(one, best, moment, weights) for one in candidates]
    return _sorted(_other_articles_first(_sorted(ranked), weights))


def _scored(one: Candidate, best: float, moment: Moment, weights: Weights) -> Retrieved:
    recency, named = _of_time(one.stored.article.published, moment, weights)
    signals = Signals(one.words / best, one.cosine, recency)
    parts = {
        "words": weights.words * signals.words,
        "vectors": weights.vectors * signals.cosine,
        "recency": weights.recency * signals.recency,
        **named,
    }
    return Retrieved(one.stored.passage, one.stored.article, sum(parts.values()), parts, signals=signals)


def _of_time(published: date | None, moment: Moment, weights: Weights) -> tuple[float, dict[str, float]]:
    """How recent it is, from 0 to 1, and the part of the days that the query names, where it names any."""
    time, kind = moment.time, moment.time.kind if moment.time else None
    named = {"time": 0.0} if kind in ("near", "newest") else {}
    if published is None:
        return 0.0, named
    days, fall = (moment.as_of - published).days, weights.recency_days
    if time and kind == "near":
        first, last = time.window.first, time.window.last or moment.as_of
        outside = max((published - last).days, (first - published).days if first else 0, 0)
        is_over = last < moment.as_of
        weight = weights.past if is_over else weights.near
        named = {"time": weight * math.exp(-outside / weights.near_days)}
        if is_over:
            days, fall = abs((last - published).days), max(fall, (last - first).days if first else 0)
    elif kind == "newest":
        since = max(0, ((moment.newest or moment.as_of) - published).days)
        named = {"time": weights.newest * math.exp(-since / weights.newest_days)}
    return math.exp(-days / fall), named


def _other_articles_first(ranked: Sequence[Retrieved], weights: Weights) -> list[Retrieved]:
    before: Counter[str] = Counter()
    found = []
    for one in ranked:
        lost = weights.repeated * min(before[one.article.id], weights.most_repeated)
        before[one.article.id] += 1
        parts = {**one.parts, "same article": -lost} if lost else one.parts
        found.append(replace(one, score=one.score - lost, parts=parts) if lost else one)
    return found


def _sorted(ranked: Sequence[Retrieved]) -> list[Retrieved]:
    return sorted(ranked, key=lambda one: (-one.score, one.article.id, one.passage.start))


def collapse(ranked: Sequence[Retrieved], copies: Mapping[str, Sequence[Copy]], as_of: date) -> list[Retrieved]:
    """The ranked passages without those that repeat one of a near-duplicate; what is left says where else it stands.

    `copies` gives for an article all that are near-duplicates of one another, itself too; those published after
    `as_of` do not count. The best rank of the equal passages is kept.
    """
    kept: list[Retrieved] = []
    for one in ranked:
        cluster = {copy.article.id: copy for copy in copies.get(one.article.id, ()) if _is_out(copy, as_of)}
        twin = next((i for i, other in enumerate(kept) if other.article.id in cluster and _is_same(one, other)), None)
        if twin is None:
            kept.append(one)
        elif one.article.id != kept[twin].article.id:
            kept[twin] = _merged(kept[twin], one, cluster)
    return kept


def _merged(better: Retrieved, other: Retrieved, cluster: Mapping[str, Copy]) -> Retrieved:
    found = [cluster[one.article.id] for one in (better, other) if one.article.id in cluster]
    is_first = bool(found) and representative(found).article.id == other.article.id
    first, second = (other, better) if is_first and _match(other) >= _AS_GOOD * _match(better) else (better, other)
    others = {article.id: article for article in (*better.also_in, *other.also_in, second.article)}
    others.pop(first.article.id, None)
    also_in = tuple(others.values())
    return replace(first, score=better.score, parts=better.parts, signals=better.signals, also_in=also_in)


def _match(found: Retrieved) -> float:
    return found.parts.get("words", 0.0) + found.parts.get("vectors", 0.0)


def _is_same(one: Retrieved, other: Retrieved) -> bool:
    """Whether the passages say the same, be it that one begins or ends elsewhere or is reworded."""
    first, second = set(words_of(one.passage.text)), set(words_of(other.passage.text))
    if len(first & second) < _SAME * max(1, min(len(first), len(second))):
        return False
    return not _differ_in_numbers(one.passage.text, other.passage.text)


def _differ_in_numbers(one: str, other: str) -> bool:
    """Whether the texts are of one mould, such as results: another number in the same place, or mostly others."""
    first, second = _numbers(one), _numbers(other)
    if any(second.get(place, numbers).isdisjoint(numbers) for place, numbers in first.items()):
        return True
    in_first, in_second = set().union(*first.values()), set().union(*second.values())
    in_both = len(in_first & in_second)
    return bool(in_first and in_second) and max(in_both / len(in_first), in_both / len(in_second)) < _MOST


def _numbers(text: str) -> dict[tuple[str, str], set[str]]:
    """The numbers that stand between two words, by these words."""
    tokens = ["", *_TOKEN.findall(text.casefold()), ""]
    found: dict[tuple[str, str], set[str]] = {}
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token[:1].isdigit():
            found.setdefault((before, after), set()).add(token)
    return found


def _is_out(copy: Copy, as_of: date) -> bool:
    return copy.article.published is None or copy.article.published <= as_of
