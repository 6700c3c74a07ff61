"""Intervals by resampling the questions (Efron 1979): the middle 95 % of a figure over draws with replacement.

The draws are the same each time, so that the same results give the same intervals.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
_AT_ONCE = 1_000_000  # questions drawn at once, to bound the memory

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the ends of its 95 % interval; all NaN where it is not defined."""

    value: float
    low: float
    high: float

    def to_json(self) -> list[float | None]:
        return [known(self.low), known(self.high)]


def cell(figure: Figure) -> str:
    """A figure with its interval for a column 20 characters wide."""
    if np.isnan(figure.value):
        return f"{'-':>20}"
    return f"{figure.value:.3f} {figure.low:.2f} to {figure.high:.2f}".rjust(20)


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


def _draws(questions: int) -> Iterator[Places]:
    chance = np.random.default_rng(1)
    left = DRAWS
    while left:
        draws = min(left, max(1, _AT_ONCE // questions))
        yield chance.integers(0, questions, (draws, questions))
        left -= draws
