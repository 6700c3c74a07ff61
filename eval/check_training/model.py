"""The network: the encoder of ms-marco-MiniLM-L-12-v2 with a head for the sentence and one for its words."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from eval.reader_training.encoder import WIDTH, Encoder, renamed, verified

LAYERS = 12
_LESS_SURE = 0.25
BASE_CHECKSUMS = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}


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
    base = floats(base_folder(folder) / "model.onnx")
    parts = renamed(base, LAYERS)
    for ours, theirs in (("gather", "pooler.dense"), ("supported", "classifier")):
        parts |= {f"{ours}.{kind}": base[f"{theirs}.{kind}"] for kind in ("weight", "bias")}
    model = CheckModel(dropout)
    missing, unexpected = model.load_state_dict(parts, strict=False)
    if sorted(missing) != ["unsaid.bias", "unsaid.weight"] or unexpected:
        raise SystemExit(f"{folder}: other weights than expected: {missing} {unexpected}")
    with torch.no_grad():  # it is very sure of what is relevant, and that is not yet borne out
        model.supported.weight.mul_(_LESS_SURE)
        model.supported.bias.mul_(_LESS_SURE)
    nn.init.normal_(model.unsaid.weight, std=0.02)
    nn.init.constant_(model.unsaid.bias, -2.0)  # most words are borne out
    return model


def base_folder(folder: Path) -> Path:
    """The verified folder of the base. Exits with one line where it is not the pinned one."""
    return verified(folder, BASE_CHECKSUMS, "ms-marco-MiniLM-L-12-v2")


def floats(file: Path) -> dict[str, Tensor]:
    """The weights of a dynamically quantised BERT by their names, as floats; linear ones as torch has them, (out, in).

    A linear weight has lost its name to the quantisation: the node that multiplies by it tells it.
    """
    graph = onnx.load(file).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: array for name, array in stored.items() if array.dtype == np.float32 and not name.endswith("_scale")}
    for name in stored:
        if name.startswith("bert.embeddings.") and name.endswith("_quantized"):
            found[name.removesuffix("_quantized")] = _dequantised(stored, name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
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


def load_model(file: Path) -> CheckModel:
    """The model of `model.pt`, or of a `checkpoint.pt`. Exits with one line where there is none."""
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; train.py writes checkpoint.pt, and model.pt at its end")
    kept = torch.load(file, map_location="cpu", weights_only=True)
    model = CheckModel()
    model.load_state_dict(kept.get("model", kept))
    model.eval()
    return model
