"""The forms in which a question names days: dates, months, seasons, feasts, years, days counted from that of asking."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from index.english import lexicon
from index.times import calendar
from index.times.calendar import HOLIDAYS, MONTHS, SEASONS, WEEKDAYS, Days, Monthly, Recurring, Weekly, Yearly
from index.times.time_forms import HIDDEN, NUMBER, TIMES, Form, Match, PlainText, Read, Table, reader, values_of_words
from index.times.written_dates import parse_date

When = Days | Recurring | None
"""None where no time is meant after all."""


@dataclass(frozen=True, slots=True)
class Period:
    """The tokens `first` to `end` of a plain text, and the days named there."""

    first: int
    end: int
    when: Days | Recurring


def periods(text: PlainText, as_of: date) -> list[Period]:
    """All that the text names, in its order; none overlap. What only looks like a time is not among them."""
    found = []
    for form, match in FORMS.matches(text):
        with suppress(ValueError, OverflowError):  # no such day, or none that the calendar holds
            if (when := form.meaning(match, as_of)) is not None:
                found.append(Period(match.first, match.end, when))
    return found


# What one token or several are.

_NUMBERS = lexicon("numbers")
_ONES, _TENS, _VAGUE = (_NUMBERS.table(name) for name in ("ones", "tens", "vague"))
ORDINALS: Mapping[str, int] = {**_NUMBERS.table("ordinals"), "last": 0, "final": 0}
_SHORT_MONTHS = {
    name: at for name in TIMES.listed("short_months") for at, full in enumerate(MONTHS, 1) if full.startswith(name[:3])
}


def _misspelt(name: str) -> set[str]:
    """A letter of it left out, two in the wrong order, or one of its own put in; the first two are right."""
    cuts = [(name[:at], name[at:]) for at in range(2, len(name))]
    left_out = {before + after[1:] for before, after in cuts if len(after) > 1}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    put_in = {before + letter + after for before, after in cuts[1:] for letter in name}
    return left_out | swapped | put_in


_MONTHS = {
    **{wrong: at for at, name in enumerate(MONTHS, 1) if len(name) > 6 for wrong in _misspelt(name)},
    **_SHORT_MONTHS,
    **{name: at for at, name in enumerate(MONTHS, 1)},
}
_UNITS = {word: (unit, word != unit) for unit in TIMES.listed("units") for word in (unit, f"{unit}s")}
_DECADES = {name: 20 + 10 * at for at, name in enumerate(TIMES.listed("tens"))}
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_INSIDE = frozenset(".,:/$£€-")  # a number behind these is part of a longer one
_GOES_ON = TIMES.words("goes_on")


def stands_alone(text: PlainText, token: int) -> bool:
    """Whether no noun follows from a token on that the words before it describe."""
    return token >= len(text.words) or not text.words[token][0].isalnum() or text.words[token] in _GOES_ON


def _first_words(*phrases: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


values_of_words("SEASON", {name: name for name in SEASONS})
values_of_words("WEEKDAY", {name: number for number, name in enumerate(WEEKDAYS)})
values_of_words("PART", {name: name for name in TIMES.listed("parts_of_day")})
values_of_words("UNIT", _UNITS)
values_of_words("ORDINAL", ORDINALS)
values_of_words("HIDDEN", {HIDDEN: 0})
values_of_words("MONTH_OR_HIDDEN", {**_MONTHS, HIDDEN: 0})


@reader("MONTH", _MONTHS)
def _month(text: PlainText, words: Sequence[str], at: int) -> Read:
    sign = words[at + 1] if at + 1 < len(words) and text.glued(at + 1) else ""
    if sign == "-" and at + 2 < len(words) and text.glued(at + 2) and _is_of_name(words[at + 2]):
        return None
    return at + 1 + (sign == "." and words[at] in _SHORT_MONTHS), _MONTHS[words[at]]


def _is_of_name(word: str) -> bool:
    """Whether a word behind a hyphen makes a name of the month before it: "Mar-a-Lago", but not "Jan-Mar"."""
    return word.isalpha() and word not in _MONTHS and word != "to"


@reader("YEAR", NUMBER)
def _year(text: PlainText, words: Sequence[str], at: int) -> Read:
    """2021, and '21 from 1950 to 2049."""
    word = words[at]
    if len(word) == 4 and word.isdecimal() and "1500" <= word < "2100":
        return None if _goes_on_in_digits(text, words, at, ",.:") else (at + 1, int(word))
    if len(word) == 3 and word[0] == "'" and word[1:].isdecimal() and not (text.glued(at + 1) and words[at + 1] == "'"):
        return at + 1, _year_number(word[1:])
    return None


