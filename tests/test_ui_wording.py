"""What is said beside the sentences of an answer, in the chat and in the terminal alike."""

from datetime import date

import pytest

from assistant.answer import Answer, Citation, Sentence, Status, Usage, Version
from index.article import Article
from ui import wording
from ui.chat.answer_html import after
from ui.printing import answer_lines

WIRE = Article(
    "0123456789ab", "Sluices shut. 260 homes flooded.", "Flood", "Fernhill Wire", published=date(2019, 10, 12)
)
COURIER = Article("ba9876543210", "310 homes flooded.", "More", "Northgate Courier", published=date(2019, 10, 15))
FIRST = Citation(1, WIRE, 0, 13, "Sluices shut.")
SECOND = Citation(2, WIRE, 14, 32, "260 homes flooded.")
THIRD = Citation(3, COURIER, 0, 18, "310 homes flooded.")


def an_answer(**facts: object) -> Answer:
    known = {"answerable": True, "sentences": (Sentence("Sluices shut.", "supported", (FIRST,)),), **facts}
    return Answer("What shut?", date(2019, 10, 16), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "citations", "doubts", "said"),
    [
        ("supported", (FIRST,), (), ""),
        ("partly", (FIRST,), (), "partly supported by its source"),
        ("partly", (FIRST,), ("270", "in May"), "partly supported; not in the source: 270, in May"),
        ("partly", (FIRST, SECOND), ("270",), "partly supported; not in the sources: 270"),
        ("unsupported", (FIRST, SECOND), (), "not supported by its sources"),
        ("unsupported", (FIRST,), ("never",), "not supported; not in the source: never"),
        ("unsupported", (), ("270",), "no source found"),
        ("unchecked", (FIRST,), (), "not checked: other language"),
        ("unchecked", (FIRST,), ("270",), "not checked: other language; not in the source: 270"),
    ],
)
def test_a_doubt_says_how_much_and_which_words(
    status: Status, citations: tuple[Citation, ...], doubts: tuple[str, ...], said: str
) -> None:
    assert wording.doubt(Sentence("It was so.", status, citations, doubts)) == said


@pytest.mark.parametrize(
    ("text", "speaker", "shown"),
    [
        ("The sluices will stay shut.", "the water board of Arnby", "the water board of Arnby"),
        ("Arnby's water board said they will stay shut.", "the water board of Arnby", ""),
        ("The board said they will stay shut.", "the water board of Arnby", "the water board of Arnby"),
        ("They will stay shut, said Lise Moe.", "Lise Moe, who runs the board", ""),
        ("They will stay shut, Moe said.", "Lise Moe", "Lise Moe"),
        ("They will stay shut.", "", ""),
        ("“Quelle horreur”", "她", "她"),
    ],
)
def test_a_speaker_is_named_where_the_sentence_does_not(text: str, speaker: str, shown: str) -> None:
    assert wording.attribution(Sentence(text, "supported", speaker=speaker)) == shown


def test_a_quotation_is_told_from_a_paraphrase() -> None:
    assert (
        wording.attribution(Sentence("We wait.", "supported", speaker="Lise Moe", quotation=True)) == "Lise Moe, quoted"
    )


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (Usage(1240, 85), "1,240 tokens in, 85 out"),
        (Usage(1240, 85, 0.0), "1,240 tokens in, 85 out, $0"),
        (Usage(1240, 85, 0.0004), "1,240 tokens in, 85 out, $0.0004"),
        (Usage(3, 1, 0.00000123), "3 tokens in, 1 out, $0.0000012"),
        (Usage(9, 9, 0.996), "9 tokens in, 9 out, $1"),
        (Usage(9, 9, 1234.5), "9 tokens in, 9 out, $1,234.50"),
    ],
)
def test_usage_in_words(usage: Usage, said: str) -> None:
    assert wording.used(usage) == said


def test_who_wrote_an_answer_is_told_of_language_models_only() -> None:
    assert wording.written_by(an_answer()) == ""
    assert wording.written_by(an_answer(llm="ollama:tern")) == "Written by ollama:tern"
    used = an_answer(llm="ollama:tern", usage=Usage(3, 2))
    assert wording.written_by(used) == "Written by ollama:tern · 3 tokens in, 2 out"
    failed = an_answer(failed="ollama:tern", usage=Usage(3, 2))
    assert wording.written_by(failed) == "3 tokens in, 2 out"
    assert wording.failed(failed) == "ollama:tern failed; the answer is quoted from the articles instead"
    assert wording.failed(an_answer()) == ""


def test_what_is_open_is_told_of_answers_only() -> None:
    assert wording.uncovered(an_answer(uncovered=("who paid", "why"))) == "who paid; why"
    assert wording.uncovered(an_answer(answerable=False, uncovered=("who paid",))) == ""


def test_a_value_is_told_with_outlet_and_date_and_the_newest_as_such() -> None:
    assert wording.version_words(Version("260", SECOND)) == "260 (Fernhill Wire, 12 Oct 2019)"
    assert wording.version_words(Version("310", THIRD, newest=True)) == "310 (Northgate Courier, 15 Oct 2019, newest)"
    unknown = Article("0123456789ab", "Text.", source="folder/flood.txt")
    assert wording.version_words(Version("3", Citation(1, unknown, 0, 4, "Text"))) == "3 (flood.txt, undated)"


def test_the_sources_of_differing_values_are_shown_too_each_number_once() -> None:
    differing = ((Version("310", THIRD, newest=True), Version("260", SECOND), Version("0", FIRST)),)
    assert wording.shown_citations(an_answer(disagreements=differing)) == [FIRST, SECOND, THIRD]


def test_what_is_being_done_names_a_language_model() -> None:
    assert wording.starting_status("gguf:models/tern.gguf") == "Starting tern.gguf"
    assert wording.reading_status("gguf:models/tern.gguf") == "Reading the articles with tern.gguf"
    assert wording.reading_status("extractive") == "Reading the articles"


def test_models_go_by_short_names_as_long_as_these_differ() -> None:
    specs = ["extractive", "gguf:models/tern.gguf", "openai-like:http://127.0.0.1:8/v1#wren", "ollama:gull:1b", "x"]
    assert wording.model_labels(specs) == ["Quotes (no model)", "tern.gguf", "wren", "gull:1b", "x"]
    assert wording.model_labels(["ollama:gull@http://127.0.0.1:9"]) == ["gull"]
    alike = ["gguf:one/tern.gguf", "gguf:two/tern.gguf"]
    assert wording.model_labels(alike) == alike


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"confidence": 0.93}, "sure"),
        ({"confidence": 0.6}, "fairly sure"),
        ({"confidence": 0.3}, "unsure"),
        ({"confidence": 0.3, "answerable": False, "sentences": ()}, ""),
        ({}, ""),  # nothing judged it, as where a language model answers
    ],
)
def test_how_sure_an_answer_is_stands_in_words(facts: dict[str, object], said: str) -> None:
    answer = an_answer(**facts)
    assert wording.confidence(answer) == said
    label = f"{wording.CONFIDENCE}: {said}"
    assert (label in list(answer_lines(answer))) == bool(said)
    assert (f"<b>{wording.CONFIDENCE}:</b> {said}" in after(answer)) == bool(said)
