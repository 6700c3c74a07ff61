"""What search takes as one word, in a text and in a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analysis import keeps_its_words, placed_words, words_of

# What is read otherwise in small letters, in capitals, or beside another.
DELICATE = st.sampled_from(
    "US U.S. IT WHO W.H.O. us u.s. a.b GO Go go TROOPS 5bn 5m 3.5 5,000 AT&T Zelenskiy X now NOW A.B & .".split()
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. and the US", ["us", "us"]),
        ("A U.N.-led talk, a UN talk", ["un", "led", "talk", "un", "talk"]),
        ("WHO says that IT is for us, and who it is", ["who", "say", "it"]),
        ("GIVE IT BACK TO US NOW", ["give", "back"]),
        ("US GDP 2023", ["us", "gdp", "2023"]),
        ("u.s. rates at 3 p.m.", ["us", "rate", "3", "p"]),
        ("AT&T\N{RIGHT SINGLE QUOTATION MARK}s R&D, by J.K. Rowling", ["att", "rd", "jk", "rowl"]),
        ("It was cold.Rain fell. Plan B.The end", ["cold", "rain", "fell", "plan", "b", "end"]),
        ("5,000 1,200,300 1,2,3 12,34", ["5000", "1200300", "1", "2", "3", "12", "34"]),
        ("$1.2bn", words_of("1.2 billion")),
        ("£5m", words_of("£5")),
        ("Zelenskyy Zelenskiy", words_of("Zelensky Zelensky")),
        ("They ski", ["ski"]),
        ("a 24-year-old on an F-16", ["24", "year", "old", "f", "16"]),
        ("", []),
        ("1.250.000 is 1250000, 3.5", ["1250000", "1250000", words_of("3.5")[0]]),
        ("NATO成员关闭老桥", ["nato", "成员", "员关", "关闭", "闭老", "老桥"]),
        ("2024年3月", ["2024", "年", "3", "月"]),
        ("スーパー 다리가", ["スー", "ーパ", "パー", "다리", "리가"]),
        ("Որքա՞ն", ["որքան"]),
        ("Cafe\N{COMBINING ACUTE ACCENT}, Zusammen\N{SOFT HYPHEN}arbeit", ["cafe", "zusammenarbeit"]),
        ("٢٥٠ و١٬٢٥٠", ["250", "و1250"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.lists(st.lists(DELICATE, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=3))
def test_texts_that_keep_their_words_have_them_side_by_side(texts: list[str]) -> None:
    kept = [text for text in texts if keeps_its_words(text)]
    assert words_of("\n".join(kept)) == [word for text in kept for word in words_of(text)]


def test_a_shout_and_small_letters_do_not_keep_their_words() -> None:
    shouted, small = "GIVE IT BACK TO US", "a u.s. ship"
    assert words_of(f"{shouted} NOW") != words_of(f"{shouted} now")
    assert words_of(small) != words_of(f"A Lund, {small}")[1:]
    assert not keeps_its_words(shouted)
    assert not keeps_its_words(small)
    assert keeps_its_words("The U.S. and the WHO give")


def test_a_decimal_is_one_word() -> None:
    assert len(words_of("3.5")) == 1
    assert words_of("3.5") != words_of("35")
    assert words_of("in 2020. 5 more") == ["2020", "5"]


def test_places_count_stop_words_too() -> None:
    words = placed_words("The Bank of England, and the U.S.")
    assert [(word.written, word.stem, word.place) for word in words] == [
        ("Bank", "bank", 1),
        ("England", "england", 3),
        ("US", "us", 6),
    ]


@pytest.mark.parametrize(
    "text", ["The F-16 of the U.S., 5,000 it is.", "Das Fährgeschäft in Åsgårdstrand", "توقفت العبارة"]
)
def test_placed_words_are_the_words(text: str) -> None:
    assert [word.stem for word in placed_words(text)] == words_of(text)


@pytest.mark.parametrize("text", ["हिन्दी", "كِتَابٌ", "שָׁלוֹם"])
def test_marks_on_letters_do_not_cut_a_word(text: str) -> None:
    assert len(words_of(text)) == 1


def test_a_tone_of_thai_cuts_no_pair() -> None:
    assert all(len(word) >= 2 for word in words_of("กำลังซ่อมแซมสะพานเก่า"))
