"""The network that judges a sentence by the words beside it, run by ONNX Runtime."""

import json
from dataclasses import dataclass
from pathlib import Path

import onnxruntime

from assistant.check.network_pairs import SENTENCE_PIECES, pair_of
from index.class_spec import one_line
from index.decoding import storable
from index.errors import ModelError
from index.onnx_sessions import FATAL, session_options
from index.reader_model.pairs import Cutter, stacked
from index.sentences import Span

MODEL_FOLDER = Path(__file__).parent / "model"
_LONGEST = 4096  # characters of either


@dataclass(frozen=True, slots=True)
class Decision:
    """The log odds from which a sentence is `supported` and may be `partly` so, and from which a word is `unsaid`.

    `eval/fit_check.py` fits them for a network.
    """

    supported: float = 0.0
    partly: float = 0.0
    unsaid: float = 0.0

    @classmethod
    def read(cls, file: Path) -> "Decision":
        """What a file holds, as JSON; zeros where there is none yet."""
        return cls(**json.loads(file.read_text("utf-8"))) if file.exists() else cls()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`supported`: the log odds that a sentence is borne out. `unsaid`: of each piece the characters of the sentence,
    and the log odds that they are not.
    """

    supported: float
    unsaid: tuple[tuple[Span, float], ...]

    def unsaid_at(self, start: int, end: int) -> float:
        """The log odds that the piece of these characters that is likeliest unsaid is so."""
        return max((odds for (first, last), odds in self.unsaid if first < end and last > start), default=float("-inf"))


class CheckNetwork:
    """Judges sentences one by one: the scale of int8 is one for a batch, so others would change a sentence's numbers.

    May be called from many threads.

    Raises:
        ModelError: a file is missing or damaged.
    """

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self._run_options = onnxruntime.RunOptions()
        self._run_options.log_severity_level = FATAL
        try:
            self.decision = Decision.read(folder / "decision.json")
            self._cutter = Cutter()
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                session_options(),
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # its kernel is slower than the two that it stands for
            )
            self.judge("The ferry was late.", "The ferry was late.")
        # tokenizers and ONNX Runtime raise what they like for a file that they cannot read.
        except Exception as error:
            raise ModelError(
                f"{folder}: the check's model is missing or damaged ({one_line(error)}); "
                + ("install Byline again" if folder == MODEL_FOLDER else "give a folder that export.py has written")
            ) from error

    def judge(self, sentence: str, beside: str) -> Judgement:
        """What it makes of a sentence beside the words that may bear it out.

        Raises:
            ModelError: ONNX Runtime failed, for want of memory for example.
        """
        pieces, others = self._cutter.cut([storable(text)[:_LONGEST] for text in (sentence, beside)])
        batch = stacked([pair_of(pieces, others)])
        inputs = {"ids": batch.ids, "types": batch.types}
        try:
            supported, unsaid = self._session.run(["supported", "unsaid"], inputs, self._run_options)
        # ONNX Runtime raises what it likes.
        except Exception as error:
            raise ModelError(f"the check's model failed ({one_line(error)}); is there memory left?") from error
        offsets = pieces.offsets[:SENTENCE_PIECES]
        logits = unsaid[0, 1 : 1 + len(offsets)].tolist()
        return Judgement(float(supported[0]), tuple(zip(offsets, logits, strict=True)))
