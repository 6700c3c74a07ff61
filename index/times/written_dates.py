"""Dates as articles carry them, in many languages: a date of any form, a line that states one, a dateline.

The words of dates come from Unicode's CLDR as Babel packs it. What is ambiguous or incomplete is no date: nothing is
guessed.
"""

import pickle
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from index.english import lexicon
from index.times.calendar import MONTHS

Order = Literal["dmy", "mdy", "ymd", ""]
Tokens = tuple[str, ...]

_LABELS = lexicon("date_labels", __package__)


def _phrases(name: str) -> str:
    """A list of date_labels.toml as a regular expression."""
    return _LABELS.pattern(name).replace(r"\ ", r"\s+").replace(r"\*", r"\w+")


_ARTICLES = _LABELS.words("articles")
_MORE_FILLERS = _LABELS.words("fillers")

_LONGEST_LINE = 160

# The day, month and year in numbers, between the same marks.
_NUMERIC = re.compile(r"(?<!\d)(?<!\d[./-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?!\d|[./-]\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:[t ]?\d{4}(?:\d\d)?)?(?!\d)")
_MAY_HAVE_A_NAME = re.compile(r"\d\s*(?:[.,/'-]\s*)?[^\W\d_]|[^\W\d_][\s.,'-]*\d")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_BETWEEN_PARTS = frozenset(".,-/'")
_MOST_BETWEEN = 3
_AHEAD_IN_THAILAND = 543  # years

_ZONES = r"(?:gmt|utc|z|msk|wi[bt]|[aen]?[a-z][ds]t|ces?t|ee[ds]?t|wes?t|[cew]at|hkt|sgt|pkt|trt|brt|art)"
_ZONE = rf"(?:\s*(?:uhr|hrs?\b|\(?{_ZONES}\b\)?|(?:gmt|utc)?[+-]\d{{1,2}}:?(?:\d{{2}})?\b))*"
_CLOCK = re.compile(
    rf"(?:{_phrases('at')}\.?\s+)?(?<!\d)t?"
    r"\d{1,2}(?:\s*[:.h時]\s*\d{2}(?::\d\d)?(?:[.,]\d+)?\s*[分h]?|(?=\s*[ap]\.?m)|\s*(?:h|uhr)\b)(?:\s*[ap]\.?\s?m\b\.?)?"
    + _ZONE
)
_CLOCK_AFTER = re.compile(r"[\s,|·•–—-]*" + _CLOCK.pattern)
_PARTING = re.compile(r"[|/(\[·•–—-]")
_BESIDE_A_DATE = re.compile(r"[\s,;|·•()\[\]–—/.:-]+")
_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<published>{_phrases('published')})|(?P<updated>(?:{_phrases('last')}\s+)?{_phrases('updated')}))"
    r"(?!\w)\s*[:：]?(?=[\s\d(])",
    re.IGNORECASE,
)
_THIS_ARTICLE = re.compile(r"\Athis\s+(?:article|story|post|report)\s+was\s+", re.IGNORECASE)
# "SPRINGFIELD, Ohio, Oct. 6, 2020 (AP) -", "Combe, le 6 octobre 2020 (LNA) –": a place, a full date and a dash.
_DATELINE = re.compile(
    r"\A(?P<place>[^\W\d_a-z][^\d.!?:;—–]{1,50}[,(])\s*(?P<date>[^—–]{6,25}?\d{4})\)?"
    r"\s*(?:\([^)]{2,20}\)|/[^/\s][^/]{1,30}/)?\s*(?:—|–|--|-|:)"
)
_MOST_IN_A_PLACE = 5  # words
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_FIELD = re.compile(r"'([^']*)'|([GyMLdEcu])\2*")
_SHORTEST_PREFIX = 3
_MONTHS = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in {3, len(name)}} | {"sept": 9}

