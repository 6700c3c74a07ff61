"""The network of `model/`, and what all networks here share, run by ONNX Runtime."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from index.errors import ModelError, foreign, one_line
from index.span_model.pairs import Batch, Cutter, Pair, join, room_for, stacked, windows
from index.span_model.passage_reading import Floats, Logits, PassageReading, as_one, batches, read
from index.text.decoding import storable

FATAL = 4  # what ONNX Runtime logs to stderr; errors are raised
THREADS = min(4, os.cpu_count() or 1)
MODEL_FOLDER = Path(__file__).parent / "model"
MOST_PIECES = 256  # of question, title and passage together

# Pair: the scale of int8 is one for a batch, so a passage's numbers would hang on those read with it; and the network
# takes no mask, so its pairs are of one length.
_AT_ONCE = 1
_MEND = "install Byline again, or go without it: `--reranker none` and a language model as `--llm`"
_LONGEST_HEAD, _LONGEST_TEXT = 1024, 4096  # characters of a question or a title, and of a text
_TRIAL = np.array([[101, 102]], np.int64)  # an empty pair


class SpanReader:
    """Reads a question with passages, as many of them side by side as there are cores, each on one.

    May be called from many threads. Who holds `turn` while he reads shares the cores with nobody, and reads the sooner;
    all together are then done as soon as if they had begun at once.

    Raises:
        ModelError: a file is missing or damaged.
    """

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self.turn = threading.Lock()
        self._side_by_side = ThreadPoolExecutor(THREADS, thread_name_prefix="byline-reader")
        self._network = OwnNetwork(folder, ("start", "end", "relevance"), "the reader's model", _MEND, threads=1)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """What it makes of each (title, text), of a text's first 4,096 characters. Offsets are characters of the text.

        A text that is too long for the network is read part by part.
        """
        pairs, owners = self._pairs(question, passages)
        parts: list[list[PassageReading]] = [[] for _ in passages]
        for owner, reading in zip(owners, read(self.forward, pairs, _AT_ONCE, self._side_by_side.map), strict=True):
            parts[owner].append(reading)
        return list(map(as_one, parts))

    def batches(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Batch]:
        """What `read` gives to the network."""
        pairs, _ = self._pairs(question, passages)
        return [stacked([pairs[at] for at in places]) for places in batches([len(one.ids) for one in pairs], _AT_ONCE)]

    def forward(self, batch: Batch) -> Logits:
        """The network alone. The batch's pairs must be of one length."""
        start, end, relevance = self._network.run(batch)
        return start, end, relevance

    def _pairs(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[list[Pair], list[int]]:
        """The pairs, and for each the place of its passage."""
        titles = [title for title, _ in passages]
        heads = self._network.cutter.cut([storable(text)[:_LONGEST_HEAD] for text in (question, *titles)])
        texts = self._network.cutter.cut([storable(text)[:_LONGEST_TEXT] for _, text in passages])
        pairs, owners = [], []
        for place, (title, text) in enumerate(zip(heads[1:], texts, strict=True)):
            for part in windows(text, room_for(heads[0], title, MOST_PIECES)):
                pairs.append(join(heads[0], title, text, MOST_PIECES, part))
                owners.append(place)
        return pairs, owners


@cache
def shared_span_reader() -> SpanReader:
    """The one of this process, opened when first asked for. It is never closed."""
    return SpanReader()


class OwnNetwork:
    """A network that reads pairs of texts: the `model.onnx` of a folder, and its `cutter`.

    Its attention is as `eval/training/fused_attention.py` makes it.

    `what` names it in messages, and `mend` says what helps where its files cannot be used. May be run by many threads,
    each run on `threads` of its own.

    Raises:
        ModelError: a file is missing, damaged, or no such network.
    """

    def __init__(self, folder: Path, outputs: Sequence[str], what: str, mend: str, threads: int = THREADS) -> None:
        self._what, self._outputs = what, list(outputs)
        self._run_options = onnxruntime.RunOptions()
        self._run_options.log_severity_level = FATAL
        # tokenizers and ONNX Runtime raise what they like for a file that they cannot read.
        with foreign(lambda error: ModelError(f"{folder}: {what} is missing or damaged ({one_line(error)}); {mend}")):
            self.cutter = Cutter()
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                session_options(threads),
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # its kernel is slower than the two that it stands for
            )
            self._run(_TRIAL, np.zeros_like(_TRIAL))

    def run(self, batch: Batch) -> list[Floats]:
        """The outputs, in the order in which they were named. The batch's pairs must be of one length.

        Raises:
            ModelError: ONNX Runtime failed, for want of memory for example.
        """
        with foreign(lambda error: ModelError(f"{self._what} failed ({one_line(error)}); is there memory left?")):
            return self._run(batch.ids, batch.types)

    def _run(self, ids: np.ndarray, types: np.ndarray) -> list[Floats]:
        found: list[Floats] = self._session.run(self._outputs, {"ids": ids, "types": types}, self._run_options)
        return found


def session_options(threads: int = THREADS) -> onnxruntime.SessionOptions:
    """For a network whose every run is divided among so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the processor alone
    options.log_severity_level = FATAL
    return options
