"""Figures of the check over claims, and `byline eval check`."""

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

import eval
from eval.check.check_run import Judged, by_check, claims_of, measure_check
from eval.datasets.claims import Claim, learnt_from, read_claims
from index.formats import read_file
from index.sample_articles import SAMPLE_FOLDER
from tests.retrieval_data import write_rows
from ui.cli import main

FERRY = "The ferry from Ansbach to Velm came an hour late on Monday. Mayor Ida Roth said it would be mended by 4 May."
ROWS = [
    {
        "source": "ferries",
        "text": FERRY,
        "claims": [
            {"claim": "The ferry from Ansbach to Velm came an hour late.", "supported": True},
            {"claim": "Ida Roth opened nine schools in Oslo.", "supported": False, "kind": "made up"},
        ],
    }
]


def claims(judged: list[tuple[bool, float, bool]]) -> tuple[list[Claim], dict[str, Judged]]:
    """Claims that are true or not, each of its own source, with the score and flag that each gets."""
    made = [Claim("own", str(at), ("x",), f"claim {at}", true) for at, (true, _, _) in enumerate(judged)]
    found = {one.text: Judged(flagged, score) for one, (_, score, flagged) in zip(made, judged, strict=True)}
    return made, found


def figures(judged: list[tuple[bool, float, bool]]) -> dict[str, Any]:
    made, found = claims(judged)
    return measure_check(made, "own", lambda one: found.get(one.text, Judged(True, 0.0))).to_json()


def test_figures_of_a_score_that_orders_all_rightly() -> None:
    found = figures([(True, 0.9, False)] * 20 + [(False, 0.1, True)] * 20)
    names = ("balanced_accuracy", "auc", "flagged_true", "flagged_false", "false_flagged_at_10", "best_threshold")
    assert [found[name] for name in names] == [1.0, 1.0, 0.0, 1.0, 1.0, 1.0]


def test_equal_scores_count_as_half() -> None:
    found = figures([(True, 0.5, False), (False, 0.5, False)] * 10)
    assert (found["auc"], found["best_threshold"], found["balanced_accuracy"]) == (0.5, 0.5, 0.5)
    assert found["false_flagged_at_10"] == pytest.approx(0.1)


