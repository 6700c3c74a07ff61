"""What is learnt from: a question with its own passage and wrong ones, in batches of like length."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eval.datasets.paragraphs import Asked, Paragraph
from eval.reader_training.negatives import spelled
from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.swapped import swapped
from index.span_model.pairs import Pair, Pieces, join, piece_span

Group = list[Pair]
"""The pairs of one question; at most one of them holds the answer."""

ROUND = {
    "squad_parts": 3.0,
    "squad2-part": 3.0,
    "new_wiki": 0.7,
    "reddit": 0.5,
    "amazon_reviews": 0.5,
    "nq_swap": 3.0,
    "qed_nq_dev": 3.0,
    "tweetqa": 0.4,
    "quoref_contrast": 1.0,
    "qamr": 0.05,
    "qasrl_gs": 0.03,
    "torque": 0.2,
    "fairytaleqa": 0.2,
    "covidqa": 0.5,
    "mrqa_duorc": 1.0,
}
"""How often a question of each set comes in a round; below one, by chance."""

LENGTHS = (80, 104, 128, 176)  # pieces of a pair at most, drawn for each question
TITLED = 0.5  # share of the questions that see titles
_WITH_WRONG = 0.35  # share of the questions that get wrong passages: each costs as much as a question
_CUT_OUT = 0.3  # of these, the share that gets its own passage without its answer
_SWAPPED = 0.3  # share of the answerable questions that are changed so that their passage answers them no more
_NEAREST = 8  # wrong passages are drawn from so many of the best
_PATIENCE = 100  # rounds without a batch: whether a question can be used hangs on what is drawn
_WAITING = 16  # batches that are sorted by length together


@dataclass(frozen=True, slots=True)
class Source:
    """The questions that are learnt from, with their hard negatives."""

    asked: Sequence[Asked]
    negatives: Sequence[Sequence[Paragraph]]
    cutter: RememberingCutter
    wrong: int  # passages beside the right one
    with_wrong: float = _WITH_WRONG
    news: Callable[[], Iterator[Group]] | None = None  # groups that come to each batch beside the questions
    of_news: int = 1  # in each batch


def batches(source: Source, size: int, seed: int) -> Iterator[list[Group]]:
    """Batches of `size` questions without end, the same for the same seed: each round in another order.

    They end where many rounds bring none: too few questions have an answer that can be placed.
    """
    chance = random.Random(seed)
    news = source.news() if source.news else iter(())
    size -= source.of_news if source.news else 0
    empty = 0
    while empty < _PATIENCE:
        empty += 1
        order = [place for place, one in enumerate(source.asked) for _ in range(_times(one, chance))]
        chance.shuffle(order)
        for at in range(0, len(order) - size + 1, size * _WAITING):
            groups = [group for place in order[at : at + size * _WAITING] if (group := _group(source, place, chance))]
            groups.sort(key=lambda group: sum(len(pair.ids) for pair in group))
            parts = [groups[start : start + size] for start in range(0, len(groups) - size + 1, size)]
            chance.shuffle(parts)
            empty = 0 if parts else empty
            yield from ([*part, *itertools.islice(news, source.of_news)] for part in parts)


def _times(asked: Asked, chance: random.Random) -> int:
    share = ROUND.get(asked.paragraph.set, 1.0)
    return int(share) + (chance.random() < share % 1)


def _group(source: Source, place: int, chance: random.Random) -> Group:
    asked, most = _changed(source, place, chance), chance.choice(LENGTHS)
    titled = chance.random() < TITLED
    own = source.cutter.pieces(asked.paragraph.text)
    span = _best_span(own, asked)
    if span is None and (asked.answers or asked.wordings):
        return []
    nearest = list(source.negatives[place][:_NEAREST])
    chance.shuffle(nearest)
    count = source.wrong if chance.random() < source.with_wrong else 0
    wrong = [(one.title, source.cutter.pieces(one.text)) for one in nearest[:count]]
    if asked.answers and count and chance.random() < _CUT_OUT and (rest := _without_answer(own, asked)):
        wrong = [(asked.paragraph.title, source.cutter.pieces(rest)), *wrong][:count]
    question = source.cutter.pieces(asked.text)
    texts = [(asked.paragraph.title, own, span), *((title, pieces, None) for title, pieces in wrong)]
    group = [
        pair_with(question, source.cutter.pieces(title) if titled and title else None, pieces, most, answer, chance)
        for title, pieces, answer in texts
    ]
    return group if group[0].start is not None or not asked.answers else []


def pair_with(
    question: Pieces, head: Pieces | None, text: Pieces, most: int, span: tuple[int, int] | None, chance: random.Random
) -> Pair:
    """The pair of at most `most` pieces: of the text a part, drawn by chance, that holds the span."""
    room = most - len(question.ids) - (len(head.ids) if head else 0) - 3
    part = _window(text, max(room, 32), span or (0, 0), chance)
    return _marked(join(question, head, text, most, part), span, part[0])


def _changed(source: Source, place: int, chance: random.Random) -> Asked:
    """The question, or one like it that its paragraph does not answer."""
    asked = source.asked[place]
    if not asked.answers or chance.random() >= _SWAPPED or not source.negatives[place]:
        return asked
    text = asked.paragraph.text
    answers = [text[start:end] for start, end in asked.answers]
    other = swapped(asked.text, text, chance.choice(source.negatives[place]).text, answers, chance)
    return Asked(asked.id, other, asked.paragraph, ()) if other else asked


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
