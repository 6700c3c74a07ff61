"""The reader's network: the encoder of ms-marco-MiniLM-L-12-v2 with a head for spans and one for relevance."""

from pathlib import Path

import torch
from torch import Tensor, nn

from eval.reader_training.base import LAYERS, base_weights
from eval.reader_training.encoder import WIDTH, Encoder

_LESS_SURE = 0.5


class ReaderModel(Encoder):
    """Reads pairs of question and passage.

    Takes piece ids, types (0 question, 1 passage) and a mask (1 for a piece, 0 for padding), each of shape (n, length).
    Gives the logits of a span's start and end, each (n, length), and of relevance, (n,). Only the passage's pieces are
    candidates: whoever reads the logits leaves out the others. Logits are log odds against "no answer", whose logit is
    0 by definition, so they compare across passages and questions.
    """

    def __init__(self) -> None:
        super().__init__(LAYERS)
        self.span = nn.Linear(WIDTH, 2)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.relevance = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.states(ids, types, mask)
        start, end = self.span(states).unbind(-1)
        relevance = self.relevance(torch.tanh(self.gather(states[:, 0]))).squeeze(-1)
        return start, end, relevance


def from_base(folder: Path, seed: int = 0) -> ReaderModel:
    """A model with the base's weights and a new head for spans, drawn with `seed`.

    Exits when a file is not the pinned one.
    """
    torch.manual_seed(seed)
    model = ReaderModel()
    missing, unexpected = model.load_state_dict(base_weights(folder, "relevance", _LESS_SURE), strict=False)
    if sorted(missing) != ["span.bias", "span.weight"] or unexpected:
        raise SystemExit(f"{folder}: other weights than expected: {missing} {unexpected}")
    nn.init.normal_(model.span.weight, std=0.02)
    nn.init.constant_(model.span.bias, -2.0)  # most pieces begin and end no answer
    return model
