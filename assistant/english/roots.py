"""Words that share a root, as a country and its people do."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

_LEAST = 4  # letters of a stem whose root counts


def same_root(one: str, other: str) -> bool:
    """Whether two stems share a root, as a country and its people do: Turkey and Turkish, Libya and Libyan."""
    return one == other or (min(len(one), len(other)) >= _LEAST and root(one) == root(other))


@lru_cache(1 << 16)
def root(stem: str) -> str:
    """The stem without the ending of a country or its people."""
    for ending in ("ian", "ish", "ese", "ani", "ey", "ia", "an", "i", "a", "n", "s", "e", "y"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4 - (len(ending) > 2):
            return stem[: -len(ending)]
    return stem


class Stems:
    """Different stems, which are looked up by what they share with one: to compare it with each takes long."""

    def __init__(self, stems: Sequence[str]) -> None:
        self._places = {stem: place for place, stem in enumerate(stems)}
        self._by_root: dict[str, list[int]] = {}
        for place, stem in enumerate(stems):
            if len(stem) >= _LEAST:
                self._by_root.setdefault(root(stem), []).append(place)

    def of_root(self, stem: str) -> list[int]:
        """The places of those that share a root with it, see `same_root`."""
        return self._by_root.get(root(stem), []) if len(stem) >= _LEAST else self.among((stem,))

    def places(self, stems: Iterable[str]) -> list[int]:
        """The places of these, -1 of one that is not there."""
        return [self._places.get(stem, -1) for stem in stems]

    def among(self, stems: Collection[str]) -> list[int]:
        """The places of these."""
        return [self._places[stem] for stem in stems if stem in self._places]
