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


def _misspelt(name: str) -> set[str]:
    """A letter of it left out, two in the wrong order, or one of its own put in; the first two are right."""
    cuts = [(name[:at], name[at:]) for at in range(2, len(name))]
    left_out = {before + after[1:] for before, after in cuts if len(after) > 1}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    put_in = {before + letter + after for before, after in cuts[1:] for letter in name}
    return (left_out | swapped | put_in) - {name}


_MISSPELT = {wrong: name for name in MONTHS if len(name) > 6 for wrong in _misspelt(name)}
_WRONG = "|".join(
    rf"{name[:2]}(?:{'|'.join(wrong[2:] for wrong in sorted(_misspelt(name)))})\b" for name in MONTHS if len(name) > 6
)
MONTH_NAME = rf"(?:{'|'.join(MONTHS)}|(?:sept|{'|'.join(_SHORT)})\b\.?|{_WRONG})"
MONTH = rf"(?P<month>{MONTH_NAME})"
ANY_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9]|[,.:][0-9])"
YEAR = rf"(?P<year>{ANY_YEAR}|'[0-9]{{2}}(?![\w']))"
WEEKDAY = "|".join(WEEKDAYS)
SEASON = "|".join(SEASONS)
LAST = r"(?P<which>last|this past|past|this) "
A_NUMBER = frozenset(["0"])  # stands for any
A_YEAR = frozenset(["2000"])
MONTH_WORDS = frozenset((*MONTHS, *_SHORT, *_MISSPELT))
SEASON_WORDS = frozenset(SEASONS)
WEEKDAY_WORDS = frozenset(WEEKDAYS)
OFFSET = rf"(?:the|{NUMBER}) (?:days?|weeks?|months?|years?)"
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|last|final)"

NOT_INSIDE = r"(?<![\w.,:/$£€-])"
"""No part of a longer number or word ends here."""
_GOES_ON = (
    r"and|to|or|until|till|through|in|on|at|for|from|with|by|this|last|the|a|what|which|who|how|when|where|why"
    r"|did|does|do|were|because|as|but|than|after|before|since|during|is|are|was|has|have|had|that"
)
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
STANDS_ALONE = re.compile(rf"$|[^\w ]| (?:{_GOES_ON})\b| [^\w ]")
"""No noun follows that the words before it describe."""


def held_words(small: str) -> frozenset[str]:
    """The runs of small letters of a text and whether it has numbers and years, to tell which forms it may hold."""
    words = frozenset(_LETTERS.findall(small))
    if not _DIGIT.search(small):
        return words
    return words | A_NUMBER | (A_YEAR if _YEAR.search(small) else set())


def number(words: str) -> int:
    return int(words) if words.isdecimal() else _NUMBERS[words]


def ordinal(word: str, last: int) -> int:
    return ORDINALS.get(word, last)


def month_number(name: str) -> int:
    name = name.rstrip(".")
    return MONTHS.index(_SHORT.get(name) or _MISSPELT.get(name, name)) + 1


def year_number(digits: str) -> int:
    """Of "2021", and of "'21" and "21" the one from 1950 to 2049."""
    digits = digits.removeprefix("'")
    return int(digits) if len(digits) > 2 else (2000 if int(digits) < 50 else 1900) + int(digits)
