"""The built-in reader over real collections: what it quotes, and when it refuses."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import CANNOT_ANSWER, Answer
from assistant.assistant import Assistant
from assistant.events import Done, Found, Token
from assistant.extractive.evidence import FEATURES
from assistant.extractive.quoting import QuotingReader
from assistant.extractive.weights import ANSWER, SHORT, SPAN, Least, Weights
from assistant.request import Request
from eval.answers.sample_run import read_sample
from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading
from index.rerankers.cross_encoders import DEPTH, OwnReranker
from index.sample_articles import fill_sample
from index.span_model.passage_reading import PassageReading
from tests.retrieved import reading as read_as

QUESTIONS = list(read_sample())[:12]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Collection(tmp_path_factory.mktemp("sample")) as collection:
        fill_sample(collection)
        yield Assistant(collection, QuotingReader(collection))


def reading(text: str, outlet: str, published: date) -> Reading:
    return Reading(Article(article_id(text, outlet=outlet), text, outlet=outlet, published=published), text)


def assistant_over(folder: Path, *readings: Reading) -> Assistant:
    collection = Collection(folder)
    list(collection.add(readings))
    return Assistant(collection, QuotingReader(collection))


def check_quotes(assistant: Assistant, answer: Answer) -> None:
    for citation in answer.citations:
        assert assistant.collection.article(citation.article.id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why did Canada suspend the permits?", "alleged use"),
        ("How many systems was Wescam permitted to ship, to whom, and who reported it?", "seven systems to Baykar"),
        ("When was the earlier freeze lifted?", "May"),
        ("What does Turkey call Canada's decision?", "double standard"),
        ("What did Stoltenberg appeal to Turkey to do?", "calm the fighting"),
    ],
)
def test_the_answer_is_quoted_and_cited(sample: Assistant, question: str, words: str) -> None:
    answer = sample.ask(question)
    assert answer.answerable
    assert words in answer.text
    assert all(sentence.citations and sentence.status == "supported" for sentence in answer.sentences)
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    check_quotes(sample, answer)


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of Canadian wheat?",
        "Who won the 2020 US election?",
        "How many drones did Turkey sell to Libya?",
        "Who is the mayor of Wellington?",
        "💥",
        "SELECT * FROM permits; --",
        "\0",
    ],
)
def test_what_the_collection_does_not_hold_is_refused(sample: Assistant, question: str) -> None:
    answer = sample.ask(question)
    assert not answer.answerable
    assert answer.text == (answer.reply or CANNOT_ANSWER)
    assert answer.sentences == ()
    assert len({found.article.id for found in answer.nearest}) == len(answer.nearest) <= 3


@pytest.mark.parametrize(
    "asked", ["What did Canada suspend last week?", "What has Canada suspended since October 2020?"]
)
def test_a_report_of_last_week_need_not_say_last_week(sample: Assistant, asked: str) -> None:
    answer = sample.ask(Request(asked, as_of=date(2020, 10, 14)))
    assert answer.time
    assert "permits" in answer.text
    check_quotes(sample, answer)


def test_the_events_are_found_tokens_done(sample: Assistant) -> None:
    events = list(sample.stream("Why did Canada suspend the permits?"))
    assert isinstance(events[0], Found)
    assert isinstance(events[-1], Done)
    tokens = [event.text for event in events[1:-1] if isinstance(event, Token)]
    assert len(tokens) == len(events) - 2 > 5
    assert "".join(tokens).strip() == events[-1].answer.marked_text
    assert set(events[-1].answer.timings_ms) == {"search", "read", "total"}


def test_a_reprint_is_not_quoted_beside_its_original(tmp_path: Path) -> None:
    text = "The harbour of Marlow was closed on Monday because a crane had fallen into the basin. Nobody was hurt."
    assistant = assistant_over(
        tmp_path,
        reading(text, "Wire", date(2021, 5, 3)),
        reading(text.replace("Nobody", "No one"), "Courier", date(2021, 5, 4)),
        reading(text.replace("fallen", "toppled"), "Ledger", date(2021, 5, 4)),
    )
    answer = assistant.ask(Request("Why was the harbour of Marlow closed?", as_of=date(2021, 5, 5)))
    assert ["crane" in sentence.text for sentence in answer.sentences].count(True) == 1


def test_a_later_figure_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    early = "At least 12 people were hurt when a crane fell in Marlow harbour, the fire service said."
    late = "At least 19 people were hurt when a crane fell in Marlow harbour, the fire service said."
    assistant = assistant_over(
        tmp_path, reading(early, "Wire", date(2021, 5, 3)), reading(late, "Wire", date(2021, 5, 6))
    )
    question = "How many people were hurt when the crane fell in Marlow harbour?"
    assert "19" in assistant.ask(Request(question, as_of=date(2024, 1, 1))).text
    assert "12" in assistant.ask(Request(question, as_of=date(2021, 5, 4))).text


def test_what_an_outlet_says_that_it_had_wrong_is_no_answer(tmp_path: Path) -> None:
    wrong = "The council of Velm closed the old mill on Monday. Its repair will cost 3.1 million crowns by spring."
    right = (
        "Correction. An earlier version of our report on the mill of Velm said that its repair would cost 3.1 million "
        "crowns. That was wrong: the repair will cost 4.4 million crowns."
    )
    assistant = assistant_over(
        tmp_path, reading(wrong, "Velm Post", date(2021, 5, 3)), reading(right, "Velm Post", date(2021, 5, 6))
    )
    question = "How much will the repair of the old mill in Velm cost?"
    now = assistant.ask(Request(question, as_of=date(2021, 6, 1)))
    assert "4.4 million crowns" in now.text
    assert now.short_answer in (None, "4.4 million crowns")
    assert assistant.ask(Request(question, as_of=date(2021, 5, 4))).short_answer == "3.1 million crowns"


def test_sources_that_differ_are_both_told_with_the_newest_marked(tmp_path: Path) -> None:
    assistant = assistant_over(
        tmp_path,
        reading("At least 12 people were hurt when a crane fell in Marlow harbour, the fire service said.", "Wire",
                date(2021, 5, 3)),
        reading("Nineteen people were hurt on Monday when a crane fell in Marlow harbour, according to police. "
                "The quay is closed.", "Ledger", date(2021, 5, 4)),
        reading("Bread will cost 3 euros in Marlow from June.", "Post", date(2021, 5, 4)),
    )  # fmt: skip
    answer = assistant.ask(
        Request("How many people were hurt when the crane fell in Marlow harbour?", as_of=date(2021, 5, 9))
    )
    [versions] = answer.disagreements
    assert [(v.value, v.citation.article.outlet, v.newest) for v in versions] == [
        ("12", "Wire", False),
        ("Nineteen", "Ledger", True),
    ]
    assert [sentence.speaker for sentence in answer.sentences] == ["the fire service", "police"]
    assert [version.citation for version in versions] == list(answer.citations[:2])
    assert [citation.n for citation in answer.citations] == [1, 2]
    check_quotes(assistant, answer)


def test_what_someone_says_is_told_in_his_words(sample: Assistant) -> None:
    answer = sample.ask("What does Turkey's foreign ministry say about Canada's decision?")
    assert "double standard" in answer.text
    assert {sentence.speaker.replace("’", "'") for sentence in answer.sentences} <= {
        "Turkish Foreign Ministry",
        "Turkey's Foreign Ministry",
    }


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who reported that Wescam may deliver seven systems?", "Globe and Mail newspaper"),
        ("Which paper reported that Wescam may deliver seven systems to Baykar?", "The Globe and Mail newspaper"),
        ("What did Greta Holm tell visitors?", "Small makers need a place where a buyer can hold the glass"),
        ("What did Owen Tarrish say about delays?", None),
    ],
)
def test_the_short_answer_of_a_question_about_speech(sample: Assistant, question: str, short: str | None) -> None:
    answer = sample.ask(question)
    assert answer.answerable
    assert answer.short_answer == short


def test_who_wrote_about_something_is_the_articles_author(tmp_path: Path) -> None:
    written = reading("The weir of Arden was mended by divers in May.", "Daily", date(2021, 5, 3))
    collection = Collection(tmp_path)
    list(collection.add([replace(written, article=replace(written.article, author="Jo Sand"))]))
    reader = QuotingReader(collection, least=Least())
    assert (
        Assistant(collection, reader).ask(Request("Who wrote about the weir?", kind="fact")).short_answer == "Jo Sand"
    )
    collection.close()


def test_what_someone_never_spoke_of_is_refused(sample: Assistant) -> None:
    assert not sample.ask("What did Greta Holm say about the ceasefire?").answerable
    assert not sample.ask("What does the Greek foreign ministry say about the suspension?").answerable


@pytest.mark.slow
def test_who_asks_for_care_is_refused_where_others_are_answered(sample: Assistant) -> None:
    told = {}
    for answers in ("careful", "balanced", "eager"):
        reader = QuotingReader(sample.collection, answers=answers)
        asked = [Assistant(sample.collection, reader).ask(Request(one.question, as_of=one.as_of)) for one in QUESTIONS]
        told[answers] = [(one.answerable, bool(one.short_answer)) for one in asked]
    counts = {name: (sum(given for given, _ in rows), sum(short for _, short in rows)) for name, rows in told.items()}
    assert counts["careful"] < counts["balanced"] < counts["eager"]
    for less, more in (("careful", "balanced"), ("balanced", "eager")):
        assert all(one <= other for one, other in zip(told[less], told[more], strict=True))


def test_a_doubtful_short_answer_is_left_out_and_the_sentences_stay(tmp_path: Path, fake: "FakeSpanReader") -> None:
    with Collection(tmp_path) as collection:
        list(collection.add([reading(CREW, "Wire", date(2021, 5, 3))]))
        both, sentences = (
            Assistant(collection, QuotingReader(collection, least=Least(0.0, short))).ask("Who steered the ferry?")
            for short in (0.0, 1.0)
        )
    assert both.short_answer
    assert sentences.short_answer is None
    assert both.sentences == sentences.sentences


def test_the_part_that_is_not_covered_is_named(sample: Assistant) -> None:
    answer = sample.ask("Why did Canada suspend the permits and what did the Brazilian senate decide?")
    assert "alleged use" in answer.text
    assert answer.uncovered == ("What did the Brazilian senate decide?",)
    assert sample.ask("Why did Canada suspend the permits?").uncovered == ()


def test_sentences_of_one_article_stand_in_its_order(sample: Assistant) -> None:
    answer = sample.ask("What was the freeze of October 2019 for and when was it lifted?")
    starts = [c.start for c in answer.citations if c.article.id == answer.citations[0].article.id]
    assert starts == sorted(starts)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=200).filter(str.strip))
def test_any_question_gets_an_answer_or_a_refusal(sample: Assistant, question: str) -> None:
    answer = sample.ask(question)
    assert answer.answerable == bool(answer.sentences or answer.reply) or not answer.answerable
    check_quotes(sample, answer)


# What the reader's model makes of the passages

SIZES = (len(FEATURES), len(SPAN), len(ANSWER) + 1, len(SHORT) + 1)
ALIKE = Weights(*(np.zeros(size, np.float32) for size in SIZES), margin=1.0)
SHIPS = ("Aster", "Borealis", "Cygnus", "Dorado", "Electra", "Fornax")
CREW = "The ferry to Norrholm sank in March. It was steered by Ida Brandt. Nobody on board the ferry was hurt."


class FakeSpanReader:
    """Takes each word with a capital but "The" for an answer, all alike; `asked` holds questions and titles."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        self.asked.append((question, [title for title, _ in passages]))
        return [_capitals(text) for _, text in passages]


