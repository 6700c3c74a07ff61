"""The pieces of a text, looked up word by word, are those that the tokenizer gives for the whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index import embedders as word_pieces
from index.embedders import STATIC_MODEL_FOLDER, WordPieces
from tests.test_index_passages import HARD, TEXTS

TOKENIZER = Tokenizer.from_file(str(STATIC_MODEL_FOLDER / "tokenizer.json"))
TOKENIZER.no_padding()
TOKENIZER.enable_truncation(512)
PIECES = WordPieces(TOKENIZER, 512)
ODD = st.sampled_from(
    [
        *(
            "O’Neil’s",
            "co-op_x",
            "©1999",
            "e\u0301a",
            "a\x0bb",
            "c\x1cd",
            "f\x85g",
            "\u200bzero",
            "\u00adsoft",
            "x" * 101,
        ),
        *(
            "加拿大ab",
            "ΣΑΣ",
            "İstanbul",
            "½",
            "$5,000.00",
            "«oui»",
            "a\u2028b",
            "\ufffd",
            "…",
            "१२",
            "።",
            "a·b",
            "‚",
            "٪",
        ),
        *("[MASK]", "[UNK]s", "[ SEP ]"),
    ]
)


def whole(text: str) -> list[int]:
    ids: list[int] = TOKENIZER.encode_batch_fast([text], add_special_tokens=False)[0].ids
    return [each for each in ids if each != TOKENIZER.token_to_id("[UNK]")]


def check(text: str) -> None:
    (found,) = PIECES.ids([text])
    assert found.tolist() == whole(text)


@given(st.text(st.characters(exclude_categories=["Cs"])) | TEXTS.filter(str.isascii) | st.lists(ODD).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(ODD, max_size=4).map("".join))
@settings(deadline=None)
def test_words_with_odd_marks(text: str) -> None:
    check(text)


@pytest.mark.parametrize("name", [name for name in HARD if name != "lone surrogates"])
def test_hard_texts(name: str) -> None:
    check(HARD[name][:4096])


def test_many_texts_at_once_and_none() -> None:
    texts = ["The ferry sails.", "", "The bank", "🚢"]
    assert [found.tolist() for found in PIECES.ids(texts)] == [whole(text) for text in texts]
    assert PIECES.ids([]) == []


def test_the_lookup_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_pieces, "_MOST", 50)
    pieces = WordPieces(TOKENIZER, 512)
    for at in range(20):
        text = " ".join(f"word{number}" for number in range(at * 10, at * 10 + 30))
        (found,) = pieces.ids([text])
        assert found.tolist() == whole(text)
        assert len(pieces._known) <= 50
