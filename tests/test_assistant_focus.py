"""What a question asks for."""

from collections.abc import Iterable

import pytest

from assistant.english.states import same_root
from assistant.question.focus import Focus, focuses


def parts(question: str, **frequencies: int) -> list[Focus]:
    def known(terms: Iterable[str]) -> dict[str, int]:
        return {term: frequencies.get(term, 0) for term in terms}

    return focuses(question, known, passages=100)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who announced it?", "who"),
        ("Which minister announced it?", "who"),
        ("When was it lifted?", "when"),
        ("In what year did it begin?", "when"),
        ("Where did they meet?", "where"),
        ("Which country sold them?", "where"),
        ("How many systems were shipped?", "number"),
        ("How much did the ferry cost?", "money"),
        ("Why did they stop?", "why"),
        ("How did they find out?", "how"),
        ("Did the ferry sink?", "yes/no"),
        ("What does the ministry say?", "what"),
    ],
)
def test_the_kind_of_a_question(question: str, kind: str) -> None:
    assert [part.kind for part in parts(question)] == [kind]


def test_a_question_of_several_parts_is_taken_apart() -> None:
    asked = parts("How many systems was Wescam permitted to ship, to whom, and who reported it?")
    assert [part.kind for part in asked] == ["number", "who"]
    assert asked[1].own == {"report"}
    assert asked[1].terms["wescam"] < asked[0].terms["wescam"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What did the singer, who has died aged 73, raise money for?", 1),
        ("Which town, where a fire broke out on Monday, has no school now?", 1),
        ("After the talks, which broke down in May, what did Reeve say?", 1),
        ("Why did the ferry, which sank in March, carry no boats and who owned it?", 2),
        ("Who won, where was it held, and how many came?", 3),
    ],
)
def test_a_relative_clause_is_no_part(question: str, count: int) -> None:
    assert len(parts(question)) == count


def test_a_part_that_names_its_subject_is_judged_by_its_own_words() -> None:
    first = parts("Why did Canada halt permits and what did the Brazilian senate do?")[0]
    assert first.stands_alone
    assert not {"brazilian", "senat"} & first.terms.keys()
    leaning = parts("When did the ferry to Norrholm sink, and who steered it?")[1]
    assert "norrholm" in leaning.terms


def test_names_are_capitals_inside_the_question_and_numbers() -> None:
    [part] = parts("What was the freeze of October 2019 about, NATO asked?")
    assert {"octob", "2019", "nato"} <= part.names
    assert "freez" not in part.names


def test_rare_words_weigh_more_than_common_ones_even_in_a_small_collection() -> None:
    [part] = parts("What does the mayor of Wellington hold?")
    assert part.terms["wellington"] > part.terms["hold"]


def test_words_that_the_collection_has_often_weigh_less() -> None:
    [seldom], [often] = parts("drones over Marlow", drone=0), parts("drones over Marlow", drone=90_000)
    assert often.terms["drone"] < seldom.terms["drone"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("turkey", "turkish", True),
        ("canada", "canadian", True),
        ("libya", "libyan", True),
        ("armenia", "armenian", True),
        ("austria", "australia", False),
        ("iran", "iraq", False),
        ("slovakia", "slovenia", False),
        ("may", "mai", False),
    ],
)
def test_a_country_and_its_people_share_a_root(one: str, other: str, same: bool) -> None:
    assert same_root(one, other) is same
    assert same_root(other, one) is same


@pytest.mark.parametrize(
    "question", ["", "?", "the of and", "💥", "SELECT * FROM x; DROP", "\0", "¿Quién?", "why " * 5000]
)
def test_any_question_has_at_least_one_part(question: str) -> None:
    assert 1 <= len(parts(question)) <= 4


def test_acronyms_and_numbers_are_the_words_that_the_index_has() -> None:
    (asked,) = parts("Did the U.S. send 5,000 or 3.5 million to us?")
    assert asked.surfaces["us"] == "US"
    assert {"us", "5000"} <= asked.names
    assert "3.5" in asked.surfaces.values()
    assert "000" not in asked.terms
