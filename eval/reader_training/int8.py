"""From a trained network to the file that ONNX Runtime serves: attention fused, the weights quantised to int8."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from eval.reader_training.encoder import Encoder
from eval.reader_training.fused import fused
from index.span_model.pairs import Batch

Model = TypeVar("Model", bound=Encoder)

_EQUAL = 1e-3  # of logits, before they are quantised
_OPSET = 17


def export_command(model: Model, tried: Sequence[Batch], outputs: Sequence[str], of_pairs: Sequence[str]) -> None:
    """The command that writes `model.onnx`: `--model CHECKPOINT --output FOLDER`.

    `model` gets the checkpoint's weights. The outputs are named in order; those of `of_pairs` have shape (pairs,), the
    others (pairs, length). `tried` are batches of one pair, on which the file's outputs are held against the model's.
    Exits when the file before quantisation is not equal to the model.
    """
    parser = argparse.ArgumentParser(description="Make an int8 ONNX file of a trained network.")
    parser.add_argument("--model", type=Path, required=True, help="model.pt or checkpoint.pt")
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    load(model, options.model)
    options.output.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "fp32.onnx", options.output / "model.onnx"
        _export(model, tried[0], plain, outputs, of_pairs)
        onnx.save(fused(onnx.load(plain)), plain)
        # The type of what the fused operator gives is not inferred.
        floats = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=floats)
        if (distance := _distance(plain, model, tried, outputs)) > _EQUAL:
            raise SystemExit(f"the exported network differs from the model by {distance:.2g}, more than {_EQUAL:g}")
    size, distance = small.stat().st_size / 1e6, _distance(small, model, tried, outputs)
    print(f"{small}: {size:.1f} MB, logits differ by at most {distance:.2g}")


def load(model: Model, file: Path) -> None:
    """Give the model the weights of a `model.pt`, or of a `checkpoint.pt`. Exits with one line where there is none."""
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; train.py writes checkpoint.pt, and model.pt at its end")
    kept = torch.load(file, map_location="cpu", weights_only=True)
    model.load_state_dict(kept.get("model", kept))
    model.eval()


def _export(model: Encoder, batch: Batch, file: Path, outputs: Sequence[str], of_pairs: Sequence[str]) -> None:
    inputs = ("ids", "types", "mask")
    axes = {name: {0: "pairs"} if name in of_pairs else {0: "pairs", 1: "length"} for name in (*inputs, *outputs)}
    torch.onnx.export(
        model,
        tuple(torch.from_numpy(one) for one in (batch.ids, batch.types, batch.mask)),
        str(file),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def _distance(file: Path, model: Encoder, tried: Sequence[Batch], outputs: Sequence[str]) -> float:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    most = 0.0
    for batch in tried:
        with torch.inference_mode():
            expected = model(*map(torch.from_numpy, (batch.ids, batch.types, batch.mask)))
        found = session.run(list(outputs), {"ids": batch.ids, "types": batch.types})
        most = max(
            most, *(float(np.abs(one - other.numpy()).max()) for one, other in zip(found, expected, strict=True))
        )
    return most
