"""Claims of both layouts, their halves, and what is said of rows that are neither."""

import gzip
import json
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from eval.datasets.claims import Claim, is_kept, learnt_from, of_half, read_claims
from eval.training.check_pairs import taught
from index.errors import SourceError
from tests.retrieval_data import write_rows

FERRY = "The ferry from Ansbach to Velm came an hour late on Monday. Mayor Ida Roth said it would be mended by 4 May."
SAID = "The ferry was late. It sank on Tuesday."
ROW = {"source": "own", "text": FERRY, "claims": [{"claim": "It was late.", "supported": True, "kind": "plain"}]}
MARKED = {
    "task": "qa",
    "source_id": 7,
    "source": {
        "question": "What of the ferry?",
        "passages": "passage 1:The ferry was late.\n\npassage 2:Velm has one.",
    },
    "responses": [
        {"model": "one", "response": SAID, "labels": [{"start": 23, "end": 38, "label_type": "Evident Baseless Info"}]}
    ],
}


def stories(count: int, set_name: str) -> list[dict[str, Any]]:
    """Texts of their own, each with a true and a false claim."""
    found = []
    for number in range(count):
        text = (
            f"House {number} in Velm burned. None of the {number + 40} who lived there was hurt, warden {number} said."
        )
        claims = [("The house burned down.", True), (f"All {number + 40} were hurt by the fire.", False)]
        rows = [{"claim": claim, "supported": supported} for claim, supported in claims]
        found.append({"source": set_name, "text": text, "claims": rows})
    return found


def test_claims_about_a_text(tmp_path: Path) -> None:
    [claim] = read_claims(write_rows(tmp_path / "own.jsonl", [ROW]))
    assert (claim.set, claim.texts, claim.text, claim.supported, claim.kind) == (
        "own", (FERRY,), "It was late.", True, "plain",
    )  # fmt: skip
    assert claim.spans == ()


def test_a_set_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    row = {"text": FERRY, "claims": [{"claim": "It sank.", "supported": False}]}
    file = tmp_path / "ferries.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(row).encode()))
    [claim] = read_claims(file)
    assert (claim.set, claim.supported, claim.spans) == ("ferries", False, None)


def test_each_sentence_of_a_response_is_a_claim_that_marks_make_false(tmp_path: Path) -> None:
    true, false = read_claims(write_rows(tmp_path / "marked.jsonl", [MARKED]))
    assert (true.set, true.text, true.supported, true.spans) == ("ragtruth_qa", "The ferry was late.", True, ())
    assert true.texts == ("The ferry was late.", "Velm has one.")
    assert (false.supported, false.kind) == (False, "Evident Baseless Info")
    assert [false.text[start:end] for start, end in false.spans or ()] == ["sank on Tuesday"]
    assert true.source == false.source


def test_the_number_of_a_list_belongs_to_what_follows(tmp_path: Path) -> None:
    label = {"start": 23, "end": 33, "label_type": "Evident Conflict"}
    row = {**MARKED, "responses": [{"response": "1. The ferry was late. 2. It sank.", "labels": [label]}]}
    true, false = read_claims(write_rows(tmp_path / "marked.jsonl", [row]))
    assert (true.text, false.text) == ("1. The ferry was late.", "2. It sank.")
    assert (true.supported, false.supported) == (True, False)


def test_a_folder_gives_the_claims_of_all_its_files(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", [ROW])
    write_rows(tmp_path / "b.jsonl", [MARKED])
    assert [one.set for one in read_claims(tmp_path)] == ["own", "ragtruth_qa", "ragtruth_qa"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": FERRY}, 'line 2: "claims" must be a list'),
        ({"claims": [{"claim": "It sank.", "supported": False}]}, 'line 2: no "text"'),
        ({"text": FERRY, "claims": [{"claim": "It sank.", "supported": "no"}]}, "line 2: claim 1 needs"),
        ({**MARKED, "responses": [{"response": SAID}]}, "line 2: a response is not as RAGTruth has them"),
        ({**MARKED, "responses": 4}, "line 2: a response is not as RAGTruth has them"),
        ({**MARKED, "source": 4}, 'line 2: "source" must be a text, or a question with passages; not 4'),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_file_and_line(tmp_path: Path, row: Mapping[str, Any], said: str) -> None:
    file = write_rows(tmp_path / "bad.jsonl", [ROW, row])
    with pytest.raises(SourceError, match=f"bad.jsonl: {said}"):
        list(read_claims(file))


def test_no_claims_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        list(read_claims(tmp_path / "none"))
    with pytest.raises(SourceError, match=r"no \.jsonl file"):
        list(read_claims(tmp_path))
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(SourceError, match="no claims in this file"):
        list(read_claims(tmp_path))


def test_no_source_of_the_kept_half_is_learnt_from(tmp_path: Path) -> None:
    sets = ("ragtruth_summary", "qags_cnndm", "another")
    claims = list(chain.from_iterable(_claims(tmp_path, stories(60, name)) for name in sets))
    learnt = learnt_from(claims)
    kept = list(of_half(iter(claims), "kept"))
    assert {one.set for one in kept} == set(sets)
    assert 20 < len({one.source for one in kept if one.set == "ragtruth_summary"}) < 40
    assert all(is_kept(one) for one in claims if one.set == "qags_cnndm")
    assert not {one.source for one in learnt} & {one.source for one in kept}
    assert not learnt  # each text stands in the set that is kept whole too
    others = [one for one in claims if one.set != "qags_cnndm"]
    assert {one.set for one in learnt_from(others)} == {"another"} | (
        {"ragtruth_summary"} if any(not is_kept(one) for one in others if one.set == "ragtruth_summary") else set()
    )


def test_a_text_that_is_kept_in_other_spelling_is_not_learnt_from(tmp_path: Path) -> None:
    rows = stories(40, "another")
    spelled = [{**row, "source": "summeval", "text": f"( cnn ) {row['text'].upper()} more !"} for row in rows[:20]]
    claims = _claims(tmp_path, [*rows, *spelled])
    learnt = {one.texts[0] for one in learnt_from(claims)}
    assert not learnt & {row["text"] for row in rows[:20]}
    assert len(learnt) > 10


def test_pairs_are_made_of_what_is_learnt_only(tmp_path: Path) -> None:
    claims = _claims(tmp_path, stories(80, "ragtruth_qa"))
    pairs = list(taught(learnt_from(claims), Random(1)))
    kept = {one.texts[0].split(" in ")[0] for one in claims if is_kept(one)}
    assert pairs
    assert kept
    assert not any(f"{house} in" in pair.beside for pair in pairs for house in kept)
    changed = [one for one in pairs if one.group == "ragtruth_qa, changed"]
    assert not any(one.supported for one in changed)


def _claims(folder: Path, rows: Sequence[Mapping[str, Any]]) -> list[Claim]:
    return list(read_claims(write_rows(folder / "some.jsonl", rows)))
