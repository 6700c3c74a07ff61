"""A network of Byline's own, which reads pairs of texts, run by ONNX Runtime."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from index.class_spec import one_line
from index.errors import ModelError
from index.onnx_sessions import FATAL, THREADS, session_options
from index.span_model.pairs import Batch, Cutter
from index.span_model.passage_reading import Floats

_TRIAL = np.array([[101, 102]], np.int64)  # an empty pair


class OwnNetwork:
    """The `model.onnx` of a folder, with attention as `eval/training/fused_attention.py` makes it, and its `cutter`.

    `what` names it in messages, and `mend` says what helps where its files cannot be used. May be run by many threads,
    each run on `threads` of its own.

    Raises:
        ModelError: a file is missing, damaged, or no such network.
    """

    def __init__(self, folder: Path, outputs: Sequence[str], what: str, mend: str, threads: int = THREADS) -> None:
        self._what, self._outputs = what, list(outputs)
        self._run_options = onnxruntime.RunOptions()
        self._run_options.log_severity_level = FATAL
        try:
            self.cutter = Cutter()
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                session_options(threads),
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # its kernel is slower than the two that it stands for
            )
            self._run(_TRIAL, np.zeros_like(_TRIAL))
        # tokenizers and ONNX Runtime raise what they like for a file that they cannot read.
        except Exception as error:
            raise ModelError(f"{folder}: {what} is missing or damaged ({one_line(error)}); {mend}") from error

    def run(self, batch: Batch) -> list[Floats]:
        """The outputs, in the order in which they were named. The batch's pairs must be of one length.

        Raises:
            ModelError: ONNX Runtime failed, for want of memory for example.
        """
        try:
            return self._run(batch.ids, batch.types)
        # ONNX Runtime raises what it likes.
        except Exception as error:
            raise ModelError(f"{self._what} failed ({one_line(error)}); is there memory left?") from error

    def _run(self, ids: np.ndarray, types: np.ndarray) -> list[Floats]:
        found: list[Floats] = self._session.run(self._outputs, {"ids": ids, "types": types}, self._run_options)
        return found
