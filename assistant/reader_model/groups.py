"""What is learnt from: a question with its own passage and wrong ones, in batches of like length."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reader_model.negatives import spelled
from assistant.reader_model.pairs import Cutter, Pair, Pieces, join, piece_span
from assistant.reader_model.squad import Asked, Paragraph

Group = list[Pair]
"""The pairs of one question; at most one of them holds the answer."""

LENGTHS = (96, 128, 160, 224)  # pieces of a pair at most, drawn for each question
_TITLED = 0.5  # share of the questions that see titles
_CUT_OUT = 0.3  # share of the questions whose own passage without its answer is one of the wrong ones
_NEAREST = 8  # wrong passages are drawn from so many of the best
_WAITING = 16  # batches that are sorted by length together


@dataclass(frozen=True, slots=True)
class Source:
    """The questions that are learnt from, with their hard negatives."""

    asked: Sequence[Asked]
    negatives: Sequence[Sequence[Paragraph]]
    cutter: Cutter
    wrong: int  # passages beside the right one
    cut_out: float = _CUT_OUT


def batches(source: Source, size: int, seed: int) -> Iterator[list[Group]]:
    """Batches of `size` questions without end, the same for the same seed: each round in another order."""
    chance = random.Random(seed)
    while True:
        order = list(range(len(source.asked)))
        chance.shuffle(order)
        for at in range(0, len(order) - size + 1, size * _WAITING):
            groups = [group for place in order[at : at + size * _WAITING] if (group := _group(source, place, chance))]
            groups.sort(key=lambda group: sum(len(pair.ids) for pair in group))
            parts = [groups[start : start + size] for start in range(0, len(groups) - size + 1, size)]
            chance.shuffle(parts)
            yield from parts


def _group(source: Source, place: int, chance: random.Random) -> Group:
    asked, most = source.asked[place], chance.choice(LENGTHS)
    titled = chance.random() < _TITLED
    own = source.cutter.pieces(asked.paragraph.text)
    span = _best_span(own, asked)
    if asked.answers and span is None:
        return []
    nearest = list(source.negatives[place][:_NEAREST])
    chance.shuffle(nearest)
    wrong = [(one.title, source.cutter.pieces(one.text)) for one in nearest[: source.wrong]]
    if asked.answers and chance.random() < source.cut_out and (rest := _without_answer(own, asked)):
        wrong = [(asked.paragraph.title, source.cutter.pieces(rest)), *wrong][: source.wrong]
    question = source.cutter.pieces(asked.text)
    texts = [(asked.paragraph.title, own, span), *((title, pieces, None) for title, pieces in wrong)]
    group = []
    for title, pieces, answer in texts:
        head = source.cutter.pieces(title) if titled and title else None
        room = most - len(question.ids) - (len(head.ids) if head else 0) - 3
        part = _window(pieces, max(room, 32), answer or (0, 0), chance)
        group.append(_marked(join(question, head, pieces, most, part), answer, part[0]))
    return group if group[0].start is not None or not asked.answers else []


def _best_span(own: Pieces, asked: Asked) -> tuple[int, int] | None:
    """The pieces of the answer that most gave; of several the shortest."""
    counts = Counter(asked.answers)
    for start, end in sorted(counts, key=lambda span: (-counts[span], span[1] - span[0])):
        if span := piece_span(own, start, end):
            return span
    return None


def _marked(pair: Pair, answer: tuple[int, int] | None, begin: int) -> Pair:
    """The pair with its answer's place, if that was not cut off."""
    if answer is None:
        return pair
    start, end = (place - begin + pair.first for place in answer)
    if start < pair.first or end >= pair.last:
        return pair
    return Pair(pair.ids, pair.second, pair.first, pair.last, pair.offsets, start, end)


def _window(pieces: Pieces, room: int, span: tuple[int, int], chance: random.Random) -> tuple[int, int]:
    """A part of at most `room` pieces that holds the span; from a sentence's beginning, where that is possible."""
    if len(pieces.ids) <= room:
        return 0, len(pieces.ids)
    first = max(0, span[1] + 1 - room)
    last = max(first, min(span[0], len(pieces.ids) - room))
    if span == (0, 0):
        last = len(pieces.ids) - room
    begins = [place for place in pieces.sentences if first <= place <= last]
    begin = chance.choice(begins) if begins else chance.randint(first, last)
    return begin, begin + room


def _without_answer(own: Pieces, asked: Asked) -> str:
    """The paragraph without the sentences that hold an answer; nothing when the rest tells it too, or is short."""
    text = asked.paragraph.text
    begins = [own.offsets[place][0] for place in own.sentences]
    sentences = list(zip(begins, [*begins[1:], len(text)], strict=True))
    kept = [text[a:b] for a, b in sentences if not any(a < end and b > start for start, end in asked.answers)]
    rest = "".join(kept)
    whole = spelled(rest)
    told = any(spelled(text[start:end]) in whole for start, end in asked.answers)
    return "" if told or len(rest) < 100 else rest
