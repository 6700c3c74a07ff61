"""Questions about speech, and whether two namings mean the same speaker."""

import pytest

from assistant.question.asked_speech import asked_speech, likeness


@pytest.mark.parametrize(
    ("question", "kind", "speaker"),
    [
        ("What does Norway's fisheries ministry say about the ban?", "words", "Norway's fisheries ministry"),
        ("What did Nora Lind say?", "words", "Nora Lind"),
        ("What has the union demanded?", "", ""),
        ("What does Nora Lind make of the ban?", "words", "Nora Lind"),
        ("What does Nora Lind hold against the ban?", "words", "Nora Lind"),
        ("What does Nora Lind call the ban?", "words", "Nora Lind"),
        ("What is the union's view of the offer?", "words", "the union"),
        ("What was the reaction of the bank to the ruling?", "words", "bank"),
        ("How did Norway respond to the ban?", "words", "Norway"),
        ("According to the census, how many people live in Tarn?", "source", "census"),
        ("Who said that the pier shook?", "teller", ""),
        ("Who first reported the leak?", "teller", ""),
        ("Which newspaper reported the leak?", "outlet", ""),
        ("What news agency first announced the deal?", "outlet", ""),
        ("Which minister warned of a strike?", "teller", ""),
        ("What does it say?", "", ""),
        ("Who opened the bridge?", "", ""),
        ("When did the ferry sink?", "", ""),
        ("What does the ferry carry?", "", ""),
    ],
)
def test_what_a_question_asks_about_speech(question: str, kind: str, speaker: str) -> None:
    asked = asked_speech(question)
    assert (asked.kind, asked.speaker.removeprefix("the ")) == (kind, speaker.removeprefix("the "))


@pytest.mark.parametrize(
    ("asked", "speaker", "same"),
    [
        ("Norway's fisheries ministry", "Norwegian Fisheries Ministry", True),
        ("the fisheries ministry", "Norwegian Fisheries Ministry", True),
        ("Norway's fisheries ministry", "the ministry", True),
        ("Lind", "Harbour Master Nora Lind", True),
        ("the World Health Organization", "WHO", True),
        ("Canada's foreign minister", "Foreign Minister Ada Berg", True),
        ("the Greek fisheries ministry", "Norwegian Fisheries Ministry", False),
        ("Nora Lind", "Peter Almgren", False),
        ("Nora Lind", "", False),
    ],
)
def test_namings_of_one_speaker(asked: str, speaker: str, same: bool) -> None:
    assert (likeness(asked, speaker) >= 0.6) is same
