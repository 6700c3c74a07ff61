"""The network that judges a sentence by the words beside it, run by ONNX Runtime."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import onnxruntime

from assistant.check.nearest_sentences import words_beside
from assistant.check.network_pairs import SENTENCE_PIECES, pair_of
from index.class_spec import one_line
from index.decoding import storable
from index.errors import ModelError
from index.onnx_sessions import session_options
from index.reader_model.pairs import Cutter, stacked
from index.sentences import Span

_LONGEST = 4096  # characters of either


@dataclass(frozen=True, slots=True)
class Judgement:
    """`supported`: the log odds that a sentence is borne out. `unsaid`: of each piece the characters of the sentence,
    and the log odds that they are not.
    """

    supported: float
    unsaid: tuple[tuple[Span, float], ...]


class CheckNetwork:
    """Judges sentences one by one: the scale of int8 is one for a batch, so others would change a sentence's numbers.

    Raises:
        ModelError: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._cutter = Cutter(folder / "tokenizer.json")
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), session_options(), providers=["CPUExecutionProvider"]
            )
            self.judge("The ferry was late.", ["The ferry was late."])
        # tokenizers and ONNX Runtime raise what they like for a file that they cannot read.
        except Exception as error:
            raise ModelError(
                f"{folder}: the check's model is missing or damaged ({one_line(error)}); give a folder with model.onnx "
                "and tokenizer.json"
            ) from error

    def judge(self, sentence: str, texts: Sequence[str]) -> Judgement:
        """What it makes of a sentence that is cited to these texts."""
        said = storable(sentence)[:_LONGEST]
        beside = storable(words_beside(said, texts))[:_LONGEST]
        pieces, others = self._cutter.cut([said, beside])
        batch = stacked([pair_of(pieces, others)])
        inputs = {"ids": batch.ids, "types": batch.types, "mask": batch.mask}
        supported, unsaid = self._session.run(["supported", "unsaid"], inputs)
        offsets = pieces.offsets[:SENTENCE_PIECES]
        logits = unsaid[0, 1 : 1 + len(offsets)].tolist()
        return Judgement(float(supported[0]), tuple(zip(offsets, logits, strict=True)))
