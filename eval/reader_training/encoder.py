"""The encoder that the networks share: BERT as all-MiniLM and ms-marco-MiniLM have it, 384 wide."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS = 384, 1536, 12
_PIECES, _POSITIONS, _TYPES = 30522, 512, 2
_EPSILON = 1e-12
_NEVER = -10000.0  # added to the logit of what may not be seen


class Encoder(nn.Module):
    """Reads pairs of texts, cut into pieces.

    `dropout` is the share of each sublayer's outputs that is left out while training, drawn anew for each step.
    """

    def __init__(self, layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(_PIECES, WIDTH)
        self.positions = nn.Embedding(_POSITIONS, WIDTH)
        self.types = nn.Embedding(_TYPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(_Layer(dropout) for _ in range(layers))
        self.dropout = dropout

    def freeze(self, layers: int) -> None:
        """Let the embeddings and the first so many layers stay as they are, which saves their half of the way back."""
        if layers:
            for part in (self.words, self.positions, self.types, self.norm, *self.layers[:layers]):
                part.requires_grad_(False)

    def states(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The state of each piece, (n, length, width), of ids, types and a mask (1 for a piece), each (n, length)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.positions(places) + self.types(types))
        states = functional.dropout(states, self.dropout, self.training)
        unseen = (1.0 - mask[:, None, None, :].to(states.dtype)) * _NEVER
        for layer in self.layers:
            states = layer(states, unseen)
        return states


class _Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)  # query, key and value
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH, _EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, _EPSILON)

    def forward(self, states: Tensor, unseen: Tensor) -> Tensor:
        count, length, _ = states.shape
        mixed = self.mixed(states).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: for heads this narrow, torch's fused attention takes a quarter longer on a processor.
        nearness = torch.matmul(mixed[0], mixed[1].transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5
        read = torch.matmul((nearness + unseen.to(nearness.dtype)).softmax(-1).to(mixed.dtype), mixed[2])
        states = self.norm_1(states + self._dropped(self.out(read.transpose(1, 2).reshape(count, length, WIDTH))))
        return self.norm_2(states + self._dropped(self.narrow(functional.gelu(self.widen(states)))))

    def _dropped(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


def verified(folder: Path, checksums: Mapping[str, str], base: str) -> Path:
    """The folder, when it holds the pinned files of the base model; else exits."""
    for name, expected in checksums.items():
        if not (folder / name).is_file():
            raise SystemExit(f"{folder / name}: no such file; give the folder of {base} with --base")
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{folder / name}: not the pinned file: its sha256 is {found}, not {expected}")
    return folder


def renamed(base: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """A BERT encoder's weights under the names used here; query, key and value are one matrix."""
    parts: dict[str, Tensor] = {}
    for ours, theirs in _EMBEDDINGS.items():
        parts[ours] = base[f"embeddings.{theirs}"]
    for kind in ("weight", "bias"):
        parts[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
        for number in range(layers):
            layer = f"encoder.layer.{number}"
            each = [base[f"{layer}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            parts[f"layers.{number}.mixed.{kind}"] = torch.cat(each)
            for ours, theirs in _LAYER.items():
                parts[f"layers.{number}.{ours}.{kind}"] = base[f"{layer}.{theirs}.{kind}"]
    return parts


_EMBEDDINGS = {
    "words.weight": "word_embeddings.weight",
    "positions.weight": "position_embeddings.weight",
    "types.weight": "token_type_embeddings.weight",
}
_LAYER = {
    "out": "attention.output.dense",
    "norm_1": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm_2": "output.LayerNorm",
}
