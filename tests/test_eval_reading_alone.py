"""Reading alone: the figures, computed by hand, and a run over a small folder of data."""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.reader_training.squad import Asked, Paragraph
from eval.reading_alone import Read, main, told

PARAGRAPH = Paragraph("squad2", "", "Ida Brandt left.", True, "page 1 paragraph 1")


def read(score: float, exact: float = 0.0, f1: float = 0.0, answerable: bool = True) -> Read:
    return Read(Asked("1", "Who left?", PARAGRAPH, ((0, 10),) if answerable else ()), exact, f1, score)


def test_figures_are_of_the_answerable_and_refusals_of_the_others() -> None:
    answerable = [read(float(score), exact=float(score > 10), f1=0.5) for score in range(1, 21)]
    # 85 % of the answerable stay above 3.85, so one of these two is refused.
    found = told([*answerable, read(3.0, answerable=False), read(4.0, answerable=False)])
    assert found.startswith("20 answerable, 2 unanswerable: exact 50.0 (")
    assert "F1 50.0 (50.0 to 50.0)" in found
    assert "refused 50.0 (" in found


def test_without_unanswerable_questions_nothing_is_said_of_refusals() -> None:
    found = told([read(1.0, 1.0, 1.0), read(2.0, 0.0, 0.5)])
    assert found == "2 answerable, 0 unanswerable: exact 50.0 (0.0 to 100.0), F1 75.0 (50.0 to 100.0)"


def test_a_run_reads_what_was_kept_for_testing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("amazon_reviews", "new_wiki", "reddit"):
        file = tmp_path / "squadshifts" / f"{name}_v1.0.json.gz"
        file.parent.mkdir(exist_ok=True)
        # A tenth of the paragraphs is kept, by their digest: of forty some are.
        texts = [f"The harbour of Norrholm froze in {1900 + number}." for number in range(40)]
        file.write_bytes(gzip.compress(squad([page(f"page {number}", text) for number, text in enumerate(texts)])))
    (tmp_path / "squad2").mkdir()
    pages = [page("First", "Ida Brandt left in 1987."), page("Second", "Ole Lund stayed until 1990.")]
    (tmp_path / "squad2" / "part.json").write_bytes(squad(pages))
    monkeypatch.setattr(sys, "argv", ["reading_alone", str(tmp_path)])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        *("amazon_reviews", "new_wiki", "reddit", "squad2"),
        "all three of squadshifts",
    ]
    assert "squad2: 1 answerable, 0 unanswerable" in lines[3]


def page(title: str, text: str) -> dict[str, Any]:
    year = text.rstrip(".").split()[-1]
    answer = {"text": year, "answer_start": text.index(year)}
    return {
        "title": title,
        "paragraphs": [{"context": text, "qas": [{"id": title, "question": "When?", "answers": [answer]}]}],
    }


def squad(pages: list[dict[str, Any]]) -> bytes:
    return json.dumps({"version": "2", "data": pages}).encode()
