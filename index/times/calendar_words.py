"""The words of dates in the languages that states are run in, from Unicode's CLDR as Babel packs it.

Names of months and weekdays, the words between the parts of a date, and whether the day or the month comes first.
"""

import pickle
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

Order = Literal["dmy", "mdy", "ymd", ""]
Tokens = tuple[str, ...]

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_FIELD = re.compile(r"'([^']*)'|([GyMLdEcu])\2*")
_SHORTEST_PREFIX = 3
# English that CLDR's patterns lack, and the ends of ordinals as they are folded.
_MORE_FILLERS = frozenset("of the st nd rd th er e o a го".split())


@dataclass(frozen=True)
class Words:
    """Names of months and weekdays as `tokens` parts them, and what stands between a date's parts or ends it: 日."""

    months: Mapping[Tokens, int]
    weekdays: frozenset[Tokens]
    fillers: frozenset[str]
    endings: frozenset[str]

    @cached_property
    def longest(self) -> int:
        """The most tokens in the name of a month."""
        return max(map(len, self.months), default=0)

    def month_at(self, said: Tokens, place: int) -> tuple[int, int]:
        """The number of the month whose name begins at a token, and how many tokens it takes; (0, 0) where none does.

        A name may be cut to three letters or more.
        """
        for length in range(min(self.longest, len(said) - place), 0, -1):
            if number := self.months.get(said[place : place + length]):
                return number, length
        number = self._cut_names.get(said[place], 0) if place < len(said) else 0
        return (number, 1) if number else (0, 0)

    @cached_property
    def _cut_names(self) -> Mapping[str, int]:
        """The beginnings that names of one month alone have."""
        found: dict[str, set[int]] = {}
        for name, number in self.months.items():
            for end in range(_SHORTEST_PREFIX, len(name[0])) if len(name) == 1 else ():
                found.setdefault(name[0][:end], set()).add(number)
        return {start: numbers.pop() for start, numbers in found.items() if len(numbers) == 1}


def fold(text: str) -> str:
    """A text as its words are compared: small letters without accents or invisible marks, digits as 0 to 9."""
    if text.isascii():
        return text.lower()
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKD", text.replace("İ", "I").casefold().replace("ı", "i"))
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", text)).replace("’", "'")


def tokens(folded: str) -> Tokens:
    """The numbers, words and signs of a folded text."""
    return tuple(_TOKEN.findall(folded))


def vocabularies(language: str = "") -> Iterator[Words]:
    """The words to read a date by, one after the other: those of the language, of English, and of all others.

    Of all others, a name counts that means one month in each: `listopada` is in October or November.
    """
    base = re.split(r"[-_]", language.strip().lower())[0]
    if base and base != "en":
        yield _language(base)
    yield _language("en")
    yield _others()


def is_weekday(said: Tokens, language: str = "") -> bool:
    """Whether tokens name a day of the week and nothing else."""
    name = _without_signs(said)
    return bool(name) and any(name in words.weekdays for words in vocabularies(language))


@lru_cache(maxsize=256)
def date_order(language: str) -> Order:
    """How a language tag such as `de`, `en-GB` or `ko_KR` writes a date in numbers; English without a country is "".

    `en-US` is "" too, since it is what publishing systems fill in where nobody chose.
    """
    from babel import Locale, UnknownLocaleError

    tag = language.strip().replace("-", "_")
    if not tag or tag.lower() in ("en", "en_us"):
        return ""
    try:
        pattern = Locale.parse(tag).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError, TypeError):
        return date_order(tag.partition("_")[0]) if "_" in tag else ""
    orders: dict[str, Order] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
    return orders.get("".join(dict.fromkeys(c for c in pattern.lower() if c in "dmy")), "")


def _without_signs(said: Tokens) -> Tokens:
    return tuple(one for one in said if one not in (".", "-"))


@lru_cache(maxsize=64)
def _language(base: str) -> Words:
    from babel.localedata import locale_identifiers

    return _gathered(name for name in locale_identifiers() if name.split("_")[0] == base)


@lru_cache(maxsize=1)
def _others() -> Words:
    """The words of every language that is official in some state."""
    from babel.core import get_global
    from babel.localedata import locale_identifiers

    spoken = get_global("territory_languages").values()
    official = {
        name.split("_")[0]
        for languages in spoken
        for name, known in languages.items()
        if known["official_status"] in ("official", "de_facto_official")
    }
    return _gathered(name for name in locale_identifiers() if name.split("_")[0] in official - {"en"})


def _gathered(locales: Iterable[str]) -> Words:
    months: dict[Tokens, set[int]] = {}
    weekdays: set[Tokens] = set()
    fillers: set[str] = set()
    for locale in locales:
        known = _own_data(locale)
        patterns = [str(one.pattern) for one in known.get("date_formats", {}).values() if hasattr(one, "pattern")]
        around = {("", "")} | {glued for pattern in patterns for glued in _glued_to_month(pattern)}
        for number, name in _names(known.get("months", {})):
            for before, after in around:
                months.setdefault(tokens(fold(before + name + after).rstrip(".")), set()).add(number)
        weekdays.update(_without_signs(tokens(fold(name))) for _, name in _names(known.get("days", {})))
        for pattern in patterns:
            fillers.update(one for one in tokens(fold(_FIELD.sub(r" \1 ", pattern))) if one.isalpha())
    numbers = {name: one for name, found in months.items() if len(found) == 1 for one in found}
    return Words(
        {name: one for name, one in numbers.items() if any(part.isalpha() for part in name)},
        frozenset(weekdays),
        frozenset(fillers | _MORE_FILLERS),
        frozenset(fillers),
    )


def _own_data(locale: str) -> Mapping[str, Any]:
    """What a locale's file adds to its parent's. `babel.localedata.load` would hold all of it in memory for ever."""
    from babel.localedata import resolve_locale_filename

    return dict(pickle.loads(Path(resolve_locale_filename(locale)).read_bytes()))


def _names(contexts: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for context in contexts.values():
        for width, names in context.items() if isinstance(context, Mapping) else ():
            if width != "narrow" and isinstance(names, Mapping):
                yield from names.items()


def _glued_to_month(pattern: str) -> Iterator[tuple[str, str]]:
    """The letters that a pattern writes against the month's name without a space, as Hebrew's `d בMMMM y`."""
    for match in re.finditer(r"([^\W\d_a-zA-Z]*)'?M{3,4}(?:'([^\W\d_]+)')?", pattern):
        if match[1] or match[2]:
            yield match[1], match[2] or ""
