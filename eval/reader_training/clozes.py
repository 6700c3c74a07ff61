"""Questions made of news by rule: a sentence with one fact asked for in its place.

"The ferry sank off Marlow in 1994." becomes "The ferry sank off Marlow in what year?". The manner is that of news
quizzes; the idea is that of Lewis, Denoyer and Riedel, "Unsupervised Question Answering by Cloze Translation" (2019).
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w-]*[a-z][\w-]*"
_NAME = rf"{_WORD}(?:\s(?:(?:of|de|the|van|al)\s)?{_WORD}){{0,3}}"
_ENDS = (
    r"(?=,|\.$| (?:and|to|in|on|for|with|was|were|is|are|has|had|have|will|would|who|which|at|from|by|after|before|as)"
    r"\b)"
)
_NUMBER = r"\d(?:[\d,.]*\d)?(?:\s(?:thousand|million|billion|trillion))?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PERSON = (
    r"(?:president|minister|actor|actress|singer|rapper|director|coach|founder|star|author|player|chief|mayor|son|"
    r"daughter|wife|husband)"
)
_KINDS = tuple(
    (re.compile(pattern), asked)
    for pattern, asked in (
        (rf"(?<!\w)(?P<said>[$£€]{_NUMBER})", ("how much", "how much money")),
        (rf"(?<!\w)(?P<said>{_NUMBER}(?:%| percent| per cent))", ("what percentage", "how much")),
        (rf"\bon (?P<said>{_MONTH} \d\d?)\b(?!,? \d)", ("what date", "which day")),
        (r"\bin (?P<said>(?:19|20)\d\d)\b(?![-–])", ("what year", "which year")),
        (
            rf"(?<![\w$£€.,-])(?!(?:19|20)\d\d\b)(?P<said>{_NUMBER})(?= (?!percent|per|a\.m|p\.m)[a-z]{{3,}})",
            ("how many", "what number of"),
        ),
        (r"\b(?P<said>two|three|four|five|six|seven|eight|nine|ten|dozens)(?= [a-z]{3,}s\b)", ("how many",)),
        (rf"\b{_PERSON},? (?P<said>{_NAME}){_ENDS}", ("who",)),
        (rf"\b(?P<said>{_NAME})(?= (?:said|told|announced|wrote)\b)", ("who",)),
        (rf"\b(?:in|from|near|to|across|outside) (?P<said>{_NAME}){_ENDS}", ("which place", "where")),
        (rf"(?<=[a-z,] )(?<!\ban )(?<!\ba )(?P<said>{_NAME}){_ENDS}", ("what", "who or what")),
    )
)
_SAID_FIRST = re.compile(r"^[^,]{0,40}\b(?:CNN|AP|Reuters)\b[^—–]{0,20}[—–]\s*")
_ASIDE = re.compile(r"\s*\([^)]*\)|,? (?:according to|he said|she said|they said|officials said)[^,.]*(?=[,.])")
_CLAUSE = re.compile(r",\s+|\s[—–-]\s|;\s+|\s(?=(?:after|while|when|because|which|who|where|as)\s)")
_SHORTEST, _LONGEST = 8, 45  # words of a sentence
_LEAST = 6  # words of a clause that is asked for alone
_SHORT = 0.5  # share of the questions that are cut to the clause with the answer, where it is long enough


@dataclass(frozen=True, slots=True)
class Cloze:
    question: str
    answer: str


def clozes(sentence: str, chance: random.Random) -> Iterator[Cloze]:
    """At most one question of each kind; none of a sentence that is no plain statement."""
    said = _ASIDE.sub("", _SAID_FIRST.sub("", " ".join(sentence.split())))
    if not _is_plain(said):
        return
    taken: list[tuple[int, int]] = []
    for pattern, asked in _KINDS:
        found = [one.span("said") for one in pattern.finditer(said)]
        found = [(start, end) for start, end in found if not _is_torn(said, start) and not _meets(start, end, taken)]
        if found:
            start, end = chance.choice(found)
            taken.append((start, end))
            yield Cloze(_asked(said, (start, end), chance.choice(asked), chance), said[start:end])


def _is_torn(said: str, start: int) -> bool:
    """Whether a name's first word stands before it."""
    return said[start].isupper() and re.search(r"[A-Z]\S* $", said[:start]) is not None


def _meets(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(begin < end and stop > start for begin, stop in taken)


def _is_plain(said: str) -> bool:
    words = said.split()
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and said[0].isupper()
        and said[-1] == "."
        and not re.search(r"[“”\"?!:|@]|https?|Hide Caption|Photos?:|Getty|\b(?:I|you|your|we|our)\b", said)
        and sum(word[0].islower() for word in words) >= len(words) // 2
    )


def _asked(said: str, place: tuple[int, int], asked: str, chance: random.Random) -> str:
    """The sentence, or the clause with the answer, with `asked` in the answer's place."""
    start, end = 0, len(said) - 1
    if chance.random() < _SHORT:
        cuts = [(m.start(), m.end()) for m in _CLAUSE.finditer(said) if m.end() <= place[0] or m.start() >= place[1]]
        begin = max((stop for _, stop in cuts if stop <= place[0]), default=0)
        stop = min((start for start, _ in cuts if start >= place[1]), default=end)
        if len(said[begin:stop].split()) >= _LEAST:
            start, end = begin, stop
    question = f"{said[start : place[0]]}{asked}{said[place[1] : end]}?"
    return question[0].upper() + question[1:]