def _capitals(text: str) -> PassageReading:
    words = [(text.index(word), word.rstrip(".")) for word in dict.fromkeys(text.split())]
    logits = [3.0 if word[0].isupper() and word != "The" else -9.0 for _, word in words]
    return read_as(1.0, [(at, at + len(word), one, one) for (at, word), one in zip(words, logits, strict=True)])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSpanReader:
    """In place of the process's one reader."""
    reader = FakeSpanReader()
    monkeypatch.setattr("assistant.extractive.read_features.shared_span_reader", lambda: reader)
    return reader


def ships(folder: Path, reranker: str | OwnReranker = "none", count: int = len(SHIPS)) -> Assistant:
    """An assistant that answers whatever it is asked, over an article for each ship."""
    collection = Collection(folder, reranker=reranker, rerank_seconds=60)
    texts = [f"The old ferry {SHIPS[n % 6]} has been sold to harbour number {n}." for n in range(count)]
    list(collection.add(reading(text, f"Outlet {n}", date(2021, 5, 3)) for n, text in enumerate(texts)))
    return Assistant(collection, QuotingReader(collection, least=Least()))


def test_passages_without_a_reading_are_read_by_the_assistant(tmp_path: Path, fake: FakeSpanReader) -> None:
    assistant = ships(tmp_path, count=14)
    answer = assistant.ask("Which ferry has been sold?")
    assert [(question, len(titles)) for question, titles in fake.asked] == [
        ("Which ferry has been sold?", DEPTH),
    ]
    assert answer.short_answer in SHIPS


