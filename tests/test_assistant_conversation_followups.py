"""Follow-up questions made standalone by rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import CANNOT_ANSWER
from assistant.conversation.followups import standalone
from assistant.conversation.turn import Turn

FESTIVAL = Turn("How many visitors came to the Herring Festival in 2019?", "14,500 came.", short_answer="14,500")
OPENED = Turn("Who opened the Herring Festival?", "Bram Escott did.", short_answer="Bram Escott")
WAR = Turn("When did the war between Norland and Sudmark start?", "On Monday.", short_answer="Monday")
BAN = Turn("Why did Norland ban the export of timber?", "For want of wood.", short_answer="want of wood")
SOLD = Turn("How many ferries did Norland sell to Sudmark?", "Twelve.", short_answer="Twelve")
BRIDGE = Turn("How much did the wooden bridge at Garrow cost?", "4 million.", short_answer="4 million crowns")
COMPANY = Turn("Which company built the harbour crane?", "Pinegrove did.", short_answer="Pinegrove Works")


@pytest.mark.parametrize(
    ("turn", "asked", "understood"),
    [
        (BAN, "Why?", "Why did Norland ban the export of timber?"),
        (BAN, "When?", "When did Norland ban the export of timber?"),
        (BAN, "Since when?", "Since when did Norland ban the export of timber?"),
        (BAN, "In which year?", "In which year did Norland ban the export of timber?"),
        (OPENED, "When was that?", "When did Bram Escott open the Herring Festival?"),
        (WAR, "Why is that?", "Why did the war between Norland and Sudmark start?"),
        (SOLD, "Who to?", "To whom did Norland sell ferries to Sudmark?"),
    ],
)
def test_a_bare_question_word_asks_of_the_question_before(turn: Turn, asked: str, understood: str) -> None:
    assert standalone(asked, [turn]) == understood


@pytest.mark.parametrize(
    ("turn", "asked", "understood"),
    [
        (BAN, "When was it lifted?", "When was the export of timber lifted, as to Norland?"),
        (BAN, "And who announced it?", "Who announced the export of timber, as to Norland?"),
        (BAN, "Has it banned anything else?", "Has Norland banned anything else?"),
        (OPENED, "Where was he born?", "Where was Bram Escott born?"),
        (OPENED, "What is his new book called?", "What is Bram Escott's new book called?"),
        (OPENED, "What did the mayor tell him?", "What did the mayor tell Bram Escott?"),
        (BRIDGE, "Who paid for it?", "Who paid for the wooden bridge at Garrow?"),
        (COMPANY, "How many people does it employ?", "How many people does Pinegrove Works employ?"),
        (WAR, "And when did it end?", "When did the war between Norland and Sudmark end?"),
        (Turn("What is the capital of Isey?", "Lisk."), "Who lives there?", "Who lives in the capital of Isey?"),
    ],
)
def test_a_pronoun_gives_way_to_what_it_stands_for(turn: Turn, asked: str, understood: str) -> None:
    assert standalone(asked, [turn]) == understood


@pytest.mark.parametrize(
    ("turn", "asked", "understood"),
    [
        (SOLD, "And to Isey?", "How many ferries did Norland sell to Isey?"),
        (SOLD, "What about Isey?", "How many ferries did Norland sell to Isey?"),
        (SOLD, "And Isey?", "How many ferries did Isey sell to Sudmark?"),
        (FESTIVAL, "And the year before?", "How many visitors came to the Herring Festival in 2018?"),
        (FESTIVAL, "and in 2021?", "How many visitors came to the Herring Festival in 2021?"),
        (FESTIVAL, "No, I meant 2017.", "How many visitors came to the Herring Festival in 2017?"),
    ],
)
def test_a_phrase_takes_its_place_in_the_question_before(turn: Turn, asked: str, understood: str) -> None:
    assert standalone(asked, [turn]) == understood


@pytest.mark.parametrize(
    ("turn", "asked", "understood"),
    [
        (BAN, "What does Sudmark say?", "What does Sudmark say about Norland banning the export of timber?"),
        (BAN, "Who was the minister?", "Who was the minister, as to Norland and the export of timber?"),
        (BRIDGE, "Did anyone object?", "Did anyone object, as to the wooden bridge at Garrow?"),
        (BRIDGE, "Tell me more.", "What else is said about the wooden bridge at Garrow?"),
    ],
)
def test_what_names_nothing_gets_the_topic(turn: Turn, asked: str, understood: str) -> None:
    assert standalone(asked, [turn]) == understood


@pytest.mark.parametrize(
    "asked",
    [
        "When did the volcano Hrafn erupt?",
        "What did the chief of NATO say about Turkey's influence?",
        "How does Isey describe its new law?",
        "Thanks!",
        "Yes.",
        "",
        "Which airlines want to merge this year?",
    ],
)
def test_a_whole_question_is_left_as_it_is(asked: str) -> None:
    told = "Norland has banned the export of timber from Monday."
    assert standalone(asked, [BAN], told) == asked
    assert standalone(asked, [], told) == asked


def test_a_question_without_names_goes_on_where_the_articles_have_its_words() -> None:
    told = "The minister said 40 sawmills would close and that carpenters were waiting for planks."
    asked = "How many sawmills and workshops will have to close down?"
    assert standalone(asked, [BAN], told).endswith(", as to Norland and the export of timber?")
    assert standalone(asked, [BAN], "The festival was opened by a novelist.") == asked


def test_a_chain_leans_on_what_was_understood_before() -> None:
    history = [
        BAN,
        Turn("When was it lifted?", "In May.", "When was Norland's ban on the export of timber lifted?", "May"),
    ]
    assert standalone("By whom?", history) == "By whom was Norland's ban on the export of timber lifted?"
    history.append(Turn("By whom?", "By Ada Lind.", standalone("By whom?", history), "Ada Lind"))
    assert standalone("What does Isey say?", history).startswith("What does Isey say about Norland banning")


def test_the_first_and_the_other_of_two() -> None:
    asked = Turn("Which is longer, Stell Bridge or Garrow Bridge?", "Garrow Bridge.", short_answer="Garrow Bridge")
    assert standalone("When was the first one built?", [asked]) == "When was Stell Bridge built?"
    assert standalone("And when was the other one built?", [asked]) == "When was Stell Bridge built?"
    built = Turn("When was the latter built?", "In 1931.", "When was Garrow Bridge built?", "1931")
    assert standalone("And the other one?", [asked, built]) == "When was Stell Bridge built?"


def test_a_refusal_is_no_answer_to_refer_to() -> None:
    turn = Turn("Who is the mayor of Wellington?", CANNOT_ANSWER)
    assert standalone("Where was he born?", [turn]) == "Where was the mayor of Wellington born?"


def test_a_whole_question_asked_again_is_asked_as_before() -> None:
    whole = Turn("When was the earlier ferry sold?", "In May 2020, Nordsund said.")
    assert standalone("when was the  earlier ferry sold?", [whole]) == "when was the  earlier ferry sold?"
    why = Turn("Why?", "It was too small.", "Why was the earlier ferry sold in May 2020?")
    assert "ferry" in standalone("Why?", [whole, why])


def test_small_letters_get_the_capitals_of_the_articles() -> None:
    told = "Norland sold ferries. The buyer, Sudmark, paid Norland in timber. A Sudmark paper wrote of NATO."
    turn = Turn("what does norland want?", "Timber.")
    assert standalone("and what does sudmark say?", [turn], told) == "What does Sudmark say about Norland?"


@settings(deadline=None)  # the parser takes its time
@given(
    question=st.text(max_size=60) | st.sampled_from(["Why?", "And it?", "the other one", "who by", "no, i meant"]),
    before=st.text(max_size=60),
    answer=st.text(max_size=30),
)
def test_any_text_gives_a_question(question: str, before: str, answer: str) -> None:
    made = standalone(question, [Turn(before, answer, short_answer=answer)], answer)
    assert bool(made) == bool(question)
    assert len(made) <= 400 or made == question
