"""Questions whose form tells their kind."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import plans
from assistant.answer import Answer
from assistant.extractive.quoting import QuotingReader
from assistant.plans.forms import form_of
from assistant.plans.tools import Tools
from assistant.question.asked import Kind
from assistant.request import Request
from index.article import Article, article_id
from index.collection import Collection
from index.formats import Reading

TEXT = "The court ordered the firm to sell three quarries at Stennet on Monday. The firm owns nine of them."


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    day = date(2021, 3, 2)
    key = article_id(TEXT, title="Quarries to be sold", published=day)
    article = Article(key, TEXT, "Quarries to be sold", "Marl Post", "", "", day, f"/news/{key}.txt")
    with Collection(tmp_path_factory.mktemp("collection")) as opened:
        list(opened.add([Reading(article, TEXT)]))
        yield opened


def answer(collection: Collection, question: str, kinds: list[Kind]) -> Answer:
    tools = Tools(collection, QuotingReader(collection), Request(question, as_of=date(2021, 3, 20)))
    events = plans.answer(question, kinds, tools)
    while True:
        try:
            next(events)
        except StopIteration as ended:
            given: Answer = ended.value
            return given


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What happened between the vote and the strike?", "sequence"),
        ("How did the firm's offer move?", "sequence"),
        ("brief me on the quarry sale", "summary"),
        ("breif me on the quarry sale, what is it worth?", "summary"),
        ("I was away in March. Give me the whole picture.", "summary"),
        ("Give me the three quarries that the firm must sell.", "list"),
        ("Give me the two reasons for the sale.", None),
        ("What happened at the quarry?", None),
        ("When did the minister brief the press?", None),
        ("How did the fire start?", None),
        ("", None),
    ],
)
def test_the_form_of_a_question_tells_its_kind(question: str, kind: Kind | None) -> None:
    assert form_of(question) == kind


def test_what_is_asked_for_by_name_and_is_not_named_is_refused(collection: Collection) -> None:
    given = answer(collection, "Give me the three quarries that the firm must sell.", ["yes/no", "fact"])
    assert not given.answerable
    assert given.reply == "No article here names them."


def test_what_speaks_of_the_answer_before_has_no_other_form(collection: Collection) -> None:
    given = answer(collection, "Summarise that", ["answer"])
    assert given.kind == "answer"
