# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy==2.4.6",
#     "onnx==1.23.2",
#     "onnxruntime==1.32.0",
#     "tokenizers==0.23.3",
#     "torch==2.13.0",
# ]
# ///
"""Make an int8 ONNX file of a trained network of the check, in a folder as `byline eval check --model` reads it.

    uv run eval/check_training/export.py --model checkpoint.pt --output FOLDER

The weights are quantised per channel; how far the outputs are from torch's on a few pairs is printed.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.check.network_pairs import pair_of
from eval.check_training.model import CheckModel, load_model
from eval.reader_training.encoder import export
from eval.reader_training.fused import fused
from index.reader_model.pairs import Batch, Cutter, stacked

_EQUAL = 1e-3  # of log odds, before they are quantised
_TRIED = (
    ("The ferry to Velm was late.", "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said."),
    (
        "The ferry to Velm was cancelled.",
        "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said.",
    ),
    ("Ida Roth won 54 % of the vote.", "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."),
    ("Ida Roth won 45 % of the vote.", "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."),
)


def main() -> None:
    options = _arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    model = load_model(options.model)
    batches = _batches(Cutter())
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "fp32.onnx", options.output / "model.onnx"
        export(model, batches[0], plain, ("supported", "unsaid"), ("supported",))
        onnx.save(fused(onnx.load(plain)), plain)
        # The type of what the fused operator gives is not inferred.
        floats = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=floats)
        if (distance := _distance(plain, model, batches)) > _EQUAL:
            raise SystemExit(f"the exported network differs from the model by {distance:.2g}, more than {_EQUAL:g}")
    size, distance = small.stat().st_size / 1e6, _distance(small, model, batches)
    print(f"{small}: {size:.1f} MB, log odds differ by at most {distance:.2g}")


def _distance(file: Path, model: CheckModel, batches: list[Batch]) -> float:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    most = 0.0
    for batch in batches:
        given = {"ids": batch.ids, "types": batch.types}
        with torch.inference_mode():
            expected = model(*map(torch.from_numpy, (batch.ids, batch.types, batch.mask)))[0].numpy()
        most = max(most, float(np.abs(session.run(["supported"], given)[0] - expected).max()))
    return most


def _batches(cutter: Cutter) -> list[Batch]:
    cut = [cutter.cut(pair) for pair in _TRIED]
    return [stacked([pair_of(said, beside)]) for said, beside in cut]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make an int8 ONNX file of a trained network of the check.")
    parser.add_argument("--model", type=Path, required=True, help="model.pt or checkpoint.pt")
    parser.add_argument("--output", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
