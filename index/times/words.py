"""The words and regular expressions that the forms of time share."""

import re

from index.times.calendar import MONTHS, SEASONS, WEEKDAYS

_NUMBERS = {
    **{word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)},
    **{"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3, "several": 5},
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100, "a dozen": 12},
}
NUMBER = rf"(?:[0-9]{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_SHORT = {name[:3]: name for name in MONTHS if name != "may"} | {"sept": "september"}
MONTH_NAME = rf"(?:{'|'.join(MONTHS)}|(?:sept|{'|'.join(_SHORT)})\b\.?)"
MONTH = rf"(?P<month>{MONTH_NAME})"
ANY_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9]|[,.:][0-9])"
YEAR = rf"(?P<year>{ANY_YEAR})"
WEEKDAY = "|".join(WEEKDAYS)
SEASON = "|".join(SEASONS)
LAST = r"(?P<which>last|this past|past|this) "
OFFSET = rf"(?:the|{NUMBER}) (?:days?|weeks?|months?|years?)"
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|last|final)"

_GOES_ON = (
    r"and|to|or|until|till|through|in|on|at|for|from|with|by|this|last|the|a|what|which|who|how|when|where|why"
    r"|did|does|do|were|because|as|but|than|after|before|since|during|is|are|was|has|have|had|that"
)
STANDS_ALONE = re.compile(rf"$|[^\w ]| (?:{_GOES_ON})\b| [^\w ]")
"""No noun follows that the words before it describe."""


def number(words: str) -> int:
    return int(words) if words.isdecimal() else _NUMBERS[words]


def ordinal(word: str, last: int) -> int:
    return ORDINALS.get(word, last)


def month_number(name: str) -> int:
    name = name.rstrip(".")
    return MONTHS.index(_SHORT.get(name, name)) + 1
