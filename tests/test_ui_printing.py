"""Answers as lines for the terminal: what stands around the sentences, and nothing that steers the terminal."""

from dataclasses import replace
from datetime import date

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence, Usage, Version
from assistant.citations import parse_marks
from assistant.citations.citing import as_sentence
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


def full_answer(words: str) -> Answer:
    """An answer that has `words` wherever a model or an article puts some."""
    article = replace(ARTICLE, title=words, outlet=words)
    cited = Citation(1, article, 0, 3, words, also_in=(article,))
    doubtful = Sentence(f"{words} came.", "partly", (cited,), (words,))
    said = Sentence("We left.", "supported", (cited,), (), words, quotation=True)
    return Answer(
        "Who steered it?",
        date(2021, 5, 4),
        answerable=True,
        sentences=(doubtful, said),
        short_answer=words,
        llm=words,
        standalone=words,
        uncovered=(words,),
        disagreements=((Version(words, cited), Version("two", replace(cited, n=2), newest=True)),),
        usage=Usage(1240, 85),
        failed=words,
    )


def test_all_that_stands_around_an_answer_is_printed() -> None:
    assert list(answer_lines(full_answer("Tern"))) == [
        "Understood as: Tern",
        "",
        "Tern",
        "",
        "Tern came. [1] (? partly supported; not in the source: Tern) We left. [1] — Tern, quoted",
        "",
        "Sources differ: Tern (Tern, 3 May 2021) [1] · two (Tern, 3 May 2021, newest) [2]",
        "",
        "Not in the collection: Tern",
        "",
        "(?) marks what the sources do not bear out: 1 of 2 sentences.",
        "",
        "[1] Tern, 3 May 2021: Tern (0123456789ab)",
        "    “Tern”",
        "    also in Tern, 3 May 2021",
        "",
        "[2] Tern, 3 May 2021: Tern (0123456789ab)",
        "    “Tern”",
        "    also in Tern, 3 May 2021",
        "",
        "Written by Tern · 1,240 tokens in, 85 out",
    ]


def test_no_word_of_a_model_or_an_article_steers_the_terminal() -> None:
    shown = "\n".join(answer_lines(full_answer("\x1b]0;owned\x07\x9b2J\r\u202e")))
    assert not set(shown) & set("\x1b\x07\x9b\r\u202e")
    assert shown.count("owned") >= 11


def test_a_models_list_and_table_are_lines_of_their_own() -> None:
    text = (
        "Known so far [1]:\n- **Ida** steered it [1]\n  1. Nobody else did, though " + "others " * 16 + "tried [1]\n\n"
    )
    text += "| Who | What |\n|---|---|\n| Ida | steered [1] |\n\nThat is all [1]."
    said = [as_sentence(one, "supported", SENTENCE.citations) for one in parse_marks(text, 1).sentences]
    assert lines(None, *said)[:12] == [
        "Known so far: [1]",
        "",
        "- Ida steered it [1]",
        "  1. Nobody else did, though others others others others others others others others others others",
        "     others others others others others others tried [1]",
        "",
        "| Who | What |",
        "| --- | --- |",
        "| Ida | steered [1] |",
        "",
        "That is all. [1]",
        "",
    ]
