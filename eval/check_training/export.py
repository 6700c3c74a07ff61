"""Make an int8 ONNX file of a trained network of the check, in a folder as `byline eval check --model` reads it.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.check_training.export \\
        --model checkpoint.pt --output FOLDER
"""

from assistant.check.network import pair_of
from eval.check_training.model import CheckModel
from eval.reader_training.int8 import export_command
from index.span_model.pairs import Cutter, stacked

_LATE = "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said."
_ELECTED = "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."
_TRIED = (
    ("The ferry to Velm was late.", _LATE),
    ("The ferry to Velm was cancelled.", _LATE),
    ("Ida Roth won 54 % of the vote.", _ELECTED),
    ("Ida Roth won 45 % of the vote.", _ELECTED),
)

if __name__ == "__main__":
    pairs = [pair_of(sentence, beside) for sentence, beside in map(Cutter().cut, _TRIED)]
    export_command(CheckModel(), [stacked([one]) for one in pairs], ("supported", "unsaid"), ("supported",))
