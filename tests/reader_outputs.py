"""What the reader's model says of ten passages, kept so that another model, or a broken one, does not go unseen.

For a new model, with its files in `index/span_model/model/`: `uv run python -m tests.reader_outputs`. That writes
`tests/reader_outputs.json` and the model's SHA256SUMS.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.span_model.passage_reading import PassageReading
from index.span_model.span_reader import MODEL_FOLDER, shared_span_reader
from tests.model_files import keep

OUTPUTS_FILE = Path(__file__).parent / "reader_outputs.json"
MODEL_FILES = ("model.onnx", "tokenizer.json")

_BRIDGE = (
    "Norrholm bridge closes for repairs",
    "The Norrholm bridge will be closed to traffic from 12 April, the county council said on Tuesday. Engineers found "
    "cracks in two of its pillars in February. Repairs are expected to cost 4.6 million crowns and to last until "
    "autumn. A ferry will take pedestrians across the sound every twenty minutes.",
)
_ELECTION = (
    "Brandt wins in Marlow Bay",
    "Ida Brandt, a former harbour master, was elected mayor of Marlow Bay on Sunday with 53 percent of the vote. Her "
    "opponent, the baker Ole Lund, conceded shortly before midnight. Turnout fell to 41 percent, the least since 1987.",
)
_STRIKE = (
    "Ferry crews walk out",
    "Ferry crews on the Aster line stopped work on Friday because the company had cancelled their night allowance. "
    "About 300 passengers were stranded on the island of Holm, the coast guard said.",
)
_MUSEUM = (
    "",
    "The fishing museum reopens on Saturday after a fire destroyed its roof two years ago. “We saved every boat but "
    "one,” said Eva Stone, who runs it. Admission is free in June.",
)
_STORM = (
    "Storm Per reaches the coast",
    "Storm Per cut power to 12,000 homes on Wednesday night. Three roads along the coast were flooded, and trains "
    "between Marlow and Stenvik did not run until noon. Nobody was hurt.",
)

ANSWERED = (
    ("How much will the repair of the Norrholm bridge cost?", *_BRIDGE),
    ("Who was elected mayor of Marlow Bay?", *_ELECTION),
    ("Why did the ferry crews stop work?", *_STRIKE),
    ("When does the fishing museum reopen?", *_MUSEUM),
    ("How many homes lost power in the storm?", *_STORM),
)
NOT_ANSWERED = (
    ("Who designed the Norrholm bridge?", *_BRIDGE),
    ("How many votes did Ole Lund win in the election of 1987?", *_ELECTION),
    ("Where is the headquarters of the Aster line?", *_STRIKE),
    ("How much did the new roof of the museum cost?", *_MUSEUM),
    ("Which vaccine did the health authority approve?", *_STORM),
)
INPUTS = (*ANSWERED, *NOT_ANSWERED)
"""Question, title and text."""


@dataclass(frozen=True, slots=True)
class Output:
    """The best span's words, and the log odds of it, of all spans and of the passage."""

    question: str
    answer: str
    span: float
    mass: float
    relevance: float


def outputs() -> list[Output]:
    """What the model says of each input; each is read alone, for what is read together rounds together."""
    return [_output(question, text, *_read(question, title, text)) for question, title, text in INPUTS]


def stored_outputs() -> list[Output]:
    return [Output(**row) for row in json.loads(OUTPUTS_FILE.read_text("utf-8"))]


def main() -> None:
    rows = [asdict(one) for one in outputs()]
    keep(MODEL_FOLDER, MODEL_FILES, rows, OUTPUTS_FILE)
    for one in rows:
        print(f"{one['relevance']:6.2f}  {one['span']:6.2f}  {one['question']} {one['answer']}")


def _read(question: str, title: str, text: str) -> list[PassageReading]:
    return shared_span_reader().read(question, [(title, text)])


def _output(question: str, text: str, found: PassageReading) -> Output:
    best = found.best()
    assert best
    numbers = (round(value, 3) for value in (best.logit, found.mass(), found.relevance))
    return Output(question, text[best.start : best.end], *numbers)


if __name__ == "__main__":
    main()
