"""A question as the forms of time read it: evenly spaced, in small letters, without what is quoted."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

HIDDEN = "\0"  # stands where a form has been read or nothing is to be read: no form matches it

_SAME = {code: code for code in range(128)}  # a character that a table lacks takes longer than one that it keeps
_SAME_LENGTH = _SAME | str.maketrans(
    {**dict.fromkeys("‘’‛′`", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), HIDDEN: "?"}
)
_SMALL = _SAME | str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # str.lower can change a text's length
_GAP = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_NOT_READ = re.compile(  # a character opens each part, which makes it ten times quicker than what looks back first
    r"https?://[^ ]*|<[^<>]*>"
    r'|"[^"]*"'
    r"|'(?<!\w')(?=[^\W\d])[^']{1,80}(?:(?<=\w)'(?=\w)[^']{1,80}){0,3}'(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_MOSTLY = 0.7


@dataclass(frozen=True)
class PlainText:
    """`cased` and `small` are of one length; `span` leads from a place in them to the question."""

    cased: str
    small: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1

    @cached_property
    def shouted(self) -> bool:
        """Whether most words have a capital, as in a headline."""
        words: list[str] = [word for word in _WORD.findall(self.cased) if word[0].isascii()]
        capitals = sum(word[0].isupper() for word in words)
        return capitals > 3 and capitals > _MOSTLY * len(words)

    def is_named(self, at: int) -> bool:
        """Whether a word has a capital that its place does not explain."""
        return self.is_capital(at) and not self.begins_sentence(at) and not self.shouted

    def is_capital(self, at: int) -> bool:
        return self.cased[at : at + 1].isupper()

    def begins_sentence(self, at: int) -> bool:
        before = self.small[max(0, at - 3) : at].rstrip(" \"'(" + HIDDEN)
        return not before or before[-1] in ".?!:;-"

    def word_before(self, at: int) -> str:
        """The small word that ends, but for a space, where `at` begins; empty after punctuation."""
        found = re.search(r"([\w'$£€.%-]{1,30}) $", self.small[max(0, at - 31) : at])
        return found[1] if found else ""


def plain(question: str) -> PlainText:
    is_even = question == " ".join(question.split()) and (question.isascii() or not _INVISIBLE.search(question))
    even, offsets = (question, range(len(question))) if is_even else _evened(question)
    cased = even.translate(_SAME_LENGTH)
    return PlainText(cased, _hide_quoted(cased.translate(_SMALL)), offsets)


def _evened(question: str) -> tuple[str, Sequence[int]]:
    """The text with one space for each gap, and the place of each of its characters in the question."""
    letters: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _GAP.finditer(question):
        letters.append(question[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        if offsets:
            letters.append(" ")
            offsets.append(gap.start())
        at = gap.end()
    letters.append(question[at:])
    offsets.extend(range(at, len(question)))
    return "".join(letters), offsets


def hide(text: str, start: int, end: int) -> str:
    return text[:start] + HIDDEN * (end - start) + text[end:]


def _hide_quoted(small: str) -> str:
    """Without titles in quotation marks, addresses and tags; a question that is quoted whole is read."""
    inner = small.strip(" ?.!")
    if len(inner) > 1 and inner[0] == inner[-1] == '"' and inner.count('"') == 2:
        return small
    return _NOT_READ.sub(lambda found: HIDDEN * len(found[0]), small)
