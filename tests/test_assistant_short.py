"""Short answers over sentences of our own (`tests/short_answers.jsonl`), whatever span the network proposes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.candidates import candidates
from assistant.evidence import Evidence
from assistant.focus import focuses
from assistant.read_features import key_of
from assistant.short_answer import short_answer
from assistant.speech_ranking import SpeechRanking
from index.embedders import StaticEmbedder
from index.reader_model.reading import PassageReading
from tests.retrieved import reading, retrieved

ROWS = [json.loads(line) for line in Path(__file__).with_name("short_answers.jsonl").read_text("utf-8").splitlines()]
EMBEDDER = StaticEmbedder()
_NOWHERE = -6.0  # log odds of a piece that opens or ends none of a row's spans


def proposed(text: str, spans: list[tuple[str, float]]) -> PassageReading:
    """A reading whose pieces are words and marks, with the log odds that make these its spans."""
    pieces = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    starts, ends = dict.fromkeys(pieces, _NOWHERE), dict.fromkeys(pieces, _NOWHERE)
    for words, logit in spans:
        at = text.index(words)
        first = next(piece for piece in pieces if piece[0] == at)
        last = next(piece for piece in pieces if piece[1] == at + len(words))
        starts[first], ends[last] = max(starts[first], logit), max(ends[last], logit)
    return reading(0.0, [(*piece, starts[piece], ends[piece]) for piece in pieces])


def answered(row: dict[str, Any]) -> str:
    found = retrieved(row["text"])
    readings = {key_of(found): proposed(row["text"], row["spans"])}
    sentences = candidates([found])
    part = focuses(row["question"], lambda terms: dict.fromkeys(terms, 0), 10, split=False)[0]
    evidence = Evidence(row["question"], sentences, EMBEDDER, readings)
    speech = SpeechRanking(part, evidence, sentences, lambda _: row["text"])
    return short_answer(part, [(one, 0.0) for one in sentences], readings, speech)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_the_short_answer_is_whole_and_of_the_right_kind(row: dict[str, Any]) -> None:
    assert (answered(row) in row["answers"]) is not row.get("missed", False)
