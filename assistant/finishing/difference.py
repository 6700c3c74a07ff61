"""Whether two sentences tell the same thing with another number, day or name, and which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.english.noun_phrases import Tokens
from assistant.english.quotations import quotations
from assistant.english.roots import same_root
from assistant.english.speech_tokens import tokens_of
from assistant.english.values import Value, deed_of, values_of
from assistant.speech.reporting import reported
from index.text.analysis import words_of

Span = tuple[int, int]

_SHARED = 0.6  # share of the shorter sentence's words that the other has
_ALIKE = 0.5  # Dice's coefficient of both
_SHARED_BY_NAME = 0.75
_LEAST = 2  # words in common
_LEAST_BY_NAME = 3
# Words that tell nothing of what is counted or when.
_EMPTY = frozenset(
    words_of("people person say said least far total figure number rise risen reach stand stood climb put new also two")
)
_OPPOSED = [
    [frozenset(words_of(one)) for one in pair.split(" | ")]
    for pair in (
        "first | second | third | last | fourth | final",
        "rise rose increase gain up grow climb | fall fell drop decrease loss down decline plunge",
        "man men boy male | woman women girl female",
        "north northern | south southern | east eastern | west western",
        "win won victory beat | lose lost defeat",
        "month monthly | year annual yearly | day daily | week weekly | hour",
        "open opened | close closed shut",
        "buy bought | sell sold",
    )
]


@dataclass(frozen=True, slots=True)
class Difference:
    """The places at which two sentences differ, and what stands there; `kind` is number, day or name."""

    kind: str
    one: Span
    other: Span


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence tells, without who says so: its words, its names, and its values."""

    sentence: str
    stems: frozenset[str]
    names: frozenset[str]
    values: Sequence[Value]
    tokens: Tokens


def difference(one: str, other: str) -> Difference | None:
    """Where two sentences differ that tell the same, None where they do not, or on more than one thing.

    Both must have most words in common and neither may have a name, a day or a direction that sets it apart.
    """
    a, b = _told(one), _told(other)
    if not _alike(a, b, _SHARED, _LEAST) or _are_opposed(a, b):
        return None
    differing = _differing(a.values, b.values)
    if differing is None or len(differing) > 1:
        return None
    apart = _apart(a.names, b.names), _apart(b.names, a.names)
    if differing:
        (x, y) = differing[0]
        kind = "number" if x.kind == "number" else "day"
        if all(apart) or (kind == "day" and not _alike(a, b, _SHARED_BY_NAME, _LEAST_BY_NAME)):
            return None
        return Difference(kind, (x.start, x.end), (y.start, y.end))
    if all(apart) and _alike(_without(a, apart[0]), _without(b, apart[1]), _SHARED_BY_NAME, _LEAST_BY_NAME):
        return _other_name(a, b, *apart)
    return None


@lru_cache(maxsize=512)
def _told(sentence: str) -> _Told:
    tokens = tokens_of(sentence, quotations(sentence))
    frame = reported(sentence, tokens)
    left = " " * (frame.end - frame.start) if frame else ""
    plain = sentence[: frame.start] + left + sentence[frame.end :] if frame else sentence
    values = values_of(plain)
    for value in values:
        plain = plain[: value.start] + " " * (value.end - value.start) + plain[value.end :]
    stems = frozenset(_kind_of(stem) for stem in words_of(plain)) - _EMPTY
    names = {stem for token in tokens_of(plain)[1:] if token.is_name for stem in words_of(token.text)}
    return _Told(sentence, stems, frozenset(names), values, tokens_of(plain))


def _kind_of(stem: str) -> str:
    return deed_of([stem]) or stem


def _alike(a: _Told, b: _Told, share: float, least: int) -> bool:
    common = len(a.stems) - len(_apart(a.stems, b.stems))
    smaller, both = min(len(a.stems), len(b.stems)), len(a.stems) + len(b.stems)
    return common >= least and common >= share * smaller and 2 * common >= _ALIKE * both


def _without(told: _Told, names: frozenset[str]) -> _Told:
    return replace(told, stems=told.stems - names)


def _apart(one: Iterable[str], other: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in one if stem not in other and not any(same_root(stem, its) for its in other))


def _are_opposed(a: _Told, b: _Told) -> bool:
    own, others = frozenset(words_of(a.sentence)), frozenset(words_of(b.sentence))
    for group in _OPPOSED:
        here = [bool(words & own) for words in group]
        there = [bool(words & others) for words in group]
        if any(here) and any(there) and here != there:
            return True
    return False


def _differing(one: Sequence[Value], other: Sequence[Value]) -> list[tuple[Value, Value]] | None:
    """The values of the same kind that differ; None where it cannot be told which stands against which."""
    pairs = []
    for value in one:
        against = [its for its in other if value.is_of(its)]
        if not against or any(value.agrees(its) for its in against):
            continue
        if len(against) > 1 or sum(value.is_of(its) for its in one) > 1:
            return None
        pairs.append((value, against[0]))
    return pairs


def _other_name(a: _Told, b: _Told, apart: frozenset[str], others: frozenset[str]) -> Difference | None:
    """The one name in which they differ, a person's or a body's: places set two stories apart."""
    here, there = _runs(a, apart), _runs(b, others)
    if len(here) != 1 or len(there) != 1:
        return None
    (x,), (y,) = here, there
    if not (_before(a, x) == _before(b, y) and _before(a, x) not in _PLACES):
        return None
    return Difference("name", x, y)


_PLACES = frozenset("in at near from to outside of across".split())


def _runs(told: _Told, stems: frozenset[str]) -> list[Span]:
    """The runs of capitalised words that hold one of the stems."""
    runs: list[Span] = []
    for match in re.finditer(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", told.sentence):
        if stems & frozenset(words_of(match[0])):
            runs.append(match.span())
    return runs


def _before(told: _Told, span: Span) -> str:
    before = [token for token in told.tokens if token.end <= span[0]]
    return before[-1].low if before else ""
