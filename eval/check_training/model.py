"""The network: the encoder of ms-marco-MiniLM-L-12-v2 with a head for the sentence and one for its words."""

from pathlib import Path

import torch
from torch import Tensor, nn

from eval.reader_training.base import LAYERS, base_weights
from eval.reader_training.encoder import WIDTH, Encoder

_LESS_SURE = 0.25  # what is relevant is not yet borne out


class CheckModel(Encoder):
    """Reads pairs of a sentence and the words that it is cited to.

    Takes piece ids, types (0 sentence, 1 what stands beside it) and a mask (1 for a piece, 0 for padding), each of
    shape (n, length). Gives the log odds that the sentence is borne out, (n,), and those that a piece is not, (n,
    length), of which only the sentence's mean anything.
    """

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(LAYERS, dropout)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.supported = nn.Linear(WIDTH, 1)
        self.unsaid = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.states(ids, types, mask)
        supported = self.supported(torch.tanh(self.gather(states[:, 0]))).squeeze(-1)
        return supported, self.unsaid(states).squeeze(-1)


def from_base(folder: Path, dropout: float = 0.0) -> CheckModel:
    """A model with the base's weights, its judge of relevance as that of support.

    Exits when a file is not the pinned one.
    """
    torch.manual_seed(0)
    model = CheckModel(dropout)
    missing, unexpected = model.load_state_dict(base_weights(folder, "supported", _LESS_SURE), strict=False)
    if sorted(missing) != ["unsaid.bias", "unsaid.weight"] or unexpected:
        raise SystemExit(f"{folder}: other weights than expected: {missing} {unexpected}")
    nn.init.normal_(model.unsaid.weight, std=0.02)
    nn.init.constant_(model.unsaid.bias, -2.0)  # most words are borne out
    return model
