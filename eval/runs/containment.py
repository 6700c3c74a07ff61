"""Whether a passage contains an answer.

An answer counts as contained when it, normalised as SQuAD does (lower case, without punctuation and the articles
a, an and the), is part of the equally normalised title and text. Of the variants tried this one comes nearest to a
reference that others measured; see docs/decisions/what-counts-as-contained.md.
"""

import re
import string
from collections.abc import Sequence

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def contains(title: str, text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in the title or the text. One that is punctuation only never does."""
    place = normalised(f"{title} {text}")
    return any(answer in place for answer in map(normalised, answers) if answer)


def normalised(text: str) -> str:
    """As SQuAD's evaluation compares answers (Rajpurkar et al. 2016)."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())
