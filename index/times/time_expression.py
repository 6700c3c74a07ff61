"""What a question says of time."""

from dataclasses import dataclass
from typing import Literal

from index.times.window import Window

Kind = Literal["within", "near", "newest"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The words `text[start:end]` of a question and the days that they mean.

    `kind` says how search takes them: `within`, nothing else is found; `near`, what was published then comes first;
    `newest`, of all days up to `window.last` the latest come first.
    """

    text: str
    start: int
    end: int
    window: Window
    kind: Kind
