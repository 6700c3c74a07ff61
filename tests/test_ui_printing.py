"""Answers as lines for the terminal: the short answer stands above the sentences."""

from datetime import date

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence
from index.article import Article
from ui.printing import answer_lines

ARTICLE = Article("0123456789ab", "Ida Brandt steered it.", "Ferry trial", "Wire", published=date(2021, 5, 3))
SENTENCE = Sentence("Ida Brandt steered it.", "supported", (Citation(1, ARTICLE, 0, 22, ARTICLE.text),))


def lines(short: str | None, *sentences: Sentence) -> list[str]:
    answer = Answer("Who steered it?", date(2021, 5, 4), bool(sentences), sentences, short_answer=short)
    return list(answer_lines(answer))


def test_the_short_answer_stands_above_the_sentences() -> None:
    assert lines("Ida Brandt", SENTENCE)[:4] == ["Ida Brandt", "", "Ida Brandt steered it. [1]", ""]


def test_without_a_short_answer_the_sentences_come_first() -> None:
    for none in (None, ""):
        assert lines(none, SENTENCE)[:2] == ["Ida Brandt steered it. [1]", ""]


def test_a_long_short_answer_is_wrapped() -> None:
    shown = lines("Aster, " * 30 + "Cygnus", SENTENCE)
    assert max(map(len, shown)) <= 100
    assert shown.index("") == 3


def test_a_refusal_shows_none() -> None:
    assert lines(None) == [CANNOT_ANSWER]
    assert lines("Ida Brandt") == [CANNOT_ANSWER]