_TIME = (
    r"(?:(?:T|\s*,?\s*at\s+|\s*[,|]?\s+)\d{1,2}(?::|\.|(?=\s*[ap]\.?m))(?:\d{2})?(?::\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*[ap]\.?m\.?)?)?"
    r"(?:\s*(?:Z|[+-]\d{2}(?::?\d{2})?|\(?[A-Z]{2,5}\)?))*"
)
_MONTH_NAME = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}{_TIME}",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T?\d{{4}}(?:\d{{2}})?(?:Z|[+-]\d{{4}})?)?",
        rf"{_WEEKDAY}{_DAY}(?:\s+|-|\s+of\s+){_MONTH_NAME},?(?:\s+|-){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH_NAME}(?:\s+|-){_DAY}(?:,\s*|\s+|-){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH_NAME}\s+{_DAY}{_TIME}\s+{_YEAR}",
    )
]
_PLAIN_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line of an article's head states: the day of publication, the day of the last change, or both."""

    published: date | None = None
    updated: date | None = None
    is_labelled: bool = field(default=False, compare=False)  # it has a word such as "updated", and is no bare date


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


def read_date(text: str, *, day_first: bool | None = None, language: str = "") -> date | None:
    """The day that a machine or a person wrote, as written there (no change of time zone); None if there is none.

    The first date in the text's first 200 characters counts, whatever stands around it. Read are ISO 8601, also
    `20201006T140000Z`; RFC 822 and 850; seconds and milliseconds since 1970; numbers between the same marks; and days,
    months and years in any order with the month's name in the languages of CLDR, whole or cut: `Tuesday, October 6,
    2020 - 14:00`, `mar., 06 oct. 2020 14:00:00 +0200`, `Sal, 06 Eki 2020`, `2020年10月6日`, `6 ต.ค. 2563` (the Buddhist
    year). Iran's calendar is read by its months, or in Persian digits. Years of two digits are those from 79 years ago
    on: 28.01.22.

    06.10.2020 has the day first. 06/10/2020 is read only where one of the numbers is no month, or where `day_first`
    says which it is: True, or False for month first. `language` is a tag such as `de` or `en-GB`, where it is known:
    it decides `day_first` where that is None, and what a name means that differs between languages.
    """
    text = " ".join(text.split())[:200]
    if known := parse_date(text):
        return known
    found = _find(text, day_first, language)
    return found[0] if found else None


