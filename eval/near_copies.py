"""How well near-copies are told from other articles: `uv run python -m eval.near_copies PATH ...`.

From the articles at the paths a sample is drawn and taken in; of each a copy is made by each rule, as reprints differ
from what an agency sent, taken in, looked up and taken out again. What stands in the copy's cluster is right if it is
the article that the copy was made of, and wrong if not; other articles that really are reprints of that one count for
nothing. These are told by their full texts, not by signatures: both hold seven tenths of the shorter one's runs of
eight words. (Read by hand in 4,933 articles: above that stand second editions, below it mostly issues of a series.)

The bounds of `index/store/near_duplicates.py` were chosen on copies of every second article, by its id
(`--part tuned`), and, in the last step, on the pairs of all articles that are no reprints. Copies of the other articles
were set aside.
"""

import argparse
import random
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from index.article import Article
from index.english import lexicon
from index.ingest.sources import Sources
from index.store import near_duplicates, recurring_lines
from index.store.recurring_lines import outlet_name, without_lines

_REPRINT = 0.7  # of the runs of words of the shorter text
_RUN = 8
_OTHER_WORDS, _PLACES, _NAMES, _HEADLINES = map(
    lexicon("near_copies", __package__).listed, ("other words", "places", "names", "headlines")
)


def cut(text: str, chance: random.Random) -> str:
    """Its beginning, 50 to 80 % of it, up to the end of a paragraph or, for want of one there, a word."""
    end = int(len(text) * chance.uniform(0.5, 0.8))
    at = text.rfind("\n", int(len(text) * 0.5), end)
    return text[:at] if at > 0 else text[:end].rsplit(" ", 1)[0]


def reheadlined(text: str, chance: random.Random) -> str:
    """Its first line replaced where that is a headline, and another headline put above it."""
    first, _, rest = text.partition("\n")
    kept = rest if rest and len(first) < 100 else text
    return f"{chance.choice(_HEADLINES)}\n{kept}"


def reworded(text: str, chance: random.Random, share: float = 0.1) -> str:
    """One word in ten, anywhere, replaced by another."""
    return re.sub(r"\w+", lambda word: chance.choice(_OTHER_WORDS) if chance.random() < share else word[0], text)


def reworded_twice(text: str, chance: random.Random) -> str:
    """One word in five replaced."""
    return reworded(text, chance, 0.2)


def with_agency(text: str, chance: random.Random) -> str:
    """A byline and a dateline in front, a notice at the end."""
    name = chance.choice(_NAMES)
    front = f"By {name}, staff writer\n{chance.choice(_PLACES)} (Tidewire) — "
    return f"{front}{text}\nAdditional reporting by {name}. © Tidewire. All rights reserved. Do not republish."


def reordered(text: str, chance: random.Random) -> str:
    """Its paragraphs, or for want of them its sentences, in another order."""
    paragraphs = [part for part in text.split("\n") if part.strip()]
    glue = "\n"
    if len(paragraphs) < 3:
        paragraphs, glue = re.split(r"(?<=[.!?]) ", text), " "
    chance.shuffle(paragraphs)
    return glue.join(paragraphs)


def retold(text: str, chance: random.Random) -> str:
    """As a translation back would be: the lead kept, the rest in another order, paragraphs joined, a tenth reworded."""
    lead, *rest = [part for part in text.split("\n") if part.strip()] or [""]
    chance.shuffle(rest)
    joined = [" ".join(rest[at : at + 2]) for at in range(0, len(rest), 2)]
    return reworded("\n".join([lead, *joined]), chance)


def continued(text: str, chance: random.Random, other: str) -> str:
    """With two paragraphs of another article at the end."""
    own = [part for part in other.split("\n") if len(part) > 100] or [other]
    at = chance.randrange(max(1, len(own) - 1))
    return "\n".join([text, *own[at : at + 2]])


def combined(text: str, chance: random.Random) -> str:
    """Cut, reworded, with another headline and an agency's lines."""
    return with_agency(reheadlined(reworded(cut(text, chance), chance), chance), chance)


Rule = Callable[[str, random.Random], str]
RULES: dict[str, Rule] = {
    "cut": cut,
    "reheadlined": reheadlined,
    "reworded": reworded,
    "agency": with_agency,
    "reordered": reordered,
    "combined": combined,
    "reworded twice": reworded_twice,
    "retold": retold,
}
CONTINUED = "continued"  # the rule that takes another article, too


