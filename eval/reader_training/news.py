"""News questions whose answer is known, not where it stands: distant supervision by what search found.

Only every second week is learnt from (`learnt`); the others are for measuring. A passage that holds the answer, of a
supporting article where one is known, is taken for right; the answer's place is its occurrence whose sentence shares
most words with the question.
"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.datasets.paragraphs import located
from eval.reader_training.groups import LENGTHS, TITLED, Group, pair_with
from eval.reader_training.remembering import RememberingCutter
from index.span_model.pairs import Pieces, piece_span

Row = dict[str, Any]
"""A line of `eval.reader_training.reader_candidates`."""

_WRONG = 3  # passages without the answer in a group
_UNANSWERED = 0.3  # share of the groups that get wrong passages only
_NEAREST = 24  # wrong passages are drawn from so many of the best
_PATIENCE = 100  # rounds: whether a question can be used hangs on what is drawn


def read_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def learnt(rows: Sequence[Row]) -> list[Row]:
    """The answerable questions of the first, third, fifth … week."""
    return [row for row in rows if row["answerable"] and row["group"] in learnt_weeks(rows)]


def learnt_weeks(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(sorted({row["group"] for row in rows if row["answerable"]})[::2])


def news_groups(rows: Sequence[Row], cutter: RememberingCutter, seed: int) -> Iterator[Group]:
    """Groups without end, each round of the questions in another order. They end where many rounds bring none."""
    chance = random.Random(seed)
    order = list(rows)
    empty = 0
    while empty < _PATIENCE:
        chance.shuffle(order)
        empty += 1
        for group in filter(None, (_group(row, cutter, chance) for row in order)):
            empty = 0
            yield group


def _group(row: Row, cutter: RememberingCutter, chance: random.Random) -> Group:
    found = [one for one in row["passages"] if one["answer"]]
    right = [one for one in found if one["support"]] if row["supported"] else found
    wrong = [one for one in row["passages"][:_NEAREST] if not one["answer"] and not (one["support"] and not right)]
    chance.shuffle(wrong)
    most, titled = chance.choice(LENGTHS[1:]), chance.random() < TITLED
    question = cutter.pieces(row["question"])
    chosen: list[tuple[str, Pieces, tuple[int, int] | None]] = []
    if right and chance.random() >= _UNANSWERED:
        one = chance.choice(right)
        text = cutter.pieces(one["text"])
        (place,) = located(one["text"], row["answers"], row["question"])[:1] or (None,)
        span = piece_span(text, *place) if place else None
        if span is None:
            return []
        chosen.append((one["title"], text, span))
    chosen += [(one["title"], cutter.pieces(one["text"]), None) for one in wrong[: _WRONG + 1 - len(chosen)]]
    group = [
        pair_with(question, cutter.pieces(title) if titled and title else None, text, most, span, chance)
        for title, text, span in chosen
    ]
    was_cut_off = any(span and pair.start is None for pair, (_, _, span) in zip(group, chosen, strict=True))
    return [] if was_cut_off else group
