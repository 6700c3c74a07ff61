"""Who says what: sentences of short articles, of our own writing, with their speakers."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech.speakers import Speaker, _article, speaker_of

SPEAKERS = Path(__file__).parent / "speakers.jsonl"


def known() -> Iterator[tuple[str, int, int, Speaker]]:
    """Each sentence in its article's text, with who says it."""
    for line in SPEAKERS.read_text("utf-8").splitlines():
        paragraphs = json.loads(line)["paragraphs"]
        text = "\n\n".join(" ".join(sentence for sentence, _, _ in paragraph) for paragraph in paragraphs)
        at = 0
        for sentence, speaker, quotation in (row for paragraph in paragraphs for row in paragraph):
            at = text.index(sentence, at)
            yield text, at, at + len(sentence), Speaker(speaker, quotation)
            at += len(sentence)


def plain(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name.casefold())


def only(text: str, sentence: str) -> Speaker:
    start = text.index(sentence)
    return speaker_of(text, start, start + len(sentence))


def test_speakers_and_quotations_are_found() -> None:
    rows = [(row[3], speaker_of(*row[:3])) for row in known()]
    assert len(rows) >= 150
    assert sum(plain(want.name) == plain(got.name) for want, got in rows) >= 0.95 * len(rows)
    assert sum(want.quotation == got.quotation for want, got in rows) >= 0.95 * len(rows)


def test_sentences_are_asked_about_in_any_order() -> None:
    rows = [row[:3] for row in known()]
    in_order = [speaker_of(*row) for row in rows]
    for seed in range(5):
        _article.cache_clear()
        order = random.Random(seed).sample(range(len(rows)), len(rows))
        found = {at: speaker_of(*rows[at]) for at in order}
        assert [found[at] for at in range(len(rows))] == in_order


def test_an_article_is_read_no_further_than_it_takes() -> None:
    text = "The pier is old. It shook, said Nora Lind. " + "The town is small. " * 50 + "“It fell,” she said."
    for sentence, parsed in [("The town is small.", 0), ("It shook, said Nora Lind.", 1), ("“It fell,” she said.", 13)]:
        only(text, sentence)
        read = _article(text).analysis._sentences.values()
        assert sum("words" in vars(one) for one in read) == parsed


def test_what_is_the_articles_own_has_no_speaker() -> None:
    own = [speaker_of(text, start, end) for text, start, end, want in known() if not want.name]
    assert len(own) >= 60
    assert sum(not got.name for got in own) >= 0.95 * len(own)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Nora Lind, the harbour master, said the pier was safe.", "Nora Lind"),
        ("The pier was safe, said Nora Lind, the harbour master.", "Nora Lind"),
        ("The pier is safe, according to his deputy, Nora Lind.", "Nora Lind"),
        ("Nora Lind on Monday said the pier was safe.", "Nora Lind"),
        ("Residents who live near the pier said it shook.", "Residents"),
        ("People living near the pier said it shook.", "People"),
        ("A person close to the owner said the pier was sold.", "a person close to the owner"),
        ("The Harbour Mail reported that the pier was sold.", "The Harbour Mail"),
        ("Nora Lind was quoted as saying by the Harbour Mail that it shook.", "Nora Lind"),
        ("The company reported sales of 3 million euros.", ""),
        ("The pier was reported to be safe.", ""),
        ("The owner did not say when it will open.", ""),
        ("Nora Lind declined to comment.", ""),
        ("The alleged crack was never found.", ""),
        ("It is said that the pier is older than the town.", ""),
        ("The step that Nora Lind announced concerns the pier.", ""),
        ("The bridge, told apart by its colour, is closed.", ""),
    ],
)
def test_a_sentence_alone(sentence: str, name: str) -> None:
    assert only(sentence, sentence).name == name


@pytest.mark.parametrize(
    ("before", "sentence", "name"),
    [
        ("Harbour Master Nora Lind closed the pier.", "She said it shook.", "Harbour Master Nora Lind"),
        ("Nora Lind closed the pier.", "Lind said it shook.", "Nora Lind"),
        ("The Ministry of Ports closed the pier.", "The ministry said it shook.", "Ministry of Ports"),
        ("The Port Safety Board closed the pier.", "The PSB warned that it shook.", "Port Safety Board"),
        ("Pier Watch, a local group, counts cracks.", "The group said it shook.", "Pier Watch"),
        ("Two men fished there.", "She said it shook.", ""),
    ],
)
def test_a_short_naming_stands_for_the_full_one(before: str, sentence: str, name: str) -> None:
    assert only(f"{before} {sentence}", sentence).name == name


def test_a_quotation_goes_on_over_sentences_and_paragraphs() -> None:
    text = (
        "The pier is closed. “It shook. We heard it all night,” said Nora Lind.\n\n“Nobody slept.\n\n"
        "“Not even the gulls.”\n\nThe pier will open in May."
    )
    for sentence in ("“It shook.", "We heard it all night", "“Nobody slept.", "“Not even the gulls.”"):
        assert only(text, sentence) == Speaker("Nora Lind", True)
    assert only(text, "The pier will open in May.") == Speaker("", False)


def test_a_word_in_quotation_marks_is_no_quotation() -> None:
    text = "Nora Lind called the pier “unsafe” and asked the council for a new one by the end of next year."
    assert only(text, text) == Speaker("Nora Lind", False)


@given(st.text(alphabet="abAB said“”\"'‘’.,:\n he 1", max_size=200), st.integers(0, 100), st.integers(0, 100))
def test_any_text_is_read(text: str, start: int, length: int) -> None:
    assert isinstance(speaker_of(text, start, start + length), Speaker)


def test_a_long_text_is_read_in_part() -> None:
    text = "The pier is old. " * 5000 + "It shook, said Nora Lind."
    assert only(text, "It shook, said Nora Lind.").name == "Nora Lind"
