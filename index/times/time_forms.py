"""A grammar over the tokens of a question: tables of forms, each a row of elements with what it means.

The elements of a form stand between spaces:

    from|between    one of these words or signs; `@name` is a list of times.toml
    which=last|next the same, and which of them it is
    MONTH           what a reader makes of one token or several, and its value
    the?            what may be missing, taken where it is there

What must stand before a form and after it is written in the same way, with `!` for what must not.
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from index.english import lexicon

HIDDEN = "\0"  # stands where a form has been read or nothing is to be read: no form matches it
NUMBER = "0"  # among the words that a form may begin with: any number
TIMES = lexicon("times")

_SAME = {code: code for code in range(128)}  # a character that a table lacks takes longer than one that it keeps
_SAME_LENGTH = _SAME | str.maketrans(
    {**dict.fromkeys("‘’‛′`", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), HIDDEN: "?"}
)
_SMALL = _SAME | str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # str.lower can change a text's length
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_NOT_READ = re.compile(  # a character opens each part, which makes it ten times quicker than what looks back first
    r"https?://[^ ]*|<[^<>]*>"
    r'|"[^"]*"'
    r"|'(?<!\w')(?=[^\W\d])[^']{1,80}(?:(?<=\w)'(?=\w)[^']{1,80}){0,3}'(?!\w)"
)
_TOKEN = re.compile(r"\w+|[^\w ]")
_TOKEN_OR_NUMBER = re.compile(  # dates in numbers, 1990's, '21, words and signs
    r"\d(?<![\w/.-].)(?:\d{3}(?:-\d\d?-|\.\d\d?\.|/\d\d?/)\d\d?|\d?(?:-\d\d?-|\.\d\d?\.|/\d\d?/)\d{4}"
    r"|\d?/\d\d?/\d\d)(?![\w/-]|\.\d)|'?\d+0's\b|'\d\w*|\w+|[^\w ]"
)
_CAPITAL_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_WORD_BEFORE = re.compile(r"([\w'$£€.%-]{1,30}) $")
_DIGIT = re.compile("[0-9]")
_MOSTLY = 0.7
_LONGEST_READ = 3  # tokens that an element takes before the one by which a form is found
_COMMON = TIMES.words("common")
_LONGEST = 24  # tokens of a form that is looked for backwards
_DIGITS = frozenset(string.digits)


@dataclass(frozen=True)
class PlainText:
    """A question evenly spaced, in small letters (`small`), and without what is quoted.

    `cased` is of the same length; `span` leads from a place in them to the question. Its tokens are words, numbers and
    signs, each with the characters where it stands.
    """

    cased: str
    small: str
    offsets: Sequence[int]
    words: list[str]
    has_digits: bool

    @cached_property
    def starts(self) -> list[int]:
        tokens = (_TOKEN_OR_NUMBER if self.has_digits else _TOKEN).finditer(self.small)
        return [token.start() for token in tokens]

    @cached_property
    def ends(self) -> list[int]:
        return [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The characters of the question where the tokens stand."""
        return self.offsets[self.starts[first]], self.offsets[self.ends[end - 1] - 1] + 1

    @cached_property
    def shouted(self) -> bool:
        """Whether most words have a capital, as in a headline."""
        words: list[str] = [word for word in _CAPITAL_WORD.findall(self.cased) if word[0].isascii()]
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
        found = _WORD_BEFORE.search(self.small[max(0, at - 31) : at])
        return found[1] if found else ""

    def character_before(self, token: int) -> str:
        return self.small[self.starts[token] - 1 : self.starts[token]]

    def glued(self, token: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < token < len(self.words) and self.starts[token] == self.ends[token - 1]


def plain(question: str) -> PlainText:
    is_even = question == " ".join(question.split()) and (question.isascii() or _INVISIBLE.isdisjoint(question))
    even, offsets = (question, range(len(question))) if is_even else _evened(question)
    cased = even.translate(_SAME_LENGTH)
    small = _hide_quoted(cased.translate(_SMALL))
    has_digits = _DIGIT.search(small) is not None
    return PlainText(cased, small, offsets, (_TOKEN_OR_NUMBER if has_digits else _TOKEN).findall(small), has_digits)


def _evened(question: str) -> tuple[str, Sequence[int]]:
    """The text with one space for each gap, and the place of each of its characters in the question."""
    letters, offsets = "", []
    for at, letter in enumerate(question):
        is_gap = letter.isspace() or letter in _INVISIBLE
        if not is_gap or (letters and letters[-1] != " "):
            letters += " " if is_gap else letter
            offsets.append(at)
    return letters, offsets


def _hide_quoted(small: str) -> str:
    """Without titles in quotation marks, addresses and tags; a question that is quoted whole is read."""
    inner = small.strip(" ?.!")
    if len(inner) > 1 and inner[0] == inner[-1] == '"' and inner.count('"') == 2:
        return small
    return _NOT_READ.sub(lambda found: HIDDEN * len(found[0]), small)


Read = tuple[int, Any] | None
"""The token behind what was read, and its value."""


_Reading = Callable[[PlainText, Sequence[str], int], Read]


class _Element(NamedTuple):
    name: str
    words: frozenset[str]
    read: _Reading | None
    optional: bool = False
    forbidden: bool = False

    @property
    def numeric(self) -> bool:
        return NUMBER in self.words


_READERS: dict[str, _Element] = {}


def reader(name: str, starts: Iterable[str]) -> Callable[[_Reading], _Reading]:
    """Let a function that reads the tokens of a text from one on be the element `name` of forms.

    `starts` are the words that it may begin with; of their numbers it is asked each time.
    """

    def named(read: _Reading) -> _Reading:
        _READERS[name] = _Element(name, frozenset(starts), read)
        return read

    return named


def values_of_words(name: str, values: Mapping[str, Any]) -> None:
    """Let a word of a table, with its value there, be the element `name` of forms."""
    reader(name, values)(lambda text, words, at: (at + 1, values[words[at]]))


@dataclass(slots=True)
class Match:
    """A form at the tokens `first` to `end` of a text; `match["MONTH"]` is the value of an element, None without it."""

    text: PlainText
    first: int
    end: int
    found: dict[str, tuple[Any, int]]

    def __getitem__(self, name: str) -> Any:
        return self.found[name][0] if name in self.found else None

    def place(self, name: str) -> int:
        """The token that an element begins at."""
        return self.found[name][1]

    @property
    def start_character(self) -> int:
        return self.text.starts[self.first]


class Form:
    """A form with what it means, which is up to the table that it stands in."""

    def __init__(self, notation: str, meaning: Any = None, before: str = "", after: str = "") -> None:
        self.notation, self.meaning = notation, meaning
        self.elements = [_element(part) for part in notation.split()]
        self._before = [_element(part) for part in reversed(before.split())]
        self._after = [_element(part) for part in after.split()]
        self._starts, self.ends = _edge(self.elements), _edge(self.elements[::-1])
        self._numeric = NUMBER in self._starts

    def may_begin(self, word: str) -> bool:
        return word in self._starts or (self._numeric and is_number(word))

    def match(self, text: PlainText, words: Sequence[str], first: int, limit: int | None = None) -> Match | None:
        """The form at a token of `words`, which are the text's own or what others have left of them, up to a limit."""
        found: dict[str, tuple[Any, int]] = {}
        end = _forwards(self.elements, text, words, first, found, limit)
        if end is None or not _backwards(self._before, words, first):
            return None
        if self._after and _forwards(self._after, text, words, end, {}) is None:
            return None
        return Match(text, first, end, found)

    def key(self) -> tuple[int, frozenset[str]]:
        """The words that a text must hold one of, the fewest texts do; and the most tokens of the form before it."""
        needed = [one for one in self.elements if not one.optional]
        rare = min(needed, key=lambda one: (not _COMMON.isdisjoint(one.words), one.numeric, len(one.words)))
        before = self.elements[: self.elements.index(rare)]
        return sum(_LONGEST_READ if one.read else 1 for one in before), rare.words


class Table:
    """Forms in the order in which they are tried, those alone that have a word in the text that few texts have."""

    def __init__(self, *forms: Form) -> None:
        self.forms = forms
        self._by_key: dict[str, list[tuple[int, int]]] = {}
        for number, form in enumerate(forms):
            place, key = form.key()
            for word in key:
                self._by_key.setdefault(word, []).append((number, place))
        self._of_numbers = self._by_key.pop(NUMBER, [])
        for word in filter(is_number, self._by_key):
            self._by_key[word] = sorted({*self._by_key[word], *self._of_numbers})
        self._keys = frozenset(self._by_key)

    def matches(self, text: PlainText, first: int = 0, end: int | None = None) -> list[tuple[Form, Match]]:
        """What the tokens from one to another hold, in their order; of two that overlap, that of the earlier form."""
        words = text.words
        words_there = words[first:end]
        if self._keys.isdisjoint(words_there) and not (self._of_numbers and text.has_digits):
            return []
        tries = []
        for at, word in enumerate(words_there, first):
            keyed = self._by_key.get(word)
            if keyed is None and word[0] < ":" and is_number(word):
                keyed = self._of_numbers
            for number, before in keyed or ():
                tries.append((number, at - before if at > before else 0, at + 1))
        if not tries:
            return []
        found = []
        left = [HIDDEN] * first + words_there
        for number, start, stop in sorted(tries):
            form = self.forms[number]
            for at in range(start, stop):
                if form.may_begin(left[at]) and (match := form.match(text, left, at)):
                    found.append((form, match))
                    left[at : match.end] = [HIDDEN] * (match.end - at)
        return sorted(found, key=lambda one: one[1].first) if len(found) > 1 else found

    def ending(self, text: PlainText, end: int) -> tuple[Form, Match] | None:
        """The first form that ends before a token, at its longest."""
        words = text.words
        for form in self.forms if end else ():
            if words[end - 1] in form.ends:
                for at in range(max(0, end - _LONGEST), end):
                    if form.may_begin(words[at]) and (match := form.match(text, words, at, end)) and match.end == end:
                        return form, match
        return None


def is_number(word: str) -> bool:
    """Whether a token begins with a digit, or is one such as '21."""
    return word[0] in _DIGITS or (word[0] == "'" and len(word) > 1)


def _element(part: str) -> _Element:
    name, _, alternatives = part.strip("?!").rpartition("=")
    if alternatives.isupper():
        element = _READERS[alternatives]
    else:
        lists = [TIMES.listed(one[1:]) if one[0] == "@" else (one,) for one in alternatives.split("|")]
        element = _Element(name, frozenset(word for listed in lists for word in listed), None)
    return element._replace(optional=part.endswith("?"), forbidden=part.startswith("!"))


def _edge(elements: Sequence[_Element]) -> frozenset[str]:
    """The words that a form may begin with, or from behind may end with."""
    needed = next((at for at, element in enumerate(elements) if not element.optional), len(elements))
    return frozenset(word for element in elements[: needed + 1] for word in element.words)


def _forwards(
    elements: Sequence[_Element],
    text: PlainText,
    words: Sequence[str],
    at: int,
    values: dict[str, tuple[Any, int]],
    limit: int | None = None,
) -> int | None:
    """The token behind the elements, None where they do not stand there."""
    limit = len(words) if limit is None else limit
    for name, alternatives, read, optional, forbidden in elements:
        found: Read = None
        if at < limit and (words[at] in alternatives or (read and NUMBER in alternatives)):
            found = read(text, words, at) if read else (at + 1, words[at])
        if forbidden:
            if found:
                return None
        elif found:
            if name:
                values[name] = found[1], at
            at = found[0]
        elif not optional:
            return None
    return at


def _backwards(elements: Sequence[_Element], words: Sequence[str], at: int) -> bool:
    for _, alternatives, _, optional, forbidden in elements:
        found = at > 0 and words[at - 1] in alternatives
        if (found and forbidden) or not (found or optional or forbidden):
            return False
        at -= found
    return True
