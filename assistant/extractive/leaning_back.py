"""Whether a sentence is not understood without the one before it: "She won by a minute", "That was its price"."""

import re

_TIME = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|in \w+ ?\d*|on \w+(?: \w+)?|last \w+)(?: \w+)?"
_LEAD_IN = (
    rf"(?:(?:And|But|So|Then|Now|Yet|However|Instead|Later|Earlier|Still|Also|Meanwhile|{_TIME}|At \w+ \w+),?\s)?"
)
_POINTS = (
    r"(?:(?:he|she|they|his|her|their|its|those|these)\b"
    r"|(?:that|this)(?:\s(?:is|was|will|would|comes|came|has|had|means|meant|makes|made|includes|included)\b|['’]s\b)"
    r"|it\b(?!\s(?:is|was|will be|would be|seems|appears|remains)\s(?:\w+\s){1,2}(?:that|to|for|who|if|whether)\b"
    r"|\s(?:\w+\s)?(?:costs?|takes?|took|rain\w*|snow\w*)\b))"
)
_SHORTEST = 5  # words of a sentence that can tell what is meant
_LEANS = re.compile(rf"[\"“‘']?{_LEAD_IN}{_POINTS}", re.IGNORECASE)


def leans_back(sentence: str, before: str) -> bool:
    """Whether it opens with a word that stands for something told before, by a sentence that can tell it."""
    return bool(_LEANS.match(sentence)) and len(before.split()) >= _SHORTEST and before[-1] in '.!?…"”’)'