class Sample:
    """Some articles, taken in, of which copies are made."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self._texts = texts
        self._seed = seed
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        near_duplicates.create_tables(self._db)
        for number, text in enumerate(texts):
            near_duplicates.add(self._db, _name(number), text)

    def measure(self, rule: str) -> tuple[float, float]:
        """Precision and recall over the pairs of a copy and an article."""
        chance = random.Random(f"{rule} {self._seed}")
        counts: Counter[str] = Counter()
        for number, text in enumerate(self._texts):
            near_duplicates.add(self._db, "copy", self._copy(rule, text, chance))
            for other in near_duplicates.cluster(self._db, "copy"):
                if other != "copy":
                    counts[self._verdict(number, int(other))] += 1
            near_duplicates.remove(self._db, "copy")
        return counts["right"] / max(1, counts["right"] + counts["wrong"]), counts["right"] / len(self._texts)

    def _copy(self, rule: str, text: str, chance: random.Random) -> str:
        if rule == CONTINUED:
            return continued(text, chance, chance.choice(self._texts))
        return RULES[rule](text, chance)

    def _verdict(self, source: int, found: int) -> str:
        if found == source:
            return "right"
        return "reprint" if are_reprints(self._texts[source], self._texts[found]) else "wrong"


def are_reprints(one: str, other: str) -> bool:
    """Whether two articles have most of the shorter one's words in common, in runs of eight."""
    first, second = _runs(one), _runs(other)
    return len(first & second) >= _REPRINT * max(1, min(len(first), len(second)))


def measure(texts: Sequence[str], size: int, seeds: Sequence[int]) -> Iterator[tuple[int, str, float, float]]:
    """For each draw and rule: the draw's seed, the rule, precision and recall."""
    for seed in seeds:
        sample = Sample(random.Random(seed).sample(texts, min(size, len(texts))), seed)
        for rule in (*RULES, CONTINUED):
            yield seed, rule, *sample.measure(rule)


@lru_cache(4096)
def _runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _name(number: int) -> str:
    return f"{number:06}"


def _texts(paths: Sequence[str], part: str) -> list[str]:
    """The distinct texts of one part, the same whatever order they come in."""
    kept = {"tuned": (0,), "held-out": (1,), "all": (0, 1)}[part]
    found = {article.id: article for article in (reading.article for reading in Sources(paths))}
    lines = _recurring(list(found.values()))
    texts = {
        without_lines(article.text, lines[outlet_name(article.outlet, article.url)])
        for article in found.values()
        if zlib.crc32(article.id.encode()) % 2 in kept
    }
    return sorted(texts)


def _recurring(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """For each outlet, its lines that recur: the articles are taken without them, as on adding."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    recurring_lines.create_tables(db)
    texts = {article.id: article.text for article in articles}
    for article in articles:
        name = outlet_name(article.outlet, article.url)
        recurring_lines.add(db, article.id, name, article.published, article.text)
    for name in recurring_lines.outlets_due(db, 0):
        recurring_lines.recount(db, name, texts.__getitem__)
    names = {outlet_name(article.outlet, article.url) for article in articles}
    return {name: recurring_lines.recurring_lines(db, name) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall of near-copies made by rule.")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders of articles")
    parser.add_argument("--part", choices=["tuned", "held-out", "all"], default="held-out")
    parser.add_argument("--articles", type=int, default=1000, help="in a draw")
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0, help="of the first draw; the next has the next number")
    asked = parser.parse_args()
    measured: dict[str, list[tuple[float, float]]] = {}
    for _, rule, precision, recall in measure(
        _texts(asked.paths, asked.part), asked.articles, range(asked.seed, asked.seed + asked.draws)
    ):
        measured.setdefault(rule, []).append((precision, recall))
    print(f"{'':16}{'precision':>12}{'least':>8}{'recall':>10}{'least':>8}")
    for rule, pairs in measured.items():
        precisions, recalls = zip(*pairs, strict=True)
        means = sum(precisions) / len(pairs), sum(recalls) / len(pairs)
        print(f"{rule:16}{means[0]:12.3f}{min(precisions):8.3f}{means[1]:10.3f}{min(recalls):8.3f}")


if __name__ == "__main__":
    main()
