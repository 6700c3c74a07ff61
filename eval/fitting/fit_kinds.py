"""Fit the weights that tell the kind of a question: `uv run python -m eval.fitting.fit_kinds FACTS...`.

FACTS are files of questions that others wrote, one object a line with `question`, `input` or `questions`: each is one
of a fact, a definition or somebody's words; where its answers are yes and no, one for yes or no, and where one of them
is a list, perhaps of a list. One with a `history` may be anything but talk and about the answer before. Those of one
half, by their digest, are learnt from, the others tried. `kinds.jsonl` beside this file has questions of every kind;
what they are worth is told by thirds, each tried by what the other two teach.
"""

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from assistant.question.asked import _LEAST, KINDS, WEIGHTS_FILE, Kind, KindWeights
from assistant.question.asked_features import features, vectors, words_asked
from eval.datasets.questions import json_rows
from index.embedders import static_embedder

OWN = Path(__file__).parent / "kinds.jsonl"

_PLAIN: tuple[Kind, ...] = ("fact", "definition", "says", "yes/no")  # what others' questions teach to be
_ALLOWED: tuple[Kind, ...] = (*_PLAIN, "list")  # what they may be taken for
_FOLLOWING: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in ("answer", "talk"))  # a follow-up's
_MOST = {"learnt": 700, "tried": 1500}  # questions of one source
_WEIGHT, _FOLLOWING_WEIGHT = 0.08, 0.12  # of a question of another's beside one of our own
_PENALTY = 0.2
_ROUNDS = 120
_FOLDS = 3

Floats = NDArray[np.float64]


class Asked(NamedTuple):
    """A question with the kinds that it may be of."""

    text: str
    kinds: tuple[Kind, ...]
    source: str = "own"


def fit(asked: Sequence[Asked]) -> KindWeights:
    """The weights under which the questions are most likely of one of their kinds, with a penalty on large ones."""
    words = [words_asked(one.text) for one in asked]
    own = [its for its, one in zip(words, asked, strict=True) if one.source == "own"]
    counted = Counter(word for its in own for word in set(its))
    known = frozenset(word for word, times in counted.items() if times > 1)
    found = [features(its, known) for its in words]
    ours = set().union(*found[: len(own)])
    times = Counter(name for its in found for name in its)
    names = tuple(sorted(name for name in ours if times[name] > 1))
    places = {name: at for at, name in enumerate(names)}
    rows = [(row, places[name]) for row, its in enumerate(found) for name in its if name in places]
    has = csr_matrix((np.ones(len(rows)), tuple(zip(*rows, strict=True))), (len(asked), len(names)))
    dense = np.array([vectors(its, static_embedder()) for its in words], np.float64)
    allowed = np.array([[kind in one.kinds for kind in KINDS] for one in asked], np.float64)
    weigh = np.array(list(map(_weight, asked)))
    return KindWeights(names, known, _fitted(has, dense, allowed, weigh).astype(np.float32))


def _weight(one: Asked) -> float:
    if one.source == "own":
        return 1.0
    return _FOLLOWING_WEIGHT if one.kinds == _FOLLOWING else _WEIGHT


def _fitted(has: Any, dense: Floats, allowed: Floats, weigh: Floats) -> Floats:
    shape = (has.shape[1] + dense.shape[1] + 1, allowed.shape[1])
    first = has.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        odds = has @ weights[:first] + dense @ weights[first:-1] + weights[-1]
        chances = np.exp(odds - np.logaddexp.reduce(odds, axis=1, keepdims=True))
        right = (chances * allowed).sum(axis=1, keepdims=True)
        off = (chances - chances * allowed / right) * weigh[:, None]
        slope = np.vstack([has.T @ off, dense.T @ off, off.sum(axis=0, keepdims=True)])
        slope[:-1] += _PENALTY * weights[:-1]
        return float(-(weigh * np.log(right[:, 0])).sum() + _PENALTY / 2 * (weights[:-1] ** 2).sum()), slope.ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    weights: Floats = found.x.reshape(shape)
    return weights