def test_passages_that_search_has_read_are_not_read_again(tmp_path: Path, fake: FakeSpanReader) -> None:
    second_stage = FakeSpanReader()
    assistant = ships(tmp_path, OwnReranker(second_stage))  # type: ignore[arg-type]
    answer = assistant.ask("Which ferry has been sold?")
    assert {question for question, _ in second_stage.asked} == {"Which ferry has been sold?"}
    assert fake.asked == []
    assert answer.short_answer in SHIPS


def test_the_parts_of_a_question_are_read_each_for_itself(tmp_path: Path, fake: FakeSpanReader) -> None:
    second_stage = FakeSpanReader()
    collection = Collection(tmp_path, reranker=OwnReranker(second_stage), rerank_seconds=60)  # type: ignore[arg-type]
    list(collection.add([reading(CREW, "Wire", date(2021, 5, 3)), reading("Bread.", "Post", date(2021, 5, 3))]))
    assistant = Assistant(collection, QuotingReader(collection, least=Least()))
    assistant.ask("When did the ferry to Norrholm sink, and who steered it?")
    assert [question for question, _ in fake.asked] == ["When did the ferry to Norrholm sink", "who steered it?"]
    assert len({tuple(titles) for _, titles in fake.asked}) == 1


def test_of_the_ranked_sentences_three_are_quoted(tmp_path: Path, fake: FakeSpanReader) -> None:
    sold = ("Aster was bought by bakers.", "Borealis belongs to monks.", "Cygnus fell to a bank.", "Dorado is scrap.")
    with Collection(tmp_path) as collection:
        list(collection.add(reading(text, "Wire", date(2021, 5, 3)) for text in sold))
        answer = Assistant(collection, QuotingReader(collection, ALIKE)).ask("Which ferries were sold?")
    assert len(answer.sentences) == 3
    assert {sentence.text for sentence in answer.sentences} < set(sold)
    assert answer.short_answer in {text.split()[0] for text in sold}


