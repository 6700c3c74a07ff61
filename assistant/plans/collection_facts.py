"""What is asked about the articles themselves: how many, by whom, of when, on what; from catalogue and search."""

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.answer import Answer, numbered
from assistant.events import Event
from assistant.plans.articles_about import (
    Report,
    by_day,
    day_told,
    days_told,
    enumerated,
    leads_of,
    listed,
    reports_about,
)
from assistant.plans.outlet_named import authors_named, outlets_named, without
from assistant.plans.tools import Tools
from assistant.question.asked_features import words_asked
from index.article import Article
from index.english import lexicon
from index.filters import Filters
from index.store.names import names_of
from index.text.analysis import STOP_WORDS
from index.times.time_in import time_in

_CLASSES, _ASKING = lexicon("kinds"), lexicon("collection")
_FRAME = frozenset(STOP_WORDS).union(
    _ASKING.words("asking for articles"),
    _CLASSES.words("article", "outlet", "author", "reporting", "being there", "anything", "subjects", "collection"),
    _CLASSES.words("newest", "oldest", "first", "listing", "how many", "auxiliary", "pointing", "i", "you"),
)
_MOST_CITED = 10  # articles whose words are shown
_MOST_NAMED = 12  # outlets or authors that are named

Asked = Literal["count", "outlets", "authors", "first", "newest", "oldest", "days", "articles"]


