"""The day of an event that a question names ("the election", "the reopening of Harbour Bridge"), from its reports.

A day is told only on good evidence: reports of one burst that say it happened, and no other burst as good.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from index.article import Article
from index.english import lexicon
from index.indexes.word_index import WordIndex
from index.store.catalogue import Catalogue
from index.store.stored_passages import StoredPassage
from index.text.analysis import words_of
from index.text.passages import Passage, sentence_spans
from index.times import Window
from index.times.calendar import years
from index.times.time_in import time_in

_DEPTH = 100  # passages from each of the two searches
_READ = 40  # articles whose opening is read
_RECENT = timedelta(days=400)  # searched once more by itself: what recurs is asked about when it was last
_APART = timedelta(days=4)  # between two reports of one burst, at most
_RIVAL = timedelta(days=200)  # two of a kind within these may be mixed up
_LEAST = 1.5  # weight of a burst: one report that opens with the event
_STRONG = 0.4  # of the greatest burst's weight: of those that recur the latest so strong
_RIVALLING = 0.5  # of the weight of the burst chosen
_SPREAD = 4  # bursts of one event that has no day
_FOUR_DIGITS = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
LEAD = 900  # characters of the text that are read
_NEWS = timedelta(days=10)  # older than this a thing is told again
_FRESH = timedelta(days=4)  # a "Sunday" further back is more likely the next one
_IN_LEAD, _IN_OPENING, _IN_TITLE = 1.0, 1.5, 2.0
_CLAUSE = re.compile(r"[,;:.?!–—](?= |\Z)|(?<=\w) - (?=\w)")
_EVENTS = lexicon("events")
_NOUNS = _EVENTS.table("nouns")
_RECURRING = _EVENTS.words("recurring")
_PASSING = _EVENTS.words("passing")
_POSSESSIVES = _EVENTS.words("possessives")
_DETERMINERS = _EVENTS.words("determiners")
_PREPOSITIONS = _EVENTS.words("prepositions")


def _any_of(name: str) -> str:
    """The entries of a list of events.toml as a regular expression."""
    return _EVENTS.pattern(name).replace(r"\*", r"\w*")


_AHEAD = re.compile(rf"\b(?:{_any_of('ahead')}|may(?! [0-9]))\b")
_LOOKING_BACK = re.compile(rf"(?<!-)\b{_any_of('looking_back')}\b(?: ?[\w'-]+){{0,4}} ?\Z")
_OVER = re.compile(
    r" (?:(?:is|was|has|have|had|been) ){0,2}(?:ends?|ended|over(?= *(?:\Z|[.,;:]))|continues?|drags|goes on|went on"
    r"|averted|suspended)\b"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """An event: its noun (see `event_noun`) and the stems of the words that tell it from others of its kind."""

    noun: str
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """That it happened on `day`, which the report names (`named`) or else was published on.

    `weight` is greater the more the report is about it.
    """

    day: date
    published: date
    weight: float
    named: bool


@dataclass(frozen=True, slots=True)
class _Burst:
    """Reports that follow close on one another."""

    reports: tuple[Report, ...]

    @property
    def weight(self) -> float:
        return sum(report.weight for report in self.reports)

    @property
    def day(self) -> date:
        """The first that about as many name as any other, else that of the first report."""
        named = Counter(report.day for report in self.reports if report.named)
        if not named:
            return min(report.published for report in self.reports)
        return min(day for day, times in named.items() if times > max(named.values()) / 2)


def event_day(catalogue: Catalogue, words: WordIndex, phrase: str, as_of: date) -> date | None:
    """The day of the event, the latest up to `as_of` where it comes again; None where the collection leaves it open.

    Costs at most two word searches and the openings of 40 articles. Raises IndexDamaged.
    """
    sought = _sought(phrase)
    if not sought:
        return None
    window = _window(phrase, as_of)
    articles = _candidates(catalogue, words, sought, phrase, window)
    leads = catalogue.passages.with_texts([Passage(one.id, 0, LEAD, "") for one in articles])
    reports = [
        report
        for article, lead in zip(articles, leads, strict=True)
        if article.published and (report := report_of(sought, article.title, lead.text, article.published))
    ]
    burst = _chosen(sought, list(_bursts(reports)))
    return burst.day if burst and burst.day in window else None


def _sought(phrase: str) -> Sought | None:
    """None for what names no event, or one of a person whom only the question knows: his resignation."""
    words = phrase.split()
    if not words or any(word.lower() in _POSSESSIVES for word in words[:-1]):
        return None
    bare = _FOUR_DIGITS.sub("", " ".join(words[words[0].lower() in _DETERMINERS :])).split()
    ends = (at for at, word in enumerate(bare[1:-1], 1) if word in _PREPOSITIONS)
    named = len(bare) == 2 and all(word[0].isupper() for word in bare) and event_noun(bare[0])  # Hurricane Ada
    head = bare[0 if named else next(ends, len(bare)) - 1] if bare else ""
    noun = event_noun(head)
    if not noun:
        return None
    rest = " ".join(word for word in bare if word != head and word.lower() not in _PASSING)
    return Sought(noun, frozenset(words_of(rest)))


def event_noun(word: str) -> str | None:
    """The noun in the singular if it names an event."""
    small = word.lower()
    for name in (small, small.removesuffix("s"), small.removesuffix("es"), small.removesuffix("ies") + "y"):
        if name in _NOUNS:
            return name
    return None


def forms(noun: str) -> tuple[str, ...]:
    """The noun, its plural and what may stand in its place."""
    plural = (
        f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith(("sh", "ch", "s")) else f"{noun}s"
    )
    return (noun, plural, *_NOUNS[noun])


@cache
def mentions(noun: str) -> re.Pattern[str]:
    """Finds the noun and its other forms in small letters, but for idioms and what it only describes."""
    named = "|".join(map(re.escape, forms(noun)))
    return re.compile(rf"(?<!\bunder )\b(?:{named})\b(?![ -]{_any_of('described')}\b)")


def _window(phrase: str, as_of: date) -> Window:
    """The days that reports are looked for on: of "the 2019 election" those of 2019."""
    if year := _FOUR_DIGITS.search(phrase):
        days = years(int(year[0]), int(year[0]))
        return Window(days.first, min(days.last, as_of))
    return Window(None, as_of)


def _candidates(catalogue: Catalogue, words: WordIndex, sought: Sought, phrase: str, window: Window) -> list[Article]:
    """Articles to read: those with the event in the title first."""
    query = " ".join((phrase, *forms(sought.noun)[2:]))
    windows = [window]
    if window.first is None and window.last and window.last - date.min > _RECENT:
        windows.append(Window(window.last - _RECENT, window.last))
    keys = dict.fromkeys(key for each in windows for key, _ in words.best(query, _DEPTH, each))
    found: dict[str, StoredPassage] = {}
    for one in catalogue.passages.get(list(keys)):
        if one.article.published in window and one.article.published:
            found.setdefault(one.article.id, one)
    pattern = mentions(sought.noun)
    best = sorted(
        found.values(), key=lambda one: (not pattern.search(one.article.title.lower()), one.passage.start > 0)
    )
    return [one.article for one in best[:_READ]]


def _bursts(reports: Sequence[Report]) -> Iterator[_Burst]:
    ordered = sorted(reports, key=lambda report: report.published)
    number, before = 0, None
    numbered = []
    for report in ordered:
        number += before is not None and report.published - before > _APART
        before = report.published
        numbered.append((number, report))
    for _, each in groupby(numbered, key=lambda pair: pair[0]):
        yield _Burst(tuple(report for _, report in each))


def _chosen(sought: Sought, bursts: Sequence[_Burst]) -> _Burst | None:
    most = max((burst.weight for burst in bursts), default=0.0)
    strong = [burst for burst in bursts if burst.weight >= max(_LEAST, _STRONG * most)]
    if not strong:
        return None
    happens_once = bool(sought.others) and sought.noun not in _RECURRING
    if happens_once:
        first, *later = [burst for burst in strong if burst.weight >= _RIVALLING * most]
        again = any(burst.day - first.day > _RIVAL for burst in later)
        return None if again or len(later) + 1 >= _SPREAD else first
    latest = strong[-1]
    rivals = [
        burst.weight
        for burst in bursts
        if burst is not latest and abs(burst.day - latest.day) <= _RIVAL and burst.weight >= _LEAST
    ]
    many = sum(rivals) > latest.weight
    return None if many or max(rivals, default=0.0) >= _RIVALLING * latest.weight else latest


def report_of(sought: Sought, title: str, lead: str, published: date) -> Report | None:
    """None where the article is not about the event, or speaks of it as to come or as long past."""
    sentences = [lead[start:end] for start, end in sentence_spans(lead)]
    about = [one for one in (title, *sentences) if mentions(sought.noun).search(one.lower())]
    if not about or _is_ahead(sought.noun, about[0]) or _looks_back(sought.noun, about[0]):
        return None
    if not sought.others <= set(words_of(" ".join((title, *sentences[:1], about[0])))):
        return None
    if any(_is_old(one, published) for one in (about[0], *sentences[:1])):
        return None
    weight = _IN_TITLE if about[0] is title else _IN_OPENING if about[0] is sentences[0] else _IN_LEAD
    day = next(filter(None, (_day_named(one, published) for one in (*about, *sentences[:2]))), None)
    return Report(day or published, published, weight, day is not None)


def _is_ahead(noun: str, sentence: str) -> bool:
    """Whether every mention is in a clause about what is to come."""
    small = sentence.lower()
    return all(_AHEAD.search(_clause(small, match.start(), match.end())) for match in mentions(noun).finditer(small))


def _looks_back(noun: str, sentence: str) -> bool:
    """Whether every mention is of what was before: after the storm, the end of the strike."""
    small = sentence.lower().replace("’", "'")
    return all(
        _LOOKING_BACK.search(small[max(0, match.start() - 60) : match.start()]) or _OVER.match(small, match.end())
        for match in mentions(noun).finditer(small)
    )


def _is_old(sentence: str, published: date) -> bool:
    time = time_in(sentence, published)
    return bool(time and time.kind == "near" and time.window.last and published - time.window.last > _NEWS)


def _day_named(sentence: str, published: date) -> date | None:
    time = time_in(sentence, published)
    if not time or time.kind != "near" or time.window.first != time.window.last or not time.window.last:
        return None
    return time.window.last if published - time.window.last <= _FRESH else None


def _clause(text: str, start: int, end: int) -> str:
    before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    after = _CLAUSE.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]
