"""Questions of yes or no: the claims that they ask about, and the verdicts over small collections."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from assistant.plans.claims import change_of, choice_of, claim_of
from assistant.request import Request
from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading

QUARRY = (
    "The quarry at Holm was closed on Tuesday after a wall of rock slid into the lake.\n\n"
    "Walkers may not use the path along the lake. The owner, Sten Dahlby, said repairs would cost 12 million crowns."
)
FIRST_COUNT = "At least 31 people have died in the floods at Vessel, a first count shows. It may rise."
LATER_COUNT = "The floods at Vessel have killed 47 people, the town hall said. The river is falling."


def reading(title: str, text: str, outlet: str, published: date) -> Reading:
    key = article_id(text, title=title, outlet=outlet, published=published)
    return Reading(Article(key, text, title=title, outlet=outlet, published=published), text)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("yes_no")) as collection:
        readings = (
            reading("Quarry at Holm shut", QUARRY, "Holm Post", date(2023, 3, 2)),
            reading("Floods kill dozens", FIRST_COUNT, "Vessel Times", date(2023, 4, 1)),
            reading("Toll of the floods rises", LATER_COUNT, "Vessel Times", date(2023, 4, 3)),
        )
        list(collection.add(readings))
        yield Assistant(collection, QuotingReader(collection))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, as_of=date(2023, 5, 1), kind="yes/no"))


@pytest.mark.parametrize(
    ("question", "claim", "denied"),
    [
        ("Did Canada suspend the permits?", "Canada did suspend the permits.", "Canada did not suspend the permits."),
        ("Is Turkey a member of NATO?", "Turkey is a member of NATO.", "Turkey is not a member of NATO."),
        ("Won't the ban be lifted?", "The ban will be lifted.", "The ban will not be lifted."),
        ("Has the boy been found yet?", "The boy has been found.", "The boy has not been found."),
        ("In May, did the mayor resign?", "In May, the mayor did resign.", "In May, the mayor did not resign."),
        ("Canada suspended exports, didn't it?", "Canada suspended exports.", "Canada did not suspend exports."),
        ("Do you know whether the path is open?", "The path is open.", "The path is not open."),
        ("Is it true that Norland lifted the ban?", "Norland lifted the ban.", "Norland did not lift the ban."),
        ("Were the piers of the bridge cracked?", "The piers of the bridge were cracked.", None),
    ],
)
def test_question_of_yes_or_no_is_read_as_claim_with_its_denial(question: str, claim: str, denied: str | None) -> None:
    read = claim_of(question)
    assert read is not None
    assert read.text == claim
    assert denied is None or read.denied == denied


@pytest.mark.parametrize("question", ["Why did the mayor resign?", "Who won the race?", "How many people died?"])
def test_other_questions_ask_about_no_claim(question: str) -> None:
    assert claim_of(question) is None


def test_choice_is_read_as_one_question_for_each_alternative() -> None:
    choice = choice_of("Will repairs cost 12 million or 20 million crowns?")
    assert choice is not None
    assert choice.words == ("12 million", "20 million")
    assert choice.questions[1] == "Will repairs cost 20 million crowns?"
    assert choice_of("Is the path open or not?") is None


def test_change_is_asked_about_with_its_way() -> None:
    asked = [change_of(f"Did the death toll {verb}?") for verb in ("change", "rise", "fall")]
    assert [one.way for one in asked if one] == [0, 1, -1]
    assert change_of("Did Canada change its policy?") is None


def test_claim_that_an_article_bears_out_is_answered_yes_with_its_sentence(assistant: Assistant) -> None:
    answer = ask(assistant, "Was the quarry at Holm closed?")
    assert (answer.kind, answer.form, answer.short_answer) == ("yes/no", "yes/no", "Yes")
    cited = answer.sentences[answer.rests_on[0] - 1].citations[0]
    assert "was closed on Tuesday" in cited.quote
    assert QUARRY[cited.start : cited.end] == cited.quote


def test_claim_that_an_article_denies_is_answered_no(assistant: Assistant) -> None:
    answer = ask(assistant, "May walkers use the path along the lake?")
    assert answer.short_answer == "No"
    assert "may not use the path" in answer.sentences[0].text


def test_claim_of_which_nothing_is_told_is_refused_in_plain_words(assistant: Assistant) -> None:
    answer = ask(assistant, "Did Sten Dahlby buy a football club in Madrid?")
    assert not answer.answerable
    assert answer.short_answer is None
    assert answer.reply.startswith("The articles do not say: “Did Sten Dahlby buy a football club in Madrid?”")
    assert answer.nearest


def test_value_that_changed_is_told_with_both_dated_values(assistant: Assistant) -> None:
    rose, fell = ask(assistant, "Did the death toll change?"), ask(assistant, "Did the death toll fall?")
    assert (rose.short_answer, rose.reply) == ("Yes", "From 31 to 47.")
    assert [sentence.citations[0].article.published for sentence in rose.sentences] == [
        date(2023, 4, 1),
        date(2023, 4, 3),
    ]
    assert fell.short_answer == "No"
