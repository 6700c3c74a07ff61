"""A grammar over the tokens of a question: tables of forms, each a row of elements with what it means.

The elements of a form stand between spaces:

    from|between    one of these words or signs; `@name` is a list of times.toml
    which=last|next the same, and which of them it is
    MONTH           what a reader makes of one token or several, and its value
    the?            what may be missing, taken where it is there
    ...             up to five words

What must stand before a form and after it is written in the same way, with `!` for what must not.
"""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
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
_GAP = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NOT_READ = re.compile(  # a character opens each part, which makes it ten times quicker than what looks back first
    r"https?://[^ ]*|<[^<>]*>"
    r'|"[^"]*"'
    r"|'(?<!\w')(?=[^\W\d])[^']{1,80}(?:(?<=\w)'(?=\w)[^']{1,80}){0,3}'(?!\w)"
)
_TOKEN = re.compile(r"'[0-9]\w*|\w+|[^\w ]")
_CAPITAL_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_WORD_BEFORE = re.compile(r"([\w'$£€.%-]{1,30}) $")
_DIGIT = re.compile("[0-9]")
_MOSTLY = 0.7
_ANY_WORDS = 5
_LONGEST_READ = 3  # tokens that an element takes before the one by which a form is found
_COMMON = TIMES.words("common")
_LONGEST = 24  # tokens of a form that is looked for backwards
_CLOSING = frozenset("?.!,")
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

    @cached_property
    def words(self) -> list[str]:
        return _TOKEN.findall(self.small)

    @cached_property
    def starts(self) -> list[int]:
        return [token.start() for token in _TOKEN.finditer(self.small)]

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

    def glued(self, token: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < token < len(self.words) and self.starts[token] == self.ends[token - 1]


def plain(question: str) -> PlainText:
    is_even = question == " ".join(question.split()) and (
        question.isascii() or not _GAP.search(question.replace(" ", ""))
    )
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


def _hide_quoted(small: str) -> str:
    """Without titles in quotation marks, addresses and tags; a question that is quoted whole is read."""
    inner = small.strip(" ?.!")
    if len(inner) > 1 and inner[0] == inner[-1] == '"' and inner.count('"') == 2:
        return small
    return _NOT_READ.sub(lambda found: HIDDEN * len(found[0]), small)


@dataclass(slots=True)
class Match:
    """A form at the tokens `first` to `end` of a text, with the values of its elements and the tokens they begin at."""

    text: PlainText
    first: int
    end: int
    values: dict[str, Any]
    places: dict[str, int]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def start_character(self) -> int:
        return self.text.starts[self.first]

    @property
    def end_character(self) -> int:
        return self.text.ends[self.end - 1]


class Reader(NamedTuple):
    """What makes a value of the tokens from one on: `read` gives the token behind them and the value, or None.

    `starts` are the words that it may begin with.
    """

    read: Callable[[PlainText, Sequence[str], int], tuple[int, Any] | None]
    starts: frozenset[str]


class _Element(NamedTuple):
    name: str
    words: frozenset[str]
    read: Callable[[PlainText, Sequence[str], int], tuple[int, Any] | None] | None
    optional: bool
    forbidden: bool
    numeric: bool = False


class Form:
    """A form with what it means, which is up to the table that it stands in."""

    def __init__(self, notation: str, meaning: Any = None, before: str = "", after: str = "") -> None:
        self.notation, self.meaning = notation, meaning
        self._around = before, after

    def compile(self, readers: Mapping[str, Reader]) -> None:
        self.elements = [_element(part, readers) for part in self.notation.split()]
        self.starts = _edge(self.elements)
        self._numeric = NUMBER in self.starts
        before, after = self._around
        self.before = [_element(part, readers) for part in reversed(before.split())]
        self.after = [_element(part, readers) for part in after.split()]

    def may_begin(self, word: str) -> bool:
        return word in self.starts or (self._numeric and is_number(word))

    def match(self, text: PlainText, words: Sequence[str], first: int) -> Match | None:
        """The form at a token of `words`, which are the text's own or what others have left of them."""
        values: dict[str, Any] = {}
        places: dict[str, int] = {}
        end = _forwards(self.elements, text, words, first, values, places)
        if end is None or not _backwards(self.before, words, first):
            return None
        if self.after and _forwards(self.after, text, words, end, {}, {}) is None:
            return None
        return Match(text, first, end, values, places)


class Table:
    """Forms in the order in which they are tried, those alone that have a word in the text that few texts have."""

    def __init__(self, readers: Mapping[str, Reader], forms: Sequence[Form]) -> None:
        self.forms = forms
        self._by_key: dict[str, list[tuple[int, int]]] = {}
        for number, form in enumerate(forms):
            form.compile(readers)
            place, key = _key(form.elements)
            for word in key:
                self._by_key.setdefault(word, []).append((number, place))
        self._of_numbers = self._by_key.pop(NUMBER, [])
        for word, keyed in self._by_key.items():
            if word[0] in _DIGITS:
                keyed[:] = sorted({*keyed, *self._of_numbers})
        self._keys = frozenset(self._by_key)
        self._ends = [_edge(form.elements[::-1]) for form in forms]

    def matches(self, text: PlainText, words: Sequence[str]) -> Iterator[tuple[Form, Match]]:
        """All matches, form by form; what is hidden in `words` meanwhile is not matched again."""
        if self._keys.isdisjoint(words) and not (self._of_numbers and _DIGIT.search(text.small)):
            return
        tried: dict[int, list[range]] = {}
        for at, word in enumerate(words):
            keyed = self._by_key.get(word)
            if keyed is None and word[0] < ":" and is_number(word):
                keyed = self._of_numbers
            for number, place in keyed or ():
                tried.setdefault(number, []).append(range(max(0, at - place), at + 1))
        for number in sorted(tried):
            form = self.forms[number]
            for start in (at for places in tried[number] for at in places if form.may_begin(words[at])):
                if match := form.match(text, words, start):
                    yield form, match

    def ending(self, text: PlainText, end: int) -> tuple[Form, Match] | None:
        """The first form that ends before a token, at its longest."""
        words = text.words[:end]
        for form, ends in zip(self.forms, self._ends, strict=True) if end else ():
            if words[end - 1] in ends:
                for at in range(max(0, end - _LONGEST), end):
                    if form.may_begin(words[at]) and (match := form.match(text, words, at)) and match.end == end:
                        return form, match
        return None


def is_number(word: str) -> bool:
    """Whether a token begins with a digit, or is one such as '21."""
    return word[0] in _DIGITS or (word[0] == "'" and len(word) > 1)


def _key(elements: Sequence[_Element]) -> tuple[int, frozenset[str]]:
    """The words of the first element that a form needs and few texts have, and the most tokens before it."""
    before = 0
    needed = [element for element in elements if element.words and not element.optional]
    rare = min(needed, key=lambda one: (not _COMMON.isdisjoint(one.words), one.numeric, len(one.words)))
    for element in elements[: elements.index(rare)]:
        before += _LONGEST_READ if element.read or element.name == "..." else 1
    return before, rare.words


def _element(part: str, readers: Mapping[str, Reader]) -> _Element:
    optional, forbidden = part.endswith("?"), part.startswith("!")
    name, _, alternatives = part.strip("?!").rpartition("=")
    if alternatives == "...":
        return _Element(alternatives, frozenset(), None, optional, forbidden)
    if alternatives.isupper():
        reader = readers[alternatives.rstrip("12")]
        numeric = NUMBER in reader.starts
        return _Element(name or alternatives, reader.starts, reader.read, optional, forbidden, numeric)
    words = [word for one in alternatives.split("|") for word in (TIMES.listed(one[1:]) if one[0] == "@" else (one,))]
    return _Element(name, frozenset(words), None, optional, forbidden)


def _edge(elements: Sequence[_Element]) -> frozenset[str]:
    """The words that a form may begin with, or from behind may end with."""
    words: frozenset[str] = frozenset()
    for element in elements:
        words |= element.words
        if not element.optional:
            break
    return words


def _forwards(
    elements: Sequence[_Element],
    text: PlainText,
    words: Sequence[str],
    at: int,
    values: dict[str, Any],
    places: dict[str, int],
) -> int | None:
    """The token behind the elements, None where they do not stand there."""
    for number, (name, alternatives, read, optional, forbidden, numeric) in enumerate(elements):
        if name == "...":
            return _forwards_over_words(elements[number + 1 :], text, words, at, values, places)
        found: tuple[int, Any] | None = None
        if at < len(words) and (numeric or words[at] in alternatives):
            found = read(text, words, at) if read else (at + 1, words[at])
        if forbidden:
            if found:
                return None
        elif found:
            if name:
                values[name], places[name] = found[1], at
            at = found[0]
        elif not optional:
            return None
    return at


def _forwards_over_words(
    elements: Sequence[_Element],
    text: PlainText,
    words: Sequence[str],
    at: int,
    values: dict[str, Any],
    places: dict[str, int],
) -> int | None:
    for behind in range(at + 1, min(at + _ANY_WORDS, len(words)) + 1):
        if words[behind - 1] in _CLOSING:
            return None
        if (end := _forwards(elements, text, words, behind, values, places)) is not None:
            return end
    return None


def _backwards(elements: Sequence[_Element], words: Sequence[str], at: int) -> bool:
    for _, alternatives, _, optional, forbidden, _ in elements:
        found = at > 0 and words[at - 1] in alternatives
        if (found and forbidden) or not (found or optional or forbidden):
            return False
        at -= found
    return True
