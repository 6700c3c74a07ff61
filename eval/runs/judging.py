"""What counts as right, and the kinds of questions that figures are given for apart.

An answer counts as contained when it, normalised as SQuAD does (lower case, without punctuation and the articles
a, an and the), is part of the equally normalised title and text. Of the variants tried this one comes nearest to a
reference that others measured; see docs/decisions/what-counts-as-contained.md. Exact match and F1 of short answers are
those of SQuAD's evaluation (Rajpurkar et al. 2016).
"""

import re
import string
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from assistant.question.focus import Kind, kind_of
from index.english import lexicon
from index.search.result import Retrieved

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_A_AN_THE = re.compile(r"\b(?:a|an|the)\b")


def contains(title: str, text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in the title or the text. One that is punctuation only never does."""
    place = normalised(f"{title} {text}")
    return any(answer in place for answer in map(normalised, answers) if answer)


def normalised(text: str) -> str:
    """As SQuAD's evaluation compares answers."""
    return " ".join(_A_AN_THE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(given: str | None, answers: Sequence[str]) -> float:
    """1.0 where it equals any of the answers, normalised; 0.0 where it does not, or nothing was given."""
    return float(given is not None and any(normalised(given) == normalised(answer) for answer in answers))


def f1(given: str | None, answers: Sequence[str]) -> float:
    """The harmonic mean of precision and recall of its words, the best over the answers; 0.0 for nothing given."""
    if given is None:
        return 0.0
    return max((_f1(normalised(given).split(), normalised(answer).split()) for answer in answers), default=0.0)


def rank_of_file(found: Iterable[Retrieved], files: Collection[str]) -> int | None:
    """The rank of the first passage whose article is of one of these files, by name."""
    return next((rank for rank, one in enumerate(found, 1) if Path(one.article.source).name in files), None)


def _f1(given: list[str], answer: list[str]) -> float:
    common = (Counter(given) & Counter(answer)).total()
    return 2 * common / (len(given) + len(answer)) if common else float(given == answer)


# Slices

_WORDS = lexicon("slices", __package__)
_SMALL = _WORDS.words("small words")
_KINDS: dict[Kind, str] = {"money": "number", "how": "other", "yes/no": "other", "what": "other"}
_TIME = re.compile(
    rf"\b(?:1\d|20)\d\ds?\b|\b{_WORDS.pattern('days and months')}\b|\b(?:(?:in|of|on|since|until) May\b|May \d)"
    rf"|\b(?i:{_WORDS.pattern('times')}|recent(?:ly)?"
    rf"|(?:this|last|past|next|previous) (?:\w+ )?{_WORDS.pattern('spans')}s?)\b"
)
_NUMBER = re.compile(rf"\d|\b{_WORDS.pattern('numbers')}\b", re.IGNORECASE)

SLICES = (
    *(f"asks {kind}" for kind in ("who", "when", "where", "why", "number", "other")),
    "with a time",
    "without a time",
    *(f"answer is a {kind}" for kind in ("number", "name", "phrase")),
)


def slices_of(question: str, answers: Sequence[str]) -> tuple[str, ...]:
    """The slices that a question is in, of SLICES; by its answer only where one is known."""
    kind = kind_of(question)
    found = [f"asks {_KINDS.get(kind, kind)}", "with a time" if _TIME.search(question) else "without a time"]
    return (*found, f"answer is a {_answer_kind(answers[0])}") if answers else tuple(found)


def _answer_kind(answer: str) -> str:
    if _NUMBER.search(answer):
        return "number"
    words = [word for word in answer.split() if word.lower() not in _SMALL]
    return "name" if words and all(word[0].isupper() for word in words) else "phrase"