def test_the_area_is_the_share_of_pairs_in_order_and_intervals_hold_it() -> None:
    chance = Random(1)
    judged = [(chance.random() < 0.7, round(chance.random(), 2), chance.random() < 0.5) for _ in range(300)]
    judged = [(true, score + 0.3 * true, flagged) for true, score, flagged in judged]
    found = figures(judged)
    pairs = [(a > b) + (a == b) / 2 for t, a, _ in judged if t for f, b, _ in judged if not f]
    assert found["auc"] == pytest.approx(sum(pairs) / len(pairs), abs=1e-4)
    low, high = found["intervals"]["auc"]
    assert low < found["auc"] < high
    assert 0.03 < high - low < 0.2
    true = sorted(score for is_true, score, _ in judged if is_true)
    false = [score for is_true, score, _ in judged if not is_true]
    share = sum(score < true[len(true) // 10] for score in false) / len(false)
    assert found["false_flagged_at_10"] == pytest.approx(share, abs=0.05)


def test_what_is_not_defined_is_not_told() -> None:
    found = figures([(True, 0.9, False), (True, 0.8, True)])
    assert (found["auc"], found["flagged_false"], found["flagged_true"]) == (None, None, 0.5)
    made, judged = claims([(True, 0.9, False)])
    assert any(
        " -" in line for line in measure_check(made, "own", lambda one: judged.get(one.text, Judged(True, 0))).lines()
    )


def test_each_kind_is_told_by_itself() -> None:
    made = [
        Claim("one", "a", (FERRY,), "The ferry came an hour late on Monday.", True),
        Claim("one", "a", (FERRY,), "Ida Roth opened nine schools in Oslo.", False, "made up"),
        Claim("two", "b", (FERRY,), "The mayor of Oslo sang for nine hours.", False, "made up"),
    ]
    run = measure_check(made, "own", by_check())
    assert [one.name for one in run.sets] == ["one", "two"]
    assert [(kind.kind, kind.true, kind.claims, kind.flagged.value) for kind in run.sets[0].kinds] == [
        ("", True, 1, 0.0),
        ("made up", False, 1, 1.0),
    ]
    lines = list(run.lines())
    assert any(line.split()[:3] == ["all", "1", "2"] for line in lines)
    assert any(line.split()[:3] == ["false,", "made", "up"] for line in lines)


def test_the_command_prints_figures(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = write_rows(tmp_path / "ferries.jsonl", ROWS)
    assert main(["eval", "check", "--data", str(file), "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["balanced_accuracy"], found["auc"], found["flagged_true"], found["flagged_false"]) == (1, 1, 0, 1)
    assert (found["half"], found["sources"], found["true"], found["false"]) == ("all", 1, 1, 1)
    assert list(found["sets"]) == ["ferries"]
    assert main(["eval", "check", "--data", str(file)]) == 0
    assert "by the product's check" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check"], 2, "eval check needs --data PATH"),
        (["check", "--data", "none"], 3, "none: no such file or folder"),
        (["check", "--data", "ferries.jsonl", "--half", "odd"], 2, "eval check has no half 'odd'"),
        (["check", "--data", "ferries.jsonl", "--half", "training"], 2, "no claim is of the half 'training'"),
        (["check", "--data", "ferries.jsonl", "--model", "none"], 5, "none: the check's model is missing or damaged"),
        (["check", "--data", "ferries.jsonl", "--save", "x"], 2, "--save belongs to"),
        (["answers", "--data", "x", "--model", "x"], 2, "--model belongs to `byline eval check`"),
        (["pages", "--data", "x", "--half", "kept"], 2, "eval pages has no half 'kept'"),
    ],
)
def test_what_cannot_be_measured_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "ferries.jsonl", [{**ROWS[0], "source": "qags_cnndm"}])
    assert main(["eval", *arguments]) == code
    told = capfd.readouterr()
    assert told.out == ""
    assert said in told.err
    assert len(told.err.splitlines()) <= 2


def test_from_a_folder_of_news_sentences_are_made(tmp_path: Path) -> None:
    articles = [read_file(file).article for file in sorted(SAMPLE_FOLDER.glob("*.md"))[:6]]
    write_rows(tmp_path / "articles.jsonl", [{"text": one.text, "published": "2020-10-05"} for one in articles])
    write_rows(tmp_path / "questions.jsonl", [{"question": "Who?", "answers": ["Nobody"]}])
    halves = {half: claims_of(tmp_path, half) for half in ("kept", "training")}  # type: ignore[arg-type]
    sources = [{claim.source for claim in claims} for claims in halves.values()]
    assert all(sources)
    assert not sources[0] & sources[1]
    assert {(claim.set, claim.supported) for claim in halves["kept"]} == {
        ("made by rule", True),
        ("made by rule", False),
    }
    verbatim = [claim for claim in halves["kept"] if claim.kind == "verbatim"]
    assert all(not by_check()(claim).flagged for claim in verbatim)


def test_what_is_learnt_from_is_measured_without_what_is_also_kept(tmp_path: Path) -> None:
    """A text of the training half that stands in a kept set too belongs to neither."""
    kept = {**ROWS[0], "source": "qags_cnndm"}
    shared = {**ROWS[0], "source": "ferries", "text": FERRY + " So it was told."}
    own = [{**ROWS[0], "text": f"{at} ships lie in the harbour of Velm."} for at in range(8)]
    file = write_rows(tmp_path / "claims.jsonl", [kept, shared, *own])
    found = claims_of(file, "training")
    assert found
    assert {claim.texts[0] for claim in found} <= {row["text"] for row in own}


def test_thirty_false_claims_of_each_kind_were_written_and_none_is_learnt_from() -> None:
    written = list(read_claims(Path(eval.__file__).parent / "check" / "written_claims.jsonl"))
    kinds = Counter(one.kind for one in written if not one.supported)
    assert set(kinds.values()) == {30}
    assert len(kinds) == 8
    assert sum(one.supported for one in written) == 100
    assert not learnt_from(written)