def test_a_refusal_has_no_short_answer(sample: Assistant) -> None:
    assert sample.ask("Who is the mayor of Wellington?").short_answer is None


@pytest.mark.slow
def test_what_is_said_alone_stands_in_a_quoted_sentence(sample: Assistant) -> None:
    open_minded = Assistant(sample.collection, QuotingReader(sample.collection, least=Least()))
    answers = [open_minded.ask(Request(one.question, as_of=one.as_of)) for one in list(read_sample())[::6]]
    short = [(answer, part) for answer in answers if answer.short_answer for part in answer.short_answer.split("; ")]
    assert len(short) >= 3
    for answer, part in short:
        is_whole = any(part in sentence.text for sentence in answer.sentences)
        for said in [part] if is_whole else part.split(", "):  # of a list each member
            assert any(said in sentence.text for sentence in answer.sentences)


def sentences_quoted(folder: Path, texts: Sequence[str]) -> list[str]:
    """Of articles of one outlet and day, without regard to their scores."""
    with Collection(folder, reranker="none") as collection:
        list(collection.add(reading(text, "Wire", date(2021, 5, 3)) for text in texts))
        reader = QuotingReader(collection, ALIKE)
        answer = Assistant(collection, reader).ask("Which ferry was sold to a harbour in May?")
    return [sentence.text for sentence in answer.sentences]


