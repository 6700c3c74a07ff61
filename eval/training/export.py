"""From a trained network to the file that ONNX Runtime serves: attention fused, the weights quantised to int8.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.training.export reader \
        --model checkpoint.pt --output FOLDER

The folder is as `byline eval reading --model` reads it, or, of `export check`, as `byline eval check --model` does.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from assistant.check.network import pair_of
from eval.training.encoder import Encoder, learnt_weights
from eval.training.fused_attention import fused
from eval.training.train_check import CheckModel
from eval.training.train_reader import ReaderModel
from index.span_model.pairs import Batch, Cutter, join, stacked

_EQUAL = 1e-3  # of logits, before they are quantised
_OPSET = 17


@dataclass(frozen=True, slots=True)
class Network:
    """A network to export. Its outputs are named in order; those of `of_pairs` have shape (pairs,), the others (pairs,
    length). On `tried`, batches of one pair, the file's outputs are held against the model's.
    """

    model: Encoder
    outputs: Sequence[str]
    of_pairs: Sequence[str]
    tried: Sequence[Batch]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make an int8 ONNX file of a trained network.")
    parser.add_argument("network", choices=["reader", "check"])
    parser.add_argument("--model", type=Path, required=True, help="model.pt or checkpoint.pt")
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    network = _reader() if options.network == "reader" else _check()
    network.model.load_state_dict(learnt_weights(options.model))
    network.model.eval()
    write(network, options.output)


def write(network: Network, folder: Path) -> None:
    """Write `model.onnx`. Exits where the file before quantisation is not equal to the model."""
    folder.mkdir(parents=True, exist_ok=True)
    small = folder / "model.onnx"
    with TemporaryDirectory() as temporary:
        plain = Path(temporary) / "fp32.onnx"
        _export(network, plain)
        onnx.save(fused(onnx.load(plain)), plain)
        # The type of what the fused operator gives is not inferred.
        floats = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=floats)
        if (distance := _distance(plain, network)) > _EQUAL:
            raise SystemExit(f"the exported network differs from the model by {distance:.2g}, more than {_EQUAL:g}")
    print(f"{small}: {small.stat().st_size / 1e6:.1f} MB, logits differ by at most {_distance(small, network):.2g}")


def _export(network: Network, file: Path) -> None:
    inputs, batch = ("ids", "types", "mask"), network.tried[0]
    of_pairs, of_pieces = {0: "pairs"}, {0: "pairs", 1: "length"}
    names = (*inputs, *network.outputs)
    torch.onnx.export(
        network.model,
        tuple(torch.from_numpy(one) for one in (batch.ids, batch.types, batch.mask)),
        str(file),
        input_names=list(inputs),
        output_names=list(network.outputs),
        dynamic_axes={name: of_pairs if name in network.of_pairs else of_pieces for name in names},
        opset_version=_OPSET,
        dynamo=False,
    )


def _distance(file: Path, network: Network) -> float:
    """The most that a logit of the file differs from the model's."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    most = 0.0
    for batch in network.tried:
        with torch.inference_mode():
            expected = network.model(*map(torch.from_numpy, (batch.ids, batch.types, batch.mask)))
        found = session.run(list(network.outputs), {"ids": batch.ids, "types": batch.types})
        apart = (float(np.abs(one - other.numpy()).max()) for one, other in zip(found, expected, strict=True))
        most = max(most, *apart)
    return most


_LATE = "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said."
_ELECTED = "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."


def _reader() -> Network:
    asked = (
        ("When did the ferry come?", _LATE),
        ("Who was elected mayor?", f"{_ELECTED} Turnout was low."),
        ("How many bakers are there?", _ELECTED),
    )
    pairs = [join(question, None, text, 256) for question, text in map(Cutter().cut, asked)]
    return Network(ReaderModel(), ("start", "end", "relevance"), ("relevance",), [stacked([pair]) for pair in pairs])


def _check() -> Network:
    claimed = (
        ("The ferry to Velm was late.", _LATE),
        ("The ferry to Velm was cancelled.", _LATE),
        ("Ida Roth won 54 % of the vote.", _ELECTED),
        ("Ida Roth won 45 % of the vote.", _ELECTED),
    )
    pairs = [pair_of(sentence, beside) for sentence, beside in map(Cutter().cut, claimed)]
    return Network(CheckModel(), ("supported", "unsaid"), ("supported",), [stacked([pair]) for pair in pairs])


if __name__ == "__main__":
    main()