def kind_by(weights: KindWeights, text: str) -> Kind:
    """As `kind_asked` does, by these weights."""
    chances = weights.chances(text)
    best = int(chances.argmax())
    return KINDS[best] if chances[best] >= _LEAST else "fact"


def own_questions(file: Path = OWN) -> list[Asked]:
    return [Asked(row["question"], (row["kind"],)) for _, row in json_rows(file)]


def others_questions(file: Path) -> Iterator[Asked]:
    """The questions of a file of a public set. Only those of the whole are told from one for yes or no."""
    for _, row in json_rows(file):
        source = str(row.get("source") or file.name.split(".")[0])
        for one in row.get("questions") or [row]:
            text = one.get("question") or one.get("input") or ""
            kinds = _FOLLOWING if row.get("history") else _kinds_by(list(map(str, one.get("answers") or [])))
            yield Asked(str(text), kinds, source)


def _kinds_by(answers: Sequence[str]) -> tuple[Kind, ...]:
    """What a question may be by its answers: of a list where one of them is."""
    if answers and set(answers) <= {"yes", "no"}:
        return ("yes/no",)
    return _ALLOWED if any(" and " in one and "," in one for one in answers) else _PLAIN


def _is_learnt(one: Asked) -> bool:
    return hashlib.blake2b(one.text.encode(), digest_size=1).digest()[0] % 2 == 0


def _some(asked: Sequence[Asked], most: int) -> list[Asked]:
    """At most so many of each source, chosen by lot."""
    by_source: dict[str, list[Asked]] = {}
    for one in asked:
        by_source.setdefault(one.source, []).append(one)
    lot = random.Random(1)
    return [one for its in by_source.values() for one in lot.sample(its, min(most, len(its)))]


def _tell_thirds(own: Sequence[Asked], others: Sequence[Asked]) -> None:
    order = random.Random(2).sample(range(len(own)), len(own))
    right: Counter[str] = Counter()
    for fold in range(_FOLDS):
        weights = fit([*(own[i] for at, i in enumerate(order) if at % _FOLDS != fold), *others])
        tried = [own[i] for at, i in enumerate(order) if at % _FOLDS == fold]
        right.update(one.kinds[0] for one in tried if kind_by(weights, one.text) in one.kinds)
    of = Counter(one.kinds[0] for one in own)
    print(f"own questions by thirds: {sum(right.values()) / len(own):.3f} right")
    print("  " + ", ".join(f"{kind} {right[kind] / of[kind]:.2f} of {of[kind]}" for kind in KINDS))


def _tell_others(weights: KindWeights, tried: Sequence[Asked]) -> None:
    of: Counter[str] = Counter(one.source for one in tried)
    taken: Mapping[str, Counter[str]] = {source: Counter() for source in of}
    for one in tried:
        if (kind := kind_by(weights, one.text)) not in (_ALLOWED if one.kinds == _PLAIN else one.kinds):
            taken[one.source][kind] += 1
    for source, wrong in taken.items():
        told = ", ".join(f"{kind} {times}" for kind, times in wrong.most_common(4))
        print(f"{source}: {wrong.total()} of {of[source]} taken for another kind ({told})")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Fit the weights that tell the kind of a question.")
    parser.add_argument("facts", type=Path, nargs="+", help="files of questions that others wrote")
    parser.add_argument("--tried", type=Path, nargs="*", default=[], help="such files that nothing is learnt from")
    parser.add_argument("--leave-out", nargs="*", default=[], help="sources of these files that are left out")
    parser.add_argument("--thirds", action="store_true", help="tell as well what our own questions are worth")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    options = parser.parse_args(arguments)
    found = [one for file in options.facts for one in others_questions(file) if one.source not in options.leave_out]
    learnt = _some([one for one in found if _is_learnt(one)], _MOST["learnt"])
    tried = [one for one in found if not _is_learnt(one)]
    tried += [one for file in options.tried for one in others_questions(file)]
    own = own_questions()
    if options.thirds:
        _tell_thirds(own, learnt)
    weights = fit([*own, *learnt])
    _tell_others(weights, _some(tried, _MOST["tried"]))
    weights.save(options.out)
    print(f"{len(weights.names)} features, written to {options.out}")


if __name__ == "__main__":
    main()
