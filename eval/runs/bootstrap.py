"""Figures with intervals by resampling (Efron 1979): the middle 95 % of a figure over draws with replacement.

Questions are drawn, or whole sources where what is asked about one text hangs together. The draws are the same each
time, so that the same results give the same intervals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALL = "all"
DRAWS = 2000
_AT_ONCE = 1_000_000  # questions drawn at once, to bound the memory

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over the `questions` of a slice that it is of, with the ends of its 95 % interval.

    All three are NaN where it is not defined. `sought` tells measures of one name apart.
    """

    slice: str
    measure: str
    questions: int
    value: float
    low: float
    high: float
    sought: str = "answer"

    @property
    def cell(self) -> str:
        """The value with its interval for a column 20 characters wide."""
        return f"{f'{self.value:.3f} {self.low:.2f} to {self.high:.2f}' if self.value == self.value else '-':>20}"


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What was found on a set of some data: `figures` by measure, and in the classes of it, counts."""

    name: str
    figures: Mapping[str, Figure]

    def to_json(self) -> dict[str, Any]:
        counts = {one.name: getattr(self, one.name) for one in fields(self) if isinstance(getattr(self, one.name), int)}
        return {
            **{name: known(one.value) for name, one in self.figures.items()},
            **counts,
            "intervals": {name: [known(one.low), known(one.high)] for name, one in self.figures.items()},
        }


def known(value: float) -> float | None:
    """For JSON: four places, and null for NaN."""
    return None if np.isnan(value) else round(float(value), 4)


def intervals(questions: int, figures: Callable[[Places], Floats]) -> tuple[Floats, Floats]:
    """The lower and the upper ends, of shape (figures,).

    `figures` gets the places of the questions drawn, of shape (draws, questions), and returns their figures, of shape
    (draws, figures). One that is not defined for a draw is NaN there, and that draw is left out for it.
    """
    drawn = np.concatenate([figures(places) for places in _draws(questions)])
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return low, high


def shares(places: Places, numerators: Floats, denominators: Floats) -> Floats:
    """Sums of the numerators over sums of the denominators, both of shape (questions, figures), in each draw."""
    draws, questions = places.shape
    shifted = places + questions * np.arange(draws)[:, None]
    counts = np.bincount(shifted.ravel(), minlength=draws * questions).reshape(draws, questions)
    below: Floats = counts @ denominators
    found: Floats = np.divide(counts @ numerators, below, out=np.full(below.shape, np.nan), where=below > 0)
    return found


def figures_of_set(
    name: str, measures: Sequence[str], count: int, whole: Floats, sources: int, figures: Callable[[Places], Floats]
) -> dict[str, Figure]:
    """The figures of a set of `count` claims or questions by measure, with intervals by draws of its sources.

    `whole` are those of all sources, NaN where there is nothing to measure by; `figures` gives them for the places of
    sources, (draws, sources), in shape (draws, measures).
    """
    defined = ~np.isnan(whole)
    lows, highs = whole.copy(), whole.copy()
    if defined.any():
        lows[defined], highs[defined] = intervals(sources, lambda places: figures(places)[:, defined])
    return {
        measure: Figure(name, measure, count, float(value), float(low), float(high))
        for measure, value, low, high in zip(measures, whole, lows, highs, strict=True)
    }


def _draws(questions: int) -> Iterator[Places]:
    chance = np.random.default_rng(1)
    left = DRAWS
    while left:
        draws = min(left, max(1, _AT_ONCE // questions))
        yield chance.integers(0, questions, (draws, questions))
        left -= draws
