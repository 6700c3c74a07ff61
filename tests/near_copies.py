"""Articles to make near-copies of: unrelated ones in the phrases that all papers use."""

import random
import re

# Sentences as any local paper has them; the words in braces differ from article to article.
_SENTENCES = """
The {a} council voted {n} to {m} on Monday to {v} the {b} plan.
{P}, who leads the {a} group, said that nobody had expected the {b} to {v} so soon.
“We will {v} every {b} that we can, and then we will {v} the {c},” {P} told reporters on Tuesday.
According to a report seen by this paper, {n} of the {b} were {d} before the {c} came.
The {b} of {T} has cost {n} million since the {c} was {d} in the spring.
Police said that {n} people were taken to the {a} hospital after the {b} {d} near {T}.
It was not immediately clear whether the {c} would {v} the {b} by the end of the year.
A spokesperson for {P} declined to comment on the {d} {b}, but called the {c} {e}.
Residents of {T} say the {e} {b} has {d} their {c} for at least {n} years.
The ministry did not respond to a request for comment about {T} and its {b}.
In {T}, {n} {b} were {d} overnight as the {e} {c} moved towards the {a} coast.
“It is {e},” said {P}, a {b} from {T}. “I have never seen a {c} like that.”
The decision to {v} {T} came {n} days after {P} had {d} the {c}.
Critics of the {b} argue that the {e} {c} should be {d}, not {a}.
Prices of {b} rose by {n} per cent, the {e} jump since the {c} of {T}.
Scientists at the {a} institute found {n} {e} {b} under the {c} of {T}.
The next {b} is due in {n} weeks, when {P} is expected to {v} the {a} {c}.
For {P}, the {c} was {e}: {n} {b} had to be {d} by hand.
Both sides agreed to {v} the {b}, though the {e} {c} in {T} remains {d}.
Trains between {T} and the {a} border were {d} for {n} hours because of a {b}.
The court in {T} heard that {P} had {d} {n} {b} and hidden them in a {c}.
Schools will {v} the {e} {b} from the autumn, {P} said in a letter to parents.
Last year {n} visitors came to the {a} {b}; this year the {c} stayed {d}.
The club from {T} {d} its {e} season with {n} points and a {b} in the final.
""".strip().splitlines()
_ONSETS, _RHYMES = (
    "b br d dr f fl g gr h k kl l m n p pl r s st t tr v w".split(),
    "a el in or u ast ent il om ur".split(),
)


def articles(number: int, chance: random.Random, sentences: int = 24) -> list[str]:
    """Unrelated articles that share the usual phrases; every fourth is of the same event as the one before it.

    Such a pair has its people, places and one paragraph in common.
    """
    made: list[str] = []
    names: list[str] = []
    for at in range(number):
        follows = at % 4 == 3
        if not follows:
            names = [_word(chance).title() for _ in range(6)]
        paragraphs = [" ".join(_sentence(names, chance) for _ in range(3)) for _ in range(sentences // 3)]
        if follows:
            paragraphs[-2] = made[-1].split("\n")[-2]
        made.append("\n".join(paragraphs))
    return made


def _sentence(names: list[str], chance: random.Random) -> str:
    filled = re.sub("{n}", lambda _: str(chance.randint(2, 900)), chance.choice(_SENTENCES))
    filled = re.sub("{[PT]}", lambda _: chance.choice(names), filled)
    return re.sub("{[a-z]}", lambda _: _word(chance), filled)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_ONSETS) + chance.choice(_RHYMES) for _ in range(2))
