"""Fit the chances of a yes and of a no: `uv run python -m eval.fitting.fit_yes_no DATA --keep FOLDER`.

DATA has `train/qa.jsonl.gz` with BoolQ (Clark et al. 2019) and `realtimeqa`; the collections are kept in FOLDER. Of
BoolQ the passages are used that the reader's model has not learnt from, each searched for real: what is asked with the
question's own passage taken away is not told. Of the news, whose questions have several choices, claims are made with
the right choice and with a wrong one in the place of "which ...", and held as well against what is found without the
passages that have the right choice, where they are not told. They tell when another name is told in place of the
claim's; the same claims denied are what articles speak against. All is fitted by logistic regression, and the least
chances are read off what each of five folds gets from the others. The news count double.
"""

import argparse
import json
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.english.parsing import sentence_of
from assistant.plans.claims import Claim, claim_of, denied
from assistant.plans.holding import HELD_PASSAGES, held
from assistant.plans.verdicts import KNOWN, WEIGHTS_FILE, best_of, known_of, standing
from eval.datasets.paragraphs import read_asked
from eval.datasets.questions import json_rows
from index.collection import Collection
from index.errors import BylineError
from index.formats.readings import make_reading
from index.search.result import Retrieved
from index.settings import Settings

_MOST = 300  # claims of the news, with those that nothing tells
_MOST_ASKED = 100  # questions of BoolQ
_FOLDS = 5
_NEWS = 2.0  # weight of the news, beside the other set
_RIDGE = 1.0
_AS_OF = date(2022, 12, 1)
_ASKS = re.compile(r"(?:Who|Which|What)\b")

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bounds = tuple[float | None, float | None]
_FOR, _AGAINST, _ANY = (0.0, None), (None, 0.0), (None, None)


@dataclass(frozen=True, slots=True)
class Use:
    """The rows of which a verdict is right, the sets it is fitted on, and the one that its least chance is read off.

    `signs` has which way each thing known may tell; what is not among them tells nothing.
    """

    right: tuple[str, ...]
    sets: tuple[str, ...]
    judged_on: str
    signs: dict[str, Bounds]
    least_right: float = 4 / 5


