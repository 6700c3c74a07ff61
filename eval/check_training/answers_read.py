"""Questions with the answers that the reader gives, right and wrong ones, beside the passage that it read.

A second network that sees only a question, an answer and its passage tells wrong answers that the first one is sure of
(answer verification: Hu et al., "Read + Verify", 2019; Zhang et al., "Retrospective Reader", 2021). The wrong answers
are the reader's own: its best other span of the right passage, and its best of a passage that only looks right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from eval.datasets.paragraphs import Asked, Paragraph
from eval.reader_training.negatives import hard_negatives
from eval.runs.short_answers import f1
from index.span_model.passage_reading import PassageReading, Span
from index.span_model.span_reader import SpanReader

_MOST: Mapping[str, int] = {"squad_parts": 4000, "tweetqa": 1200, "new_wiki": 1200, "reddit": 500, "nq_swap": 1500}
"""Questions of a set at most; of others 1,500."""

_OTHERS = 1500
_SETS = (*_MOST, "qed_nq_dev", "squad2-part", "quoref_contrast", "covidqa")
_RIGHT, _NEAREST = 0.5, 8  # F1 from which an answer is right; wrong passages are drawn from so many of the best


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with an answer as one text, the passage with its title, and whether the answer is right."""

    said: str
    paragraph: Paragraph
    right: bool


def answers_read(asked: Sequence[Asked], reader: SpanReader, random: Random) -> Iterator[Answer]:
    """Of each question a right answer, if it has one, and up to two wrong ones."""
    drawn = _drawn(asked, random)
    for one, negatives in zip(drawn, hard_negatives(drawn, _NEAREST), strict=True):
        passages = [one.paragraph, *random.sample(negatives, min(1, len(negatives)))]
        readings = reader.read(one.text, [(each.title, each.text) for each in passages])
        best = _text(one.paragraph, readings[0].best())
        if one.wordings:
            yield _answer(one, best if f1(best, one.wordings) >= _RIGHT else one.wordings[0], one.paragraph, True)
        for paragraph, reading in zip(passages, readings, strict=True):
            if wrong := _wrong(one, paragraph, reading):
                yield _answer(one, wrong, paragraph, False)


def in_words(question: str, answer: str) -> str:
    """As the network is given them: the question, then the answer as a sentence."""
    return f"{question.strip()} {answer.strip().rstrip('.')}."


def _answer(one: Asked, answer: str, paragraph: Paragraph, right: bool) -> Answer:
    return Answer(in_words(one.text, answer), paragraph, right)


def _drawn(asked: Sequence[Asked], random: Random) -> list[Asked]:
    drawn = []
    for name in _SETS:
        own = [one for one in asked if one.paragraph.set == name]
        drawn += random.sample(own, min(_MOST.get(name, _OTHERS), len(own)))
    return drawn


def _wrong(one: Asked, paragraph: Paragraph, reading: PassageReading) -> str:
    """The best span that has no word of a right answer; "" where there is none."""
    return _text(paragraph, reading.best_of(lambda span: not f1(_text(paragraph, span), one.wordings)))


def _text(paragraph: Paragraph, span: Span | None) -> str:
    return " ".join(paragraph.text[span.start : span.end].split()) if span else ""
