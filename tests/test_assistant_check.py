"""The check: what a sentence and its source must agree in. Sentences and sources are our own."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check.checking import Checked, check
from assistant.check.sources import Source
from index.reading import read_file
from index.sample_articles import SAMPLE_FOLDER
from index.sentences import sentence_spans

HARBOUR = Source(
    "The ferry Arlene left Kessel on Monday with 214 passengers and two dogs. Captain Rosa Behm said the sea was calm. "
    "She did not expect a delay. The port of Lunde charges 1.2 million crowns a year, about 15 percent more than in"
    " 2018. Kessel accused Lunde of raising its fees in secret. Lunde denied that it had broken the treaty"
    " of 12 March 2017. Its mayor, Olaf Tveit, called the charge “a fairy tale told by tired men”.",
    date(2021, 6, 9),
    "Ferry dispute between two ports",
    "The Strait Gazette",
)


def status(sentence: str, source: Source = HARBOUR) -> str:
    return check(sentence, [source]).status


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry Arlene left Kessel on Monday with 214 passengers and two dogs.",
        "On Monday, the ferry Arlene left Kessel with 214 passengers and 2 dogs.",
        "The Arlene left Kessel on June 7 with 214 passengers.",
        "The Arlene left Kessel on 7 June 2021 with over two hundred and fourteen passengers.",
        "Behm said the sea was calm.",
        "The sea was calm, according to Captain Rosa Behm.",
        "Behm didn't expect a delay.",
        "The port of Lunde charges 1,200,000 crowns a year, 15% more than in 2018.",
        "Lunde was accused by Kessel of raising its fees in secret.",
        'Olaf Tveit called the charge "a fairy tale told by tired men".',
        "Tveit spoke of “a fairy tale … by tired men” when he answered the charge.",
        "Lunde denied that it had broken the 2017 treaty.",
        "The Arlene left Kessel with 214 passengers, and Lunde charges 1.2 million crowns a year.",
    ],
)
def test_what_the_source_says_is_supported_in_other_words_too(sentence: str) -> None:
    checked = check(sentence, [HARBOUR])
    assert (checked.status, checked.doubts) == ("supported", ())
    assert checked.supports


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("The ferry Arlene left Kessel on Monday with 241 passengers and two dogs.", "241"),
        ("The ferry Arlene left Kessel on Monday with two passengers and 214 dogs.", "two"),
        ("The ferry Arlene left Kessel on Tuesday with 214 passengers.", "Tuesday"),
        ("The Arlene left Kessel on 8 June 2021 with 214 passengers.", "8 June 2021"),
        ("The ferry Arlene left Lunde on Monday with 214 passengers.", "Lunde"),
        ("The ferry Solveig left Kessel on Monday with 214 passengers.", "Solveig"),
        ("Captain Olaf Tveit said the sea was calm.", "Captain Olaf Tveit"),
        ("Captain Rosa Behm said the sea was rough and not calm.", "not"),
        ("She expected a delay.", "expected"),
        ("The port of Lunde charges 1.2 billion crowns a year.", "1.2 billion"),
        ("The port of Lunde charges 15 percent less than in 2018.", "less"),
        ("Lunde accused Kessel of raising its fees in secret.", "Lunde"),
        ("Kessel was accused by Lunde of raising its fees in secret.", "Kessel"),
        ("Kessel accused Lunde of lowering its fees in secret.", "lowering"),
        ("Lunde had broken the treaty of 12 March 2017.", "broken"),
        ('Tveit called the charge "a fairy tale told by angry men".', "a fairy tale told by angry men"),
        ("Experts said the sea was calm.", "Experts"),
    ],
)
def test_what_the_source_does_not_say_is_flagged_with_the_words_in_doubt(sentence: str, doubt: str) -> None:
    checked = check(sentence, [HARBOUR])
    assert checked.status != "supported"
    assert doubt in checked.doubts


MILL = Source(
    "The Aune mill was sold to a bakery for 3 million crowns, and its old fire engine was given to a school. The new"
    " owners put off the opening to May."
    ' "Nobody asked the workers about the sale of our mill," Ida Brandt told the council on Friday.',
    date(2022, 3, 15),
    "Mill sold",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The opening was postponed to May by the new owners.",
        "The sale of the Aune mill to a bakery brought 3 million crowns.",
        "The new owners delayed the opening until May.",
        "Its old fire engine was donated to a school.",
        "Ida Brandt said nobody asked the workers about the sale of the mill.",
    ],
)
def test_what_was_done_may_be_told_by_another_verb(sentence: str) -> None:
    assert check(sentence, [MILL]).status == "supported"


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("The Aune mill was bombed for 3 million crowns.", "bombed"),
        ("The old fire engine of the Aune mill burned down.", "burned"),
        ("The new owners will celebrate the opening in May.", "celebrate"),
        ("The new owners ignore the opening in May.", "ignore"),
        ("The Aune mill is haunted.", "haunted"),
        ("The Aune mill was sold by the bishop.", "bishop"),
        ("The bakery wants to demolish the Aune mill.", "demolish"),
    ],
)
def test_what_was_done_must_be_told(sentence: str, doubt: str) -> None:
    checked = check(sentence, [MILL])
    assert checked.status != "supported"
    assert doubt in checked.doubts


def test_what_somebody_says_is_no_fact() -> None:
    checked = check("Nobody asked the workers about the sale of the mill.", [MILL])
    assert (checked.status, checked.doubts) == ("partly", ("except in words of Ida Brandt",))


@pytest.mark.parametrize("sentence", ["The museum reopened with a show of clocks.", "Ja, das Meer war ruhig.", "?", ""])
def test_what_the_source_does_not_speak_of_is_unsupported(sentence: str) -> None:
    assert status(sentence) == "unsupported"


def test_one_true_clause_of_two_is_partly() -> None:
    checked = check("The Arlene left Kessel with 214 passengers, but Lunde has closed its port for 30 days.", [HARBOUR])
    assert checked.status == "partly"
    assert "30 days" in checked.doubts or "30" in checked.doubts


def test_without_a_source_nothing_is_supported() -> None:
    assert check("The sea was calm.", []) == Checked("unsupported", (), (), 0.0)


def test_the_supporting_characters_are_exact_and_no_more_than_is_needed() -> None:
    checked = check("Behm said the sea was calm.", [Source("Nothing here."), HARBOUR])
    (support,) = checked.supports
    assert support.source == 1
    assert HARBOUR.text[support.start : support.end] == "Captain Rosa Behm said the sea was calm."


def test_two_sources_support_one_sentence_together() -> None:
    other = Source("The lighthouse at Kessel was painted red in 2019 by volunteers.", date(2021, 6, 1))
    sentence = "Behm said the sea was calm, and the lighthouse at Kessel was painted red by volunteers."
    assert check(sentence, [HARBOUR]).status != "supported"
    checked = check(sentence, [HARBOUR, other])
    assert checked.status == "supported"
    assert {support.source for support in checked.supports} == {0, 1}


def test_days_are_told_from_the_day_of_publication() -> None:
    source = Source("The council met yesterday and adopted the plan.", date(2022, 3, 15))
    assert status("The council met on 14 March 2022 and adopted the plan.", source) == "supported"
    assert status("The council met on 15 March 2022 and adopted the plan.", source) != "supported"


def test_a_name_may_stand_before_the_sentence_that_says_she() -> None:
    source = Source("Ida Brandt runs the bakery. She sold 900 loaves in May. Her brother Nils repairs ovens.")
    assert status("Ida Brandt sold 900 loaves in May.", source) == "supported"
    assert status("Ida Brandt repairs ovens.", source) != "supported"


def test_every_sentence_of_the_sample_is_supported_by_its_article() -> None:
    """So are the answers of the built-in reader, which quotes."""
    for file in sorted(SAMPLE_FOLDER.glob("*.md")):
        reading = read_file(file)
        text = reading.article.text
        for start, end in sentence_spans(text):
            checked = check(text[start:end], [Source(text, reading.article.published, reading.article.title)])
            assert checked.status == "supported", text[start:end]
            assert any(one.start <= start and end <= one.end for one in checked.supports)


def test_paraphrases_of_the_sample_as_a_good_writer_makes_them() -> None:
    """Harder than what is made by rule: of 60 true ones at most 3 are flagged, of 60 false ones at most 2 pass."""
    rows = [json.loads(line) for line in Path(__file__).with_name("checked_sentences.jsonl").read_text().splitlines()]
    articles = {file.name: read_file(file).article for file in SAMPLE_FOLDER.glob("*.md")}
    flagged = {True: 0, False: 0}
    for row in rows:
        article = articles[row["article"]]
        source = Source(article.text, article.published, article.title, article.outlet, article.author)
        flagged[row["true"]] += status(row["sentence"], source) != "supported"
    assert [sum(row["true"] == kind for row in rows) for kind in (True, False)] == [60, 60]
    assert flagged[True] <= 3
    assert flagged[False] >= 58


@settings(max_examples=150)
@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_can_be_checked_and_supports_lie_within_it(sentence: str, text: str) -> None:
    for support in check(sentence, [Source(text)]).supports:
        assert 0 <= support.start < support.end <= len(text)


@given(
    st.lists(
        st.sampled_from(["not", "Kessel", "214", "Monday", "“", "”", "said", ",", "1,2", "$", "²", "of"]), max_size=12
    )
)
def test_odd_sentences_are_checked_too(words: list[str]) -> None:
    assert check(" ".join(words), [HARBOUR]).status in ("supported", "partly", "unsupported")
