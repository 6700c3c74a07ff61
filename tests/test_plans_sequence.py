"""Time lines: events by the day on which they happened, each once, in order."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.english.happened import happened
from assistant.english.parsing import sentence_of
from assistant.extractive.quoting import QuotingReader
from assistant.plans.sequence import plan
from assistant.plans.tools import Tools
from assistant.request import Request
from index.collection import Collection
from tests.planned import answered, days, news

PUBLISHED = date(2021, 3, 4)  # a Thursday
AS_OF = date(2021, 3, 20)

ARTICLES = (
    ("Marl Post", date(2021, 3, 2), "Ferry crews strike", "Ferry crews at Marl Haven went on strike on Monday over "
     "pay. The harbour master, Edda Brook, closed two piers. Crews last went on strike in June 2016."),
    ("Tern Gazette", date(2021, 3, 2), "Strike stops ferries", "Crews of the ferries at Marl Haven began a strike "
     "over pay on Monday. Passengers took buses instead."),
    ("Marl Post", date(2021, 3, 8), "Talks on the ferry strike", "The ferry company met the crews of the strike in "
     "Dunby on Saturday. A vote on the offer will be held on Friday."),
    ("Tern Gazette", date(2021, 3, 15), "Ferry strike over", "The crews ended the ferry strike on Sunday after "
     "the company raised their pay."),
    ("Marl Post", date(2021, 2, 7), "Quarry blast kills 4", "A blast in the quarry at Stennet killed 4 people on "
     "Saturday."),
    ("Marl Post", date(2021, 2, 9), "Quarry blast killed 6", "The blast in the quarry at Stennet killed 6 people on "
     "Saturday. This figure replaces the earlier number of 4."),
    ("Tern Gazette", date(2021, 3, 11), "Baker wins prize", "The baker Olm Hart won the county's prize on Wednesday."),
)  # fmt: skip


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("collection")) as opened:
        list(opened.add(news(text, title, day, outlet) for outlet, day, title, text in ARTICLES))
        yield opened


def timeline(collection: Collection, question: str, sure: bool = False) -> Answer | None:
    tools = Tools(collection, QuotingReader(collection), Request(question, as_of=AS_OF), sure=sure)
    return answered(plan(question, tools))


def test_events_come_in_the_order_of_the_days_on_which_they_happened(collection: Collection) -> None:
    answer = timeline(collection, "Give me a timeline of the ferry strike")
    assert answer
    assert answer.form == "timeline"
    assert days(answer)[-3:] == ["1 March 2021", "6 March 2021", "14 March 2021"]


def test_an_event_that_two_outlets_tell_is_one_row_that_cites_both(collection: Collection) -> None:
    answer = timeline(collection, "Give me a timeline of the ferry strike")
    assert answer
    row = next(one for one in answer.sentences if one.place.row and one.place.row.cells[0] == "1 March 2021")
    assert {citation.article.outlet for citation in row.citations} == {"Marl Post", "Tern Gazette"}
    assert row.place.row
    assert row.place.row.cited == ((), (0, 1))


def test_days_of_the_question_are_those_of_the_events(collection: Collection) -> None:
    assert days(timeline(collection, "What happened between 5 and 13 March 2021?")) == ["6 March 2021", "10 March 2021"]


def test_a_corrected_figure_stands_in_place_of_the_earlier_one_and_cites_both(collection: Collection) -> None:
    answer = timeline(collection, "timeline of the quarry blast")
    assert answer
    (row,) = answer.sentences
    assert "killed 6 people on Saturday. This figure replaces the earlier number of 4." in row.text
    assert any("killed 4" in citation.quote for citation in row.citations)


def test_the_latest_comes_first(collection: Collection) -> None:
    assert days(timeline(collection, "What is the latest?"))[:2] == ["14 March 2021", "10 March 2021"]


@pytest.mark.parametrize("question", ["When did the strike begin?", "Who is Edda Brook?", "What happened in Oslo?"])
def test_what_asks_for_no_sequence_or_of_what_is_not_here_has_none(collection: Collection, question: str) -> None:
    assert timeline(collection, question) is None


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Crews left the pier on Tuesday.", date(2021, 3, 2)),
        ("The mayor said that the bridge fell on 3 February.", date(2021, 2, 3)),
        ("On the night of 1 March the dyke broke.", date(2021, 3, 1)),
        ("The inquiry was opened last week, on 24 February.", date(2021, 2, 24)),
        ("The Reds won the vote on Monday, a count showed on Tuesday.", date(2021, 3, 1)),
        ("24 February - The council sells the pier to a brewer.", date(2021, 2, 24)),
    ],
)
def test_a_sentence_tells_the_day_of_its_deed(sentence: str, day: date) -> None:
    found = happened(sentence_of(sentence), PUBLISHED)
    assert found
    assert found.days.first == found.days.last == day


@pytest.mark.parametrize(
    "sentence",
    [
        "The court will hear the case on Friday.",
        "The council plans to sell the pier on Monday.",
        "The crews did not return on Tuesday.",
        "He has lived in Dunby since Monday.",
        "The company could have paid on Monday.",
        "The vote after Tuesday's speech was close.",
        "Two weeks ago the council had called the pier safe.",
    ],
)
def test_what_is_to_come_or_was_not_has_no_day(sentence: str) -> None:
    assert happened(sentence_of(sentence), PUBLISHED) is None


def test_only_an_articles_first_sentence_tells_news_of_its_day() -> None:
    sentence = sentence_of("The council has sold the pier to a brewer.")
    told = happened(sentence, PUBLISHED, is_lead=True)
    assert told
    assert told.days.first == PUBLISHED
    assert happened(sentence, PUBLISHED) is None


def test_a_figure_that_was_put_right_later_is_not_told_of_the_days_before(collection: Collection) -> None:
    answer = timeline(collection, "What happened between 1 and 7 February 2021?")
    assert answer
    assert not any(sentence.text.endswith("killed 4 people on Saturday.") for sentence in answer.sentences)


def test_what_came_after_an_event_is_told_from_that_on(collection: Collection) -> None:
    assert days(timeline(collection, "What has happened since the ferry strike began?")) == [
        "1 March 2021",
        "6 March 2021",
        "14 March 2021",
    ]


def test_what_no_article_tells_of_is_said_to_be_untold(collection: Collection) -> None:
    answer = timeline(collection, "timeline of the airport tunnel in Dunby", sure=True)
    assert answer
    assert not answer.answerable
    assert "airport tunnel in Dunby" in answer.reply


def test_days_that_name_a_week_are_no_subject(collection: Collection) -> None:
    assert days(timeline(collection, "What happened in the week of 8 March 2021?")) == [
        "10 March 2021",
        "14 March 2021",
    ]
