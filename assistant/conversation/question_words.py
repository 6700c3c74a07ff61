"""The words of a question, each with its class, as far as a small list and its place tell it."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from index.times.calendar import MONTHS, WEEKDAYS

Class = Literal["wh", "aux", "det", "own", "prep", "pron", "joint", "verb", "name", "date", "other", "word", "mark"]

WH = frozenset("who whom whose what which when where why how".split())
AUX = frozenset(
    "is are was were am be been do does did has have had can could will would shall should may might must".split()
)
CONNECTIVES = r"(?:and|but|so|or|then|also|ok|okay|well|now|hmm|what about|how about)"
_DET = frozenset("the a an this that these those all any some no both each every another".split())
_PREP = frozenset(
    "of in at on over to from with without above below for by against between near under after before during about into"
    " through since until behind around across inside outside beside beyond within towards among according".split()
)
_PRON = frozenset(
    "i you we me us it he she they him her them its his their hers theirs mine my your our one ones there"
    " someone anyone something anything everyone nobody nothing else itself himself herself themselves".split()
)
_JOINT = frozenset("and or but so if than as because while that not".split())
_DATES = frozenset((*MONTHS, *WEEKDAYS, "today", "yesterday"))
_OTHER = frozenset(
    "also again then now still ever never yet already only even just too very first once soon later earlier ago"
    " exactly really actually please tell me more much many long old far often big high tall large".split()
)
# Verbs that questions about the news use, in the plain form that follows "did"; the past form shows by its ending.
_VERBS = frozenset(
    "say tell ask call want think mean happen begin start end last cost cause lead go come get give take make do die"
    " live work win lose plan propose promise accuse blame describe respond reply react answer announce decide agree"
    " refuse reject accept support help stop build sell buy send receive pay earn own run move leave join sign write"
    " speak meet play open close break resign burn spread rise fall grow need hope fear expect believe complain deny"
    " admit claim warn demand apply deliver supply produce carry hold keep put set show find lift suspend freeze erupt"
    " merge walk quit retire marry hurt shut said told made won lost went came took gave held found built sold bought"
    " sent paid led left met broke fell rose grew began spoke wrote put cut became said drowned".split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[.&’'-](?=\w)[^\W_]+)*[’']?(?=\W|$)|[,;:?!.]")
_OWN = re.compile(r"(?:[’']s|(?<=s)[’'])$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, at `start` to `end` of the question."""

    text: str
    start: int
    end: int
    kind: Class

    @property
    def small(self) -> str:
        return self.text.lower()


def tokens_of(text: str) -> list[Token]:
    """The words and marks of a question in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        found.append(Token(match[0], match.start(), match.end(), _class(match[0], found)))
    return _with_verb(found)


def with_capitals(question: str, text: str) -> str:
    """A question in small letters with those capitals that its words always have in a text."""
    if any(letter.isupper() for letter in question):
        return question
    written = Counter(re.findall(r"[^\W\d_]{3,}", text))

    def as_written(match: re.Match[str]) -> str:
        word = match[0]
        if written[word.upper()]:
            return word.upper()
        return word.capitalize() if written[word.capitalize()] > 1 and not written[word] else word

    return re.sub(r"[^\W\d_]{3,}", as_written, question)


def _with_verb(tokens: list[Token]) -> list[Token]:
    """With the verb that "did" calls for, where none is known: the last plain word of a subject that "the" begins.

    Of a subject that is a name it is the word after.
    """
    at = next((n for n, token in enumerate(tokens) if token.small in ("do", "does", "did")), None)
    if at is None or any(token.kind == "verb" for token in tokens[at + 1 :]):
        return tokens
    run = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind == "word"), None)
    if run is None:
        return tokens
    if tokens[run - 1].kind in ("det", "own"):
        while run + 1 < len(tokens) and tokens[run + 1].kind == "word":
            run += 1
    verb = tokens[run]
    return [*tokens[:run], Token(verb.text, verb.start, verb.end, "verb"), *tokens[run + 1 :]]


def _class(word: str, before: list[Token]) -> Class:
    small, last = word.lower(), before[-1].kind if before else "mark"
    if not word[0].isalnum():
        return "mark"
    if word[0].isdigit():
        return "date" if re.fullmatch(r"(?:1[89]|20)\d\d", word) else "word"
    if small in _DATES and (small != "may" or (word == "May" and last != "mark")):
        return "date"
    if small == "that" and last in ("word", "name", "own", "pron"):
        return "joint"
    return _listed(word, last) or _open_class(word, before)


def _listed(word: str, last: Class) -> Class | None:
    """The class of a function word; written with a capital within a question it is a name, as in "the WHO"."""
    small = word.lower()
    if small in WH and not (last == "name" and word[0].isupper()):
        return "wh"
    if word != small and last != "mark":
        return None
    return next((kind for kind, listed in _LISTS if small in listed), None)


def _open_class(word: str, before: list[Token]) -> Class:
    small, last = word.lower(), before[-1].kind if before else "mark"
    if _OWN.search(word):
        return "own"
    if word[0].isupper() and (last != "mark" or small not in _VERBS | _OTHER):
        return "name"
    if small in _OTHER:
        return "other"
    is_noun = last in ("det", "own") or (last == "prep" and before[-1].small != "to")
    return "verb" if not is_noun and _is_verb(small) else "word"


def _is_verb(small: str) -> bool:
    return small in _VERBS or (small.endswith("ed") and len(small) > 4)


_LISTS: tuple[tuple[Class, frozenset[str]], ...] = (
    ("aux", AUX), ("pron", _PRON), ("det", _DET), ("prep", _PREP), ("joint", _JOINT),
)  # fmt: skip
