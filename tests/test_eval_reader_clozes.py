"""Questions made of articles, with the passages that search finds for them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.questions import Dataset, Question
from eval.training.reader_news import cloze_rows
from index.collection import Collection
from tests.articles import reading

STORM = "The storm tore the roof from the Norrholm ferry museum and left 350 homes on the coast without power."
AGAIN = "After the storm on the coast some 350 homes were without power, and the Norrholm ferry museum lost its roof."
OTHER = "The bakery in Marlow was given a medal for the rye bread that it has baked since the war ended."
OLD = "A storm on the coast left 350 homes without power, the Norrholm ferry museum said of the roof years ago."
DAY = date(2021, 3, 4)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("news"), reranker="none") as made:
        list(
            made.add(
                [
                    reading(STORM, "Storm hits coast", DAY),
                    reading(AGAIN, "After the storm", date(2021, 3, 5)),
                    reading(OTHER, "A medal", DAY),
                    reading(OLD, "Years ago", date(2015, 1, 1)),
                ]
            )
        )
        yield made


def data(*days: date) -> Dataset:
    """Questions of weeks; every second one is held out."""
    questions = tuple(Question(f"w{n}_1", "Who?", day, ("Ida",), (), True, "1") for n, day in enumerate(days))
    return Dataset("quiz", "news", "0", questions, (Path("none"),))


def made(collection: Collection, asked: Dataset, seeds: int = 8) -> list[dict[str, Any]]:
    return [row for seed in range(seeds) for row in cloze_rows(asked, collection, seed)]


def supporting(row: dict[str, Any]) -> set[str]:
    return {one["title"] for one in row["passages"] if one["support"]}


def test_right_are_passages_of_the_same_days_that_hold_the_answer(collection: Collection) -> None:
    asked = [row for row in made(collection, data(date(2000, 1, 1), date(2001, 1, 1))) if row["answers"] == ["350"]]
    of_storm = [row for row in asked if row["asked"] == "2021-03-06"]
    assert of_storm
    for row in of_storm:
        assert "After the storm" in supporting(row)
        assert "Years ago" not in supporting(row)
        assert row["supported"]
        assert row["answerable"]
    # the passage that it was made of is there now and then only
    assert 0 < sum("Storm hits coast" in supporting(row) for row in of_storm) < len(of_storm)


def test_a_question_that_nothing_found_answers_is_left_out(collection: Collection) -> None:
    assert all(supporting(row) for row in made(collection, data(date(2000, 1, 1), date(2001, 1, 1))))


def test_articles_of_a_held_out_week_are_left_alone(collection: Collection) -> None:
    far, near = date(2000, 1, 1), date(2021, 3, 7)
    assert {row["asked"] for row in made(collection, data(far, near))} <= {"2015-01-03"}
    assert "2021-03-06" in {row["asked"] for row in made(collection, data(near, far))}  # a week that is learnt from
