"""The numbers inside one mark, such as `1, 3`, `Passage 1–3` or `2†source`."""

import re

# One mark in the text's own private characters: OPENING, its numbers with commas, CLOSING.
OPENING, CLOSING = "\ue000", "\ue001"
MARK = rf"{OPENING}[0-9,]*{CLOSING}"

NOUNS = (
    r"(?:sources?|passages?|documents?|docs?|articles?|excerpts?|snippets?|chunks?|citations?|cit|references?|refs?|"
    r"footnotes?|notes?|cite|texts?|results?|quellen?|abschnitte?|artikel|absatz|textstelle|fuentes?|pasajes?|fontes?|fonti|"
    r"passaggi[o]?|källa|kilde|kilder|bron|bronnen|źródło|źródła|источник[и]?|來源|来源|资料|文档|文章|段落|出典|المصدر|مصدر)"
)
CUES = (
    r"(?:see(?: also)?|cf\.?|siehe|vgl\.?|voir|véase|ver|vedi|参见|見|according to|per|"
    r"as (?:reported|stated|noted) (?:in|by))"
)
_NOUN = rf"{NOUNS}(?:[\s_.:=]{{0,3}}(?:(?:number|no|nr|id)\b|n[°º]|№)[.:]?)?"
_BEFORE = rf"(?:{CUES}[\s:]{{1,3}})?(?:{_NOUN}[\s_.:=-]{{0,3}})?(?:[#№^\"']\s?)?(?:[PSDR](?=\d))?"
NUMBER = r"\d{1,3}(?!\d)"
_BETWEEN = (
    r"(?:\s{0,3}(?:[-–—,;/|&+、，；~]|\.\.|and|und|et|y|og|och|e|to|through|bis|和|及|至|,\s?and)\s{0,3}|\s{1,3})"
)
_ITEM = rf"{_BEFORE}{NUMBER}[\"'^]?"
LIST = rf"{_ITEM}(?:{_BETWEEN}{_ITEM}){{0,30}}"
# The number itself may not be a part of a word ("1a"), a decimal or a time of day.
_AFTER = r"\.?$|\s*[;:|†(·.–-](?!\s*\d)|\s*,(?=.*[^\W\d_]{3})|:\d+†"
_WHOLE = re.compile(rf"{LIST}(?={_AFTER})", re.IGNORECASE)
_RANGE = re.compile(
    rf"({NUMBER})(?:\s*(?:-|–|—|~|\.\.|\bto\b|\bthrough\b|\bbis\b|至)\s*(?:{_NOUN}\s*)?({NUMBER}))?", re.IGNORECASE
)
_LABELLED = re.compile(rf"(?:{CUES}|{NOUNS})(?![^\W\d_])", re.IGNORECASE)
_NAMED = re.compile(rf"[^\W\d][^\d,;:]{{1,60}}[,;:–—-]\s*({LIST})\.?$", re.IGNORECASE)
_LONGEST_RANGE = 100  # more passages than any prompt holds
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def numbers_in(content: str) -> list[int] | None:
    """The numbers that the inside of a bracket cites; None where it is no mark but text, such as `sic` or `2019`."""
    content = content.translate(_SUPERSCRIPTS).strip(" \t*_^\\")
    found = _WHOLE.match(content)
    if found:
        return expanded(found.group())
    named = _NAMED.match(content)
    return expanded(named.group(1)) if named else None


def is_labelled(content: str) -> bool:
    """Whether it says that it is a mark: "Source 2", "see 1", "Harbour Daily, passage 1"."""
    return bool(_LABELLED.search(content))


def expanded(numbers: str) -> list[int]:
    """`1, 3-5` as 1, 3, 4, 5."""
    listed: list[int] = []
    for first, last in _RANGE.findall(numbers):
        low, high = sorted((int(first), int(last or first)))
        listed += range(low, high + 1) if high - low < _LONGEST_RANGE else (low, high)
    return listed


def mark(numbers: list[int]) -> str:
    """The one form of mark that all others become."""
    return f"{OPENING}{','.join(map(str, numbers))}{CLOSING}"


def numbers_of(marks: str) -> list[int]:
    """The numbers of a run of marks in that one form."""
    return [int(number) for number in re.findall(r"[0-9]+", marks)]
