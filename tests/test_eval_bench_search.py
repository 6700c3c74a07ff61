"""`byline bench search`: the collection is made large enough, measured beside the bare indexes, and kept."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from eval.bench.bench_search import SearchTimes, bench_search, search_lines
from eval.bench.workload import Query, headlines_and_sentences, kinds_of_search, percentiles
from index.collection import Collection
from index.errors import SourceError
from index.indexes.bare_stores import BareVectors, BareWords
from tests.articles import generated, unique_word, write
from ui.cli import main

pytestmark = pytest.mark.slow

ARTICLES, QUERIES = 12, 10


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("news")
    for number in range(ARTICLES):
        head = f"---\ntitle: {generated(number).article.title}\npublished: 2026-05-{number + 1:02}\n---\n\n"
        # Altered versions differ only where there are more words than the frequent ones, which stay.
        names = ", ".join(unique_word(at) for at in range(100 + 40 * number, 140 + 40 * number))
        write(folder / f"{number}.md", f"{head}{generated(number).article.text}\n\nThe ships in port are {names}.")
    return [str(folder)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def times(sources: list[str], kept: Path) -> SearchTimes:
    return bench_search(sources, 30, kept, profile=True, most_queries=QUERIES)


def test_all_is_measured_over_enough_passages(times: SearchTimes) -> None:
    assert times.passages >= 30
    assert times.articles > ARTICLES
    assert {"no filter", "one week", "three months", "all before"} <= times.searches.keys()
    measured = [times.bare_words, times.bare_vectors, times.bare, *times.searches.values()]
    assert all(0 < timed.p50 <= timed.p95 for timed in measured)


def test_every_stage_takes_time_and_none_more_than_all(times: SearchTimes) -> None:
    assert all(0 < taken <= times.stages["all"] for taken in times.stages.values())


def test_the_table_has_the_ratios(times: SearchTimes) -> None:
    [line] = [line for line in search_lines(times) if "one week" in line]
    p50, p95 = times.ratios("one week")
    assert line.split()[-2:] == [f"{p50:.2f}", f"{p95:.2f}"]
    assert p50 == times.searches["one week"].p50 / times.bare.p50


def test_what_was_kept_is_used_again(times: SearchTimes, kept: Path, tmp_path: Path) -> None:
    again = bench_search([str(tmp_path / "not there")], 30, kept, most_queries=QUERIES)
    assert (again.articles, again.passages) == (times.articles, times.passages)


def test_a_bare_index_that_lacks_passages_is_filled_again(times: SearchTimes, kept: Path) -> None:
    for place in (kept / "bare-words", kept / "bare-vectors"):
        for file in [path for path in place.rglob("*") if path.is_file()]:
            file.unlink()
    bench_search([], 30, kept, most_queries=QUERIES)
    with closing(BareVectors(kept / "bare-vectors")) as vectors:
        assert BareWords(kept / "bare-words").count() == vectors.count() == times.passages


def test_too_few_articles_are_an_error(sources: list[str]) -> None:
    with pytest.raises(SourceError, match="passages in 8 versions of all articles, and 10000 are to be searched"):
        bench_search(sources, 10_000)


def test_half_of_the_queries_are_sentences_of_their_articles(times: SearchTimes, kept: Path) -> None:
    with Collection(kept / "byline") as collection:
        queries = headlines_and_sentences(collection, QUERIES)
        assert queries == headlines_and_sentences(collection, QUERIES)
        assert len(queries) == times.queries
        for number, query in enumerate(queries):
            text = collection.article(query.article.id).text
            assert query.text in text if number % 2 else query.text == query.article.heading


def test_a_kind_of_search_keeps_to_its_days(times: SearchTimes, kept: Path) -> None:
    with Collection(kept / "byline") as collection:
        article = next(a for a in collection.catalogue.articles() if a.published)
        found = [one.article.published for one in kinds_of_search(collection)["one week"](Query("harbour", article))]
        assert found
        assert all(article.published and day and 0 <= (article.published - day).days <= 7 for day in found)


def test_percentiles_are_of_the_times() -> None:
    timed = percentiles([float(n) for n in range(1, 101)])
    assert (timed.p50, timed.p95) == (50.5, pytest.approx(95.95))


def test_bench_search_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "one.md", f"---\npublished: 2026-05-01\n---\n\n{generated(1).article.text}")
    write(tmp_path / "two.md", f"---\npublished: 2026-05-02\n---\n\n{generated(2).article.text}")
    arguments = ["--passages", "2", "--keep", str(tmp_path / "kept"), "--json"]
    assert main(["bench", "search", str(tmp_path / "one.md"), str(tmp_path / "two.md"), *arguments]) == 0
    known = json.loads(capsys.readouterr().out)
    assert known["passages"] == known["queries"] == 2
    assert known["ratios"]["no filter"].keys() == {"p50", "p95"}
