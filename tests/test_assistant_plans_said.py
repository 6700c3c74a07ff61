"""Who or what something is, and what someone says of it, however a person puts the question."""

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.plans.named import name_in
from assistant.plans.says import of_each_speaker
from assistant.question.asked import Kind
from assistant.request import Request
from index.collection import Collection
from tests.articles import reading

NEWS = {
    "Bank told to sell branches": "The state told Sarn Bank on Monday to sell ten branches.\n"
    '"A bank may not be the only door in the street," said Mirabel Stone, who heads the authority for banks.',
    "Ferry strikes reef": "The ferry Ora struck the Grey Sisters reef in fog on Tuesday. Nobody was hurt.",
    "Ferry line sorry for late alarm": "Kelda Lines accepted the report on the alarm. Its director, Roland Abney, said "
    "that the company was sorry that the alarm had come eight minutes late.",
    "Growers oppose wheat ban": "The Growers' Federation opposed the ban on wheat exports. Its president, Dirk Vanner, "
    "said that farmers would lose 70 million crowns by the ban.",
    "Two men of one name": "Li Wei, a miller from Tarn, was fined on Friday. He sold short weight.",
    "A choir sings": "The choir was led by Li Wei, the director of the opera in Isey, on Saturday.",
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("home") / "one", reranker="reader") as collection:
        list(collection.add([reading(text, title) for title, text in NEWS.items()]))
        yield collection


def asked(collection: Collection, question: str, kind: Kind) -> Answer:
    return Assistant(collection, QuotingReader(collection)).ask(Request(question, kind=kind))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what are the grey sisters", "Grey Sisters"),
        ("Mirabel Stone, please?", "Mirabel Stone"),
        ("Who is Mirabel Ode?", ""),
        ("What is a reef?", ""),
        ("could you tell me who dirk vanner is", "Dirk Vanner"),
    ],
)
def test_a_name_is_what_the_articles_write_as_one(collection: Collection, question: str, name: str) -> None:
    assert name_in(question, collection.search(question, 10), collection) == name


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what are the grey sisters", "the Grey Sisters reef"),
        ("Mirabel Stone, who's that, please?", "who heads the authority"),
        ("Kelda Lines?", ""),
        ("Who is Mirabel Ode?", ""),
    ],
)
def test_what_it_is_is_told_or_nothing(collection: Collection, question: str, words: str) -> None:
    answer = asked(collection, question, "definition")
    assert answer.answerable == bool(words)
    assert not words or words in answer.text


def test_two_of_one_name_get_no_short_answer(collection: Collection) -> None:
    answer = asked(collection, "li wei - who is that", "definition")
    assert {"miller", "director"} <= set(answer.text.replace(",", "").split())
    assert not answer.short_answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("kelda lines now on how late the alarm came", "eight minutes late"),
        ("the growers' federation - what did its president have to say about the wheat ban?", "70 million"),
        ("mirabel stone on the alarm", ""),
    ],
)
def test_what_somebody_says_is_told_however_it_is_asked(collection: Collection, question: str, words: str) -> None:
    answer = asked(collection, question, "says")
    assert answer.answerable == bool(words)
    assert not words or words in answer.text


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("What does Lund say about it?", ["What does Lund say about it?"]),
        (
            "What did the mayor and the bishop each say about the school?",
            ["What did the mayor say about the school?", "What did the bishop say about the school?"],
        ),
    ],
)
def test_several_speakers_are_asked_about_one_by_one(question: str, each: list[str]) -> None:
    assert of_each_speaker(question) == each


def test_each_of_several_speakers_is_quoted(collection: Collection) -> None:
    answer = asked(collection, "What did Roland Abney and Dirk Vanner each say?", "says")
    assert "eight minutes late" in answer.text
    assert "70 million" in answer.text
