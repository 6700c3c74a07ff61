"""What the check's network learns from: pairs made of claims, and the batches that they are drawn into."""

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from eval.check.falsified import Material
from eval.datasets.claims import Claim
from eval.datasets.paragraphs import Asked, Paragraph, located
from eval.training.changed_sentences import Names, Verbs, answered, turned
from eval.training.check_pairs import Taught, asked_apart, batches, of_questions, read_pairs, taught
from tests.retrieval_data import write_rows

STORY = (
    "Mayor Ida Roth opened a school in Velm on Monday. It cost 90 million crowns. Oslo gave the roof, and Ansbach paid "
    "for the windows. The harbour has a new crane. "
    + 8
    * "Ships from nine lands lie there, and sailors drink tea on deck. "
)


def claim(text: str, supported: bool, group: str = "defacto") -> Claim:
    return Claim(group, "one", (STORY,), text, supported, spans=() if supported else None)


def pairs_of(*claims: Claim) -> list[Taught]:
    return [one for one in taught(claims, Random(1)) if one.group == claims[0].set]


def test_what_a_false_claim_has_otherwise_than_a_true_one_is_what_is_wrong() -> None:
    true, false = pairs_of(
        claim("Ida Roth opened a school in Velm.", True), claim("Ida Roth opened a shop in Velm.", False)
    )
    assert true.spans == ()
    assert [false.sentence[start:end] for start, end in false.spans or ()] == ["shop"]
    assert "Ida Roth opened a school" in false.beside


def test_a_false_claim_that_is_like_no_true_one_is_left_whole() -> None:
    _, false = pairs_of(claim("Ida Roth opened a school in Velm.", True), claim("It rained. Nobody came.", False))
    assert (false.sentence, false.spans) == ("It rained. Nobody came.", None)


def test_of_several_sentences_those_are_false_that_were_changed() -> None:
    text = "Ida Roth opened a school in Velm on Monday. It cost {} million crowns in all."
    pairs = pairs_of(claim(text.format(90), True), claim(text.format(40), False))
    assert [(one.sentence, one.supported) for one in pairs][2:] == [
        ("Ida Roth opened a school in Velm on Monday.", True),
        ("It cost 40 million crowns in all.", False),
    ]


def test_false_pairs_are_made_of_a_true_claim() -> None:
    true = claim("Mayor Ida Roth opened a school in Velm on Monday.", True, "ragtruth_qa")
    made = [one for one in taught([true], Random(1)) if one.group != "ragtruth_qa"]
    changed = [one for one in made if one.group == "ragtruth_qa, changed"]
    assert changed
    for one in changed:
        assert not one.supported
        assert one.sentence != true.text
        assert all(one.sentence[start:end] not in true.text.split() for start, end in one.spans or ())
    [rest] = [one for one in made if one.group == "ragtruth_qa, cut out"]
    assert "school" not in rest.beside
    assert (rest.sentence, rest.supported) == (true.text, False)


def test_batches_are_the_same_for_the_same_seed_and_hold_true_and_false(tmp_path: Path) -> None:
    rows = [
        {"group": "defacto", "sentence": f"{number}", "beside": "x", "supported": number % 10 == 0, "spans": None}
        for number in range(100)
    ]
    groups = read_pairs(write_rows(tmp_path / "pairs.jsonl", rows))
    once, again = (list(itertools.islice(batches(groups, 8, 1), 20)) for _ in range(2))
    assert once == again
    true = sum(row.supported for batch in once for row in batch)
    assert 60 < true < 100  # of 160: they are drawn in balance, though a tenth of the pairs
    false = [row.sentence for batch in once for row in batch if not row.supported]
    assert len(set(false)) >= min(len(false), 85)  # none comes again before all have come


def test_a_set_without_a_share_is_named(tmp_path: Path) -> None:
    row = {"group": "ferries", "sentence": "It sank.", "beside": "x", "supported": True, "spans": None}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(row))
    with pytest.raises(SystemExit, match="no share is told for ferries"):
        read_pairs(tmp_path / "pairs.jsonl")


def test_a_sentence_is_turned_with_its_names_and_numbers_left() -> None:
    texts = ["Roth praised it. He opened it. She wants to close it. Velm closed it. They kicked it. It lasted."] * 5
    verbs = Verbs(texts)
    assert verbs.past == {"close": "closed"}
    material = Material(STORY, [], [])
    plans = turned("Roth plans to close 3 schools.", material, verbs, Random(1))
    assert "Roth closed 3 schools." in plans
    may = turned("Roth may close 3 schools.", material, verbs, Random(1))
    assert {"Roth closed 3 schools.", "Roth will close 3 schools."} <= set(may)
    others = {one for seed in range(9) for one in turned("Roth closed 3 schools.", material, verbs, Random(seed))}
    assert others
    assert all(one.startswith("Roth ") and one.endswith(" 3 schools.") for one in others)
    assert "Roth opened 3 schools." in others or "Roth kicked 3 schools." in others
    denied = turned("It was closed.", material, verbs, Random(1))
    assert denied[-1] == "It was not closed."