def parse_date(value: object) -> date | None:
    """The day that a value names, as it is written there: no time zone is applied.

    Understood: ISO forms, RFC 2822, `6 October 2020`, `Oct 6, 2020`, `2020/10/06`, dates, and seconds or milliseconds
    since 1970 (the day in UTC). `25/12/2020` is a date, `06/10/2020` may be two and is None, as is `October 2020`.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = " ".join(str(value).split()) if isinstance(value, str) else repr(value).removesuffix(".0")
    if not 6 <= len(text) <= 80:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            month = match["month"].lower()
            return _day(match["year"], _MONTHS.get(month) or int(month), match["day"])
    if match := _PLAIN_NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        if first > 12 or first == second:
            return _day(match[4], second, first)
        return _day(match[4], first, second) if second > 12 else None
    return _since_1970(float(text)) if _EPOCH.fullmatch(text) else None


def _day(year: str | int, month: int, day: str | int) -> date | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    return found if found.year >= 1500 else None  # before newspapers: a default of some database


def _since_1970(seconds: float) -> date | None:
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 - 1 else seconds, UTC).date()


def stamp(line: str, *, day_first: bool | None = None, language: str = "") -> Stamp:
    """The dates that a line states and does nothing else: "6 October 2020", "Published: ... | Updated: ...".

    A date without a word before it is that of publication. A sentence with a date in it states nothing.
    """
    if len(line) > _LONGEST_LINE or not any(c.isdigit() for c in line):
        return Stamp()
    found: dict[str, date] = {}
    for kind, said in _segments(line):
        if day := _only_a_date(said, day_first, language):
            found.setdefault(kind, day)
        elif kind != "before":
            return Stamp()
    is_labelled = bool(found) and set(found) != {"before"}
    if not is_labelled and _LABEL.search(line):
        return Stamp()
    return Stamp(found.get("published") or found.get("before"), found.get("updated"), is_labelled)


def is_date_label(text: str) -> bool:
    """Whether a text is what leads to a date and nothing else: "Last updated", "Veröffentlicht am"."""
    match = _LABEL.match(text + " ")
    return match is not None and all(word in _ARTICLES for word in fold(text[match.end() :]).split())


def states_its_dates(line: str) -> bool:
    """Whether a line begins as those do that stand below an article: "This article was first published on ..."."""
    return _THIS_ARTICLE.match(line) is not None


def around_date(line: str, *, language: str = "") -> tuple[str, str]:
    """What stands before and after the first date in a line, without the words that lead to it and the time of day.

    Where there is no whole date, it is the line up to its first number, and nothing. "By Anna Berg, on Tuesday 10
    December 2024" is "By Anna Berg" and "".
    """
    if not any(c.isdigit() for c in line):
        return line, ""
    found = _find(line, None, language)
    folded = fold(line)
    start = found[1] if found else next(place for place, c in enumerate(folded) if c.isdigit())
    words = line[: _place_in(line, start)].split()
    while words and _leads_to_date(words[-1], language, may_be_month=found is None):
        words.pop()
    end = found[2] if found else len(folded)
    if clock := _CLOCK_AFTER.match(folded[end:]):
        end += clock.end()
    return " ".join(words).rstrip(" ,|·•(–—-"), line[_place_in(line, end) :].strip()


def leading_date(line: str, *, day_first: bool | None = None, language: str = "") -> date | None:
    """The date that a line begins with and that a sign parts from the rest: "6 October 2020 (LNA) Combe"."""
    found = _find(line, day_first, language) if len(line) <= _LONGEST_LINE else None
    if not found:
        return None
    before, after = around_date(line, language=language)
    return found[0] if not before.strip(" ,|·•([–—-") and _PARTING.match(after) else None


def is_date_line(line: str) -> bool:
    """Whether a line is a date of publication or of change, or both, and nothing else."""
    return stamp(line, day_first=True) != Stamp()


def dateline(text: str) -> date | None:
    """The day in a text's opening such as "COMBE, Oct. 6, 2020 (LNA) — The mill ..."; None if it has none."""
    match = _DATELINE.match(text)
    words = match["place"].replace(",", " ").replace("(", " ").split() if match else []
    is_place = 0 < len(words) <= _MOST_IN_A_PLACE and all(word[0].isupper() for word in words)
    return read_date(match["date"]) if match and is_place and not is_weekday(tokens(fold(words[-1]))) else None


def make_date(year: str | int, month: str | int, day: str | int) -> date | None:
    """The day, or None where there is no such day or it is before newspapers."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if 2400 < found.year <= date.today().year + _AHEAD_IN_THAILAND + 1:
        return make_date(found.year - _AHEAD_IN_THAILAND, month, day)
    return found if found.year >= 1700 else None


def _find(text: str, day_first: bool | None, language: str) -> tuple[date, int, int] | None:
    """The first date in a text, and where it begins and ends in the text's fold."""
    folded = fold(text)
    if sum(c.isdigit() for c in folded) < 3:
        return None
    if day_first is None:
        day_first = {"dmy": True, "mdy": False}.get(date_order(language))
    in_persian = not text.isascii() and any("\u06f0" <= letter <= "\u06f9" for letter in text)
    is_persian = language.lower().startswith("fa") or in_persian
    found: list[tuple[int, int, date]] = []
    for match in _NUMERIC.finditer(folded):
        if day := _in_numbers(match[1], match[2], match[3], match[4], day_first, language, is_persian):
            found.append((match.start(), match.end(), day))
            break
    for match in _COMPACT.finditer(folded):
        if day := make_date(match[1], match[2], match[3]):
            found.append((match.start(), match.end(), day))
            break
    if in_words := _in_words(folded, language):
        found.append(in_words)
    if not found:
        return None
    start, end, day = min(found, key=lambda one: (one[0], -one[1]))
    return day, start, end


