"""What a question takes for granted, held against what was found: "why did the mayor resign?" says that he resigned.

Where no article bears that out, the answer says so first, by what the articles tell in its place, and has no short
answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, nearest_articles
from assistant.check import SURE, Source, check
from assistant.english.parsing import sentence_of
from assistant.extractive.quoting import EXTRACTIVE
from assistant.plans.claims import Claim, claim_of, denied
from assistant.plans.contrasts import attached_elsewhere, contrast, other_office
from assistant.plans.holding import lacking_in
from index.english import lexicon
from index.search.result import Retrieved

_WORDS = lexicon("premises")
_ASKS_WHY, _ASKS_WHO = _WORDS.pattern("circumstances"), _WORDS.pattern("agents")
_WHY = re.compile(rf"^{_ASKS_WHY}\s+(?=\w)", re.IGNORECASE)
_WHO = re.compile(rf"^{_ASKS_WHO}\s+(?=\w)", re.IGNORECASE)
_DO = frozenset(("did", "do", "does"))
_PAST = frozenset(("did", "was", "were", "has", "have", "had"))
_ANSWERED = 0.6  # chance of an answer from which the event is taken to be told of, and the check is spared
_HELD = 4  # passages, the best ones
_BORNE_OUT = 1.0  # log odds of what is taken for granted, from which nothing is amiss
_NOT_TOLD = -1.25  # and below which nothing tells it: of SQuAD 2.0 .43 of what is not told, and .09 of what is
_TOLD, _LEAD = 1.0, 3.0  # log odds of what is told in its place, and how much more they are


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim that a question takes for granted.

    `untold` says, without a full stop, that no article tells it; `is_who` is of a question for who did it, whose
    refusal says that already. `instead` is one of the claim's names with what is told in its place; None where nothing
    is.
    """

    claim: Claim
    untold: str
    is_who: bool = False
    instead: tuple[str, str] | None = None

    @property
    def line(self) -> str:
        """What the answer says of it first."""
        told = f": they tell of {self.instead[1]}, not of {self.instead[0]}." if self.instead else "."
        return f"{self.untold}{told}"


def premise_of(question: str) -> Premise | None:
    """The event that a question takes for granted; None where it takes none, names nobody or asks for more."""
    text = " ".join(question.split()).partition("? ")[0].rstrip(" ?")
    why = _WHY.match(text)
    asks = why or _WHO.match(text)
    if not asks:
        return None
    rest = text[asks.end() :]
    opens = rest.split(" ", 1)[0].lower()
    if why and opens not in _PAST:
        return None
    told = bool(why) or opens in _DO
    claim = claim_of(f"{rest}?") if told else denied(f"somebody {rest}")
    named = any(word[:1].isupper() for word in rest.split())  # for else any event of the kind may be meant
    asks_more = any(word.tag.startswith("W") for word in sentence_of(claim.text).words) if claim else False
    if not claim or not named or asks_more or not _tells_event(claim):
        return None
    if told:
        return Premise(claim, f"{rest[:1].upper()}{rest[1:]}? No article here says so")
    return Premise(claim, f"No article here says who {rest}", is_who=True)


def false_premise(question: str, passages: Sequence[Retrieved], chance: float = 0.0) -> Premise | None:
    """What a question takes for granted that none of the passages bears out; None where nothing is amiss.

    Of a question that is answered with a good `chance` only the office is looked at, for the check takes time.

    Raises ModelError where the check's files are missing.
    """
    premise = premise_of(question) if passages else None
    if premise is None:
        return None
    claim = premise.claim.text
    if other := other_office(claim, passages[:_HELD]):
        return replace(premise, instead=other)
    if chance >= _ANSWERED:
        return None
    sources = [Source.of(one) for one in passages[:_HELD]]
    best, odds = sources[0], -SURE
    doubts: tuple[str, ...] = ()
    for source in sources:
        checked = check(claim, [source])
        if checked.odds >= _BORNE_OUT:
            return None
        if checked.odds > odds:
            best, odds, doubts = source, checked.odds, checked.doubts
    if odds >= _NOT_TOLD:
        elsewhere = attached_elsewhere(claim, passages[:_HELD])
        return replace(premise, instead=elsewhere) if elsewhere else None
    instead = contrast(claim, best, lacking_in(claim, f"{best.heading} {best.text}") or doubts)
    told = instead is not None and instead.odds >= max(_TOLD, odds + _LEAD)
    return replace(premise, instead=(instead.claimed, instead.said) if instead and told else None)


def with_premise(question: str, answer: Answer, passages: Sequence[Retrieved]) -> Answer:
    """The answer, which says first what is amiss with what the question takes for granted.

    Where something else is told in its place, that is shown; else it is a refusal. A language model's answer, which has
    no short answer, says for itself what is amiss.
    """
    amiss = false_premise(question, passages, answer.confidence or 0.0) if answer.llm == EXTRACTIVE else None
    if amiss is None or (amiss.is_who and not amiss.instead and not answer.answerable):
        return answer
    if amiss.instead and answer.answerable:
        return replace(answer, reply=amiss.line, short_answer=None)
    nearest = answer.nearest or nearest_articles(passages)
    return replace(answer, answerable=False, sentences=(), nearest=nearest, short_answer=None, reply=amiss.line)


def _tells_event(claim: Claim) -> bool:
    words = sentence_of(claim.text).words
    root = next((word for at, word in enumerate(words) if word.head == at), None)
    return root is not None and root.is_verb and root.lemma != "be"
