"""Fit the check's thresholds to a network: `python -m eval.fitting.fit_check --data CLAIMS … [--model FOLDER]`.

Writes `decision.json` beside the network, which is the product's where no FOLDER is given. Used are sentences that
language models wrote or changed about a text, by the sets in `SETS`, of the tenth that the network has not learnt from:
of what it has, it is too sure. Each set counts the same, so none is used of which that tenth has few true ones.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assistant.check import SURE, Source, check
from assistant.check.network import MODEL_FOLDER, CheckNetwork, Decision
from eval.datasets.claims import Claim, is_kept, read_claims
from eval.runs.bootstrap import Floats
from index.errors import BylineError

SETS = ("begin", "summedits", "factcg", "defacto")
_MOST = 600  # claims of a set
_AS_GOOD = 0.005  # of balanced accuracy: of thresholds as good as that the middle is taken, for the ends are chance
_LOST = 0.05  # of the true, that may be called unsupported
_STEP = 0.1


def fitted(claims: Sequence[Claim], network: CheckNetwork) -> Decision:
    """The decision for a network, from claims of SETS."""
    by_set: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_set[claim.set].append(claim)
    odds = {name: _odds(_thinned(of_set), network) for name, of_set in by_set.items()}
    steps = np.arange(-SURE / 4, SURE / 4, _STEP)
    lost = np.mean([_below(true, steps) for true, _ in odds.values()], axis=0)
    caught = np.mean([_below(false, steps) for _, false in odds.values()], axis=0)
    balanced = (1 - lost + caught) / 2
    supported = float(steps[balanced >= balanced.max() - _AS_GOOD].mean())
    partly = min(supported, float(steps[lost <= _LOST].max()))
    print(f"balanced accuracy {balanced.max():.3f} at best, mean of {len(odds)} sets", file=sys.stderr)
    return Decision(round(supported, 2) + 0.0, round(partly, 2) + 0.0)  # never -0.0


def _thinned(claims: Sequence[Claim]) -> Sequence[Claim]:
    return claims[:: len(claims) // _MOST + 1]


def _odds(claims: Sequence[Claim], network: CheckNetwork) -> tuple[Floats, Floats]:
    """Of the true ones and of the false ones."""
    found = [(one.supported, check(one.text, list(map(Source, one.texts)), network).odds) for one in claims]
    true, false = (np.array([odds for is_true, odds in found if is_true == kind]) for kind in (True, False))
    return true, false


def _below(odds: Floats, steps: Floats) -> Floats:
    """The share that is below each step."""
    found: Floats = (odds[:, None] < steps).mean(axis=0)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.fitting.fit_check", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="claims, as `byline eval check` reads them")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="a network's folder (the product's)")
    options = parser.parse_args()
    try:
        claims = [one for path in options.data for one in read_claims(path)]
        network = CheckNetwork(options.model)
    except BylineError as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [one for one in claims if one.set in SETS and is_kept(one)]
    if missing := set(SETS) - {one.set for one in chosen}:
        print(f"no claims of {', '.join(sorted(missing))} in the data; give the files that have them", file=sys.stderr)
        return 1
    file = options.model / "decision.json"
    file.write_text(json.dumps(asdict(fitted(chosen, network))) + "\n", "utf-8")
    print(f"{file}: {file.read_text('utf-8').strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
