"""Sentences of an answer with the speakers of what they cite."""

from pathlib import Path

from assistant.answer import Citation, Sentence
from assistant.assistant import Assistant
from assistant.finishing import attributed
from index.article import Article
from index.collection import Collection
from tests.articles import reading
from tests.fakes import ReplayReader, quoting

TEXT = "Nora Lind closed the pier. “It shook all night,” she said. The pier is old."
ARTICLE = Article("a", TEXT)


def cited(quote: str, text: str = "") -> Sentence:
    start = TEXT.index(quote)
    return Sentence(text or quote, "supported", (Citation(1, ARTICLE, start, start + len(quote), quote),))


def test_each_sentence_gets_the_speaker_of_what_it_cites() -> None:
    quoted, own = attributed([cited("“It shook all night,” she said."), cited("The pier is old.")], lambda key: TEXT)
    assert (quoted.speaker, quoted.quotation) == ("Nora Lind", True)
    assert (own.speaker, own.quotation) == ("", False)


def test_a_paraphrase_is_no_quotation() -> None:
    [said] = attributed([cited("“It shook all night,” she said.", "The pier shook.")], lambda key: TEXT)
    assert (said.speaker, said.quotation) == ("Nora Lind", False)


def test_without_the_text_or_a_citation_there_is_no_speaker() -> None:
    sentences = (cited("“It shook all night,” she said."), Sentence("The pier shook.", "unsupported"))
    assert attributed(sentences, lambda key: "") == sentences


def test_the_answers_of_any_reader_are_attributed(tmp_path: Path) -> None:
    """`quoting` cites the beginning of each passage."""
    with Collection(tmp_path, reranker="none") as collection:
        list(collection.add([reading("Nora Lind said the pier shook. It is old.")]))
        [sentence] = Assistant(collection, ReplayReader(quoting)).ask("What did the pier do?").sentences
    assert sentence.speaker == "Nora Lind"
