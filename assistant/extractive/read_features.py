"""What the reader's model makes of passages for a question, and what that says of their sentences, as features."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.english.states import by_its_seat
from assistant.extractive.candidates import Candidate
from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading, Span
from index.span_model.span_reader import shared_span_reader
from index.store.recurring_lines import outlet_name

READ_FEATURES = (
    "read: best span",
    "read: share of the answer",
    "read: passage answers",
    "read: told by other outlets",
    "read: repeats the question",
)

Floats = NDArray[np.float32]
Readings = Mapping[str, PassageReading]
"""What was made of each passage, by `key_of`."""

_LEAST = -10.0  # log odds, and log shares, below which it makes no difference
_MOST_OUTLETS = 3
_WORD = re.compile(r"\w+")


def key_of(found: Retrieved) -> str:
    return f"{found.article.id} {found.passage.start}"


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


def read_features(question: str, sentences: Sequence[Candidate], readings: Readings) -> Floats:
    """Shape (sentences, len(READ_FEATURES)). A sentence that was not read gets the least.

    - the log odds of its best span
    - the log of its share among all sentences and "none of them" (shared normalisation: Clark and Gardner 2018)
    - the log odds that its passage answers
    - how many other outlets' passages have the same best span, up to three
    - the share of the span's words that the question holds
    """
    spans = [best_span(sentence, readings) for sentence in sentences]
    words = [said(sentence, span) if span else "" for sentence, span in zip(sentences, spans, strict=True)]
    masses = np.array([_mass(sentence, readings) for sentence in sentences], np.float64)
    total = np.logaddexp(0.0, np.logaddexp.reduce(masses)) if len(masses) else 0.0
    told = _tellers(sentences, readings)
    asked = frozenset(_WORD.findall(question.lower()))
    rows = [
        (
            _clipped(span.logit if span else _LEAST),
            _clipped(mass - total),
            _clipped(readings[key_of(sentence.found)].relevance if key_of(sentence.found) in readings else _LEAST),
            _others(sentence, told.get(its, set())) / _MOST_OUTLETS,
            _share(its.split(), asked),
        )
        for sentence, span, its, mass in zip(sentences, spans, words, masses, strict=True)
    ]
    return np.array(rows, np.float32).reshape(len(sentences), len(READ_FEATURES))


def best_span(sentence: Candidate, readings: Readings) -> Span | None:
    """The best span of the sentence, in characters of the passage's text."""
    reading = readings.get(key_of(sentence.found))
    return best_in(reading, sentence.place) if reading else None


@lru_cache(maxsize=2048)  # the sentences of some thirty questions, each of which is asked for several times
def best_in(reading: PassageReading, place: tuple[int, int]) -> Span | None:
    """The best span within these characters of the passage's text."""
    return reading.best(*place)


def said(sentence: Candidate, span: Span) -> str:
    """The span's words, spelled so that the same answer is the same text."""
    return spelled(sentence.found.passage.text[span.start : span.end])


def spelled(text: str) -> str:
    """Its words alone, in lower case."""
    return " ".join(_WORD.findall(text.lower()))


def best_words(sentence: Candidate, readings: Readings) -> str:
    """What the best span of the sentence says; "" where it was not read."""
    span = best_span(sentence, readings)
    return sentence.found.passage.text[span.start : span.end] if span else ""


def is_part(one: str, other: str) -> bool:
    """Whether one of two spans, as `said` spells them, is part of the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _mass(sentence: Candidate, readings: Readings) -> float:
    reading = readings.get(key_of(sentence.found))
    return reading.mass(*sentence.place) if reading else 10 * _LEAST


def _tellers(sentences: Sequence[Candidate], readings: Readings) -> Mapping[str, set[str]]:
    """For each best span of a passage the outlets that tell it, where it is likelier than not."""
    told: dict[str, set[str]] = {}
    for sentence in {key_of(sentence.found): sentence for sentence in sentences}.values():
        reading = readings.get(key_of(sentence.found))
        span = reading.best() if reading else None
        if span and span.logit > 0 and (words := said(sentence, span)):
            told.setdefault(words, set()).add(outlet_of(sentence.found))
    return told


def _others(sentence: Candidate, tellers: set[str]) -> int:
    return min(_MOST_OUTLETS, len(tellers - {outlet_of(sentence.found)})) if tellers else 0


def _share(words: Sequence[str], asked: frozenset[str]) -> float:
    return sum(word in asked for word in words) / len(words) if words else 0.0


def outlet_of(found: Retrieved) -> str:
    """What its outlet goes by, an article of an unknown one by its id."""
    return outlet_name(found.article.outlet, found.article.url) or found.article.id


def _clipped(value: float) -> float:
    return max(_LEAST, min(-_LEAST, value)) / -_LEAST
