"""Stems that share a root: looked up, or compared with each."""

import random

from assistant.english.states import Stems, same_root


def test_looked_up_are_those_that_a_comparison_finds() -> None:
    draw = random.Random(1)
    stems = sorted({"".join(draw.choices("abiensyt", k=draw.randint(1, 7))) for _ in range(1500)} | {"turkey", "cat"})
    looked_up = Stems(stems)
    for stem in [*draw.sample(stems, 100), "turkish", "cats", "absent"]:
        compared = [place for place, other in enumerate(stems) if same_root(stem, other)]
        assert sorted(looked_up.of_root(stem)) == compared
    assert looked_up.among(("turkey", "absent")) == [stems.index("turkey")]
