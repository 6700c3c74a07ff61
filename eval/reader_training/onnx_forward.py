"""The model by ONNX Runtime."""

from pathlib import Path

import onnxruntime

from index.reader_model.pairs import Batch
from index.reader_model.reading import Floats, Forward


def by_onnx(file: Path, threads: int = 2) -> Forward:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def forward(batch: Batch) -> tuple[Floats, Floats, Floats]:
        inputs = {"ids": batch.ids, "types": batch.types, "mask": batch.mask}
        start, end, relevance = session.run(["start", "end", "relevance"], inputs)
        return start, end, relevance

    return forward
