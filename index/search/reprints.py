"""Reprints as one source: of several articles that carry the same passage, the first complete one stands for all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.search.result import Retrieved
from index.store.catalogue import Copy
from index.store.near_duplicates import Member, representative
from index.text.analysis import words_of

_SAME = 0.8  # of the shorter passage's words
_AS_GOOD = 0.9  # of the better passage's match, time apart, below which the first report lacks what was asked for
_MOST = 0.5  # of a passage's numbers
_TOKEN = re.compile(r"\d(?:[\d.,:–-]*\d)?|\w+")


def collapse(ranked: Sequence[Retrieved], copies: Mapping[str, Sequence[Copy]], as_of: date) -> list[Retrieved]:
    """The ranked passages without those that repeat one of a near-copy; what is left says where else it stands.

    `copies` gives for an article all that are near-copies of one another, itself too; those published after
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
    members = [_member(cluster[one.article.id]) for one in (better, other) if one.article.id in cluster]
    is_first = bool(members) and representative(members).id == other.article.id
    first, second = (other, better) if is_first and _match(other) >= _AS_GOOD * _match(better) else (better, other)
    others = {article.id: article for article in (*better.also_in, *other.also_in, second.article)}
    others.pop(first.article.id, None)
    also_in = tuple(others.values())
    return replace(first, score=better.score, parts=better.parts, signals=better.signals, also_in=also_in)


def _match(found: Retrieved) -> float:
    return found.parts.get("words", 0.0) + found.parts.get("vectors", 0.0)


def _member(copy: Copy) -> Member:
    return Member(copy.article.id, copy.article.published, copy.length)


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
