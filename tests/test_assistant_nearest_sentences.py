"""The words that a sentence is read beside."""

from assistant.check import nearest_sentences, words_beside

STORY = (
    "The ferry from Ansbach to Velm came an hour late on Monday. It rained. Mayor Ida Roth blamed a broken rudder. "
    "The harbour has a new crane. The rudder will be mended by 4 May, the yard said."
)
OTHER = "Schools in Oslo are shut. Nine of them need new roofs."


def test_the_sentences_that_share_most_rare_words_stand_in_the_order_of_the_texts() -> None:
    found = words_beside("The broken rudder will be mended in May.", [OTHER, STORY], 19)
    assert found == "Mayor Ida Roth blamed a broken rudder. The rudder will be mended by 4 May, the yard said."


def test_places_are_characters_of_their_text() -> None:
    [(number, start, end)] = nearest_sentences("Nine roofs in Oslo", [STORY, OTHER], 7)
    assert (number, OTHER[start:end]) == (1, "Nine of them need new roofs.")


def test_a_word_that_is_there_already_weighs_less() -> None:
    text = "Roth won. Roth won the vote. The vote was in Velm."
    assert words_beside("Roth won the vote in Velm.", [text], 10) == "Roth won the vote. The vote was in Velm."


def test_what_is_left_is_filled_with_neighbours() -> None:
    found = words_beside("Ida Roth blamed it.", [STORY], 10)
    assert found == "It rained. Mayor Ida Roth blamed a broken rudder."


def test_where_nothing_is_shared_the_beginning_is_given() -> None:
    assert words_beside("Xylophones.", [OTHER, STORY], 5) == "Schools in Oslo are shut."
    assert words_beside("Xylophones.", []) == ""
    assert words_beside("", [OTHER], 5) == "Schools in Oslo are shut."


def test_a_sentence_without_end_is_cut_off() -> None:
    found = words_beside("word", ["word " * 5000], 100)
    assert 50 <= len(found.split()) <= 160


def test_what_is_said_twice_is_given_once() -> None:
    text = "Roth blamed a broken rudder. Roth blamed a broken rudder. It rained on Velm."
    assert words_beside("Roth blamed the rudder.", [text, text]) == "Roth blamed a broken rudder. It rained on Velm."
