"""Words that share a root, as a country and its people do."""

from functools import cache


def same_root(one: str, other: str) -> bool:
    """Whether two stems share a root, as a country and its people do: Turkey and Turkish, Libya and Libyan."""
    return one == other or (min(len(one), len(other)) >= 4 and root(one) == root(other))


@cache
def root(stem: str) -> str:
    """The stem without the ending of a country or its people."""
    for ending in ("ian", "ish", "ese", "ani", "ey", "ia", "an", "i", "a", "n", "s", "e", "y"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4 - (len(ending) > 2):
            return stem[: -len(ending)]
    return stem
