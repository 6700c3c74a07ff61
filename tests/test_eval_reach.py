"""How far an ideal order of what search finds could come."""

from contextlib import nullcontext

import pytest

from eval.datasets.questions import open_dataset
from eval.retrieval_run import Ranks, ranks, reach_lines
from eval.runs.measured_collection import measured_collection
from index.settings import Settings
from tests.retrieval_data import QUESTIONS, news_folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Ranks]:
    data = open_dataset(news_folder(tmp_path_factory.mktemp("data"), QUESTIONS[:2]))
    settings = Settings(tmp_path_factory.mktemp("home"), reranker="none")
    with measured_collection(data, settings, nullcontext()) as (collection, names):  # type: ignore[arg-type]
        return list(ranks(data, collection, names))


def test_ranks_are_of_the_first_passage_that_holds_what_is_sought(found: list[Ranks]) -> None:
    assert found == [Ranks(0, 0, True), Ranks(0, None, False)]


def test_the_report_tells_shares_for_each_depth() -> None:
    lines = list(
        reach_lines([Ranks(0, 7, True), Ranks(6, None, True), Ranks(None, None, False), Ranks(40, None, False)])
    )
    assert lines[0] == "4 questions, 2 with known articles"
    rows = {int(line.split()[0]): line.split()[1:] for line in lines if line.split()[0].isdigit() and len(line) < 50}
    assert rows[1] == ["0.250", "0.000", "0.000"]
    assert rows[10] == ["0.500", "0.500", "0.000"]
    assert rows[50] == ["0.750", "0.500", "0.500"]
    assert lines[-2].endswith("first 1, where articles are known: 0.500")
    assert lines[-1].endswith("first 5, where articles are known: 0.500")


def test_without_questions_there_is_no_share() -> None:
    assert "nan" in list(reach_lines([]))[2]
