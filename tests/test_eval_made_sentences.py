"""Sentences made by rule, true and false."""

from datetime import date
from random import Random

import pytest

from eval.check.falsified import KINDS, Material
from eval.check.made_sentences import RULES, TRUE_KINDS, joined, made_sentences, reworded
from index.formats import read_file
from index.sample_articles import SAMPLE_FOLDER

ARTICLES = [read_file(file).article for file in sorted(SAMPLE_FOLDER.glob("*.md"))]
DAY = date(2021, 6, 9)
MATERIAL = Material(
    "Mayor Ida Roth of Velm said no. The council of Ansbach paid 90 crowns.", ["Ansbach", "Velm"], ["Oslo"]
)


@pytest.mark.parametrize(
    ("rule", "sentence", "other"),
    [
        ("synonyms", "Three kids died.", "Three children lost their lives."),
        ("synonyms", "“Many children died,” she said.", "“Many children died,” she stated."),
        ("moved_opening", "In May, the mill burned.", "The mill burned in May."),
        ("without_adverbs", "It was quickly rebuilt.", "It was rebuilt."),
        ("without_apposition", "Roth, a lawyer from Velm, was elected.", "Roth was elected."),
        ("contracted", "It did not burn.", "It didn't burn."),
        ("spelt_out", "It didn’t burn.", "It did not burn."),
        ("digits", "It has seven doors.", "It has 7 doors."),
        ("number_words", "It has 7 doors.", "It has seven doors."),
        ("whole_numbers", "It cost 1.2 million crowns.", "It cost 1200000 crowns."),
        ("day_first", "It burned on October 12.", "It burned on 12 October."),
        ("weekday_as_date", "It was opened on Monday.", "It was opened on June 7."),
        ("abbreviated", "The European Union agreed.", "The EU agreed."),
        ("respelt", "The theater is gray.", "The theatre is grey."),
        ("surname_only", "Mayor Ida Roth won.", "Roth won."),
        ("said_for_told", "Roth told reporters that she won.", "Roth said she won."),
        ("speaker_first", "“It burned down,” Ida Roth said.", "Ida Roth said: “It burned down.”"),
        ("indirect", "“The mill burned down,” Ida Roth said.", "Ida Roth said that the mill burned down."),
    ],
)
def test_a_rule_rewords_lightly(rule: str, sentence: str, other: str) -> None:
    assert RULES[rule](sentence, DAY) == other


def test_rewording_names_its_rules_and_two_sentences_become_one() -> None:
    text, rules = reworded("In May, it was quickly rebuilt with seven doors.", DAY, Random(1))
    assert rules
    assert text != "In May, it was quickly rebuilt with seven doors."
    assert joined("The mill burned.", "It was old.") == "The mill burned, and it was old."
    assert joined("The mill burned.", "Roth wept.") == ""


@pytest.mark.parametrize(
    ("kind", "sentence", "others"),
    [
        ("name of the article", "He came to Velm today.", {"He came to Ansbach today."}),
        ("name of another article", "The mayor of Velm paid.", {"The mayor of Oslo paid."}),
        ("two names exchanged", "A man from Velm hit one from Ansbach.", {"A man from Ansbach hit one from Velm."}),
        ("date", "It stood since 2014.", {f"It stood since {year}." for year in (2003, 2011, 2012, 2013, 2015, 2016)}),
        ("negation", "It was rebuilt.", {"It was not rebuilt."}),
        ("negation", "It wasn't rebuilt.", {"It was rebuilt."}),
        ("quotation", "He said “it is to be rebuilt as it was”.", {"He said “it is to be as it was”."}),
        ("opposite", "It rose.", {"It fell."}),
        ("two names exchanged", "Velm and Ansbach agreed.", {""}),
        ("number", "It burned.", {""}),
    ],
)
def test_a_rule_makes_false(kind: str, sentence: str, others: set[str]) -> None:
    assert KINDS[kind](sentence, MATERIAL, Random(3)) in others


def test_another_number_is_never_the_same() -> None:
    for seed in range(20):
        changed = KINDS["number"]("It has 40 doors.", MATERIAL, Random(seed))
        assert changed.startswith("It has ")
        assert "40 doors" not in changed


def test_what_is_made_is_the_same_for_a_seed() -> None:
    made = made_sentences(ARTICLES, 4, 3)
    assert [one.text for one in made] == [one.text for one in made_sentences(ARTICLES, 4, 3)]
    assert [one.text for one in made] != [one.text for one in made_sentences(ARTICLES, 5, 3)]
    assert {one.kind for one in made if one.true} == set(TRUE_KINDS)
    assert all(one.text in one.passage.text for one in made if one.kind == "verbatim")
