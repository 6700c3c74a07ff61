"""A state does what its capital does: "Why did Canada freeze the permits?", where a passage says "Ottawa announced"."""

import re
from collections.abc import Mapping
from functools import cache

from assistant.english.states import seats_by_name
from index.text.analysis import words_of

# The state acts or is acted on by: not "in Canada", nor "Canada's lakes".
_ACTS = (
    r"(?P<before>\b(?:do|does|did|has|have|had|is|was|will|would|can|could|should|by|why|how|when|that)\s+)"
    r"(?:the\s+)?(?P<state>{names})(?!\w|['’]s?\b|-)"
)


def as_told(question: str, text: str) -> str:
    """The question with the state that acts in it called by the seat of its government that the text names instead.

    "" where no state acts in it, or the text names no seat of it.
    """
    match = _acting().search(question)
    if not match:
        return ""
    seat = next((seat for seat in seats_by_name()[match["state"]] if _is_in(seat, text)), "")
    return f"{question[: match.end('before')]}{seat}{question[match.end() :]}" if seat else ""


def _is_in(seat: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(seat.removeprefix('the '))}\b", text) is not None


def seats_of(stem: str) -> frozenset[str]:
    """The stems of the seats, of one word, of a state whose name has this stem alone."""
    return _stems().get(stem, frozenset())


@cache
def _acting() -> re.Pattern[str]:
    names = sorted(map(re.escape, seats_by_name()), key=len, reverse=True)
    return re.compile(_ACTS.format(names="|".join(names)))


@cache
def _stems() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, seats in seats_by_name().items():
        stems = [words_of(seat) for seat in seats]
        if len(words_of(name)) == 1:
            found[words_of(name)[0]] = frozenset(one[0] for one in stems if len(one) == 1)
    return found
