"""Whether words are of the kind that a question asks for, and the best such span of a sentence."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from assistant.candidates import Candidate
from assistant.focus import Focus, Kind
from assistant.read_features import best_in
from assistant.short.clauses import finite_verbs
from assistant.speech.lexicon import DETERMINERS, TIMES, is_agent
from index.reader_model.reading import PassageReading, Span
from index.text_analysis import words_of

_MOST_WORDS = 12  # of a short answer of these kinds
_MOST_OTHER = 8  # of one that takes the place of another
_MOST_OF_NUMBER = 5  # of such a one that is a number with its unit
UNFIT = 1.0  # of log odds, behind a span that does not fit, up to which one that does is taken
_TOO_LONG = 2.0  # the same behind one that is too long to be an answer
_DAYS = TIMES - {"may", "march"} | frozenset(
    "spring summer autumn winter noon midnight weekend ago century decade".split()
)
_DATE = re.compile(
    r"\b(?:May|March|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:1[5-9]|20)\d\d(?:s|\b)|\d{1,2}(?::\d\d| ?[ap]\.?m))"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|scores|hundreds?|thousands?|millions?|billions?|trillions?"
    r"|half|twice|once|thrice|third|quarter|none|nobody|no|most"
    r"|several|all|couple)\b",
    re.IGNORECASE,
)
_OPENS = DETERMINERS | frozenset("in at near on off outside around across under behind between".split())
_NAMED = frozenset(("who", "where"))
_CLAUSE = re.compile(r"(?<=\w),\s(?:who|whom|whose|which|where|when)\b")  # tells more of a name than is asked
_WORD = re.compile(r"\w[\w’'.&-]*")
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def fitting_span(part: Focus, sentence: Candidate, reading: PassageReading) -> Span | None:
    """The best span of the sentence; one nearly as likely in its place where it is too long, of the wrong kind, or in
    the question's own words."""
    text = sentence.found.passage.text
    best = best_in(reading, sentence.place)
    if best is None:
        return None
    if part.kind in _NAMED and (clause := _CLAUSE.search(text, best.start, best.end)):
        best = replace(best, end=clause.start())
    words = text[best.start : best.end]
    if fits(part, words):
        return best
    repeats = _repeats(part, words)
    behind = _TOO_LONG if _is_too_long(part.kind, words) else UNFIT

    def accepts(span: Span) -> bool:
        apart = not repeats or span.end <= best.start or span.start >= best.end
        return apart and _is_whole(text, span) and _may_replace(part, text[span.start : span.end])

    return reading.best_of(accepts, *sentence.place, least=best.logit - behind) or best


def fits(part: Focus, words: str) -> bool:
    """Whether words can be a short answer: not too long, of the kind that is asked for, and not the question's own."""
    return not (_is_too_long(part.kind, words) or _repeats(part, words)) and _is_kind(part.kind, words)


def _may_replace(part: Focus, words: str) -> bool:
    if not 0 < len(words.split()) <= _MOST_OTHER:
        return False
    if part.kind in _KINDS and not (_is_kind(part.kind, words) and _opens_well(part.kind, words)):
        return False
    said = words_of(words)
    if part.kind in _KINDS:
        return bool(said) and not _repeats(part, words)
    return bool(said) and _stems_of(part.text).isdisjoint(said) and not finite_verbs(words)


def _is_too_long(kind: Kind, words: str) -> bool:
    return kind in _KINDS and len(words.split()) > _MOST_WORDS


def _is_kind(kind: Kind, words: str) -> bool:
    return kind not in _KINDS or _KINDS[kind](words)


def _opens_well(kind: Kind, words: str) -> bool:
    """Whether it begins with what is asked for, not with the end of something else."""
    opening = " ".join(words.split()[:3])
    if kind in {"number", "money"}:
        return bool(_NUMBER.search(opening)) and ", " not in words and len(words.split()) <= _MOST_OF_NUMBER
    if kind == "when":
        return _is_time(opening) and " by " not in words and all(map(_is_time, words.split(", ")))
    first = words.split()[0]
    return (
        (first[0].isupper() or first.lower() in _OPENS) and not _is_time(words) and not re.search(r"\bby\b|, ", words)
    )


def _is_named(words: str) -> bool:
    """Whether it holds a name and tells nothing of it."""
    found = _WORD.findall(words)
    named = any(word[0].isupper() and word.lower() not in DETERMINERS and not _is_time(word) for word in found)
    return named and not finite_verbs(words)


def _is_time(words: str) -> bool:
    return bool(_DATE.search(words)) or any(word.lower() in _DAYS for word in _WORD.findall(words))


_KINDS: dict[Kind, Callable[[str], bool]] = {
    "who": lambda words: _is_named(words) or any(map(is_agent, _WORD.findall(words))),
    "where": _is_named,
    "when": _is_time,
    "number": lambda words: bool(_NUMBER.search(words)),
    "money": lambda words: bool(_NUMBER.search(words)),
}


def _repeats(part: Focus, words: str) -> bool:
    """Whether it says nothing but words of the question, which offers no choice among them."""
    if part.kind == "why" or _OR.search(part.text):
        return False
    said = words_of(words)
    return bool(said) and _stems_of(part.text).issuperset(said)


@lru_cache(maxsize=64)
def _stems_of(question: str) -> frozenset[str]:
    """Those of a question, with which many spans are compared."""
    return frozenset(words_of(question))


def _is_whole(text: str, span: Span) -> bool:
    """Whether it begins and ends where words do."""
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return not (before.isalnum() or behind.isalnum())
