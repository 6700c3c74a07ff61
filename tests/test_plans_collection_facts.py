"""Questions about the articles themselves, and about what one outlet says."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.plans.collection_facts import asked_about, subject_of
from assistant.request import Request
from index.filters import ALL, Filters
from tests.salvage_articles import AS_OF, salvage


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = salvage(tmp_path_factory.mktemp("salvage"))
    yield made
    made.collection.close()


def asked(assistant: Assistant, question: str, filters: Filters = ALL, as_of: date = AS_OF) -> Answer:
    return assistant.ask(Request(question, as_of=as_of, filters=filters, kind="collection"))


def outlets(answer: Answer) -> list[str]:
    return [citation.article.outlet for citation in answer.citations]


def test_all_articles_are_counted_with_their_days(assistant: Assistant) -> None:
    assert asked(assistant, "How many articles are there?").reply == (
        "5 articles, from 3 to 18 March 2031, of 4 outlets."
    )


def test_what_appears_after_the_day_of_asking_is_not_counted(assistant: Assistant) -> None:
    assert asked(assistant, "How many articles are there?", as_of=date(2031, 3, 5)).reply.startswith("2 articles")


def test_filters_of_the_request_hold(assistant: Assistant) -> None:
    reply = asked(assistant, "how many articles do you have", Filters(outlets=("Tarn Courier",))).reply
    assert reply.startswith("2 articles")


def test_outlets_that_report_on_a_subject_are_named_and_cited_with_words_about_it(assistant: Assistant) -> None:
    answer = asked(assistant, "Which outlets reported on the bakers?")
    assert outlets(answer) == ["Northern Post"]
    assert "bakers" in answer.sentences[0].text
    assert "Northern Post" in answer.reply


def test_a_reprint_is_named_but_no_item_of_its_own(assistant: Assistant) -> None:
    answer = asked(assistant, "Which papers wrote about the passengers?")
    assert len(answer.sentences) == 1
    assert {"Tarn Courier", "Coast Gazette"} <= {
        article.outlet for citation in answer.citations for article in (citation.article, *citation.also_in)
    }
    assert "Tarn Courier" in answer.reply
    assert "Coast Gazette" in answer.reply


def test_authors_are_told_with_how_many_they_wrote(assistant: Assistant) -> None:
    reply = asked(assistant, "who are the authors?").reply
    assert "Ada Bloom (3)" in reply
    assert "Piet Moss" in reply
    assert "1 names no author" in reply


def test_who_wrote_about_something_is_the_author_of_those_articles_alone(assistant: Assistant) -> None:
    reply = asked(assistant, "Who wrote about the salvage?").reply
    assert "Piet Moss" in reply
    assert "Bloom" not in reply


def test_the_first_report_on_a_subject_is_the_oldest(assistant: Assistant) -> None:
    answer = asked(assistant, "When was the beacon first reported?")
    assert "3 March 2031" in answer.reply
    assert len(answer.sentences) == 1


def test_the_newest_article_is_named_with_its_lead(assistant: Assistant) -> None:
    answer = asked(assistant, "What is the newest article?")
    assert "Harbour master resigns over the ferry" in answer.reply
    assert answer.sentences[0].text.startswith("Harbour master Jon Pike resigned")


def test_what_no_article_is_about_is_refused_by_name(assistant: Assistant) -> None:
    answer = asked(assistant, "Is there anything about volcanoes?")
    assert not answer.answerable
    assert "volcanoes" in answer.reply


def test_articles_of_a_named_author_are_listed(assistant: Assistant) -> None:
    answer = asked(assistant, "articles by Piet Moss")
    assert [citation.article.title for citation in answer.citations] == ["Crane raises the Orla"]


def test_what_an_outlet_says_comes_from_it_alone(assistant: Assistant) -> None:
    answer = assistant.ask(Request("What does the Sea Herald say about the ferry?", as_of=AS_OF))
    assert answer.kind == "says"
    assert set(outlets(answer)) == {"Sea Herald"}


def test_what_somebody_else_says_is_answered_by_what_he_says(assistant: Assistant) -> None:
    answer = assistant.ask(Request("What did the coast guard say about the accident?", as_of=AS_OF, kind="says"))
    assert "beacon" in answer.text


def test_every_quote_stands_in_its_article(assistant: Assistant) -> None:
    for citation in asked(assistant, "articles about the ferry").citations:
        text = assistant.collection.text_of(citation.article.id)
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "about", "subject"),
    [
        ("Which outlets reported on the Orla's salvage?", "outlets", "Orla's salvage"),
        ("who wrote about Jon Pike", "authors", "Jon Pike"),
        ("how many articles mention bread", "count", "bread"),
        ("When was the strike first reported?", "first", "strike"),
        ("Show me the latest article on bread", "newest", "bread"),
        ("What have you got on flour prices?", "articles", "flour prices"),
    ],
)
def test_what_is_asked_of_which_articles(question: str, about: str, subject: str) -> None:
    assert (asked_about(question), subject_of(question)) == (about, subject)


def test_words_that_name_nothing_are_no_subject() -> None:
    assert subject_of("how many articles are in here altogether?") == ""
    assert subject_of("how many texts have been loaded so far") == ""
    assert subject_of("which articles carry a map of the harbour") == "map harbour"


def test_an_outlet_that_the_collection_lacks_is_named(assistant: Assistant) -> None:
    answer = asked(assistant, "what is in the Tarn Tribune about the ferry")
    assert not answer.answerable
    assert "Tarn Tribune" in answer.reply


def test_an_outlet_is_not_named_by_a_word_of_another_name(assistant: Assistant) -> None:
    assert asked(assistant, "How many articles are there on the Gazette Islands?").reply.startswith("The collection")
    assert asked(assistant, "How many articles of the Gazette are there?").reply.startswith("1 article")


def test_who_carried_a_report_again_is_the_outlet_of_the_reprint(assistant: Assistant) -> None:
    answer = asked(assistant, "Which paper ran the report of the ferry a second time?")
    assert answer.reply.startswith("Coast Gazette, 4 March 2031")
    assert outlets(answer) == ["Coast Gazette"]
    assert not asked(assistant, "Which paper reprinted the story of the bakers?").answerable