def test_questions_for_who_become_sentences_with_their_answer_and_with_another_name() -> None:
    text = "Ida Roth, the mayor of Velm, opened a school. Ole Lund paid for it, and Eva Stone drew it."
    where = Paragraph("harbour", "", text, False, "1")

    def asked(question: str, answer: str) -> Asked:
        return Asked(question, question, where, located(text, [answer], question), (answer,))

    questions = [
        asked("Who opened a school?", "Ida Roth"),
        asked("who paid for the school?", "Ole Lund"),
        asked("Who did the mayor thank?", "Eva Stone"),  # asks for an object
        asked("What did she open?", "a school"),
    ]
    made = list(answered(questions, Random(1)))
    assert [(one.sentence, one.supported) for one in made if one.supported] == [
        ("Ida Roth opened a school.", True),
        ("Ole Lund paid for the school.", True),
    ]
    false = {one.sentence for seed in range(30) for one in answered(questions, Random(seed)) if not one.supported}
    assert false == {
        "Ole Lund opened a school.",
        "Eva Stone opened a school.",
        "Ida Roth paid for the school.",
        "Eva Stone paid for the school.",
    }
    assert all(one.sentence[: one.said] in text for one in made)


def test_no_text_of_a_kept_claim_is_made_into_sentences_of_questions(tmp_path: Path) -> None:
    words = "school harbour crane tea ship deck roof window sailor mayor tower bridge".split()
    told = [" ".join(f"{word}{n}" for word in words) for n in range(20)]
    texts = [f"Ida Roth opened the {each}, and Ole Lund paid for all of it." for each in told]
    asked = {"id": "1", "question": "Who opened it?", "answers": ["Ida Roth"]}
    write_rows(tmp_path / "q.jsonl", [{"context": text, "questions": [asked]} for text in texts])
    claims = [Claim("written", "00000000", (texts[0],), "Kept, as all claims of our own are.", True)]
    made = list(of_questions(asked_apart([tmp_path / "q.jsonl"], claims), Random(1)))
    assert made
    assert not any("school0" in one.beside for one in made)


def test_a_sentence_of_a_paragraph_stands_beside_it_and_beside_what_is_left_without_it(tmp_path: Path) -> None:
    text = "Ida Roth opened a school for sailors in Velm. " + 3 * "Ships from nine lands lie at anchor off the quay. "
    asked = {"id": "1", "question": "What did she open?", "answers": ["a school"]}
    write_rows(tmp_path / "q.jsonl", [{"context": text, "questions": [asked]}])
    asked_of = asked_apart([tmp_path / "q.jsonl"], [])
    pairs = [one for seed in range(20) for one in of_questions(asked_of, Random(seed)) if one.group == "left out"]
    opened = [one for one in pairs if "school" in one.sentence]
    assert {one.supported for one in opened} == {True, False}
    assert all(("school" in one.beside) == one.supported for one in opened)


@dataclass(frozen=True)
class FakeName:
    """A name as spaCy marks it."""

    text: str
    label_: str


@dataclass(frozen=True)
class FakeDocument:
    """A parsed text of which only the names are looked at."""

    ents: tuple[FakeName, ...]


def test_who_published_a_clause_stands_over_it_and_others_did_not() -> None:
    names = Names()
    persons = (FakeName("Ida Roth", "PERSON"), FakeName("Ole Lund", "PERSON"), FakeName("J. 2", "PERSON"))
    names.learn(FakeDocument((*persons, FakeName("Velm Post", "ORG"), FakeName("Harbour Wire", "ORG"))))
    text = "The crane fell on a ferry."
    made = []
    for seed in range(200):
        random = Random(seed)
        source = names.source(text, random)
        for sentence, supported in names.published("the crane fell", True, source, random):
            assert "crane fell" in sentence
            assert (source.outlet in sentence) or not supported
            made.append((source, sentence, supported))
    assert {one.outlet for one, _, _ in made} == {"Velm Post", "Harbour Wire"}
    assert {supported for _, _, supported in made} == {True, False}
    wrong = [(one, sentence) for one, sentence, supported in made if not supported]
    assert any(one.outlet in sentence and one.author not in sentence for one, sentence in wrong)
    assert all("J. 2" not in one.heading for one, _, _ in made)
    only_false = [supported for _, supported in names.published("the crane rose", False, made[0][0], Random(1))]
    assert only_false == [False]


def test_a_text_without_names_before_it_stands_under_no_outlet() -> None:
    source = Names().source("The crane fell.", Random(1))
    assert source.outlet == source.author == ""
    assert list(Names().published("the crane fell", True, source, Random(1))) == []
