"""Byline's own reader's model as search's second stage."""

from collections.abc import Sequence

from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading
from index.span_model.span_reader import SpanReader, shared_span_reader

DEPTH = 6  # passages, each some fifty milliseconds of a core: to read more of them changed no figure on news
LOGIT_WEIGHT = 0.06  # of the score; words, vectors and recency together weigh 1.05


class OwnReranker:
    """Reads the passages; what was read goes on to the assistant. Scores are log odds that the answer stands there.

    Raises:
        ModelError: the model's files are missing or damaged.
    """

    name = "reader"
    batch_size = 4  # on two cores two rounds, then one; on four one, then another
    depth = DEPTH

    def __init__(self, reader: SpanReader | None = None) -> None:
        self._reader = reader or shared_span_reader()
        self.turn = self._reader.turn

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        """One logit for each passage."""
        return [self.score(one) for one in self.readings(query, passages)]

    def addends(self, scores: Sequence[float]) -> list[float]:
        """By how much each is above the lowest."""
        return [LOGIT_WEIGHT * (score - min(scores)) for score in scores]

    def readings(self, query: str, passages: Sequence[Retrieved]) -> list[PassageReading]:
        """What the model makes of each passage with its title."""
        return self._reader.read(query, [(one.article.title, one.passage.text) for one in passages])

    def score(self, reading: PassageReading) -> float:
        """That of relevance, which orders news better than that of all spans together."""
        return reading.relevance
