"""Make an int8 ONNX file of a trained network of the reader, in a folder as `byline eval reading --model` reads it.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.reader_training.export \\
        --model checkpoint.pt --output FOLDER

The weights are quantised per channel. Exits with an error when the file before that is not equal to the model; how far
the outputs are from torch's on a few pairs is printed.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from eval.reader_training.encoder import export
from eval.reader_training.fused import fused
from eval.reader_training.model import ReaderModel, load_model
from index.reader_model.pairs import Batch, Cutter, join, stacked

_EQUAL = 1e-3  # of logits, before they are quantised
_OUTPUTS = ("start", "end", "relevance")
_TRIED = (
    ("When did the ferry come?", "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said."),
    (
        "Who was elected mayor?",
        "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May. Turnout was low.",
    ),
    ("How many bakers are there?", "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."),
)


def main() -> None:
    options = _arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    model = load_model(options.model)
    cut = map(Cutter().cut, _TRIED)
    batches = [stacked([join(question, None, text, 256)]) for question, text in cut]
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "fp32.onnx", options.output / "model.onnx"
        export(model, batches[0], plain, _OUTPUTS, ("relevance",))
        onnx.save(fused(onnx.load(plain)), plain)
        known = {"DefaultTensorType": onnx.TensorProto.FLOAT}  # what attention gives out is of a domain of its own
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=known)
        if (distance := _distance(plain, model, batches)) > _EQUAL:
            raise SystemExit(f"the exported network differs from the model by {distance:.2g}, more than {_EQUAL:g}")
    size, distance = small.stat().st_size / 1e6, _distance(small, model, batches)
    print(f"{small}: {size:.1f} MB, logits differ by at most {distance:.2g}")


def _distance(file: Path, model: ReaderModel, batches: Sequence[Batch]) -> float:
    """The largest difference between logits of the passages' pieces and of relevance."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    most = 0.0
    for batch in batches:
        with torch.inference_mode():
            expected = [one.numpy() for one in model(*map(torch.from_numpy, (batch.ids, batch.types, batch.mask)))]
        found = session.run(list(_OUTPUTS), {"ids": batch.ids, "types": batch.types})
        for name, one, other in zip(_OUTPUTS, found, expected, strict=True):
            differences = np.abs(np.asarray(one) - other)
            most = max(most, float((differences if name == "relevance" else differences[batch.text]).max()))
    return most


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make an int8 ONNX file of a trained network of the reader.")
    parser.add_argument("--model", type=Path, required=True, help="model.pt or checkpoint.pt")
    parser.add_argument("--output", type=Path, required=True, help="the folder that is written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
