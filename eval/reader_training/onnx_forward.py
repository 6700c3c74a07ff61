"""The model by ONNX Runtime."""

from pathlib import Path

import numpy as np
import onnxruntime

from index.reader_model.pairs import Batch
from index.reader_model.reading import Floats, Forward


def by_onnx(file: Path, threads: int = 2) -> Forward:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def forward(batch: Batch) -> tuple[Floats, Floats, Floats]:
        start, end = (np.zeros(batch.ids.shape, np.float32) for _ in range(2))
        relevance = np.zeros(len(batch.ids), np.float32)
        for row, length in enumerate(batch.mask.sum(axis=1)):  # the network takes no mask
            inputs = {"ids": batch.ids[[row], :length], "types": batch.types[[row], :length]}
            read = session.run(["start", "end", "relevance"], inputs)
            start[row, :length], end[row, :length], relevance[row] = (one[0] for one in read)
        return start, end, relevance

    return forward
