"""The check's thresholds, fitted to a network."""

import pytest

from assistant.check.network import CheckNetwork, Decision, Judgement
from eval.datasets import Claim
from eval.fit_check import fitted


class ToldNetwork(CheckNetwork):
    """A stand-in that finds the odds which a sentence names, and of words in capitals that they are likelier unsaid."""

    def __init__(self) -> None:
        self.decision = Decision()

    def judge(self, sentence: str, beside: str) -> Judgement:
        *words, odds = sentence.rstrip(".").split()
        pieces, at = [], 0
        for word in words:
            at = sentence.index(word, at)
            pieces.append(((at, at + len(word)), 2.0 if word.isupper() else 1.0 if word == "may" else -2.0))
        return Judgement(float(odds), tuple(pieces))


def claim(text: str, supported: bool, group: str, *unsaid: str) -> Claim:
    spans = tuple((text.index(word), text.index(word) + len(word)) for word in unsaid)
    return Claim(group, "one", ("The ferry was late.",), text, supported, spans=spans)


def test_the_thresholds_are_those_that_tell_best_on_the_mean_of_the_sets() -> None:
    claims = [
        *(claim(f"The ferry was {at} late {odds}.", True, "begin") for at, odds in enumerate([2.0] * 19 + [-0.5])),
        *(claim(f"The ferry was {at} mended {odds}.", False, "begin") for at, odds in enumerate([-3.0] * 9 + [1.0])),
        *(claim(f"The ferry was {at} late 1.8.", True, "ragtruth_qa") for at in range(3)),
        claim("The ferry may be BURNT DOWN 0.4.", False, "ragtruth_qa", "BURNT", "DOWN"),
    ]
    decision = fitted(claims, ToldNetwork())
    assert decision.supported == pytest.approx(1.8)
    assert decision.partly == pytest.approx(1.8)  # .025 of the true, in the mean, is below it
    assert 1.0 <= decision.unsaid <= 2.0
