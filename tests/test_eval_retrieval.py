"""What is measured of search: known values on rankings made by hand, and small data measured whole."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from math import log2
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.questions import open_dataset
from eval.retrieval_run import Ranking, RetrievalRun, measure_retrieval, values
from eval.runs.judging import SLICES, contains, normalised, slices_of
from eval.runs.measured_collection import Telling, measured_collection
from index.collection import Collection
from index.errors import CollectionError, SourceError
from index.search.result import Results
from index.settings import Settings
from tests.articles import reading
from tests.retrieval_data import ARTICLES, QUESTIONS, news_folder, squad_file, write_rows


class FailingCollection(Collection):
    """A collection whose search fails for one query: at our own seam, as a damaged index would."""

    def search(self, query: str, *arguments: Any, **options: Any) -> Results:
        if "bakery" in query:
            raise CollectionError("the shelf is empty")
        return super().search(query, *arguments, **options)


def none_open() -> AbstractContextManager[Collection]:
    """In place of the open collection, where it is not to be opened."""
    return nullcontext()  # type: ignore[arg-type]


def run_of(path: Path, home: Path, keep: Path | None = None, told: list[str] | None = None) -> RetrievalRun:
    data = open_dataset(path)
    telling = Telling(told.append) if told is not None else None
    with measured_collection(data, Settings(home), none_open(), keep, telling) as (collection, names):
        return measure_retrieval(data, collection, names)


# Measures


@pytest.mark.parametrize(
    ("ranking", "wanted", "expected"),
    [
        (["a", None], {"a"}, [1, 1, 1, 1, 1]),
        ([None, None, "a"], {"a"}, [0, 1, 1, 1 / 3, 1 / log2(4)]),
        ([None] * 9 + ["a"], {"a"}, [0, 0, 1, 1 / 10, 1 / log2(11)]),
        ([None] * 10, {"a"}, [0, 0, 0, 0, 0]),
        ([], {"a"}, [0, 0, 0, 0, 0]),
        ([None, "a", None, "b"], {"a", "b"}, [0, 1, 1, 1 / 2, (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))]),
        (["a"], {"a", "never found"}, [1, 1, 1, 1, 1 / (1 + 1 / log2(3))]),
    ],
)
def test_the_measures_of_a_ranking(ranking: Ranking, wanted: set[str], expected: Sequence[float]) -> None:
    assert list(values(ranking, wanted).values()) == pytest.approx(expected)
    assert list(values(ranking, wanted)) == ["Success@1", "Success@5", "Success@10", "RR@10", "nDCG@10"]


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        (["wavecutter"], True),
        (["The  Wavecutter!"], True),
        (["a Wavecutter"], True),  # articles are left out on both sides
        (["new ferries", "300 passengers"], True),  # any one will do
        (["Marlow Bay"], True),  # stands in the title
        (["wave cutter"], False),
        (["passengers 300"], False),
        (["…", "the"], False),  # nothing is left: "…" is kept, and stands nowhere
        (["the", "?!"], False),
        ([], False),
    ],
)
def test_what_counts_as_contained(answers: list[str], held: bool) -> None:
    assert contains("A ferry for Marlow Bay", "The Wavecutter takes 300 passengers.", answers) is held


def test_normalising_is_that_of_squad() -> None:
    assert normalised("The U.S.’s  an ‘AN’ Theatre, £1,200") == "us’s ‘ ’ theatre £1200"


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Why did it close in March?", "a flood", {"asks why", "with a time", "answer is a phrase"}),
        ("Who closed it last week?", "Ann of Ode", {"asks who", "with a time", "answer is a name"}),
        ("How much did it cost?", "two pounds", {"asks number", "without a time", "answer is a number"}),
        ("What may close?", "School 5", {"asks other", "without a time", "answer is a number"}),
        ("Where was it in 1999?", "Rome", {"asks where", "with a time", "answer is a name"}),
    ],
)
def test_the_slices_of_a_question(question: str, answer: str, expected: set[str]) -> None:
    assert set(slices_of(question, [answer])) == expected <= set(SLICES)
    assert len(slices_of(question, [])) == 2


# Runs


def test_news_measured(tmp_path: Path, home: Path) -> None:
    run = run_of(news_folder(tmp_path / "news"), home)
    ferry, bakery, late = run.results
    assert (run.articles, run.left_out, run.errors) == (3, 1, 0)
    assert (ferry.answer_rank, ferry.article_rank) == (1, 1)
    assert (bakery.answer_rank, bakery.article_rank, bakery.article) == (1, None, {})  # no article is known
    assert (late.answer_rank, late.article_rank) == (None, None)  # published after it was asked
    figures = {(f.sought, f.slice, f.measure): (f.questions, f.value) for f in run.figures}
    assert figures["answer", "all", "Success@1"] == (3, pytest.approx(2 / 3))
    assert figures["article", "all", "RR@10"] == (2, 0.5)
    assert figures["answer", "asks why", "Success@10"] == (1, 0)
    answer, article = (one for one in run.to_json()["figures"] if one["slice"] == "all")
    assert (answer["sought"], answer["questions"], answer["measures"]["Success@1"]) == ("answer", 3, 2 / 3)
    assert (article["sought"], article["questions"], article["measures"]["RR@10"]) == ("article", 2, 0.5)
    low, high = answer["intervals"]["Success@1"]
    assert low < 2 / 3 < high
    assert not home.exists()  # nothing came into the user's own collections


def test_squad_measured_over_answerable_questions_only(tmp_path: Path, home: Path) -> None:
    run = run_of(squad_file(tmp_path / "squad.json"), home)
    [wood] = run.results
    assert (wood.id, wood.as_of, wood.answer_rank, wood.article_rank) == ("s1", None, 1, 1)
    assert (run.articles, run.left_out) == (2, 1)


def test_a_row_that_is_there_twice_is_one_article(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "news"
    question = {"question": "Who reopened the bakery?", "asked": "2021-03-05", "support": ["again"]}
    news_folder(folder, [question])
    again = {**ARTICLES[1], "id": "again", "url": None}
    first = {**ARTICLES[1], "url": None}
    write_rows(folder / "articles.jsonl", [first, again])
    run = run_of(folder, home)
    assert run.articles == 1
    assert run.results[0].article_rank == 1


def test_an_article_that_cannot_be_read_is_told_and_never_found(tmp_path: Path, home: Path) -> None:
    folder = news_folder(tmp_path / "news", QUESTIONS[:1])
    write_rows(folder / "articles.jsonl", [{**ARTICLES[0], "text": ""}, *ARTICLES[1:]])
    told: list[str] = []
    run = run_of(folder, home, told=told)
    assert any("line 1: no article text" in line for line in told)
    assert (run.articles, run.results[0].article_rank) == (2, None)
    assert run.results[0].article["Success@10"] == 0


@pytest.mark.parametrize("name", ["id", "source", "url", "ferry.md"])
def test_ones_own_questions_name_articles_in_any_way(tmp_path: Path, name: str) -> None:
    ferry = reading("The ferry is called the Wavecutter.", source="/news/ferry.md", url="https://herald.example/f")
    known = {"id": ferry.article.id, "source": ferry.article.source, "url": ferry.article.url}
    rows = [{"question": "What is the ferry called?", "as_of": "2026-05-02", "articles": [known.get(name, name)]}]
    data = open_dataset(write_rows(tmp_path / "own.jsonl", rows))
    with Collection(tmp_path / "own") as collection:
        list(collection.add([ferry]))
        with measured_collection(data, Settings(tmp_path), nullcontext(collection)) as (measured, names):
            [result] = measure_retrieval(data, measured, names).results
    assert (result.article_rank, result.answer) == (1, {})


def test_a_name_that_no_article_has_is_told_with_its_line(tmp_path: Path) -> None:
    data = open_dataset(write_rows(tmp_path / "own.jsonl", [{"question": "What?", "articles": ["ferri.md"]}]))
    with (
        Collection(tmp_path / "own") as collection,
        pytest.raises(SourceError, match=r"own\.jsonl: line 1: no article 'ferri\.md' in the collection"),
        measured_collection(data, Settings(tmp_path), nullcontext(collection)),
    ):
        raise AssertionError("never reached")


def test_a_reprint_of_the_right_article_is_right(tmp_path: Path) -> None:
    text = " ".join(f"Sentence {n} tells how the council of Marlow Bay voted on bridge {n}." for n in range(12))
    first, copy = (reading(text, source=f"/news/{name}.md", url=f"https://{name}.example/a") for name in "ab")
    rows = [
        {"question": "Who voted on bridge 3?", "as_of": "2026-05-02", "articles": [one]} for one in ("a.md", "b.md")
    ]
    data = open_dataset(write_rows(tmp_path / "own.jsonl", rows))
    with Collection(tmp_path / "own") as collection:
        list(collection.add([first, copy]))
        with measured_collection(data, Settings(tmp_path), nullcontext(collection)) as (measured, names):
            assert [r.article_rank for r in measure_retrieval(data, measured, names).results] == [1, 1]


def test_a_search_that_fails_is_a_result(tmp_path: Path) -> None:
    data = open_dataset(news_folder(tmp_path / "news"))
    with FailingCollection(tmp_path / "own") as collection:
        for _ in collection.add(one for _, one in data.readings() if not isinstance(one, SourceError)):
            pass
        run = measure_retrieval(data, collection, {"ferry": frozenset(), "later": frozenset()})
    bakery = run.results[1]
    assert (run.errors, bakery.error) == (1, "CollectionError: the shelf is empty")
    assert (bakery.answer_rank, bakery.answer["Success@10"]) == (None, 0)
    lines = list(run.lines())
    assert "1 searches failed, and count as finding nothing:" in lines
    assert "  q2 Who reopened the bakery?: CollectionError: the shelf is empty" in lines


def test_data_without_an_answerable_question(tmp_path: Path, home: Path) -> None:
    with pytest.raises(SourceError, match="news: none of its questions has an answer"):
        run_of(news_folder(tmp_path / "news", QUESTIONS[3:]), home)


# Keeping


def test_a_kept_collection_is_used_again(tmp_path: Path, home: Path) -> None:
    folder, keep = news_folder(tmp_path / "news"), tmp_path / "kept"
    told: list[str] = []
    first = run_of(folder, home, keep, told)
    assert len(told) == 1
    again = run_of(folder, home, keep, told)
    assert len(told) == 1  # nothing was added
    assert [(r.answer, r.article) for r in again.results] == [(r.answer, r.article) for r in first.results]


def test_a_kept_collection_that_was_not_filled_to_the_end_is_filled(tmp_path: Path, home: Path) -> None:
    folder, keep = news_folder(tmp_path / "news"), tmp_path / "kept"
    first = run_of(folder, home, keep)
    note = json.loads((keep / "measured.json").read_text("utf-8"))
    (keep / "measured.json").write_text(json.dumps({**note, "articles": None}), "utf-8")
    told: list[str] = []
    assert [r.article for r in run_of(folder, home, keep, told).results] == [r.article for r in first.results]
    assert len(told) == 1


def test_a_home_with_anything_else_is_left_alone(tmp_path: Path, home: Path) -> None:
    folder, keep = news_folder(tmp_path / "news"), tmp_path / "kept"
    run_of(folder, home, keep)
    write_rows(folder / "questions.jsonl", QUESTIONS[:1])
    with pytest.raises(SourceError, match="keeps the articles of other data"):
        run_of(folder, home, keep)
    with pytest.raises(SourceError, match="not empty, and not kept by an earlier run"):
        run_of(folder, home, folder)
