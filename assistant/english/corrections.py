"""How outlets put right what they told before: "an earlier version of this story misstated the year"."""

import re

_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous|prior|original) versions? of (?:this|that|the|our|its)\b", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:ed|s|ion)|revised|revises|amended|restated|retract\w+|earlier (?:report|figure|count|number|toll)"
    r"s?|previously (?:reported|said|given)|replaces? the (?:figure|number|count|toll))\b",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether a text says that it puts right what was told before."""
    return bool(_CORRECTS.search(text) or _EARLIER_VERSION.search(text))


def tells_an_earlier_version(sentence: str) -> bool:
    """Whether a sentence says what an earlier version said, which is what was wrong."""
    return bool(_EARLIER_VERSION.search(sentence))
