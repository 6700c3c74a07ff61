"""The network that judges a sentence by the words beside it, run by ONNX Runtime."""

import json
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError, one_line
from index.span_model.pairs import Pair, Pieces, join, stacked
from index.span_model.span_reader import OwnNetwork
from index.text.decoding import storable
from index.text.passages import Span

MODEL_FOLDER = Path(__file__).parent / "model"
_LONGEST = 4096  # characters of either
SENTENCE_PIECES, MOST_PIECES = 96, 192  # of the sentence, and of it with the words beside it


@dataclass(frozen=True, slots=True)
class Decision:
    """The log odds from which a sentence is `supported` and may be `partly` so.

    `eval/fitting/fit_check.py` fits them for a network.
    """

    supported: float = 0.0
    partly: float = 0.0

    @classmethod
    def read(cls, file: Path) -> "Decision":
        """What a file holds, as JSON; zeros where there is none yet. Raises ModelError where it is damaged."""
        try:
            return cls(**json.loads(file.read_text("utf-8"))) if file.exists() else cls()
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"{file}: no thresholds of the check ({one_line(error)}); install Byline again") from error


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
        self.decision = Decision.read(folder / "decision.json")
        mend = "install Byline again" if folder == MODEL_FOLDER else "give a folder that export.py has written"
        self._network = OwnNetwork(folder, ("supported", "unsaid"), "the check's model", mend)

    def judge(self, sentence: str, beside: str) -> Judgement:
        """What it makes of a sentence beside the words that may bear it out.

        Raises:
            ModelError: ONNX Runtime failed, for want of memory for example.
        """
        pieces, others = self._network.cutter.cut([storable(text)[:_LONGEST] for text in (sentence, beside)])
        supported, unsaid = self._network.run(stacked([pair_of(pieces, others)]))
        offsets = pieces.offsets[:SENTENCE_PIECES]
        logits = unsaid[0, 1 : 1 + len(offsets)].tolist()
        return Judgement(float(supported[0]), tuple(zip(offsets, logits, strict=True)))


def pair_of(sentence: Pieces, beside: Pieces) -> Pair:
    """[CLS] sentence [SEP] what stands beside it [SEP]; what is too long is cut off at the end."""
    return join(sentence, None, beside, MOST_PIECES, asked_most=SENTENCE_PIECES)