@dataclass(frozen=True, slots=True)
class About:
    """What is asked of which articles: of a `subject`, "" for any, that pass the filters; `whose` names the filters."""

    asked: Asked
    subject: str
    filters: Filters
    whose: str

    @property
    def which(self) -> str:
        """The end of "3 articles ..."."""
        on = f" on “{self.subject}”" if self.subject else ""
        return f"{on}{self.whose}"


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The articles that are asked for, told and cited; None where the question asks for no articles."""
    yield from ()
    about = about_of(question, tools)
    if about.subject:
        reports = reports_about(tools, about.subject, about.filters)
    else:
        articles = [one for one in tools.collection.articles(about.filters) if _is_out(one, tools)]
        if about.asked in ("count", "days", "outlets", "authors"):
            return _told(question, tools, about, articles, [])
        dated = sorted((one for one in articles if one.published), key=_day, reverse=about.asked != "oldest")
        reports = by_day(leads_of(tools, (dated or articles)[:_MOST_CITED]))
    if not reports:
        return replace(tools.composed(question), reply=f"The collection holds no article{about.which}.")
    articles = list({one.id: one for report in reports for one in (report.article, *report.also_in)}.values())
    return _told(question, tools, about, [one for one in articles if _passes(one, about.filters)], reports)


def about_of(question: str, tools: Tools) -> About:
    """What a question asks about articles, read from its words: those that name no outlet, author, time or article."""
    outlets = outlets_named(question, tools.collection)
    authors = [] if outlets else authors_named(question, tools.collection)
    rest = without(question, [*outlets, *authors])
    filters, days = tools.request.filters, ""
    time = None if tools.request.any_time else time_in(rest, tools.request.day)
    if time and time.kind == "within":
        window = time.window.narrowed(filters.window(tools.request.day))
        filters = replace(filters, since=window.first, until=window.last)
        rest = rest.replace(time.text, " ", 1)
        days = f" ({time.text})"
    if outlets:
        filters = replace(filters, outlets=tuple(outlets))
    if authors:
        filters = replace(filters, authors=tuple(authors))
    whose = f" from {enumerated(outlets)}" if outlets else f" by {enumerated(authors)}" if authors else ""
    return About(asked_about(question), subject_of(rest), filters, whose + days)


def subject_of(question: str) -> str:
    """The words of a question that say what the articles are about, as they are written."""
    words = [word.strip('?!.,;:()"“”') for word in question.split()]
    return " ".join(word for word in words if word and not set(words_asked(word)) <= _FRAME)


def asked_about(question: str) -> Asked:
    """What of the articles is asked for, by the words that a question has."""
    words = words_asked(question)
    has = {name: bool(_CLASSES.words(name) & set(words)) for name in ("article", "outlet", "author", "reporting")}
    text = f" {' '.join(words)} "
    if _CLASSES.words("first") & set(words) and ("when" in words or has["reporting"]):
        return "first"
    for order in ("newest", "oldest"):
        if has["article"] and _CLASSES.words(order) & set(words):
            return "newest" if order == "newest" else "oldest"
    if has["author"] or ("who" in words and has["reporting"]):
        return "authors"
    if has["outlet"] and not has["article"]:
        return "outlets"
    if has["outlet"] or (words[:1] == ["where"] and has["article"]) or " from which " in text:
        return "outlets"
    if any(f" {phrase} " in text for phrase in _CLASSES.listed("how many")):
        return "count"
    return "days" if "when" in words or _ASKING.words("time span") & set(words) else "articles"


def _told(question: str, tools: Tools, about: About, articles: Sequence[Article], reports: Sequence[Report]) -> Answer:
    """The answer, of all `articles` asked for and the `reports` that are to be cited."""
    reply = _reply(about, articles, reports)
    if about.asked in ("first", "newest", "oldest"):
        reports = [_one_of(about, reports)] if reports else []
    elif about.asked in ("outlets", "authors"):
        reports = _one_of_each(reports)
    sentences = numbered(listed(list(reports)[::-1][:_MOST_CITED][::-1]))
    form = "list" if len(sentences) > 1 else "sentences"
    answer = tools.composed(question, sentences)
    return replace(answer, answerable=bool(articles), reply=reply, form=form)  # type: ignore[arg-type]


def _reply(about: About, articles: Sequence[Article], reports: Sequence[Report]) -> str:
    """What Byline says of the articles."""
    if not articles:
        return f"The collection holds no article{about.which}."
    count = f"{len(articles)} article{'s' if len(articles) != 1 else ''}{about.which}"
    days = days_told(articles)
    outlets, authors = _counted(articles, "outlet"), _counted(articles, "author")
    if about.asked in ("first", "newest", "oldest") and reports:
        return _of_one(about, _one_of(about, reports).article)
    if about.asked == "outlets":
        return f"{count}: {_names(outlets)}." if outlets else f"{count}, of no known outlet."
    if about.asked == "authors":
        unnamed = sum(not _of(one, "author") for one in articles)
        without_one = f" {unnamed} name{'s' if unnamed == 1 else ''} no author." if unnamed else ""
        return f"{count}: {_names(authors)}.{without_one} Outlets: {_names(outlets)}." if authors else (
            f"{count}, none of which names an author. Outlets: {_names(outlets)}."
        )  # fmt: skip
    several = f", of {len(outlets)} outlets" if len(outlets) > 1 else ""
    return f"{count}{f', {days}' if days else ''}{several}."


def _one_of(about: About, reports: Sequence[Report]) -> Report:
    """The newest report, or the first."""
    dated = [one for one in reports if one.article.published] or reports
    return dated[-1] if about.asked == "newest" else dated[0]


def _of_one(about: About, one: Article) -> str:
    by, when = (f", {one.outlet}" if one.outlet else ""), (f", {day_told(one.published)}" if one.published else "")
    if about.asked == "first":
        return f"The first report{about.which} in the collection: {f'{by}{when}'.removeprefix(', ') or one.heading}."
    return f"The {about.asked} article{about.which}: “{one.heading}”{by}{when}."


def _one_of_each(reports: Sequence[Report]) -> list[Report]:
    """The first report of each outlet."""
    found: dict[str, Report] = {}
    for one in reports:
        found.setdefault(one.article.outlet or one.article.id, one)
    return list(found.values())


def _counted(articles: Sequence[Article], kind: str) -> dict[str, int]:
    return dict(Counter(name for one in articles for name in _of(one, kind)).most_common())


def _of(article: Article, kind: str) -> list[str]:
    return [name.shown for name in names_of(article) if name.term.startswith(f"{kind}:") and name.shown]


def _names(counted: dict[str, int]) -> str:
    """For example `Fernhill Wire (2), Larch Post and 3 others`."""
    told = [f"{name} ({times})" if times > 1 else name for name, times in list(counted.items())[:_MOST_NAMED]]
    others = len(counted) - len(told)
    return enumerated([*told, *([f"{others} others"] if others else [])])


def _day(article: Article) -> date:
    return article.published or date.max


def _is_out(article: Article, tools: Tools) -> bool:
    """Whether an article had appeared on the day of asking."""
    return article.published is None or article.published <= tools.request.day


def _passes(article: Article, filters: Filters) -> bool:
    """Whether a reprint is among the articles that are asked for; search looked at those that are reprinted alone."""
    if filters.outlets or filters.authors or filters.articles:
        return True
    day = article.published
    return day is None or ((not filters.since or day >= filters.since) and (not filters.until or day <= filters.until))