USES = {
    "yes": Use(
        ("yes",),
        ("news", "boolq"),
        "news",
        {
            "claim borne out": _FOR,
            "passage answers": _FOR,
            "claim's words there": _FOR,
            "denial borne out better": _AGAINST,
            "words unknown": _AGAINST,
            "names and numbers lacking": _AGAINST,
            "another name or number borne out better": _AGAINST,
            "denied in the nearest sentence": _AGAINST,
        },
    ),
    "no": Use(
        ("no",),
        ("boolq", "news denied"),
        "news denied",
        {"denial borne out better": _FOR, "most relevant passage answers": _FOR, "claim there": _AGAINST},
    ),
    "told": Use(
        ("yes", "no"),
        ("boolq",),
        "boolq",
        {
            "most relevant passage answers": _FOR,
            "claim's words there": _FOR,
            "words unknown": _AGAINST,
            "names and numbers lacking": _AGAINST,
        },
        0.75,
    ),
    "other": Use(
        ("other",),
        ("news",),
        "news",
        {"another name or number borne out better": _FOR, "claim borne out": _AGAINST},
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a claim, and what is right: yes, no, or not told; of the news "other", a wrong choice."""

    set: str
    right: str
    known: Floats
    fold: int


def rows_of_boolq(data: Path, collection: Collection) -> Iterator[Row]:
    asked = [
        one for one in read_asked(data / "train" / "qa.jsonl.gz") if one.paragraph.set == "boolq" and one.paragraph.kept
    ]
    if not collection.catalogue.count()[0]:
        texts = {one.paragraph.text: one.paragraph.title for one in asked}
        list(
            collection.add(
                make_reading(text, text, f"{at}#{at}", title=title, origins={})
                for at, (text, title) in enumerate(texts.items())
            )
        )
    random.Random(1).shuffle(asked)
    for one in asked[:_MOST_ASKED]:
        question = f"{one.text[:1].upper()}{one.text[1:].rstrip('?')}?"
        claim = claim_of(question)
        found = collection.search(question, HELD_PASSAGES + 1, _AS_OF)
        own = [passage for passage in found if _same(passage, one.paragraph.text)]
        others = [passage for passage in found if passage not in own]
        if claim is None or not own or not one.wordings:
            continue
        fold = zlib.crc32(one.paragraph.title.encode()) % _FOLDS
        yield from (
            Row("boolq", right, _known(question, claim, passages), fold)
            for right, passages in ((one.wordings[0].lower(), list(found)), ("not told", others))
        )


def rows_of_news(data: Path, collection: Collection) -> Iterator[Row]:
    asked = [row for _, row in json_rows(data / "realtimeqa" / "questions.jsonl", "{}")]
    random.Random(2).shuffle(asked)
    made = 0
    for row in asked:
        answers = [answer.lower() for answer in row["answers"]]
        for right, claim in _claims(row):
            question = f"Is it true that {claim.text[:-1]}?"
            found = collection.search(question, 4 * HELD_PASSAGES, date.fromisoformat(row["asked"])).passages
            silent = [one for one in found if not any(answer in _read(one) for answer in answers)]
            for told, passages in ((right, found), ("not told", silent)):
                if passages and (told == right or right == "yes"):
                    made += 1
                    yield from _of_news(question, claim, told, passages[:HELD_PASSAGES], row["id"])
        if made >= _MOST:
            return


def _of_news(question: str, claim: Claim, right: str, passages: Sequence[Retrieved], name: str) -> Iterator[Row]:
    """What is known of a claim beside passages, and of the same claim denied."""
    fold = zlib.crc32(name.partition("_")[0].encode()) % _FOLDS
    rows = standing(held(question, claim, passages))
    yield Row("news", right, known_of(claim.text, rows, best_of(rows).contrast(claim.text)), fold)
    turned = [replace(one, claimed=one.denied, denied=one.claimed) for one in rows]
    yield Row("news denied", "no" if right == "yes" else "not told", known_of(claim.denied, turned, None), fold)


def _read(found: Retrieved) -> str:
    return f"{found.article.title} {found.passage.text}".lower()


def _known(question: str, claim: Claim, passages: Sequence[Retrieved]) -> Floats:
    rows = standing(held(question, claim, passages[:HELD_PASSAGES]))
    return known_of(claim.text, rows, best_of(rows).contrast(claim.text))


def _same(found: Retrieved, text: str) -> bool:
    return found.passage.text[:80] in " ".join(text.split()) or found.passage.text[:80] in text


def _claims(row: dict[str, Any]) -> Iterator[tuple[str, Claim]]:
    """The question as a claim with its right choice, and with a wrong one, where it asks for its subject."""
    text = row["question"].rstrip("?: ")
    sentence = sentence_of(f"{text}?")
    words = sentence.words
    root = next((at for at, word in enumerate(words) if word.head == at), 0)
    subject = next(iter(sentence.children(root, "nsubj", "nsubjpass")), None)
    inside = sorted(sentence.subtree(subject)) if subject is not None else []
    if not _ASKS.match(text) or not row["answerable"] or inside != list(range(len(inside))) or not inside:
        return
    rest = text[words[len(inside)].start :]
    answers = {answer.lower() for answer in row["answers"]}
    for right, choices in (
        ("yes", [c for c in row.get("choices", []) if c.lower() in answers]),
        ("other", [c for c in row.get("choices", []) if c.lower() not in answers]),
    ):
        claim = denied(f"{choices[0]} {rest}.") if choices else None
        if claim:
            yield right, claim


def fitted(rows: Sequence[Row]) -> dict[str, Any]:
    """The weights by the names of KNOWN, and the least chances; prints what they are worth."""
    weights, least = {}, {}
    for verdict, use in USES.items():
        used = [row for row in rows if row.set in use.sets]
        known = np.array([np.append(row.known, 1.0) for row in used])
        right = np.array([row.right in use.right for row in used], float)
        counts = Counter(row.set for row in used)
        share = np.array([(_NEWS if row.set.startswith("news") else 1.0) / counts[row.set] for row in used])
        bounds = [use.signs.get(name, (0.0, 0.0)) for name in KNOWN] + [(None, None)]
        folds, chances = np.array([row.fold for row in used]), np.empty(len(used))
        for fold in range(_FOLDS):
            here = folds == fold
            chances[here] = _chance(known[here] @ _regression(known[~here], right[~here], share[~here], bounds))
        judged_on = np.array([row.set == use.judged_on for row in used])
        least[verdict] = _least(chances[judged_on], right[judged_on], use.least_right)
        for name in use.sets:
            _print(verdict, name, np.array([row.set == name for row in used]), chances >= least[verdict], right)
        found = _regression(known, right, share, bounds)
        weights[verdict] = {name: round(float(one), 4) for name, one in zip((*KNOWN, "constant"), found, strict=True)}
    return {"weights": weights, "least": least}


def _print(verdict: str, name: str, own: Bools, given: Bools, right: Floats) -> None:
    both = own & given
    share = right[both].mean() if both.any() else float("nan")
    print(f"{verdict}, {name}: given {both.sum()}, of them right {share:.3f}; of {right[own].sum():.0f} that are")


def _regression(known: Floats, right: Floats, share: Floats, bounds: Sequence[Bounds]) -> Floats:
    """Logistic regression, with a penalty for weights, within their bounds."""
    from scipy.optimize import minimize

    scale = len(right) / share.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = known @ weights
        lost = np.logaddexp(0.0, logits) - right * logits
        slope = known.T @ (scale * share * (_chance(logits) - right)) + _RIDGE * np.append(weights[:-1], 0.0)
        return float((scale * share * lost).sum() + _RIDGE * (weights[:-1] ** 2).sum() / 2), slope

    found: Floats = minimize(loss, np.zeros(known.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _chance(logits: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(logits, -50, 50)))
    return found


def _least(chances: Floats, right: Floats, least_right: float) -> float:
    """The least chance from which on this share is right."""
    steps = np.arange(0.3, 0.96, 0.01)
    good = [step for step in steps if (chances >= step).any() and right[chances >= step].mean() >= least_right]
    return round(float(good[0] if good else steps[-1]), 2)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.fitting.fit_yes_no", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="a folder with train/qa.jsonl.gz and realtimeqa")
    parser.add_argument(
        "--keep", type=Path, required=True, help="homes `boolq` and `news`; news as --keep of eval answers"
    )
    options = parser.parse_args()
    settings = Settings(options.keep)
    rows: list[Row] = []
    try:
        for name, read in (("news", rows_of_news), ("boolq", rows_of_boolq)):
            path = options.keep / name / "collections" / "default"
            with Collection(path, settings.embedder, reranker=settings.reranker, rerank_seconds=600.0) as collection:
                for row in read(options.data, collection):
                    rows.append(row)
                    print(row.set, row.right, np.round(row.known, 1).tolist(), row.fold, file=sys.stderr, flush=True)
    except BylineError as error:
        print(error, file=sys.stderr)
        return 1
    note = f"fitted on {len(rows)} claims of BoolQ (CC BY-SA 3.0) and of news"
    WEIGHTS_FILE.write_text(json.dumps({"note": note, **fitted(rows)}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
