"""The network: the encoder of all-MiniLM-L6-v2 with a head for spans and one for relevance."""

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
_PIECES, _POSITIONS, _TYPES = 30522, 512, 2
_EPSILON = 1e-12
_NEVER = -10000.0  # added to the logit of what may not be seen

BASE_CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class ReaderModel(nn.Module):
    """Reads pairs of question and passage.

    Takes piece ids, types (0 question, 1 passage) and a mask (1 for a piece, 0 for padding), each of shape (n, length).
    Gives the logits of a span's start and end, each (n, length), and of relevance, (n,). Only the passage's pieces are
    candidates: whoever reads the logits leaves out the others. Logits are log odds against "no answer", whose logit is
    0 by definition, so they compare across passages and questions.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(_PIECES, WIDTH)
        self.positions = nn.Embedding(_POSITIONS, WIDTH)
        self.types = nn.Embedding(_TYPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))
        self.span = nn.Linear(WIDTH, 2)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.relevance = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.positions(places) + self.types(types))
        unseen = (1.0 - mask[:, None, None, :].to(states.dtype)) * _NEVER
        for layer in self.layers:
            states = layer(states, unseen)
        start, end = self.span(states).unbind(-1)
        relevance = self.relevance(torch.tanh(self.gather(states[:, 0]))).squeeze(-1)
        return start, end, relevance


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
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
        states = self.norm_1(states + self.out(read.transpose(1, 2).reshape(count, length, WIDTH)))
        return self.norm_2(states + self.narrow(functional.gelu(self.widen(states))))


def from_base(folder: Path, seed: int = 0) -> ReaderModel:
    """A model with the base's encoder and new heads, drawn with `seed`. Exits when a file is not the pinned one."""
    torch.manual_seed(seed)
    model = ReaderModel()
    model.load_state_dict(_renamed(load_file(folder / "model.safetensors")), strict=False)
    for head in (model.span, model.gather, model.relevance):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    return model


def verified(folder: Path) -> Path:
    """The folder, when it holds the base model's pinned files; else exits."""
    for name, expected in BASE_CHECKSUMS.items():
        if not (folder / name).is_file():
            raise SystemExit(f"{folder / name}: no such file; give the folder of all-MiniLM-L6-v2 with --base")
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{folder / name}: not the pinned file: its sha256 is {found}, not {expected}")
    return folder


def _renamed(base: dict[str, Tensor]) -> dict[str, Tensor]:
    """The base's encoder under the names used here; query, key and value are one matrix."""
    parts: dict[str, Tensor] = {}
    for ours, theirs in _EMBEDDINGS.items():
        parts[ours] = base[f"embeddings.{theirs}"]
    for kind in ("weight", "bias"):
        parts[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
        for number in range(LAYERS):
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
