"""What the check's model says of eight sentences, kept so that another model, or a broken one, does not go unseen.

For a new model, with its files in `assistant/check/model/`: `uv run python -m tests.check_outputs`. That writes
`tests/check_outputs.json` and the model's SHA256SUMS.
"""

from functools import cache
from pathlib import Path

from assistant.check.network import MODEL_FOLDER, CheckNetwork
from tests.model_files import keep

OUTPUTS_FILE = Path(__file__).parent / "check_outputs.json"
MODEL_FILES = ("decision.json", "model.onnx")

_BRIDGE = (
    "The Norrholm bridge will be closed to traffic from 12 April, the county council said on Tuesday. Engineers found "
    "cracks in two of its pillars in February. Repairs are expected to cost 4.6 million crowns."
)
_ELECTION = (
    "Ida Brandt, a former harbour master, was elected mayor of Marlow Bay on Sunday with 53 percent of the vote. Her "
    "opponent, the baker Ole Lund, conceded shortly before midnight."
)

TRUE = (
    ("Cracks were found in two of the bridge's pillars.", _BRIDGE),
    ("From 12 April the bridge will be closed to traffic.", _BRIDGE),
    ("Ida Brandt won the election in Marlow Bay.", _ELECTION),
    ("Ole Lund, a baker, conceded before midnight.", _ELECTION),
)
FALSE = (
    ("Cracks were found in nine of the bridge's pillars.", _BRIDGE),
    ("The bridge was designed by Lena Holm in 1931.", _BRIDGE),
    ("Ida Brandt won with 35 percent of the vote.", _ELECTION),
    ("Ole Lund called for a recount in Stenvik.", _ELECTION),
)


@cache
def network() -> CheckNetwork:
    return CheckNetwork()


def outputs() -> dict[str, list[float]]:
    """For each sentence the log odds of its support, and of that word of it that is likeliest unsaid."""
    found = {}
    for sentence, beside in (*TRUE, *FALSE):
        judgement = network().judge(sentence, beside)
        found[sentence] = [round(judgement.supported, 3), round(judgement.unsaid_at(0, len(sentence)), 3)]
    return found


def main() -> None:
    found = outputs()
    keep(MODEL_FOLDER, MODEL_FILES, found, OUTPUTS_FILE)
    for sentence, (supported, unsaid) in found.items():
        print(f"{supported:6.2f}  {unsaid:6.2f}  {sentence}")


if __name__ == "__main__":
    main()