def _in_numbers(
    one: str, mark: str, two: str, three: str, day_first: bool | None, language: str, is_persian: bool
) -> date | None:
    """The day that three numbers name, where they can name but one."""
    if len(one) > 2:
        if is_persian and len(one) == 4 and one[:2] in ("13", "14"):
            return _from_persian(int(one), int(two), int(three))
        return make_date(one, two, three) if len(one) == 4 and len(three) < 3 else None
    if len(three) == 1:
        return None
    year = int(three) if len(three) == 4 else _century(int(three))
    if len(three) == 2 and date_order(language) == "ymd":
        return make_date(_century(int(one)), two, three) if len(one) == 2 else None
    by_day, by_month = make_date(year, two, one), make_date(year, one, two)
    if mark == "." or day_first:
        return by_day or (by_month if mark != "." else None)
    if day_first is False:
        return by_month or by_day
    return by_day or by_month if by_day == by_month or not (by_day and by_month) else None


def _in_words(folded: str, language: str) -> tuple[int, int, date] | None:
    """The first date with the month in letters: where it begins and ends, and the day."""
    if not _MAY_HAVE_A_NAME.search(folded):
        return None
    spans = list(_TOKEN.finditer(folded))
    said = tuple(match[0].removeprefix("0") if len(match[0]) == 2 else match[0] for match in spans)  # 06月 is 6月
    numbers = [place for place, token in enumerate(said) if token.isdigit() and len(token) in (1, 2, 4)]
    for words, place in ((words, place) for words in vocabularies(language) for place in numbers):
        for read in (_year_first, _day_first, _month_first):
            found = read(said, place, words)
            if found and (day := found[2]):
                end = found[1] + (said[found[1]] in words.endings if found[1] < len(said) else 0)
                return spans[found[0]].start(), spans[end - 1].end(), day
    return None


_Part = tuple[int, int, date | None]


def _day_first(said: Tokens, place: int, words: Words) -> _Part | None:
    """`6 October 2020`, `6 de octubre de 2020`, `06-Oct-20`; place is that of the day."""
    if len(said[place]) > 2:
        return None
    at = _past_fillers(said, place + 1, words)
    month, length = _month(said, at, words)
    if not month:
        return None
    at = _past_fillers(said, at + length, words)
    if at >= len(said) or not said[at].isdigit() or len(said[at]) not in (2, 4):
        return None
    if len(said[at]) == 2 and at + 1 < len(said) and said[at + 1] in (":", "h", "%"):
        return None  # the hour
    return place, at + 1, _day_of(said[at], month, said[place])


def _month_first(said: Tokens, place: int, words: Words) -> _Part | None:
    """`October 6, 2020`, `Oct 06 14:00:00 UTC 2020`; place is that of the day, with the month right before it."""
    if len(said[place]) > 2:
        return None
    for start in range(max(0, place - 6), place):
        month, length = _month(said, start, words)
        if month and start + length <= place <= _past_fillers(said, start + length, words):
            at = _past_fillers(said, place + 1, words)
            if at < len(said) and not _is_year(said[at]):
                at = _past_clock(said, place + 1)
            if at < len(said) and _is_year(said[at]):
                return start, at + 1, _day_of(said[at], month, said[place])
    return None


def _year_first(said: Tokens, place: int, words: Words) -> _Part | None:
    """`2020年10月6日`, `2020. október 6.`, `2020 m. spalio 6 d.`; place is that of the year."""
    if len(said[place]) != 4:
        return None
    at = _past_fillers(said, place + 1, words)
    month, length = _month(said, at, words)
    at = _past_fillers(said, at + length, words)
    if at >= len(said) or not said[at].isdigit() or len(said[at]) > 2:
        return None
    day, at = said[at], at + 1
    if not month:  # 2020. gada 6. oktobris
        at = _past_fillers(said, at, words)
        month, length = _month(said, at, words)
        at += length
    return (place, at, _day_of(said[place], month, day)) if month else None


