"""Comparisons and reckonings: what a question sets side by side, and the verdict over what the articles tell of it."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.english.values import values_of
from assistant.extractive.quoting import QuotingReader
from assistant.plans.amounts import written
from assistant.plans.arithmetic import stretch_asked
from assistant.plans.bridge import described_in
from assistant.plans.forms import kinds_in_form, without_verdict
from assistant.plans.happened import days_in
from assistant.plans.measures import measures_asked
from assistant.plans.order import order_asked
from assistant.plans.phrases import halves, when_asked
from assistant.plans.sides import Sides, sides_asked
from assistant.plans.tools import Tools
from assistant.question.asked import Kind
from assistant.request import Request
from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading

ARTICLES = (
    ("Mill fire", "2021-03-03", "A fire destroyed the Garrow mill on Tuesday. Two engines came from Stell."),
    (
        "Gale",
        "2021-02-09",
        "STELL, Feb 9 (Post) - Storm Orla struck the town of Stell on Sunday, killing two people.",
    ),
    ("Dam opened", "2021-03-22", "The Oxley dam was opened on Friday, 19 March 2021, by Mayor Lena Brandt."),
    ("Merrow pays", "2021-04-02", "Merrow paid 48 million dollars for its new ferry. The council agreed at once."),
    ("Sudmark pays", "2021-04-05", "Sudmark paid 61 million dollars for its new ferry, the harbour office said."),
    ("Unions on the tram", "2021-05-06", "The unions said that the Stell tram is unsafe. They want more brakes."),
    (
        "Company on the tram",
        "2021-05-07",
        "The company said that the Stell tram is safe. It tested it for a year.",
    ),
    ("Agency fines bank", "2021-06-01", "The Harbour Agency fined Tidebank two million dollars over false reports."),
    ("Flour dearer", "2021-06-02", "The price of flour in Stell has risen from 4 crowns to 5.20 since the flood."),
    (
        "Bridge repair",
        "2021-06-05",
        "The repair of the Corrin bridge will cost 61 million crowns. That is more than twice the 28 million named in "
        "April.",
    ),
    ("Agency on ferries", "2021-06-09", "The Harbour Agency said on Tuesday that ferries must carry more lifeboats."),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("compared")) as collection:
        list(collection.add(_reading(*one) for one in ARTICLES))
        yield Assistant(collection, QuotingReader(collection))


def _reading(title: str, published: str, text: str) -> Reading:
    day = date.fromisoformat(published)
    return Reading(Article(article_id(text), text, title=title, outlet="Stell Post", published=day), text)


def ask(assistant: Assistant, question: str, kind: Kind = "comparison") -> Answer:
    return assistant.ask(Request(question, as_of=date(2021, 7, 1), kind=kind))


def cells(answer: Answer) -> list[tuple[str, ...]]:
    return [sentence.place.row.cells for sentence in answer.sentences if sentence.place.row]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the fire at the Garrow mill happen before or after the opening of the Oxley dam?", "Before, by 17 days"),
        ("Was the Oxley dam opened before the fire at the Garrow mill?", "No"),
        ("Which came first, the opening of the Oxley dam or the Garrow mill fire?", "The Garrow mill fire, by 17 days"),
    ],
)
def test_the_order_of_two_events_is_told_by_their_days(assistant: Assistant, question: str, verdict: str) -> None:
    answer = ask(assistant, question)
    assert (answer.short_answer, answer.form, answer.rests_on) == (verdict, "table", (1, 2))
    assert {row[1] for row in cells(answer)} == {"2 March 2021", "19 March 2021"}
    assert all(
        sentence.citations[0].quote == row[2] for sentence, row in zip(answer.sentences, cells(answer), strict=True)
    )


def test_the_time_between_two_events_is_reckoned(assistant: Assistant) -> None:
    days = ask(assistant, "How many days after the Garrow mill fire was the Oxley dam opened?", "arithmetic")
    weeks = ask(
        assistant, "How many weeks lie between the Garrow mill fire and the opening of the Oxley dam?", "arithmetic"
    )
    assert (days.short_answer, weeks.short_answer) == ("17 days", "2 weeks and 3 days")


def test_the_day_at_the_head_of_a_report_is_not_that_of_the_event(assistant: Assistant) -> None:
    answer = ask(assistant, "Did Storm Orla strike Stell before the Garrow mill fire or after it?")
    assert answer.short_answer == "Before, by 23 days"
    assert "7 February 2021" in {row[1] for row in cells(answer)}


def test_an_event_without_a_day_is_named_in_a_refusal(assistant: Assistant) -> None:
    answer = ask(assistant, "Did the Garrow mill fire happen before or after the coronation of Queen Ada?")
    assert not answer.answerable
    assert answer.short_answer is None
    assert "When was the coronation of Queen Ada?" in answer.reply
    assert "Garrow" not in answer.reply


@pytest.mark.parametrize(
    ("question", "kind", "verdict"),
    [
        ("Which paid more for its new ferry, Merrow or Sudmark?", "comparison", "Sudmark, $61 million to $48 million"),
        ("How much more did Sudmark pay for its new ferry than Merrow?", "arithmetic", "13 million dollars more"),
        ("How much did Merrow and Sudmark pay for new ferries together?", "arithmetic", "109 million dollars"),
    ],
)
def test_two_amounts_of_one_kind_are_compared(assistant: Assistant, question: str, kind: Kind, verdict: str) -> None:
    answer = ask(assistant, question, kind)
    assert answer.short_answer == verdict.replace(
        "$61 million to $48 million", "61 million dollars to 48 million dollars"
    )
    assert {row[1] for row in cells(answer)} == {"48 million dollars", "61 million dollars"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("How much did the price of flour in Stell rise since the flood?", "1.2 crowns, from 4 crowns to 5.20"),
        (
            "By how many million crowns did the repair of the Corrin bridge go up between April and June?",
            "33 million crowns, from 28 million to 61 million crowns",
        ),
    ],
)
def test_how_far_a_number_changed_is_reckoned_where_both_are_told(
    assistant: Assistant, question: str, verdict: str
) -> None:
    answer = ask(assistant, question, "arithmetic")
    assert (answer.short_answer, answer.form) == (verdict, "table")
    assert answer.rests_on == (1, 2)


def test_what_must_be_reckoned_is_told_without_one_number_as_its_verdict(assistant: Assistant) -> None:
    asked = "How many million dollars did all ferries cost together?"
    alone = Answer(asked, date(2021, 7, 1), True, (), short_answer="48 million dollars")
    assert without_verdict(asked, alone, None).short_answer is None
    assert without_verdict("How much did the Merrow ferry cost?", alone, None).short_answer == "48 million dollars"


def test_the_form_of_a_comparison_is_known_whatever_its_kind() -> None:
    assert kinds_in_form("Which cost less, the bridge or the tunnel?") == ("comparison",)
    assert kinds_in_form("How did the price of flour change?") == ("comparison",)
    assert kinds_in_form("How many days lie between the flood and the fire?") == ("arithmetic",)
    assert kinds_in_form("What is the difference between the flood and the fire?") == ("arithmetic", "comparison")
    assert kinds_in_form("Who opened the Oxley dam?") == ()


def test_two_sides_stand_side_by_side_without_a_verdict(assistant: Assistant) -> None:
    answer = ask(assistant, "Compare what the unions and the company say about the Stell tram")
    assert answer.short_answer is None
    assert answer.form == "table"
    told = {(row[0], row[-1]) for row in cells(answer)}
    assert ("The unions", "The unions said that the Stell tram is unsafe.") in told
    assert ("The company", "The company said that the Stell tram is safe.") in told


def test_what_compares_nothing_is_asked_as_a_fact(assistant: Assistant) -> None:
    answer = ask(assistant, "Who opened the Oxley dam?")
    assert answer.kind == "fact"
    assert "Brandt" in answer.text


def test_a_described_agency_is_named_first_and_both_steps_are_cited(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the agency that fined Tidebank say about ferries?", "fact")
    assert answer.steps[0] == "Which agency fined Tidebank?"
    told = " ".join(citation.quote for citation in answer.citations)
    assert "fined Tidebank" in told
    assert "lifeboats" in told
    assert answer.reply == "The agency that fined Tidebank: Harbour Agency."


def test_a_clause_that_says_who_or_when_is_no_description() -> None:
    assert described_in("Who is the man who founded Stell?") is None
    assert described_in("How old was Ada Lind in the year that the dam was opened?") is None
    assert described_in("Why did the council agree?") is None
    asked = described_in("The senator who opposed the dam: what did he say about pay?")
    assert asked
    assert (asked.asked, asked.rest) == ("Which senator opposed the dam?", "What did {} say about pay?")


@pytest.mark.parametrize(
    ("event", "question"),
    [
        ("the flood", "When was the flood?"),
        ("the riots", "When were the riots?"),
        ("Ada left Stell", "When did Ada leave Stell?"),
        ("was the dam opened", "When was the dam opened?"),
        ("Ada was shot", "When was Ada shot?"),
        ("the law being repealed", "When was the law repealed?"),
    ],
)
def test_the_day_of_an_event_is_asked_for(event: str, question: str) -> None:
    assert when_asked(event) == question


def test_two_halves_share_what_they_name_once() -> None:
    assert halves("the deaths of Ada Lind and Bo Lind", "and") == ("the deaths of Ada Lind", "the deaths of Bo Lind")
    assert halves("the first and the second count", "and") == ("the first count", "the second count")
    assert halves("the death of Ada Lind and her funeral", "and") == ("the death of Ada Lind", "Ada Lind's funeral")


def test_a_question_of_who_was_first_asks_the_same_of_both() -> None:
    asked = order_asked("Who resigned first, Ada Lind or Bo Lind?")
    assert asked
    assert (asked.asks, asked.one, asked.other) == ("first", "did Ada Lind resign", "did Bo Lind resign")
    bare = order_asked("Did Ada Lind resign before Bo Lind?")
    assert bare
    assert bare.other == "did Bo Lind resign"
    assert order_asked("Why did Ada Lind resign?") is None


def test_the_smaller_amount_is_known_by_its_comparative() -> None:
    asked = measures_asked("Which cost less, the bridge or the tunnel?")
    assert asked
    assert asked.less
    assert asked.questions == ("How much did the bridge cost?", "How much did the tunnel cost?")
    assert measures_asked("How much did the bridge cost?") is None


@pytest.mark.parametrize(
    ("question", "one"),
    [
        (
            "Did the bridge bill get more votes in July or in December?",
            "How many votes did the bridge bill get in July?",
        ),
        ("Whose voyage took longer, Ada Lind's or Bo Brandt's?", "How long did Ada Lind's voyage take?"),
        ("Ada Lind or Bo Brandt, who was fined on more counts?", "How many counts was Ada Lind fined on?"),
        ("Of the bridge and the tunnel, which cost more?", "How much did the bridge cost?"),
        ("Who was given the longer sentence, Ada Lind or Bo Brandt?", "How long was the sentence of Ada Lind?"),
    ],
)
def test_the_same_is_asked_of_each_whatever_the_form(question: str, one: str) -> None:
    asked = measures_asked(question)
    assert asked
    assert asked.questions[0] == one


def test_the_order_is_asked_by_either_word_at_the_end_and_by_already() -> None:
    asked = order_asked("Did the mill burn before the strike was over or after?")
    assert asked
    assert (asked.asks, asked.other) == ("either", "the strike was over")
    assert when_asked(asked.other) == "When did the strike end?"
    asked = order_asked("Had the mill already burned down when Ada Lind resigned?")
    assert asked
    assert (asked.asks, asked.one) == ("earlier", "had the mill burned down")
    assert order_asked("Which company seeks approval for the first vaccine against mumps or measles?") is None


def test_the_time_between_what_people_did_is_asked_without_a_verb_of_its_own() -> None:
    asked = stretch_asked("days between the divers seeing the cracks and the order to leave the valley?")
    assert asked
    assert when_asked(asked.first) == "When did the divers see the cracks?"
    asked = stretch_asked("How many days did Ada Lind need to get from goal 61 to goal 62?")
    assert asked
    assert asked.second == "Ada Lind's goal 62"


def test_a_stretch_of_time_has_its_unit_and_direction() -> None:
    asked = stretch_asked("How many weeks before the election did Ada Lind resign?")
    assert asked
    assert (asked.way, asked.unit, asked.first) == ("before", "week", "the election")
    assert stretch_asked("How many people came?") is None


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("what have the relief fund and the merger in common?", ("the relief fund", "the merger", "", False)),
        ("Compare the wages of bakers and of millers", ("bakers", "millers", "wages", False)),
        (
            "How does the fire in Stell differ from the one in Garrow?",
            ("the fire in Stell", "the fire in Garrow", "", False),
        ),
        ("Where do Canada and Turkey disagree on the tram?", ("Canada", "Turkey", "tram", True)),
    ],
)
def test_two_sides_are_joined_or_set_against_one_another(
    assistant: Assistant, question: str, sides: tuple[str, str, str, bool]
) -> None:
    tools = Tools(assistant.collection, assistant.reader, Request(question))
    assert sides_asked(question, tools) == Sides(*sides)


def test_a_change_from_one_day_to_another_has_no_sides(assistant: Assistant) -> None:
    question = "How did the toll change from June to July?"
    assert sides_asked(question, Tools(assistant.collection, assistant.reader, Request(question))) is None


def test_what_no_plan_can_compare_is_told_by_the_sentences_that_cover_it(assistant: Assistant) -> None:
    answer = ask(assistant, "Compare the payments for new ferries")
    assert (answer.form, answer.short_answer) == ("table", None)
    assert [row[0] for row in cells(answer)] == ["2 April 2021", "5 April 2021"]
    assert answer.confidence is not None
    assert answer.confidence < 0.5


def test_what_no_article_covers_is_refused_though_it_compares(assistant: Assistant) -> None:
    assert not ask(assistant, "Compare the harvests of olives and grapes").answerable


def test_a_date_without_a_year_is_the_one_nearest_to_its_article() -> None:
    def told(sentence: str, published: date) -> list[date]:
        return [days.first for _, _, days in days_in(sentence, published)]

    assert told("He was shot on 8 July.", date(2022, 7, 7)) == [date(2022, 7, 8)]
    assert told("He was shot on 8 July.", date(2022, 12, 1)) == [date(2022, 7, 8)]
    assert told("He resigned on Thursday.", date(2022, 10, 21)) == [date(2022, 10, 20)]
    assert told("He will speak on Thursday.", date(2022, 10, 21)) == [date(2022, 10, 27)]


def test_a_difference_is_written_in_its_unit() -> None:
    assert written(240e6, values_of("It cost $1.2 billion.")[0]) == "$240 million"
    assert written(7300, values_of("It laid off 11,000 people.")[0]) == "7,300"
