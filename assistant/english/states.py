"""States by their names, peoples and seats of government: Turkey, Turkish, Ankara, the Kremlin."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index.english import lexicon
from index.text.analysis import words_of

_LEAST = 4  # letters of a stem whose root counts
# A name that an envoy is sent to is not whom he speaks for: the ambassador to Greece.
_MENTION = r"(?<!\bto )(?<!\bto the )(?<!\w)(?:{names})(?!\w)"
# The state acts or is acted on by: not "in Canada", nor "Canada's lakes".
_ACTS = (
    r"(?P<before>\b(?:do|does|did|has|have|had|is|was|will|would|can|could|should|by|why|how|when|that)\s+)"
    r"(?:the\s+)?(?P<state>{names})(?!\w|['’]s?\b|-)"
)


@dataclass(frozen=True, slots=True)
class State:
    """A state by its `names`, its `people`, and by its `seats`, the capital or house that stands for its government."""

    names: tuple[str, ...]
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()

    def is_own(self, name: str) -> bool:
        """Whether it is the state's own name, and no seat, which may be just a city."""
        return _key(name) in map(_key, self.names)

    def speaks(self, speaker: str) -> bool:
        """Whether a speaker is the state, its seat, or who speaks for it: the Turkish foreign ministry."""
        if state := state_of(speaker):
            return state == self
        return state_in(speaker) == self and bool(_speaks().search(speaker))


def state_of(name: str) -> State | None:
    """The state that a name alone stands for: Ankara, Turkey, the Kremlin; None for any other name."""
    return _by_key().get(_key(name))


def state_in(words: str) -> State | None:
    """The first state, or people, that words name."""
    named = _mentions().search(words)
    return _by_mention()[named[0]] if named else None


def states_in(words: str) -> list[tuple[str, bool]]:
    """The countries that words name, and whether by a name of their own: else by their people, as in "Libyan"."""
    found = [named[0] for named in _mentions().finditer(words)]
    own = {id(_by_mention()[name]): name for name in found if name in _by_own_name()}
    by_people = {id(state): _bare(state.names[0]) for state in map(_by_mention().__getitem__, found)}
    told = [(name, True) for name in own.values()]
    told += [(name, False) for state, name in by_people.items() if state not in own]
    return [(name, itself) for name, itself in told if name not in _unions()]


def stems_of(name: str) -> frozenset[str]:
    """The stems of a name, a people's being its country's."""
    return frozenset(_countries().get(stem, stem) for stem in words_of(name))


def seats_of(stem: str) -> frozenset[str]:
    """The stems of the seats, of one word, of a state whose name has this stem alone."""
    return _stems_of_seats().get(stem, frozenset())


def by_its_seat(question: str, text: str) -> str:
    """The question with the state that acts in it called by the seat of its government that the text names instead.

    "Why did Canada freeze the permits?", where a passage says "Ottawa announced". "" where no state acts in it, or the
    text names no seat of it.
    """
    match = _acting().search(question)
    if not match:
        return ""
    seats = _seats_by_name()[match["state"]]
    seat = next((seat for seat in seats if re.search(rf"\b{re.escape(_bare(seat))}\b", text)), "")
    return f"{question[: match.end('before')]}{seat}{question[match.end() :]}" if seat else ""


def same_root(one: str, other: str) -> bool:
    """Whether two stems share a root, as a country and its people do: Turkey and Turkish, Libya and Libyan."""
    return one == other or (min(len(one), len(other)) >= _LEAST and _root(one) == _root(other))


class Stems:
    """Different stems, which are looked up by what they share with one: to compare it with each takes long."""

    def __init__(self, stems: Sequence[str]) -> None:
        self._places = {stem: place for place, stem in enumerate(stems)}
        self._by_root: dict[str, list[int]] = {}
        for place, stem in enumerate(stems):
            if len(stem) >= _LEAST:
                self._by_root.setdefault(_root(stem), []).append(place)

    def of_root(self, stem: str) -> list[int]:
        """The places of those that share a root with it, see `same_root`."""
        return self._by_root.get(_root(stem), []) if len(stem) >= _LEAST else self.among((stem,))

    def places(self, stems: Iterable[str]) -> list[int]:
        """The places of these, -1 of one that is not there."""
        return [self._places.get(stem, -1) for stem in stems]

    def among(self, stems: Collection[str]) -> list[int]:
        """The places of these."""
        return [self._places[stem] for stem in stems if stem in self._places]


@lru_cache(1 << 16)
def _root(stem: str) -> str:
    """The stem without the ending of a country or its people."""
    for ending in ("ian", "ish", "ese", "ani", "ey", "ia", "an", "i", "a", "n", "s", "e", "y"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4 - (len(ending) > 2):
            return stem[: -len(ending)]
    return stem


def _key(name: str) -> str:
    bare = re.sub(r"['’]s?$", "", name.strip())
    return bare.casefold().removeprefix("the ").replace(".", "")


def _bare(name: str) -> str:
    return name.removeprefix("the ")


@cache
def _states() -> tuple[State, ...]:
    return tuple(State(*map(tuple, state)) for state in lexicon("states").listed("states"))


@cache
def _by_key() -> dict[str, State]:
    return {_key(name): state for state in _states() for name in (*state.names, *state.seats)}


@cache
def _by_mention() -> dict[str, State]:
    return {_bare(name): state for state in _states() for name in (*state.names, *state.people)}


@cache
def _unions() -> frozenset[str]:
    return lexicon("states").words("unions")


@cache
def _by_own_name() -> frozenset[str]:
    return frozenset(_bare(name) for state in _states() for name in state.names)


@cache
def _seats_by_name() -> dict[str, tuple[str, ...]]:
    return {_bare(name): one.seats for one in _states() for name in one.names if one.seats}


@cache
def _mentions() -> re.Pattern[str]:
    return re.compile(_MENTION.format(names=_longest_first(_by_mention())))


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(_ACTS.format(names=_longest_first(_seats_by_name())))


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf"\b{lexicon('states').pattern('spokesmen')}\b", re.IGNORECASE)


@cache
def _countries() -> dict[str, str]:
    """The stem of each people of one word, with its country's."""
    words = [(words_of(people), words_of(state.names[0])) for state in _states() for people in state.people]
    return {one[0]: country[0] for one, country in words if len(one) == len(country) == 1}


@cache
def _stems_of_seats() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, seats in _seats_by_name().items():
        stems = [words_of(seat) for seat in seats]
        if len(words_of(name)) == 1:
            found[words_of(name)[0]] = frozenset(one[0] for one in stems if len(one) == 1)
    return found
