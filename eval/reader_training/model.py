"""The network: the encoder of all-MiniLM-L6-v2 with a head for spans and one for relevance."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from eval.reader_training.encoder import WIDTH, Encoder, renamed

LAYERS = 6

BASE_CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


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
    """A model with the base's encoder and new heads, drawn with `seed`. Exits when a file is not the pinned one."""
    torch.manual_seed(seed)
    model = ReaderModel()
    model.load_state_dict(renamed(load_file(folder / "model.safetensors"), LAYERS), strict=False)
    for head in (model.span, model.gather, model.relevance):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    return model
