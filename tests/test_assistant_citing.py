"""Citations of a language model's sentences, once checked."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citations import MarkedSentence
from assistant.citations.citing import Citer
from assistant.events import Done, Notice
from assistant.finishing import without_unsupported
from index.article import Article
from index.collection import Collection
from index.search.result import Retrieved
from index.text.passages import Passage
from tests.fakes import ReplayReader

MILL = Article("aaaaaaaaaaaa", "The mill at Torrow burned down on Friday. Nobody was hurt.", published=date(2021, 5, 3))
LAKE = Article(
    "bbbbbbbbbbbb", "Lake Imre rose by 40 centimetres. Two jetties are under water.", published=date(2021, 5, 3)
)
OTHER = Article("cccccccccccc", "The mill at Torrow, built in 1890, burned down on Friday.", published=date(2021, 5, 4))
FOUND = [Retrieved(Passage(a.id, 0, len(a.text), a.text), a, 1.0, {}) for a in (MILL, LAKE, OTHER)]


def cited(text: str, *numbers: int) -> tuple[str, list[tuple[int, str, str]]]:
    (sentence,) = Citer(FOUND).cite([MarkedSentence(text, numbers)])
    return sentence.status, [(one.n, one.article.id[0], one.quote) for one in sentence.citations]


def test_a_sentence_without_a_citation_gets_the_passage_that_supports_it() -> None:
    assert cited("Two jetties are under water.") == ("supported", [(1, "b", "Two jetties are under water.")])


def test_a_sentence_that_nothing_supports_gets_none() -> None:
    assert cited("Five jetties are under water.") == ("unsupported", [])


def test_a_citation_of_the_wrong_passage_gives_way_to_the_right_one() -> None:
    assert cited("Nobody was hurt in Torrow.", 2) == ("supported", [(1, "a", MILL.text)])


def test_the_number_of_a_lists_item_is_no_claim() -> None:
    assert cited("2. Two jetties are under water.", 2) == ("supported", [(1, "b", "Two jetties are under water.")])
    (sentence,) = Citer(FOUND).cite([MarkedSentence("2. Five jetties are under water.", (2,))])
    assert sentence.status != "supported"
    assert sentence.doubts == ("Five",)


def test_all_cited_passages_that_support_it_stay_and_the_useless_one_goes() -> None:
    status, citations = cited("The mill at Torrow burned down on Friday.", 1, 2, 3)
    assert status == "supported"
    assert [article for _, article, _ in citations] == ["a", "c"]


def test_a_false_sentence_keeps_its_citation_at_the_nearest_words_with_the_doubt() -> None:
    (sentence,) = Citer(FOUND).cite([MarkedSentence("Lake Imre rose by 70 centimetres.", (2,))])
    assert (sentence.status, sentence.doubts) == ("partly", ("70",))
    assert [one.quote for one in sentence.citations] == ["Lake Imre rose by 40 centimetres."]


def test_with_no_word_in_common_the_cited_passage_is_quoted_whole() -> None:
    assert cited("Niemand weiß es.", 2) == ("unchecked", [(1, "b", LAKE.text)])


def test_quotes_stand_at_their_place_in_the_article() -> None:
    text = LAKE.text
    later = Retrieved(Passage(LAKE.id, 34, len(text), text[34:]), LAKE, 1.0, {})
    (sentence,) = Citer([later]).cite([MarkedSentence("Two jetties are under water.", (1,))])
    (citation,) = sentence.citations
    assert text[citation.start : citation.end] == citation.quote == "Two jetties are under water."


def answer(*texts: str) -> Answer:
    return Answer("What?", date(2021, 5, 5), True, Citer(FOUND).cite([MarkedSentence(text, ()) for text in texts]))


def test_unsupported_sentences_can_be_left_out_and_citations_count_on() -> None:
    given = answer("Nobody was hurt.", "Everything is lost for ever.", "Two jetties are under water.")
    kept, left_out = without_unsupported(given, FOUND)
    assert left_out == 1
    assert kept.marked_text == "Nobody was hurt. [1] Two jetties are under water. [2]"
    assert without_unsupported(kept, FOUND) == (kept, 0)


def test_an_answer_of_which_nothing_is_left_is_a_refusal() -> None:
    kept, left_out = without_unsupported(answer("Everything is lost for ever."), FOUND)
    assert (kept.answerable, kept.sentences, left_out) == (False, (), 1)
    assert [one.article.id for one in kept.nearest] == [MILL.id, LAKE.id, OTHER.id]


def test_the_assistant_leaves_them_out_and_says_how_many(tmp_path: Path) -> None:
    given = answer("Nobody was hurt.", "Everything is lost for ever.")
    with Collection(tmp_path, reranker="none") as collection:
        events = list(Assistant(collection, ReplayReader([Done(given)]), "leave out").stream("What?"))
        shown = Assistant(collection, ReplayReader([Done(given)])).ask("What?")
    assert Notice("Sentences that no source supports were left out: 1") in events
    assert isinstance(events[-1], Done)
    assert events[-1].answer.text == "Nobody was hurt."
    assert shown.text == given.text


MÜHLE = Article(
    "dddddddddddd",
    "In der Nacht zum Freitag ist die alte Mühle bei Torrow völlig abgebrannt. Verletzt wurde niemand. "
    "Das Gebäude stammte von 1890 und gehörte zuletzt der Gemeinde.",
    published=date(2021, 5, 3),
)


def test_what_another_language_may_say_as_well_is_unchecked_with_both() -> None:
    found = [*FOUND, Retrieved(Passage(MÜHLE.id, 0, len(MÜHLE.text), MÜHLE.text), MÜHLE, 1.0, {})]
    said = MarkedSentence("Nobody came to harm when fire took the building near Torrow.", (4,))
    (sentence,) = Citer(found, "What burned?").cite([said])
    assert sentence.status == "unchecked"
    assert {one.article.id for one in sentence.citations} == {FOUND[0].article.id, MÜHLE.id}


@pytest.mark.parametrize(
    ("text", "number", "status", "doubts"),
    [
        ("Torrow yakınlarındaki değirmen cuma günü yandı ve kimse yaralanmadı.", 1, "unchecked", ()),
        ("Torrow yakınlarındaki 1890 yapımı değirmen cuma günü tamamen yandı.", 3, "unchecked", ()),
        ("Torrow yakınlarındaki 1850 yapımı değirmen cuma günü tamamen yandı.", 3, "unchecked", ("1850",)),
        ("The old building had last been the parish's.", 4, "unchecked", ()),
        ("The building was put up in 1891 and belonged to the parish.", 4, "unchecked", ("1891",)),
        ("Verletzt wurde niemand.", 4, "supported", ()),
        ("Beş ev yandı.", 1, "unchecked", ()),
        ("Fem.", 1, "unsupported", ()),  # too short to tell, and asked in English
    ],
)
def test_what_is_in_another_language_is_not_called_unsupported(
    text: str, number: int, status: str, doubts: tuple[str, ...]
) -> None:
    found = [*FOUND, Retrieved(Passage(MÜHLE.id, 0, len(MÜHLE.text), MÜHLE.text), MÜHLE, 1.0, {})]
    (sentence,) = Citer(found, "What burned?").cite([MarkedSentence(text, (number,))])
    assert (sentence.status, sentence.doubts) == (status, doubts)
    assert [one.article.id for one in sentence.citations] == [found[number - 1].article.id]


def test_a_short_sentence_has_the_language_of_its_question() -> None:
    citer = Citer(FOUND, "Torrow yakınlarındaki değirmen ne zaman yandı?")
    (sentence,) = citer.cite([MarkedSentence("Cuma.", (1,))])
    assert sentence.status == "unchecked"
    (uncited,) = citer.cite([MarkedSentence("Torrow yakınlarındaki değirmen cuma günü yandı.", ())])
    assert uncited.status == "unsupported"  # nothing is cited, in whatever language


def test_english_names_and_numbers_are_no_other_language() -> None:
    (sentence,) = Citer(FOUND).cite([MarkedSentence("Torrow froze exports in October 2019, and 900 agreed.", (1,))])
    assert sentence.status == "unsupported"