def _goes_on_in_digits(text: PlainText, words: Sequence[str], at: int, signs: str) -> bool:
    """Whether a sign and a digit follow at once."""
    return text.glued(at + 1) and words[at + 1] in signs and text.glued(at + 2) and words[at + 2][0].isdigit()


@reader("FREE_YEAR", NUMBER)
def _free_year(text: PlainText, words: Sequence[str], at: int) -> Read:
    """A year that is no part of a longer number or word; it may stand behind "mid-" or another time and a dash."""
    behind_dash = at > 1 and words[at - 1] == "-" and words[at - 2] in ("mid", HIDDEN)
    if text.character_before(at) in _INSIDE and not behind_dash:
        return None
    after = words[at + 1] if text.glued(at + 1) else ""
    dashed = after == "-" and text.glued(at + 2) and words[at + 2][0].isalpha()
    return None if dashed or after in ("%", "°") else _year(text, words, at)


@reader("IN_YEAR", (",", "of", "in", "the", NUMBER))
def _in_year(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`, 2020`, `of 2020`, `in the year 2020`."""
    at += words[at] in (",", "of", "in")
    at += 2 * (words[at : at + 2] == ["the", "year"])
    return _year(text, words, at) if at < len(words) else None


@reader("TO_YEAR", "-/")
def _to_year(text: PlainText, words: Sequence[str], at: int) -> Read:
    """The end of `2019-20`, `2019/2020`."""
    digits = words[at + 1] if at + 1 < len(words) else ""
    after = words[at + 2] if text.glued(at + 2) else ""
    if not digits.isdecimal() or len(digits) not in (2, 4) or after in ("/", "-"):
        return None
    return None if _goes_on_in_digits(text, words, at + 1, ".,") else (at + 2, digits)


@reader("DAY", NUMBER)
def _day(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`5`, `5th`; no part of a longer number."""
    return None if text.character_before(at) in _INSIDE else _any_day(words, at)


def _any_day(words: Sequence[str], at: int) -> Read:
    digits = words[at][:-2] if words[at][-2:] in _SUFFIXES else words[at]
    return (at + 1, int(digits)) if digits.isdecimal() and len(digits) < 3 and int(digits) < 40 else None


@reader("DAYTH", NUMBER)
def _day_with_ending(text: PlainText, words: Sequence[str], at: int) -> Read:
    return _day(text, words, at) if words[at][-2:] in _SUFFIXES else None


@reader("LAST_DAY", NUMBER)
def _last_day(text: PlainText, words: Sequence[str], at: int) -> Read:
    """A day that may stand behind a dash and is no number of people or the beginning of a longer one."""
    after = words[at + 1] if at + 1 < len(words) else ""
    if not text.glued(at + 1):
        return None if after in ("million", "billion", "percent", "people") else _any_day(words, at)
    dashed = after == "-" and text.glued(at + 2) and (words[at + 2] in _UNITS or words[at + 2] == "member")
    return None if after in "%:" or dashed or _goes_on_in_digits(text, words, at, ".,-") else _any_day(words, at)


@reader("NUMERIC_DATE", NUMBER)
def _numeric_date(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`2020-10-05`, `5/10/20`: numbers between the same signs, which are one token."""
    parts = words[at].split("/")
    if len(parts) == 3 and len(parts[0]) < 3 and len(parts[2]) == 2:
        return at + 1, f"{parts[0]}/{parts[1]}/{_year_number(parts[2])}"
    return (at + 1, words[at]) if not {"-", "/", "."}.isdisjoint(words[at][1:]) else None


@reader("DECADE", NUMBER)
def _full_decade(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`1990s`, `1990's`."""
    digits = words[at].removesuffix("s").removesuffix("'")
    is_decade = digits != words[at] and len(digits) == 4 and "1500" <= digits < "2100" and digits[3] == "0"
    return (at + 1, int(digits)) if is_decade else None


@reader("SHORT_DECADE", (*_DECADES, NUMBER))
def _short_decade(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`'90s`, `nineties`."""
    digits = words[at].removeprefix("'").removesuffix("s").removesuffix("'")
    is_decade = words[at][-1] == "s" and len(digits) == 2 and digits.isdecimal() and digits[1] == "0"
    return (at + 1, int(digits)) if is_decade else (at + 1, _DECADES[words[at]]) if words[at] in _DECADES else None


@reader("COUNT", (*_first_words(*_VAGUE, *_ONES, *_TENS), NUMBER))
def _count(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`3`, `three`, `twenty-five`, `a couple of`."""
    for length in (3, 2, 1):
        if (phrase := " ".join(words[at : at + length])) in _VAGUE:
            return at + length, _VAGUE[phrase]
    word = words[at]
    if word in _TENS:
        ones = _ONES.get("".join(words[at + 2 : at + 3]), 0) if words[at + 1 : at + 2] == ["-"] else 0
        return at + (3 if ones else 1), _TENS[word] + ones
    number = int(word) if word.isdecimal() and len(word) < 5 else _ONES.get(word)
    return None if number is None else (at + 1, number)


@reader("OFFSET", ("the", *_first_words(*_VAGUE, *_ONES, *_TENS), NUMBER))
def _offset(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`the day`, `two weeks`: the number and the unit."""
    end, count = (at + 1, 1) if words[at] == "the" else _count(text, words, at) or (at, 0)
    unit = _UNITS.get(words[end], ("", False))[0] if end < len(words) else ""
    return (end + 1, (count, unit)) if end > at and unit in ("day", "week", "month", "year") else None


@reader("LAST", ("last", "past", "this"))
def _last(text: PlainText, words: Sequence[str], at: int) -> Read:
    """`last`, `past`, `this past` and `this`."""
    if words[at : at + 2] == ["this", "past"]:
        return at + 2, "last"
    return at + 1, "this" if words[at] == "this" else "last"


@reader("DAY_OF_WEEK", (*WEEKDAYS, *TIMES.listed("short_weekdays")))
def _day_of_week(text: PlainText, words: Sequence[str], at: int) -> Read:
    """Before a date: `Monday,`, `Mon.`."""
    at += 1 + (words[at + 1 : at + 2] == ["."])
    return at + (words[at : at + 1] == [","]), None


@reader("JOINT", (",", "and", "or", "-", "to", "until", "through"))
def _joint(text: PlainText, words: Sequence[str], at: int) -> Read:
    """Between two months: `and`, `, and`, `-`, `to`."""
    listed = words[at] == "," and words[at + 1 : at + 2] in (["and"], ["or"])
    return (at + 1 + listed, None) if listed or words[at] != "," else None


@reader("HOLIDAY", (*_first_words(*HOLIDAYS), "hallowe", "valentine"))
def _holiday(text: PlainText, words: Sequence[str], at: int) -> Read:
    """The longest name of a feast from a token on, whatever its apostrophes and points."""
    found, name = None, ""
    for place in range(at, min(at + 7, len(words))):
        if words[place] not in ("'", "."):
            name += words[place] if text.glued(place) or not name else f" {words[place]}"
            found = (place + 1, name) if name in HOLIDAYS else found
    return found


def _year_number(digits: str) -> int:
    """Of two digits the year from 1950 to 2049."""
    return int(digits) if len(digits) > 2 else (2000 if int(digits) < 50 else 1900) + int(digits)


# What the forms mean.


def _nothing(match: Match, as_of: date) -> When:
    """For what only looks like a time."""
    return None


def _word(match: Match, name: str) -> str:
    return match.text.words[match.place(name)]


def _is_capital(match: Match, name: str) -> bool:
    return match.text.is_capital(match.text.starts[match.place(name)])


def _placed(match: Match, when: Recurring, as_of: date) -> When:
    """In the year that is named; for `last` the latest that has ended, for `this` the one around `as_of`; else open."""
    year, which = match["IN_YEAR"] or match["YEAR"], match["LAST"]
    if year and isinstance(when, Yearly):
        return when.of(year)
    return when if which is None else when.around(as_of) if which == "this" else when.ended_before(as_of)


def _written(match: Match, as_of: date) -> When:
    day = parse_date(match["NUMERIC_DATE"])
    return calendar.one_day(day) if day else None


def _dated(match: Match, as_of: date) -> When:
    """`5 October`, `October 5th, 2020`, `5-7 October`."""
    if _word(match, "MONTH") == "may" and not (match["IN_YEAR"] or _is_capital(match, "MONTH")):
        return None
    number = match["MONTH"]
    named = [day for name in ("DAY", "DAYTH", "LAST_DAY") if (day := match[name]) is not None]
    first, last = named[0], named[-1]

    def of(year: int) -> Days:
        if first > last:
            raise ValueError("backwards")
        return Days(date(year, number, first), date(year, number, last))

    return _placed(match, Yearly(of), as_of)


def _day_of_month(match: Match, as_of: date) -> When:
    """`the 14th`, unless it is that of something else, as of floors."""
    return Monthly(match["DAYTH"]) if 1 <= match["DAYTH"] <= 31 and stands_alone(match.text, match.end) else None


_ALSO_NAMES, _FIRM, _ACTS = (TIMES.words(name) for name in ("also_names", "firm", "acts"))
_PARTS = TIMES.words("parts") | frozenset(WEEKDAYS)


def _any_month(match: Match, as_of: date) -> When:
    number = match["MONTH"]
    return _placed(match, Yearly(lambda year: calendar.month(year, number)), as_of)


def _sure_month(match: Match, as_of: date) -> When:
    return _any_month(match, as_of) if _word(match, "MONTH") not in _ALSO_NAMES or _is_month(match) else None


def _is_month(match: Match) -> bool:
    """Whether "March" is no verb and "May" no minister."""
    text, at, end = match.text, match.place("MONTH"), match.end
    words = text.words
    before = words[at - 1 - (words[at - 1] == "-")]
    after = words[end] if end < len(words) and not text.glued(end) else ""
    acts = after in _ACTS or (after.endswith("ed") and len(after) > 2)
    if before in ("between", "from") and _TO_MONTH_OF_YEAR.match(text, words, end):
        return True
    if before in _FIRM:
        return before in ("in", "early", "mid", "late") or not acts
    is_of_person = before == "of" and words[at - 2] not in _PARTS  # a friend of May
    return _is_capital(match, "MONTH") and stands_alone(text, end) and not acts and not is_of_person


def _month_in_pair(match: Match, as_of: date) -> When:
    is_name = _word(match, "MONTH") in _ALSO_NAMES and not _is_capital(match, "MONTH")
    return None if is_name else _any_month(match, as_of)


def _any_season(match: Match, as_of: date) -> When:
    name = match["SEASON"]
    return _placed(match, Yearly(lambda year: calendar.season(year, name)), as_of)


_BEFORE_FALL = TIMES.words("before_fall")


def _season(match: Match, as_of: date) -> When:
    words, at, end = match.text.words, match.first, match.end
    listed = words[end : end + 1] in (["and"], ["or"]) and words[end + 2 : end + 3] in (["months"], ["seasons"])
    before = words[at - 1] if words[at - 1] not in ("the", "-") else words[at - 2]
    if listed or not stands_alone(match.text, end) or (match["SEASON"] == "fall" and before not in _BEFORE_FALL):
        return None
    return _any_season(match, as_of)


def _quarter(match: Match, as_of: date) -> When:
    which = int(match["q"][1]) if match["q"] else match["ORDINAL"] or 4
    return _placed(match, Yearly(lambda year: calendar.quarter(year, which)), as_of)


_SHORT_FEASTS, _BEFORE_FEAST, _NATIONAL = (TIMES.words(name) for name in ("short_feasts", "before_feast", "national"))


def _feast(match: Match, as_of: date) -> When:
    text, name, start = match.text, match["HOLIDAY"], match.start_character
    before = text.word_before(start)
    owner = before.endswith("'s") or (before not in ("", "the") and text.is_named(start - len(before) - 1))
    alone = before in _BEFORE_FEAST and stands_alone(text, match.end)
    opening = text.begins_sentence(start) and text.words[match.end : match.end + 1] in (
        [","],
        [":"],
        ["at"],
        ["in"],
        ["on"],
    )
    is_sure = match["IN_YEAR"] or match["LAST"] or alone or opening or name not in _SHORT_FEASTS
    if not is_sure or (owner and name.split()[0] in _NATIONAL):  # other countries have their own
        return None
    return _placed(match, calendar.holiday(name), as_of)


def _whole_decade(match: Match, as_of: date) -> When:
    first = match["DECADE"]
    return calendar.years(first, first + (99 if first % 100 == 0 and first < 2000 else 9))


def _last_decade(match: Match, as_of: date) -> When:
    if "temperature" in match.text.small or "degrees" in match.text.small:
        return None
    first = as_of.year // 100 * 100 + match["SHORT_DECADE"]
    return calendar.decade(first if first <= as_of.year else first - 100)


def _years(match: Match, as_of: date) -> When:
    first, last = match["FREE_YEAR"], match["TO_YEAR"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return calendar.years(first, end) if 0 < end - first <= 100 else None


_MEASURED, _NO_YEAR_AFTER = TIMES.words("measured"), TIMES.words("no_year_after")
_YEAR_AFTER, _COMPARED = TIMES.words("year_after"), TIMES.words("compared")


def _year_alone(match: Match, as_of: date) -> When:
    year = match["FREE_YEAR"]
    return calendar.years(year, year) if _is_year(match.text, match.first) else None


def _is_year(text: PlainText, at: int) -> bool:
    """Whether four digits are a year, and no number of people or part of a name."""
    words, start = text.words, text.starts[at]
    before, after = text.word_before(start), words[at + 1] if at + 1 < len(words) and not text.glued(at + 1) else ""
    if before == "the":
        return True
    if words[at][0] == "'" or after in _MEASURED or before in _NO_YEAR_AFTER:
        return False
    if before == "than" and words[at - 2] in _COMPARED:
        return False
    if before == "to":  # back to, dating to, from 1990 to
        earlier = words[max(0, at - 6) : at - 1]
        return "from" in earlier[:-1] or any(word == "back" or word.startswith("dat") for word in earlier[-1:])
    if before in _YEAR_AFTER or before.endswith("'s"):
        return True
    if before and text.is_named(start - len(before) - 1):
        return False
    if stands_alone(text, at + 1) or text.is_named(text.ends[at] + 1):
        return True
    return not before and not (len(after) > 2 and after.endswith("s"))


def _in_days(days: int) -> Callable[[Match, date], When]:
    """`today`, `yesterday evening`; one word with a capital is a name."""

    def meant(match: Match, as_of: date) -> When:
        alone = match.end - match.first == 1
        is_name = alone and match.text.is_named(match.start_character)
        return None if is_name else calendar.one_day(as_of + timedelta(days=days))

    return meant


_STEPS = {"last": -1, "this": 0, "next": 1}


def _weekend(match: Match, as_of: date) -> When:
    """Without `last`, `this` or `next` the latest that has begun."""
    begun = 0 if as_of.weekday() > 4 else -1
    return calendar.unit_around(as_of, "weekend", _STEPS.get(match["which"], begun))


_POSSESSIVES = TIMES.words("possessives")


def _is_owned(match: Match) -> bool:
    """Whether it is somebody's: "her last year", "the team's last month"."""
    words, at = match.text.words, match.first
    return at > 0 and (words[at - 1] in _POSSESSIVES or words[at - 2 : at] == ["'", "s"])


def _neighbour(match: Match, as_of: date) -> When:
    """`last week`, `this year`, `next month`."""
    if match["later"] == "later" or (_is_owned(match) and match["which"] != "this"):
        return None
    return calendar.unit_around(as_of, match["unit"], _STEPS[match["which"]])


def _up_to_now(match: Match, as_of: date) -> When:
    """`the last 3 weeks`, `the past year`."""
    unit, many = match["UNIT"]
    lasting = match.first > 0 and match.text.words[match.first - 1] == "for"
    known = match["COUNT"] is not None or (match["the"] and unit not in ("minute", "quarter"))
    if lasting or not known or _is_owned(match):
        return None
    count = match["COUNT"] if match["COUNT"] is not None else 3 if many else 1
    if unit in ("minute", "hour"):
        count, unit = (-(-count // 24) if unit == "hour" else 0), "day"
    return Days(calendar.days_before(as_of, count, unit), as_of)


def _ago(match: Match, as_of: date) -> When:
    count, (unit, _) = match["COUNT"], match["UNIT"]
    if unit in ("minute", "hour"):
        count, unit = (count // 24 if unit == "hour" else 0), "day"
    return calendar.unit_around(calendar.days_before(as_of, count, unit), "year" if unit == "decade" else unit)


_NO_DAY_AFTER, _BEFORE_DAY, _PAPERS = (TIMES.words(name) for name in ("no_day_after", "before_day", "papers"))


def _last_weekday(match: Match, as_of: date) -> When:
    return _placed(match, Weekly(match["WEEKDAY"]), as_of)


def _weekday(match: Match, as_of: date) -> When:
    text, start, end = match.text, match.start_character, match.end
    before = text.word_before(start)
    after = text.words[end] if end < len(text.words) and not text.glued(end) else ""
    if before in _NO_DAY_AFTER or after in _PAPERS:
        return None
    in_name = after and text.is_capital(text.starts[end]) and not text.shouted
    if in_name and (text.begins_sentence(start) or before not in _BEFORE_DAY):
        return None
    return Weekly(match["WEEKDAY"])


_TO = "-|to|and|until|till|through"
_TO_MONTH_OF_YEAR = Form(f"{_TO} MONTH IN_YEAR")

FORMS = Table(
    Form("may day", _nothing),
    Form("march madness|on|for", _nothing),
    Form("chinese|lunar new year", _nothing),
    Form("ash wednesday", _nothing),
    Form("@again few|single? MONTH", _nothing),
    Form("@again few|single? SEASON", _nothing),
    Form("@again few|single? HOLIDAY", _nothing),
    Form("NUMERIC_DATE", _written),
    Form(f"from|between? the? DAY {_TO} the? LAST_DAY of? MONTH IN_YEAR?", _dated),
    Form(f"from|between? MONTH DAY {_TO} the? LAST_DAY !MONTH IN_YEAR?", _dated),
    Form("DAY_OF_WEEK? the DAYTH of? MONTH IN_YEAR?", _dated),
    Form("DAY_OF_WEEK? DAY of? MONTH IN_YEAR?", _dated),
    Form("DAY_OF_WEEK? LAST? MONTH the? LAST_DAY IN_YEAR?", _dated),
    Form("the DAYTH", _day_of_month, before="on|since|until"),
    Form("the fourth of july IN_YEAR?", lambda match, as_of: _placed(match, calendar.holiday("fourth of july"), as_of)),
    Form("LAST? HOLIDAY IN_YEAR?", _feast),
    Form("MONTH IN_YEAR", _any_month),
    Form("LAST MONTH", _sure_month),
    Form("MONTH", _sure_month, before="@before_month -?"),
    Form("MONTH", _month_in_pair, after="JOINT MONTH_OR_HIDDEN"),
    Form("MONTH", _month_in_pair, after="last|this year"),
    Form("MONTH", _month_in_pair, before="HIDDEN ,? -|and|or|to|until|through"),
    Form("SEASON IN_YEAR TO_YEAR?", _any_season),
    Form("LAST SEASON", _any_season),
    Form("SEASON", _season, before="@before_season -? the?"),
    Form("SEASON", _season, before="@parts_of_season of -? the?"),
    Form("q=q1|q2|q3|q4 of? YEAR", _quarter),
    Form("q=q1|q2|q3|q4", _quarter, after="!of|last|this"),
    Form("the? ORDINAL quarter of? YEAR", _quarter, before="in|during|since|for"),
    Form("the? ORDINAL quarter", _quarter, before="in|during|since|for", after="!of|last|this"),
    Form("the? DECADE", _whole_decade),
    Form("SHORT_DECADE", _last_decade, before="the early|mid|late? -?"),
    Form("FREE_YEAR TO_YEAR", _years),
    Form("FREE_YEAR", _year_alone, after="!/"),
    Form("usa today", _nothing),
    Form("friday night lights", _nothing),
    Form("monday|sunday|thursday night football", _nothing),
    Form("the day before yesterday", _in_days(-2)),
    Form("the day after tomorrow", _in_days(1)),
    Form("tomorrow", _in_days(1)),
    Form("tonight|today", _in_days(0)),
    Form("yesterday PART?", _in_days(-1)),
    Form("this morning|afternoon|evening", _in_days(0)),
    Form("last night|evening", _in_days(-1)),
    Form("the? this past weekend", _weekend, after="!of|after|before|in|beginning|starting"),
    Form("the? which=this|last|next|past|previous weekend", _weekend, after="!of|after|before|in|beginning|starting"),
    Form("the weekend", _weekend, before="@before_weekend", after="!@after_weekend"),
    Form("the unit=week|month|year before last", lambda match, as_of: calendar.unit_around(as_of, match["unit"], -2)),
    Form(
        "later=earlier|later? which=last|this|next unit=week|month|quarter|year|decade",
        _neighbour,
        before="!the|this",
        after="!of",
    ),
    Form(
        "the unit=week|month|quarter|year",
        lambda match, as_of: calendar.unit_around(as_of, match["unit"]),
        before="end|start|beginning|middle|half|quarter|rest of",
        after="!of|before|after|when|that|in",
    ),
    Form("the=the|these|this? last|past COUNT? UNIT", _up_to_now, after="!of|on"),
    Form("COUNT UNIT ago today?", _ago),
    Form("LAST WEEKDAY PART?", _last_weekday, after="!of|in"),
    Form(
        "LAST WEEKDAY PART?",
        _last_weekday,
        after="of|in last|this",
    ),
    Form("WEEKDAY PART?", _weekday, after="!mornings|afternoons|evenings|nights"),
)
