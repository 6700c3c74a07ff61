"""What the reader's model makes of the passages for a question, or for one part of it."""

from collections.abc import Sequence

from assistant.english.states import by_its_seat
from assistant.extractive.read_features import Readings, key_of
from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading
from index.span_model.span_reader import shared_span_reader


def readings_of(question: str, passages: Sequence[Retrieved], anew: bool = False) -> Readings:
    """Each passage's reading: that of search's second stage, where it was that model, else it is read here.

    A passage that names a state by its capital is read for the question in these words too, and the better reading
    counts. With `anew` all are read, for another question than the one that was searched for. Raises ModelError where
    the model's files are missing or damaged.
    """
    known = {} if anew else {key_of(one): one.reading for one in passages if one.reading}
    missing = [one for one in passages if key_of(one) not in known]
    known |= dict(zip(map(key_of, missing), _read(question, missing), strict=True))
    renamed: dict[str, list[Retrieved]] = {}
    for one in passages:
        if other := by_its_seat(question, one.passage.text):
            renamed.setdefault(other, []).append(one)
    for other, told in renamed.items():
        for one, reading in zip(told, _read(other, told), strict=True):
            known[key_of(one)] = max(known[key_of(one)], reading, key=lambda read: read.relevance + read.mass())
    return known


def _read(question: str, passages: Sequence[Retrieved]) -> list[PassageReading]:
    if not passages:
        return []
    reader = shared_span_reader()
    with reader.turn:
        return reader.read(question, [(one.article.title, one.passage.text) for one in passages])
