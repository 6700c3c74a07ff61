"""A claim held against each of the passages that were found: what speaks for it, what for its denial, what else."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check import Checked, Source, check, ranked_sentences
from assistant.english.parsing import sentence_of
from assistant.english.states import same_root, stems_of
from assistant.english.values import values_of
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.read_features import key_of, readings_of
from assistant.plans.claims import Claim
from assistant.plans.contrasts import Contrast, contrast, name_spans
from index.english import lexicon
from index.search.result import Retrieved
from index.text.analysis import words_of

HELD_PASSAGES = 5  # the best ones; a further one takes some fifty milliseconds
_DENYING = lexicon("claims").words("denying")
_LOOKED_AT = 4  # sentences of a passage, the nearest ones
_ALONE, _ADDED = 1.0, 1.0  # log odds below which a sentence does not bear out a claim alone, and that another adds


@dataclass(frozen=True, slots=True)
class Held:
    """What the check makes of a claim beside one passage.

    `claimed` and `denied` are the log odds that the passage bears out the claim, and its denial. `relevance` is the log
    odds, by the reader's model, that it answers the question. `covered` is the share of the claim's weight that the
    nearest sentences have, `unknown` how many of the claim's words neither it nor its denial has from there. `lacking`
    are the names and numbers that the passage does not have, `doubts` the words that are not borne out. `denying` is
    whether the nearest sentence denies something, and the claim nothing.
    """

    found: Retrieved
    claimed: float
    denied: float
    relevance: float
    covered: float
    unknown: int
    lacking: tuple[str, ...]
    doubts: tuple[str, ...]
    denying: bool

    @property
    def is_for(self) -> bool:
        """Whether it speaks for the claim rather than for its denial."""
        return self.claimed > self.denied

    def contrast(self, claim: str) -> Contrast | None:
        """What the passage tells in the place of a name or a number of the claim."""
        return contrast(claim, Source.of(self.found), self.lacking or self.doubts)


def held(question: str, claim: Claim, passages: Sequence[Retrieved]) -> list[Held]:
    """The claim beside each passage, in the order given. Raises ModelError where a model's files are missing."""
    readings = readings_of(question, passages)
    return [_held(claim, one, readings[key_of(one)].relevance) for one in passages]


def bearing_out(claim: str, found: Retrieved) -> tuple[Candidate, ...]:
    """The sentence of a passage that bears out a claim best, and one more where it does so only with that."""
    sentences = candidates([found])
    ranked = ranked_sentences(claim, [one.text for one in sentences])
    near = [sentences[number] for (number, _, _), _ in ranked[:_LOOKED_AT]] or sentences[:1]
    best = max(near, key=lambda one: (-len(_numbers_lacking(claim, one.text)), _odds(claim, one)))
    others = [one for one in near if one is not best] if _odds(claim, best) < _ALONE else []
    second = max(others, key=lambda one: _odds(claim, best, one), default=best)
    both = second is not best and _odds(claim, best, second) > _odds(claim, best) + _ADDED
    return tuple(sorted((best, second), key=lambda one: one.start)) if both else (best,)


def _odds(claim: str, *sentences: Candidate) -> float:
    """The log odds that sentences bear out a claim, without the title, which would bear out any sentence under it."""
    text = " ".join(one.text for one in sorted(sentences, key=lambda one: one.start))
    return check(claim, [Source(text, sentences[0].found.article.published)]).odds


def _held(claim: Claim, found: Retrieved, relevance: float) -> Held:
    source = Source.of(found)
    texts = [source.text, source.heading]
    ranked = ranked_sentences(claim.text, texts)
    covered = sum(gain for _, gain in ranked)
    nearest = next((texts[at][start:end] for (at, start, end), _ in ranked), "")
    claimed, denied = (_borne_out(text, source, nearest) for text in (claim.text, claim.denied))
    unknown = _doubted(claimed) & _doubted(denied)
    lacking = lacking_in(claim.text, f"{source.heading} {source.text}")
    denying = denies(nearest) and not denies(claim.text)
    return Held(found, claimed.odds, denied.odds, relevance, covered, len(unknown), lacking, claimed.doubts, denying)


def _borne_out(claim: str, source: Source, nearest: str) -> Checked:
    """The claim held against the whole passage, or its nearest sentence alone, whichever bears it out better."""
    alone = [check(claim, [Source(nearest, source.published)])] if nearest else []
    return max([check(claim, [source]), *alone], key=lambda checked: checked.odds)


def _doubted(checked: Checked) -> set[str]:
    return {stem for phrase in checked.doubts for stem in words_of(phrase)}


def denies(sentence: str) -> bool:
    """Whether a sentence has a word that denies."""
    return any(word.role == "neg" or word.lemma in _DENYING for word in sentence_of(sentence).words)


def lacking_in(claim: str, text: str) -> tuple[str, ...]:
    """The names and numbers of a claim that a text has in no form: a country's people stand for it."""
    there = stems_of(text)
    names = [claim[slice(*place)] for place in name_spans(claim)]
    missing = [name for name in names if not all(_has(there, stem) for stem in stems_of(name))]
    return (*missing, *_numbers_lacking(claim, text))


def _numbers_lacking(claim: str, text: str) -> list[str]:
    told = [value.amount for value in values_of(text)]
    return [value.text for value in values_of(claim) if value.kind == "number" and value.amount not in told]


def _has(there: frozenset[str], stem: str) -> bool:
    return stem in there or any(same_root(stem, one) for one in there)
