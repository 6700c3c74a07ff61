"""Questions in another language than the articles': what is said of it, and what is not said in bold."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.events import Done, Event, Found, Notice
from assistant.extractive.quoting import QuotingReader
from assistant.extractive.weights import Least
from assistant.languages import across_languages, asked_in
from assistant.request import Question, Reader, Request
from index.collection import Collection
from index.english import lexicon
from index.formats.readings import make_reading
from index.search.result import Retrieved

ENGLISH = (
    "The town of Orrin closed its old lighthouse on Monday. The repair of the lighthouse will cost 3.4 million euros."
)
FRENCH = (
    "La mairie de Belcastel a fermé lundi le vieux phare. "
    "Les travaux du phare coûteront 3,4 millions d'euros et dureront deux ans."
)
TURKISH = "Karaburun Belediyesi eski feneri pazartesi günü kapattı. Fenerin onarımı 34 milyon liraya mal olacak."


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection(tmp_path / "home") as collection:
        yield collection


def filled(collection: Collection, *texts: str) -> Collection:
    list(collection.add(make_reading(text, text, f"{at}.txt", origins={}) for at, text in enumerate(texts)))
    return collection


def asked(collection: Collection, question: str, reader: Reader | None = None) -> tuple[Answer, list[str], Found]:
    events: Sequence[Event] = list(Assistant(collection, reader or QuotingReader(collection)).stream(Request(question)))
    done, found = events[-1], next(event for event in events if isinstance(event, Found))
    assert isinstance(done, Done)
    return done.answer, [event.text for event in events if isinstance(event, Notice)], found


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wer leitet seit Montag die Feuerwehr in Hamburg?", "auf Englisch"),
        ("Qui est le maire de la ville de Lyon depuis lundi ?", "en anglais"),
        ("İstanbul'da pazartesi günü belediye başkanı kim oldu?", "İngilizce"),
        ("¿Quién es el alcalde de la ciudad de Sevilla desde el lunes?", "en inglés"),
        ("من هو عمدة مدينة القاهرة الجديد منذ يوم الاثنين؟", "الإنجليزية"),
        ("谁从星期一开始担任上海市市长？", "英语"),
        ("Wie is sinds maandag de burgemeester van de stad Groningen?", "in English"),
    ],
)
def test_a_refusal_says_in_the_readers_language_in_what_language_to_ask(
    collection: Collection, question: str, words: str
) -> None:
    answer, notices, _ = asked(filled(collection, ENGLISH), question)
    assert not answer.answerable
    assert [notice for notice in notices if words in notice and 'embedder = "multilingual"' in notice]


def test_a_refusal_in_the_articles_language_says_nothing_of_it(collection: Collection) -> None:
    answer, notices, _ = asked(filled(collection, ENGLISH), "Who is the mayor of London?")
    assert (answer.answerable, notices) == (False, [])


def test_the_language_named_is_that_of_the_nearest_article(collection: Collection) -> None:
    filled(collection, FRENCH, ENGLISH)
    found = collection.search("Belcastel")
    assert "in French" in across_languages(
        "Who owns the castle above the town of Belcastel?", found.passages, collection
    )


def test_the_article_that_alone_has_the_questions_name_is_the_nearest(collection: Collection) -> None:
    filled(collection, FRENCH, ENGLISH, "A lighthouse needs repair every year, and the repair of one costs millions.")
    never = QuotingReader(collection, least=Least(answer=1.0))
    answer, notices, _ = asked(collection, "How much will the repair of the lighthouse of Belcastel cost?", never)
    assert "Belcastel" in answer.nearest[0].passage.text
    assert "in French" in notices[0]


def test_no_short_answer_is_made_of_a_language_that_the_reader_has_not_learnt(collection: Collection) -> None:
    reader = QuotingReader(filled(collection, TURKISH))
    for question in ("Fenerin onarımı kaça mal olacak?", "Karaburun'da eski feneri kim kapattı?"):
        answer, _, _ = asked(collection, question, reader)
        assert answer.short_answer is None


def test_one_name_alone_is_in_no_language() -> None:
    assert asked_in("Baykar") == ""


@pytest.mark.parametrize("language", sorted(lexicon("languages", "assistant").names))
def test_every_line_is_whole(language: str) -> None:
    told = lexicon("languages", "assistant").table(language)
    assert set(told) == {"nearest", "here", "do", "embedder"}
    assert "{language}" in told["nearest"]
    assert "{language}" in told["here"]


class Translating:
    """A scripted reader that can translate; it cites nothing and notes what it was given."""

    name = "scripted"

    def __init__(self, translation: str) -> None:
        self.translation = translation
        self.wanted: list[str] = []
        self.asked = ""

    def translated(self, question: str, language: str) -> Generator[None, None, str]:
        self.wanted.append(language)
        yield
        return self.translation

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        self.asked = question.text
        yield Done(Answer(question.text, question.as_of, False, ()))


def test_a_question_is_also_searched_in_the_articles_language_and_answered_in_its_own(collection: Collection) -> None:
    filled(collection, ENGLISH, "The ferry of Lund was sold on Friday for the price of one crown to the town's museum.")
    reader = Translating("Who closed the lighthouse in Orrin?")
    _, _, found = asked(collection, "Wer hat den Leuchtturm geschlossen?", reader)
    assert reader.wanted == ["en"]
    assert "lighthouse" in found.results[0].passage.text
    assert reader.asked == "Wer hat den Leuchtturm geschlossen?"


def test_a_question_in_the_articles_language_is_not_translated(collection: Collection) -> None:
    reader = Translating("")
    asked(filled(collection, ENGLISH), "Who closed the lighthouse?", reader)
    assert reader.wanted == []


def test_other_languages_are_answered_by_their_words(collection: Collection) -> None:
    for text, question, words in (
        (TURKISH, "Fenerin onarımı kaça mal olacak?", "34 milyon liraya"),
        ("旧灯塔于星期一关闭。维修将耗资三千四百万元。", "旧灯塔维修将耗资多少？", "三千四百万元"),
    ):
        filled(collection, text)
        answer, notices, _ = asked(collection, question)
        assert any(words in sentence.text for sentence in answer.sentences)
        assert not notices
