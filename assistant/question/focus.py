"""What a question asks for: its kind, its words with their weights, its names, and its parts."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.english.states import same_root
from assistant.question.asked_speech import NO_SPEECH, AskedSpeech, asked_speech
from index.embedders import word_rank
from index.english import lexicon
from index.text.analysis import placed_words, to_analyze, words_of

Kind = Literal["who", "when", "where", "number", "money", "why", "how", "yes/no", "what"]
Frequencies = Callable[[Iterable[str]], Mapping[str, int]]


_WORDS = lexicon("questions")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_WH, _VERB = _WORDS.pattern("wh"), _WORDS.pattern("auxiliaries")
# A comma before who, which, whose, where or when opens a relative clause more often than a question; it is one where
# the verb comes before its subject: ", where did it sink".
_AFTER_COMMA = (
    r"(?:what|why|how|to whom|by whom|with whom|for whom|since when|(?:who|which) (?:do|does|did|should)"
    rf"|(?:where|when) {_VERB})"
)
_PART = re.compile(rf"[?;]\s+|,?\s+(?:and|or)\s+(?={_WH}\b)|,\s+(?={_AFTER_COMMA}\b)", re.IGNORECASE)
_CLAUSE = re.compile(r",\s+(?:who|whom|whose|which|where|when)\b[^,?]*$", re.IGNORECASE)
_ASKS = re.compile(rf"\b{_WH}\b|^\s*{_WORDS.pattern('auxiliaries', 'requests')}\b", re.IGNORECASE)
_KINDS: dict[Kind, str] = {  # the first that fits counts
    "money": rf"\bhow much\b.*\b{_WORDS.pattern('costs')}|\bwhat\b.*\b{_WORDS.pattern('prices')}\b",
    "number": rf"\bhow {_WORDS.pattern('measures')}\b|\bwhat {_WORDS.pattern('amounts')}|\bwhat is the (?:number|toll)",
    "when": rf"\bwhen\b|\b(?:what|which) {_WORDS.pattern('times')}\b",
    "why": rf"\bwhy\b|\bwhat (?:(?:is|was|were) )?(?:the )?{_WORDS.pattern('reasons')}\b|\bwhat for\b",
    "where": rf"\bwhere\b|\b(?:what|which) {_WORDS.pattern('places')}\b",
    "who": rf"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?{_WORDS.pattern('actors')}\b",
    "how": r"\bhow\b",
    "yes/no": rf"^\s*{_VERB}\b",
}
_LEANS = re.compile(rf"\b{_WORDS.pattern('leaning')}\b", re.IGNORECASE)
_OWN_TERMS = 2  # words with which a part of a question can stand alone
_ASKING, _SPEECH = (frozenset(words_of(" ".join(_WORDS.listed(name)))) for name in ("asking", "of_speech"))


@dataclass(frozen=True, slots=True)
class Focus:
    """One part of a question.

    `terms` maps each stem to its weight (its rarity, in nats), `surfaces` each stem to the word as it was
    written, `names` holds the stems of names and numbers, `own` the stems that this part alone brings. `speech` is
    what it asks about who says what.
    """

    kind: Kind
    text: str
    terms: Mapping[str, float]
    surfaces: Mapping[str, str]
    names: frozenset[str]
    own: frozenset[str]
    stands_alone: bool = True
    speech: AskedSpeech = NO_SPEECH

    def about(self, left_out: str) -> "Focus":
        """The same without the words of a phrase: what is asked about beside whom it names."""
        stems = frozenset(words_of(left_out))
        own = frozenset(term for term in self.own if not any(same_root(term, stem) for stem in stems | _SPEECH))
        terms = {term: weight for term, weight in self.terms.items() if term in own}
        return replace(self, terms=terms, names=self.names & own, own=own)

    @property
    def weight(self) -> float:
        return sum(self.terms.values())


def focuses(question: str, frequencies: Frequencies, passages: int, split: bool = True) -> list[Focus]:
    """The parts of a question, each with the words of the others where it leans on them.

    Those weigh half. A part that names its own subject stands alone, for what the collection tells of it does not hang
    on the others. Without `split` the question is one part. `frequencies` gives for stems the number of the
    collection's passages that hold them, `passages` their total.
    """
    parts = _parts(question) if split else [question]
    terms = _terms(question)
    weights = _weights(terms, frequencies(terms), passages)
    names = _names(question)
    found = []
    for part in parts[:4]:
        own = frozenset(_terms(part))
        alone = _stands_alone(part)
        known = own if alone else weights.keys()
        weighted = {term: weight * (1.0 if term in own else 0.5) for term, weight in weights.items() if term in known}
        kind, speech = kind_of(part), asked_speech(part)
        if speech.kind:
            weighted = {term: weight * (0.3 if term in _SPEECH else 1.0) for term, weight in weighted.items()}
        found.append(Focus(kind, part, weighted, terms, frozenset(names & weighted.keys()), own, alone, speech))
    return found


def _parts(question: str) -> list[str]:
    """What is asked one by one. What asks nothing leads in what follows: "According to the census, how many ..."."""
    parts: list[str] = []
    for part in _PART.split(question):
        if parts and not _ASKS.search(_CLAUSE.sub("", parts[-1])):
            parts[-1] += f", {part}"
        elif _terms(part):
            parts.append(part)
    if len(parts) > 1 and not _ASKS.search(parts[-1]):
        parts[-2:] = [", ".join(parts[-2:])]
    return parts or [question]


def kind_of(question: str) -> Kind:
    """What a question, or one part of it, asks for."""
    return next((kind for kind, pattern in _KINDS.items() if re.search(pattern, question, re.IGNORECASE)), "what")


def _stands_alone(part: str) -> bool:
    """Whether a part names what it is about: it has a name and a deed, and no pronoun that means another part's."""
    return not _LEANS.search(part) and bool(_names(part)) and len(_terms(part)) >= _OWN_TERMS


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
