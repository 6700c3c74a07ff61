"""Which questions are held out from what the reader's model has learnt."""

import json
from pathlib import Path

import pytest

from eval.datasets.questions import open_dataset
from eval.runs.measured_collection import held_out
from index.errors import SettingsError, SourceError
from tests.answers_data import asked
from tests.retrieval_data import news_folder, squad_file, write_rows


def test_of_news_every_second_week_and_all_that_is_unanswerable(tmp_path: Path) -> None:
    weeks = ["20210319_1", "20210305_1", "20210312_10", "20210326_2", "20210312_2"]
    rows = [{**asked(1, f"Who is it in {week}?", "Ann"), "id": week} for week in weeks]
    # a week with unanswerable questions only does not count among the weeks
    rows += [{**asked(1, "Who?", answerable=False), "id": name} for name in ("20210301_0", "20210319_9")]
    kept = held_out(open_dataset(news_folder(tmp_path / "news", rows)))
    assert [one.id for one in kept.questions] == [
        "20210312_10",
        "20210326_2",
        "20210312_2",
        "20210301_0",
        "20210319_9",
    ]


def test_of_squad_every_second_page_by_title(tmp_path: Path) -> None:
    file = squad_file(tmp_path / "squad.json")
    [page] = json.loads(file.read_text("utf-8"))["data"]
    pages = [{**page, "title": title} for title in ("Weir", "Dam", "Bridge", "Canal")]
    file.write_text(json.dumps({"data": pages}), "utf-8")
    whole = open_dataset(file)
    assert [one.page for one in whole.questions] == ["Weir"] * 2 + ["Dam"] * 2 + ["Bridge"] * 2 + ["Canal"] * 2
    kept = held_out(whole)
    assert [(one.page, one.answerable) for one in kept.questions] == [
        ("Weir", True),
        ("Weir", False),
        ("Canal", True),
        ("Canal", False),
    ]
    assert kept.digest == whole.digest  # the articles are all there


def test_where_nothing_is_held_out(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="none of its questions is held out"):
        held_out(open_dataset(squad_file(tmp_path / "squad.json")))
    own = write_rows(tmp_path / "own.jsonl", [{"question": "Who?", "answers": ["Ann"]}])
    with pytest.raises(SettingsError, match=r"nothing was learnt from own\.jsonl"):
        held_out(open_dataset(own))