def test_the_same_with_another_answer_is_no_repetition(tmp_path: Path, fake: FakeSpanReader) -> None:
    sold = [f"The old ferry {name} was sold to a harbour of the north." for name in SHIPS[:3]]
    assert sorted(sentences_quoted(tmp_path, sold)) == sold


def test_what_answers_by_the_same_words_is_a_repetition(tmp_path: Path, fake: FakeSpanReader) -> None:
    sold = ["The old ferry Aster was sold to a harbour of the north.", "The north has a buyer of the ferry Aster."]
    assert len(sentences_quoted(tmp_path, sold)) == 1


def test_a_sentence_that_leans_on_the_one_before_comes_with_it(tmp_path: Path) -> None:
    text = "Ida Brandt has rowed around the island in a bathtub. She won the harbour prize of Norrholm for it. "
    filler = "The council met to talk about bread. Nobody objected to the new price of flour."
    assistant = assistant_over(tmp_path, reading(f"{text}{filler}", "Daily", date(2021, 7, 20)))
    answer = assistant.ask("Who won the harbour prize of Norrholm?")
    told = [sentence.text for sentence in answer.sentences]
    assert told[:2] == ["Ida Brandt has rowed around the island in a bathtub.", told[1]]
    assert told[1].startswith("She won the harbour prize")
    check_quotes(assistant, answer)
    assistant.collection.close()


def test_who_asks_for_this_week_is_not_told_of_last_year(tmp_path: Path) -> None:
    texts = [
        ("The old ferry Aster was sold to the harbour of Marlow on Friday for $40,000.", date(2020, 7, 3)),
        ("The ferry Borealis was sold to the harbour of Marlow on Tuesday for $12,000.", date(2021, 7, 13)),
    ]
    assistant = assistant_over(tmp_path, *(reading(text, "Daily", day) for text, day in texts))
    this_week, then = (
        assistant.ask(Request("Which ferry was sold to the harbour of Marlow this week?", as_of=day))
        for day in (date(2021, 7, 15), date(2020, 7, 3))
    )
    assert "Borealis" in this_week.sentences[0].text
    assert "Aster" in then.sentences[0].text
    assistant.collection.close()


def test_an_answer_from_before_the_days_that_are_asked_about_is_doubted(tmp_path: Path) -> None:
    text = "The old ferry Aster was sold to the harbour of Marlow on Friday for $40,000."
    assistant = assistant_over(tmp_path, reading(text, "Daily", date(2020, 7, 3)))
    sure, doubted = (
        assistant.ask(Request("Which ferry was sold to the harbour of Marlow this week?", as_of=day)).confidence
        for day in (date(2020, 7, 3), date(2021, 7, 15))
    )
    assert sure is not None
    assert doubted is not None
    assert doubted < sure - 0.05
    assistant.collection.close()
