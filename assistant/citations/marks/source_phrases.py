"""Phrases that stand in a sentence for the sake of a mark: "According to [2], …", "[1] reports that …".

Without its mark such a phrase would say nothing, and a model's numbers are not those that the reader sees.
"""

import re

from assistant.citations.marks.numbers import LIST, MARK, NOUNS, expanded, mark, numbers_of

_RUN = rf"{MARK}(?:[ \t]?(?:,|;|and|&|und|et|y)?[ \t]?{MARK})*+"
_THE = r"(?:(?:the|der|la|le|las|les|el)\s)?"
_SOURCE = rf"(?:{_THE}(?:{NOUNS}\s)?(?P<marks>{_RUN})|{_THE}{NOUNS}\s?(?P<list>{LIST}))"
_SAYS = (
    r"(?:states?|reports?|says?|notes?|mentions?|adds?|explains?|confirms?|indicates?|shows?|claims?|writes?|tells?|suggests?|"
    r"stated|reported|said|noted|mentioned|added|explained|confirmed|indicated|showed|claimed|wrote|suggested)"
)
_TOLD = (
    r"as\s(?:also\s)?(?:reported|stated|noted|mentioned|described|said|shown|seen|written|explained|told|confirmed)\s"
    r"(?:in|by|from)"
)
_LEADIN = (
    rf"(?:according\sto|{_TOLD}|as\sper|per|based\son|from|in|laut|gemäß|selon|d['’]après|según|secondo|segundo|enligt|ifølge|"
    r"volgens|согласно|根据|據|据|وفقا ل)"
)
_BEGINS = r"(?P<before>(?:\A|\n|[.!?]\s)[ \t]{0,9}(?:[-*•–][ \t]{1,9}|\d{1,2}[.)][ \t]{1,9})?)"
_LEADING = [
    re.compile(rf"{_BEGINS}{_LEADIN}\s?{_SOURCE}\s?[,:，]\s*(?P<first>[^\s\ue000]+)", re.IGNORECASE),
    re.compile(rf"{_BEGINS}as\s(?:both\s)?{_SOURCE}\s{_SAYS}\s?,\s*(?P<first>[^\s\ue000]+)", re.IGNORECASE),
    re.compile(rf"{_BEGINS}(?:both\s)?{_SOURCE}\s(?:also\s)?{_SAYS}\s(?:that\s)(?P<first>[^\s\ue000]+)", re.IGNORECASE),
]
_TRAILING = re.compile(
    rf"\s?[,(]?\s?(?:according\sto|{_TOLD}|as\sper|per)\s{_SOURCE}\)?(?=\s?[.!?,;)]|\s*$)", re.IGNORECASE | re.MULTILINE
)
_AS_SAID = re.compile(rf",\s?as\s(?:both\s)?{_SOURCE}\s{_SAYS}(?=[.!?,;])\s?,?", re.IGNORECASE)
_SUBJECT = re.compile(rf"{_BEGINS}(?:both\s)?(?P<marks>{_RUN})\s(?=(?:also\s)?{_SAYS}\s)", re.IGNORECASE)
_LABEL = re.compile(rf"^([ \t]{{0,9}}(?:[-*•][ \t]{{1,9}})?{MARK}):[ \t]{{1,9}}", re.MULTILINE)


def without_phrases(text: str) -> str:
    """The text, whose marks have their one form, with the marks of such phrases in place of the phrases."""
    text = _LABEL.sub(r"\1 ", text)
    for phrase in _LEADING:
        text = phrase.sub(_first_word_marked, text)
    text = _TRAILING.sub(_marks, text)
    text = _AS_SAID.sub(_marks, text)
    return _SUBJECT.sub(_named, text)


def _marks(found: re.Match[str]) -> str:
    return found["marks"] or mark(expanded(found["list"]))


def _first_word_marked(found: re.Match[str]) -> str:
    """The marks behind the first word of what is said, so that they are in its sentence."""
    first = found["first"]
    return f"{found['before']}{first[:1].upper()}{first[1:]} {_marks(found)}"


def _named(found: re.Match[str]) -> str:
    subject = "A source" if len(set(numbers_of(found["marks"]))) == 1 else "Sources"
    return f"{found['before']}{subject} {found['marks']} "
