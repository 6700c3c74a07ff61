"""What training makes small."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from assistant.check.network import SENTENCE_PIECES, pair_of
from eval.check_training.batches import Row
from eval.check_training.model import CheckModel
from eval.reader_training.loop import half_width
from index.span_model.pairs import Cutter, Pieces, stacked

_OF_WORDS = 0.5  # weight of the words' loss beside the sentence's
_UNSAID = 3.0  # weight of a word that is not borne out: they are few
_AT_ONCE = 8  # pairs of like length that go through the network together


def loss_of(model: CheckModel, rows: Sequence[Row], cutter: Cutter) -> Tensor:
    """The mean of two binary cross-entropies: of whether a sentence is borne out, and of which of its pieces are not.

    The second is taken where that is known.
    """
    cut = cutter.cut([text for row in rows for text in (row.sentence, row.beside)])
    pairs = [pair_of(said, beside) for said, beside in zip(cut[::2], cut[1::2], strict=True)]
    order = np.argsort([len(pair.ids) for pair in pairs], kind="stable").tolist()
    total = torch.zeros(())
    for at in range(0, len(order), _AT_ONCE):
        places = order[at : at + _AT_ONCE]
        batch = stacked([pairs[place] for place in places])
        with half_width(torch.device("cpu")):
            read = model(*(torch.from_numpy(one) for one in (batch.ids, batch.types, batch.mask)))
        supported, unsaid = (one.float() for one in read)
        right = torch.tensor([float(rows[place].supported) for place in places])
        total = total + functional.binary_cross_entropy_with_logits(supported, right, reduction="sum")
        gold, known = (
            torch.from_numpy(np.stack(each))
            for each in zip(
                *(_marked(rows[place], cut[2 * place], batch.ids.shape[1]) for place in places), strict=True
            )
        )
        each = functional.binary_cross_entropy_with_logits(
            unsaid, gold, reduction="none", pos_weight=torch.tensor(_UNSAID)
        )
        total = total + _OF_WORDS * ((each * known).sum(1) / known.sum(1).clamp(min=1.0)).sum()
    return total / len(rows)


def _marked(row: Row, said: Pieces, length: int) -> tuple[np.ndarray, np.ndarray]:
    """For each piece of a pair 1 where the sentence's is not borne out, and 1 where that is known; else 0."""
    gold, known = np.zeros(length, np.float32), np.zeros(length, np.float32)
    if row.spans is None:
        return gold, known
    offsets = said.offsets[:SENTENCE_PIECES]
    known[1 : 1 + len(offsets)] = 1.0
    for start, end in row.spans:
        for place, (begin, stop) in enumerate(offsets, 1):
            if begin < end and stop > start:
                gold[place] = 1.0
    return gold, known
