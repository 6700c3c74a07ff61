"""Words as search sees them: lower-cased, without accents, stop words and endings; acronyms and numbers as one word."""

import re
from dataclasses import dataclass
from functools import cache

import tantivy

from index.english import lexicon
from index.text.scripts import apart

_LEXICON = lexicon("stop_words")
STOP_WORDS = _LEXICON.listed("stop_words")
_ACRONYMS = _LEXICON.listed("acronyms")

_LONGEST = 60  # bytes of a word
_AROUND = 30  # characters on either side that tell whether all is in capitals
_POINT = "\N{LATIN LETTER SINOLOGICAL DOT}"  # a letter to the tokenizer, so that 3.5 is one word
_JOINT = re.compile(r"[.,&](?:(?<=\d,)(?=\d\d\d(?!\d))|(?<=[A-Z][.&])(?=[A-Z](?!\w)))")
_GROUPS = re.compile(r"\.(?<=\d.)(?<!\d{4}.)\d{3}(?:\.\d{3})+(?!\d|\.\d)")  # 1.250.000, where 1.250 may be either
_DECIMAL = re.compile(r"\.(?<=\d.)(?=\d)")
_BILLION = re.compile(r"bn\b(?<=\dbn)")  # opened by a letter, a pattern is ten times quicker than by \d
_MILLION_OR_METRE = re.compile(r"m\b(?<=\dm)")
_CAPITALS = re.compile(r"(?:US|IT|WHO)\b")
_TO_BE_CAPITALS = re.compile(r"(?:U[.&]?S|I[.&]?T|W[.&]?H[.&]?O)\b")  # once `_JOINT` is taken out
_SMALL_ACRONYM = re.compile(r"\b(?!(?:[ap]\.m|i\.e|e\.g)\b)[a-z](?:\.[a-z])+\b(?!\w)")
_SKY = re.compile(r"sk(?<=\w{4}sk)(?:iy|yy|yi|ii|yj|ij|i)\b")  # one ending: Zelenskiy, Zelenskyy, Zelensky


def words_of(text: str, limit: int = 100_000) -> list[str]:
    """The stems of a text's words in order, without stop words; the text is read up to `limit` characters."""
    tokens: list[str] = analyzer().analyze(to_analyze(text[:limit]))
    return tokens


def keeps_its_words(text: str) -> bool:
    """Whether `words_of` finds the same in a text wherever it stands, between white space in a longer one.

    What is around decides only of acronyms: of small ones where no letter is a capital, of others where all are.
    """
    return not text.islower() and not any(_around(match).isupper() for match in _TO_BE_CAPITALS.finditer(text))


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word as it was written, its stem, and its place among all words of the text, stop words included."""

    written: str
    stem: str
    place: int


def placed_words(text: str, limit: int = 100_000) -> list[PlacedWord]:
    """The same words as `words_of`, with their places."""
    written: list[str] = _splitter().analyze(to_analyze(text[:limit]))
    analyze = analyzer().analyze
    return [
        PlacedWord(word.replace(_POINT, "."), stem, place)
        for place, word in enumerate(written)
        for stem in analyze(word)
    ]


def to_analyze(text: str) -> str:
    """The text as the analyzer must get it, in the index and in a query: U.S. as US, AT&T as ATT, 5,000 as 5000.

    What other scripts need is in `index.text.scripts`.
    """
    text = apart(text)
    if text.islower():
        text = _SMALL_ACRONYM.sub(lambda match: match[0].replace(".", "").upper(), text)
    text = _GROUPS.sub(lambda match: match[0].replace(".", ""), text)
    text = _DECIMAL.sub(_POINT, _JOINT.sub("", text))
    text = _MILLION_OR_METRE.sub(" m", _BILLION.sub(" billion", text))
    return _SKY.sub("sky", _CAPITALS.sub(_unless_shouted, text))


def _unless_shouted(match: re.Match[str]) -> str:
    """The acronym, or the word in small letters where all around is in capitals."""
    around = _around(match)
    shouted = around.isupper() and len(around.split()) > 3
    return match[0].lower() if shouted else match[0]


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """The one analyzer of index and query, for what `to_analyze` gives: an index made by another must be rebuilt."""
    small = [word for word in STOP_WORDS if word not in _ACRONYMS]
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST))
        .filter(tantivy.Filter.custom_stopword([form for word in _ACRONYMS for form in (word, word.capitalize())]))
        .filter(tantivy.Filter.ascii_fold())  # before lower-casing, which would split a Turkish İ in two
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.custom_stopword(small))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@cache
def _splitter() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
