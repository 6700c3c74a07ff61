"""The measurement of near-copies: what it counts as right, as wrong and as neither."""

import random

from eval.near_copies import CONTINUED, RULES, are_reprints, measure
from tests.near_copies import articles

TEXTS = articles(24, random.Random(5), sentences=12)


def test_every_rule_is_measured_in_every_draw() -> None:
    measured = list(measure(TEXTS[:9], 8, [1, 2]))
    assert [(seed, rule) for seed, rule, _, _ in measured] == [
        (seed, r) for seed in (1, 2) for r in (*RULES, CONTINUED)
    ]
    assert all(recall == 1 for _, rule, _, recall in measured if rule in ("cut", "reheadlined"))


def test_reprints_among_the_articles_count_for_nothing_and_others_as_wrong() -> None:
    second_edition = f"{TEXTS[0]}\nThis is new."
    assert are_reprints(TEXTS[0], second_edition)
    assert not are_reprints(TEXTS[0], TEXTS[1])
    found = {rule: precision for _, rule, precision, _ in measure([TEXTS[0], second_edition], 2, [1])}
    assert found["reheadlined"] == 1
    revised = "\n".join(text.replace(" the ", " a ", 4) for text in TEXTS[0].split("\n"))
    assert not are_reprints(TEXTS[0], revised)
    found = {rule: precision for _, rule, precision, _ in measure([TEXTS[0], revised], 2, [1])}
    assert found["reheadlined"] == 0.5
