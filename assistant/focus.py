"""What a question asks for: its kind, its words with their weights, its names, and its parts."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.text_analysis import placed_words, to_analyze, words_of
from index.word_rank import word_rank

Kind = Literal["who", "when", "where", "number", "money", "why", "how", "yes/no", "what"]
Frequencies = Callable[[Iterable[str]], Mapping[str, int]]

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_WH = r"(?:who|whom|whose|what|when|where|why|which|how|to whom|by whom|with whom|for whom|since when)"
_PART = re.compile(rf"[?;]\s+|,?\s+(?:and|or)\s+(?={_WH}\b)|,\s+(?={_WH}\b)", re.IGNORECASE)
_ASKS = re.compile(
    rf"\b{_WH}\b|^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|name|list|tell)\b",
    re.IGNORECASE,
)
_KINDS: dict[Kind, str] = {
    "money": r"\bhow much\b.*\b(?:cost|pay|paid|spend|spent|price|worth|charge|earn|money|fined?|fee|salary|budget)"
    r"|\bwhat\b.*\b(?:price|cost|salary|fee|fine|budget)\b",
    "number": r"\bhow (?:many|much|old|long|far|often|large|big|tall|high)\b"
    r"|\bwhat (?:percent|number|share|amount)|\bwhat is the (?:number|toll)",
    "when": r"\bwhen\b|\b(?:what|which) (?:year|month|day|date|week|time)\b",
    "why": r"\bwhy\b|\bwhat (?:is |was |were )?(?:the )?(?:reasons?|causes?|grounds)\b|\bwhat for\b",
    "where": r"\bwhere\b|\b(?:what|which) (?:country|city|state|place|town|region|continent|county|province)\b",
    "who": r"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:man|woman|person|actor|actress|singer|player|minister"
    r"|president|leader|senator|company|team|group|organi[sz]ation)\b",
    "how": r"\bhow\b",
    "yes/no": r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
}
# Words that a question uses to ask, and that its answer need not repeat.
_ASKING = frozenset(
    words_of(
        "say said tell told call called name named give given happen mean many much reason people year day date kind"
    )
)


@dataclass(frozen=True, slots=True)
class Focus:
    """One part of a question.

    `terms` maps each stem to its weight (its rarity, in nats), `surfaces` each stem to the word as it was
    written, `names` holds the stems of names and numbers, `own` the stems that this part alone brings.
    """

    kind: Kind
    text: str
    terms: Mapping[str, float]
    surfaces: Mapping[str, str]
    names: frozenset[str]
    own: frozenset[str]

    @property
    def weight(self) -> float:
        return sum(self.terms.values())


def focuses(question: str, frequencies: Frequencies, passages: int, split: bool = True) -> list[Focus]:
    """The parts of a question, each with the words of the others at half weight.

    Without `split` the question is one part. `frequencies` gives for stems the number of the collection's
    passages that hold them, `passages` their total.
    """
    parts = _parts(question) if split else [question]
    terms = _terms(question)
    weights = _weights(terms, frequencies(terms), passages)
    names = _names(question)
    found = []
    for part in parts[:4]:
        own = frozenset(_terms(part))
        weighted = {term: weight * (1.0 if term in own else 0.5) for term, weight in weights.items()}
        found.append(Focus(kind_of(part), part, weighted, terms, frozenset(names & weights.keys()), own))
    return found


def _parts(question: str) -> list[str]:
    """What is asked one by one. What asks nothing leads in what follows: "According to the census, how many ..."."""
    parts: list[str] = []
    for part in _PART.split(question):
        if parts and not _ASKS.search(parts[-1]):
            parts[-1] += f", {part}"
        elif _terms(part):
            parts.append(part)
    if len(parts) > 1 and not _ASKS.search(parts[-1]):
        parts[-2:] = [", ".join(parts[-2:])]
    return parts or [question]


def same_root(one: str, other: str) -> bool:
    """Whether two stems share a root, as a country and its people do: Turkey and Turkish, Libya and Libyan."""
    return one == other or (min(len(one), len(other)) >= 4 and root(one) == root(other))


@cache
def root(stem: str) -> str:
    """The stem without the ending of a country or its people."""
    for ending in ("ian", "ish", "ese", "ani", "ey", "ia", "an", "i", "a", "n", "s", "e", "y"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4 - (len(ending) > 2):
            return stem[: -len(ending)]
    return stem


def kind_of(question: str) -> Kind:
    """What a question, or one part of it, asks for."""
    return next((kind for kind, pattern in _KINDS.items() if re.search(pattern, question, re.IGNORECASE)), "what")


def _terms(text: str) -> dict[str, str]:
    """Each stem of the text with the first word that has it."""
    found: dict[str, str] = {}
    for word in placed_words(text):
        found.setdefault(word.stem, word.written)
    return found


def _names(question: str) -> set[str]:
    """The stems of words that look like names or numbers: a capital inside the sentence, or a digit."""
    names: set[str] = set()
    question = to_analyze(question)
    for match in _WORD.finditer(question):
        word = match[0]
        opens = not question[: match.start()].strip() or question[: match.start()].rstrip()[-1] in '.?!“"'
        if any(c.isdigit() for c in word) or (word[0].isupper() and not opens) or (len(word) > 1 and word.isupper()):
            names.update(words_of(word))
    return names


def _weights(terms: Mapping[str, str], frequencies: Mapping[str, int], passages: int) -> dict[str, float]:
    """Inverse document frequency, smoothed by 50,000 imagined passages of general English.

    In a small collection nearly every word is rare; how common a word is in English keeps "hold" from
    weighing as much as "Wellington". By Zipf's law a passage of 130 words holds the word of rank r with a
    chance of about 13 / r.
    """
    imagined = 50_000
    weights = {}
    for stem, surface in terms.items():
        expected = imagined * min(1.0, 13.0 / word_rank(surface))
        idf = math.log((passages + imagined) / (frequencies.get(stem, 0) + expected))
        weights[stem] = max(0.3, idf) * (0.4 if stem in _ASKING else 1.0)
    return weights
