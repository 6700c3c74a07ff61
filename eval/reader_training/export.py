"""Make an int8 ONNX file of a trained network of the reader, in a folder as `byline eval reading --model` reads it.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.reader_training.export \\
        --model checkpoint.pt --output FOLDER
"""

from eval.reader_training.int8 import export_command
from eval.reader_training.model import ReaderModel
from index.span_model.pairs import Cutter, join, stacked

_TRIED = (
    ("When did the ferry come?", "The ferry from Ansbach to Velm came an hour late on Monday, the harbour said."),
    (
        "Who was elected mayor?",
        "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May. Turnout was low.",
    ),
    ("How many bakers are there?", "Roth, a lawyer, was elected mayor of Velm with 54 % of the vote in May."),
)

if __name__ == "__main__":
    pairs = [join(question, None, text, 256) for question, text in map(Cutter().cut, _TRIED)]
    export_command(ReaderModel(), [stacked([one]) for one in pairs], ("start", "end", "relevance"), ("relevance",))
