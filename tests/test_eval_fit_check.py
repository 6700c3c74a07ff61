"""The check's thresholds, fitted to a network."""

import pytest

from assistant.check.network import CheckNetwork, Decision, Judgement
from eval.datasets.claims import Claim
from eval.fitting.fit_check import fitted


class ToldNetwork(CheckNetwork):
    """A stand-in that finds the odds which a sentence names."""

    def __init__(self) -> None:
        self.decision = Decision()

    def judge(self, sentence: str, beside: str) -> Judgement:
        return Judgement(float(sentence.rstrip(".").split()[-1]), ())


def claim(text: str, supported: bool, group: str) -> Claim:
    return Claim(group, "one", ("The ferry was late.",), text, supported)


def test_the_thresholds_are_those_that_tell_best_on_the_mean_of_the_sets() -> None:
    claims = [
        *(claim(f"The ferry was {at} late {odds}.", True, "begin") for at, odds in enumerate([2.0] * 19 + [-0.5])),
        *(claim(f"The ferry was {at} mended {odds}.", False, "begin") for at, odds in enumerate([-3.0] * 9 + [1.0])),
        *(claim(f"The ferry was {at} late 1.8.", True, "factcg") for at in range(3)),
        claim("The ferry is burnt down 0.4.", False, "factcg"),
    ]
    decision = fitted(claims, ToldNetwork())
    assert decision.supported == pytest.approx(1.45)  # the middle of 1.1 to 1.8
    assert decision.partly == decision.supported  # .025 of the true, in the mean, is below it
