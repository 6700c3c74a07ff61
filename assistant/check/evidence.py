"""The sentences of the sources that say most of a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.check.facts import Read
from assistant.check.nearness import PART, Floats, exact_shares, shares, weights
from assistant.check.sources import ReadSource

MOST = 3  # sentences
_LEAST_GAIN = 1e-9  # of the weight: less is a rounding
_ENOUGH = 0.12  # of the weight, that a further sentence must add
_MUCH_OF_CLAUSE, _MOST_OF_CLAUSE = 0.35, 0.55
_LEAST_CLAUSE = 1.6  # weight of what can be true or false by itself
_JOINTS = {"and", "but", "while", "because", "which", "who", "where", "although", "though", "so", "after", "before"}
_LOOKED_AT = 4  # sentences for each that is taken, the best by the words that they have


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences, each as the number of its source and its own, and how far they hold each word (n,) together.

    `best` has the share of the weight that the first of them has.
    """

    places: tuple[tuple[int, int], ...]
    sentences: tuple[Read, ...]
    held: Floats
    weights: Floats

    @property
    def nearness(self) -> float:
        """The share of the sentence's weight that the sentences hold."""
        return share(self.held, self.weights)


def evidence_for(said: Read, sources: Sequence[ReadSource]) -> Evidence:
    """The sentence that says most of it, and up to two more that add something other than a name or a number."""
    weight = weights(said.words, said.of_facts)
    plain = np.array([float(at not in said.of_facts) for at in range(len(said.words))])
    found = [(i, j, read) for i, source in enumerate(sources) for j, read in enumerate(source.sentences)]
    exact = exact_shares(said.words, (read.vocabulary for _, _, read in found))
    most = np.maximum(exact, PART * plain)  # what a look at the words' meanings can make of it
    least = _LEAST_GAIN * float(weight.sum())
    whole: dict[int, Floats] = {}
    chosen: list[int] = []
    held = np.zeros(len(said.words))
    for _ in range(MOST):
        best, best_held, best_sum = -1, held, float(held @ weight)
        gains = np.maximum(exact - held, 0.0) @ weight
        can_hold = (np.maximum(most, held) @ weight).tolist()
        for at in (-gains).argsort(kind="stable")[:_LOOKED_AT].tolist():
            if can_hold[at] <= best_sum + least:
                continue
            if at not in whole:
                whole[at] = shares(said.words, said.of_facts, found[at][2].vocabulary)
            now = np.maximum(held, whole[at])
            if (now_sum := float(now @ weight)) > best_sum + least:
                best, best_held, best_sum = at, now, now_sum
        if best < 0 or (chosen and not _is_needed(best_held - held, weight, plain, said)):
            break
        chosen.append(best)
        held = best_held
    return Evidence(tuple(found[at][:2] for at in chosen), tuple(found[at][2] for at in chosen), held, weight)


def with_told(found: Evidence, told: Sequence[int]) -> Evidence:
    """The evidence, holding the words at these places too: told by words that mean the same."""
    held = found.held.copy()
    held[list(told)] = np.maximum(held[list(told)], PART)
    return replace(found, held=held)


def clauses_of(said: Read, weight: Floats) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that say something by themselves, as first word and the one after the last."""
    first = 0
    for at, word in enumerate(said.words):
        is_joint = at > first and (said.words[at - 1].ends or word.small in _JOINTS)
        if is_joint and min(weight[first:at].sum(), weight[at:].sum()) >= _LEAST_CLAUSE:
            yield first, at
            first = at
    yield first, len(said.words)


def _is_needed(gain: Floats, weight: Floats, plain: Floats, said: Read) -> bool:
    """Whether what a sentence adds is enough of the whole, or makes up a clause, and not by names and numbers alone."""
    if share(gain * plain, weight) >= _ENOUGH:
        return True
    for first, last in clauses_of(said, weight):
        part, heavy = gain[first:last], weight[first:last]
        if share(part, heavy) >= _MOST_OF_CLAUSE:
            return True
        if share(part, heavy) >= _MUCH_OF_CLAUSE and share(part * plain[first:last], heavy) >= _ENOUGH:
            return True
    return False


def share(held: Floats, weight: Floats) -> float:
    total = float(weight.sum())
    return float(held @ weight) / total if total else 0.0


def runs(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Those of one source that stand side by side, or one apart, as one: source, first and last sentence."""
    begun: tuple[int, int, int] | None = None
    for source, at in sorted(places):
        if begun and begun[0] == source and at - begun[2] <= 2 and at - begun[1] < MOST:
            begun = (source, begun[1], at)
            continue
        if begun:
            yield begun
        begun = (source, at, at)
    if begun:
        yield begun
