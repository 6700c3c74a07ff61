"""How well the reader reads what it is given: the figures, computed by hand, and a run by the command."""

import json
from pathlib import Path

import pytest

from eval.datasets.paragraphs import Asked, Paragraph
from eval.reading_run import measure_reading
from index.span_model.passage_reading import PassageReading
from tests.retrieved import reading as made
from ui.cli import main

PARAGRAPH = Paragraph("harbour", "", "Ida Brandt left.", True, "page 1 paragraph 1")
ANSWERED, UNANSWERED, UNPLACED = (((0, 10),), ("Ida Brandt",)), ((), ()), ((), ("nobody",))


def reading(score: float, pieces: int) -> PassageReading:
    """One whose best span is the text's first so many words, with this score."""
    words = ((0, 3), (4, 10), (11, 15))
    return made(score, [(*word, -1e4 * (at > 0), -1e4 * (at != pieces - 1)) for at, word in enumerate(words)])


def test_the_figures_are_of_questions_whose_answer_stands_in_the_text() -> None:
    # Of twenty answered the first ten are read exactly, the others as "Ida": F1 two thirds. 85 % stay above 3.85.
    scores = {f"a{n}": reading(float(n), 2 if n <= 10 else 1) for n in range(1, 21)}
    scores |= {"u1": reading(3.0, 1), "u2": reading(4.0, 1), "p": reading(0.0, 1)}
    kinds = {"a": ANSWERED, "u": UNANSWERED, "p": UNPLACED}
    asked = [Asked(name, name, PARAGRAPH, *kinds[name[0]]) for name in scores]
    heard: list[tuple[int, int]] = []
    run = measure_reading(
        asked, "a fake", lambda question, _title, _text: scores[question], lambda *at: heard.append(at)
    )
    (found,) = run.sets
    assert (found.answerable, found.unanswerable, found.unplaced, found.paragraphs) == (20, 2, 1, 1)
    values = {name: figure.value for name, figure in found.figures.items()}
    assert values == pytest.approx(
        {"exact": 0.5, "f1": 5 / 6, "refused_at_85": 0.5, "auc": 1 - (2 + 3 + 1) / 2 / 20 + 0.0}, abs=0.03
    )
    assert heard[-1] == (23, 23)
    assert "1 more have an answer that stands nowhere" in list(run.lines())[-1]


def test_without_unanswerable_questions_nothing_is_said_of_refusals() -> None:
    run = measure_reading([Asked("1", "?", PARAGRAPH, *ANSWERED)], "a fake", lambda *_: reading(1.0, 2))
    assert run.to_json()["sets"]["harbour"]["refused_at_85"] is None
    assert run.to_json()["sets"]["harbour"]["exact"] == 1.0


def test_the_command_reads_by_the_real_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "own.jsonl"
    text = "Ida Brandt opened the new bridge in Velm on Monday."
    questions = [
        {"id": "1", "question": "Who opened the new bridge?", "answers": ["Ida Brandt"]},
        {"id": "2", "question": "What did the bakers of Ansbach want?", "answers": [], "answerable": False},
    ]
    file.write_text(json.dumps({"source": "own", "context": text, "questions": questions}))
    assert main(["eval", "reading", "--data", str(file), "--json"]) == 0
    own = json.loads(capsys.readouterr().out)["sets"]["own"]
    assert (own["exact"], own["refused_at_85"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "eval reading needs --data PATH"),
        (("--data", "{file}", "--half", "even"), "eval reading has no half 'even'; give --half kept, training or all"),
        (("--data", "{file}", "--model", "nowhere"), "nowhere: the reader's model is missing or damaged"),
    ],
)
def test_what_cannot_be_measured_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"context": "Ida left.", "questions": [{"id": 1, "question": "Who?", "answers": ["Ida"]}]}')
    assert main(["eval", "reading", *(one.format(file=file) for one in arguments)]) != 0
    assert told in capsys.readouterr().err
