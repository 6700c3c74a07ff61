"""What search finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from index.article import Article
from index.span_model.passage_reading import PassageReading
from index.text.passages import Passage
from index.times import TimeExpression


@dataclass(frozen=True, slots=True)
class Signals:
    """What search knows of a passage before it is weighed, each 1 at most.

    `words` is its BM25 over that of the best passage, `cosine` that of its vector and the query's, `recency` falls with
    the days before the query is asked.
    """

    words: float = 0.0
    cosine: float = 0.0
    recency: float = 0.0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that search found.

    `score` is the sum of its `parts`: `signals` as search weighs them, what it adds for the days that the query names,
    takes for a second passage of an article, and has from its second stage. `article` is without its text. `also_in`
    holds the articles that reprint the passage, `reading` what the reader's model made of it, where search's second
    stage was that model.
    """

    passage: Passage
    article: Article
    score: float
    parts: Mapping[str, float]
    also_in: tuple[Article, ...] = ()
    signals: Signals = Signals()
    reading: PassageReading | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Results(Sequence[Retrieved]):
    """The passages that search found, best first.

    `time` is what was understood of the query's own words for time, and applied. `notices` are lines for the user:
    what was left out, and why.
    """

    passages: tuple[Retrieved, ...]
    time: TimeExpression | None = None
    notices: tuple[str, ...] = ()

    @overload
    def __getitem__(self, at: int) -> Retrieved: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Retrieved, ...]: ...

    def __getitem__(self, at: int | slice) -> Retrieved | tuple[Retrieved, ...]:
        return self.passages[at]

    def __len__(self) -> int:
        return len(self.passages)
