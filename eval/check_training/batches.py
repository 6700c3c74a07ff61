"""What is learnt from in one step: pairs drawn from all sets by their shares, true and false ones in balance."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

SHARES: Mapping[str, tuple[float, float]] = {
    "ragtruth_summary": (13.0, 0.2),
    "ragtruth_qa": (13.0, 0.25),
    "ragtruth_summary, changed": (3.0, 1.0),
    "ragtruth_summary, cut out": (1.2, 1.0),
    "ragtruth_qa, changed": (2.0, 1.0),
    "ragtruth_qa, cut out": (1.8, 1.0),
    "defacto": (12.0, 0.5),
    "defacto, changed": (2.0, 1.0),
    "defacto, cut out": (1.0, 1.0),
    "factcg": (7.0, 0.55),
    "factcg, changed": (0.5, 1.0),
    "factcg, cut out": (0.5, 1.0),
    "summedits": (7.0, 0.5),
    "summedits, changed": (1.0, 1.0),
    "summedits, cut out": (1.0, 1.0),
    "bump": (4.0, 0.4),
    "bump, changed": (1.0, 1.0),
    "bump, cut out": (0.5, 1.0),
    "fib": (2.0, 0.5),
    "begin": (3.0, 0.5),
    "faithdial_audit": (1.0, 0.5),
    "docnli_fever": (8.0, 0.5),
    "docnli_mnli": (8.0, 0.5),
    "scitail": (1.0, 0.5),
    "snli": (2.0, 0.5),
    "help_nli": (0.5, 0.5),
    "made of news": (6.0, 0.5),
    "turned": (6.0, 0.55),
    "answered": (5.0, 0.5),
    "left out": (7.0, 0.55),
    "rephrased": (22.0, 0.55),
    "published": (7.0, 0.55),
}
"""For each group of pairs: its weight among all, and how much of it is false."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as `pairs.py` writes it."""

    sentence: str
    beside: str
    supported: bool
    spans: Sequence[Sequence[int]] | None


Groups = Mapping[tuple[str, bool], Sequence[Row]]


def read_pairs(file: Path) -> Groups:
    """The pairs of a file of `pairs.py`, by group and whether they are borne out."""
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    opened: Any = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = Row(row["sentence"], row["beside"], row["supported"], row["spans"])
            groups[row["group"], row["supported"]].append(found)
    unknown = {group for group, _ in groups} - set(SHARES)
    if unknown:
        raise SystemExit(f"{file}: no share is told for {', '.join(sorted(unknown))}; add it to batches.py")
    return groups


def batches(groups: Groups, size: int, seed: int) -> Iterator[list[Row]]:
    """Batches of `size` pairs without end, the same for the same seed.

    Of each kind no pair comes again before all have come.
    """
    chance = Random(seed)
    weights = {}
    for group, supported in groups:
        weight, false = SHARES[group]
        weights[group, supported] = weight * ((1 - false) if supported else false)
    kinds = [kind for kind, weight in weights.items() if weight]
    turns = {kind: _turns(groups[kind], Random(f"{seed} {kind}")) for kind in kinds}
    while True:
        yield [next(turns[kind]) for kind in chance.choices(kinds, [weights[kind] for kind in kinds], k=size)]


def _turns(rows: Sequence[Row], chance: Random) -> Iterator[Row]:
    while True:
        yield from chance.sample(rows, len(rows))