def _past_fillers(said: Tokens, at: int, words: Words) -> int:
    last = at + _MOST_BETWEEN
    while at < min(last, len(said)) and (said[at] in _BETWEEN_PARTS or said[at] in words.fillers):
        if _month(said, at, words)[0]:
            break
        at += 1
    return at


def _past_clock(said: Tokens, at: int) -> int:
    """The place after a time of day and a zone's name, where they stand between day and year."""
    end = at
    while end < min(at + 8, len(said)) and (said[end] == ":" or _is_of_clock(said[end])):
        end += 1
    return end


def _is_of_clock(word: str) -> bool:
    """A number of two digits at most, or the name of a zone."""
    return len(word) < 3 if word.isdigit() else word.isascii() and word.isalpha() and len(word) in (3, 4)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _month(said: Tokens, at: int, words: Words) -> tuple[int, int]:
    """As Words.month_at, with the months of Iran's calendar as 101 to 112."""
    number, length = words.month_at(said, at)
    if not number and at < len(said) and "\u0600" <= said[at][0] < "\u0700" and said[at] in _persian_months():
        return 100 + _persian_months()[said[at]], 1
    return number, length


def _day_of(year: str, month: int, day: str) -> date | None:
    if month > 100:
        return _from_persian(int(year), month - 100, int(day))
    return make_date(_century(int(year)) if len(year) == 2 else year, month, day)


def _century(year: int) -> int:
    """The year that two digits stand for: at most one year from now."""
    latest = date.today().year + 1
    return latest - (latest - year) % 100


@lru_cache(maxsize=1)
def _persian_months() -> dict[str, int]:
    import jdatetime  # type: ignore[import-untyped]

    return {fold(name): number for number, name in enumerate(jdatetime.date.j_months_fa, start=1)}


def _from_persian(year: int, month: int, day: int) -> date | None:
    import jdatetime

    try:
        day_there: date | None = jdatetime.date(year, month, day).togregorian() if 1200 < year < 1500 else None
    except ValueError:
        return None
    return day_there


def _only_a_date(said: str, day_first: bool | None, language: str) -> date | None:
    """The day of a text that is a date, with a weekday and a time of day perhaps, and nothing else."""
    found = _find(said, day_first, language)
    if not found:
        return None
    day, start, end = found
    folded = fold(said)
    around = [_CLOCK.sub(" ", folded[:start]), _CLOCK.sub(" ", folded[end:])]
    for words in (_BESIDE_A_DATE.split(part) for part in around):
        left = tuple(word for word in words if word and word not in _ARTICLES)
        if left and not is_weekday(tokens(" ".join(left)), language):
            return None
    return day


def _place_in(line: str, end: int) -> int:
    """Where in a line its fold's first `end` characters end."""
    return end if line.isascii() else next((n for n in range(len(line) + 1) if len(fold(line[:n])) >= end), len(line))


def _leads_to_date(word: str, language: str, *, may_be_month: bool) -> bool:
    said = tokens(fold(word).strip(".,;|·•–—-()"))
    if not said or "".join(said) in _ARTICLES or is_weekday(said, language):
        return True
    return may_be_month and any(words.month_at(said, 0)[1] == len(said) for words in vocabularies(language))


def _segments(line: str) -> Iterator[tuple[str, str]]:
    """What stands before the first word such as "updated", and after each; a name before it states no date."""
    line = _THIS_ARTICLE.sub("", line)
    labels = list(_LABEL.finditer(line))
    before = line[: labels[0].start()] if labels else line
    if before.strip(" |·•,()–-"):
        if labels and not before.rstrip().endswith(("|", "·", "•", "(", "–", "-", ",")):
            yield "published", "a sentence"
            return
        yield "before", before
    ends = [label.start() for label in labels[1:]] + [len(line)]
    for label, end in zip(labels, ends, strict=False):
        yield "updated" if label["updated"] else "published", line[label.end() : end].rstrip().removesuffix(" and")


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
    base = language.strip().lower().replace("-", "_").partition("_")[0]
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
