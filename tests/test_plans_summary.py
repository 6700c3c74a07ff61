"""Summaries: quoted sentences, as many as asked for, of what is told most."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Sentence
from assistant.english.parsing import sentence_of
from assistant.events import Done, Event
from assistant.extractive.quoting import QuotingReader
from assistant.plans.summary import length_asked, plan
from assistant.plans.tools import Tools
from assistant.request import Question, Reader, Request
from index.collection import Collection
from index.search.result import Retrieved
from tests.planned import answered, news

ARTICLES = (
    ("Marl Post", date(2021, 3, 2), "Ferry crews strike", "Ferry crews at Marl Haven went on strike on Monday over "
     "pay. The harbour master, Edda Brook, closed two piers. The crews want five percent more pay."),
    ("Tern Gazette", date(2021, 3, 2), "Strike stops ferries", "Crews of the ferries at Marl Haven began a strike "
     "over pay on Monday. Passengers took buses to the islands instead."),
    ("Tern Gazette", date(2021, 3, 11), "Baker wins prize", "The baker Olm Hart won the county's prize for bread on "
     "Wednesday. The jury praised the crust of the loaves. The prize is worth 900 crowns."),
)  # fmt: skip


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("collection")) as opened:
        list(opened.add(news(text, title, day, outlet) for outlet, day, title, text in ARTICLES))
        yield opened


def summary(collection: Collection, question: str, reader: Reader | None = None) -> Answer | None:
    tools = Tools(collection, reader or QuotingReader(collection), Request(question, as_of=date(2021, 3, 20)))
    return answered(plan(question, tools))


def test_a_summary_of_all_has_sentences_of_each_story(collection: Collection) -> None:
    answer = summary(collection, "Summarise the articles in two sentences")
    assert answer
    assert len(answer.sentences) == 2
    assert "strike" in answer.text
    assert "prize" in answer.text


def test_a_summary_of_an_article_is_of_that_alone(collection: Collection) -> None:
    answer = summary(collection, "Sum up the article about the baker's prize")
    assert answer
    assert {citation.article.title for citation in answer.citations} == {"Baker wins prize"}


def test_a_summary_of_what_has_a_title_is_of_that_article_alone(collection: Collection) -> None:
    answer = summary(collection, "Summarise “Strike stops ferries”")
    assert answer
    assert {citation.article.title for citation in answer.citations} == {"Strike stops ferries"}


def test_its_sentences_are_word_for_word_those_of_the_articles(collection: Collection) -> None:
    answer = summary(collection, "Give me the gist of the ferry strike")
    assert answer
    for sentence in answer.sentences:
        first = sentence.citations[0]
        assert collection.text_of(first.article.id)[first.start : first.end] == sentence.text


def test_no_two_of_its_sentences_tell_the_same(collection: Collection) -> None:
    answer = summary(collection, "Summarise the ferry strike")
    assert answer
    assert sum("strike" in sentence.text for sentence in answer.sentences) == 1


def test_what_is_not_told_of_has_no_summary(collection: Collection) -> None:
    assert summary(collection, "Summarise the election in Norland") is None
    assert summary(collection, "Who won the prize?") is None


def test_a_figure_that_was_put_right_is_in_no_summary(tmp_path: Path) -> None:
    told = (
        ("Marl Post", date(2021, 2, 7), "Quarry blast kills 4", "A blast in the quarry at Stennet killed 4 people."),
        ("Marl Post", date(2021, 2, 9), "Quarry blast killed 6", "The blast in the quarry at Stennet killed 6 people. "
         "This figure replaces the earlier number of 4."),
    )  # fmt: skip
    with Collection(tmp_path / "collection") as opened:
        list(opened.add(news(text, title, day, outlet) for outlet, day, title, text in told))
        answer = summary(opened, "Summarise the articles")
    assert answer
    assert "killed 6" in answer.text
    assert "killed 4" not in answer.text


class Model:
    """A reader that notes what it is given to read."""

    name = "model"

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        self.given = [one.passage.text for one in passages]
        yield Done(Answer(question.text, question.as_of, True, (Sentence("In short: a strike.", "unsupported"),)))


def test_a_language_model_reads_what_the_summary_is_made_of(collection: Collection) -> None:
    model = Model()
    answer = summary(collection, "Summarise the ferry strike", model)
    assert answer
    assert answer.text.startswith("In short")
    assert model.given
    assert all("strike" in given for given in model.given)


@pytest.mark.parametrize(
    ("request_text", "sentences"),
    [
        ("Summarise the strike in three sentences", 3),
        ("Sum it up in one sentence", 1),
        ("Give me 5 bullet points on the strike", 5),
        ("Briefly summarise the strike", 2),
        ("Summarise the strike", 0),
    ],
)
def test_a_summary_is_as_long_as_asked(request_text: str, sentences: int) -> None:
    assert length_asked(sentence_of(request_text).words) == sentences
