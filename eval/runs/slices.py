"""The kinds of questions that figures are given for apart."""

import re
from collections.abc import Sequence

from assistant.question.focus import Kind, kind_of

_KINDS: dict[Kind, str] = {"money": "number", "how": "other", "yes/no": "other", "what": "other"}
_TIME = re.compile(
    r"\b(?:1\d|20)\d\ds?\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:(?:in|of|on|since|until) May\b|May \d)"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?i:today|tonight|yesterday|tomorrow|recent(?:ly)?|lately|ago|(?:this|last|past|next|previous) "
    r"(?:\w+ )?(?:day|night|week|weekend|month|quarter|summer|winter|spring|autumn|fall|year|decade|century)s?)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|half|twice)\b",
    re.IGNORECASE,
)
_SMALL = frozenset("a an and at de for in of on or the to von with".split())

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
