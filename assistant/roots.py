"""Words that share a root, as a country and its people do."""

from functools import cache


def same_root(one: str, other: str) -> bool:
    """Whether two stems share a root, as a country and its people do: Turkey and Turkish, Libya and Libyan."""
    return one == other or (min(len(one), len(other)) >= 4 and _root(one) == _root(other))


@cache
def _root(stem: str) -> str:
    for ending in ("ian", "ish", "ese", "ani", "ey", "ia", "an", "i", "a", "n", "s", "e", "y"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4 - (len(ending) > 2):
            return stem[: -len(ending)]
    return stem
