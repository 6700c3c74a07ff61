"""What is asked about the articles themselves: how many, by whom, of when, on what; from catalogue and search."""

import re
from collections import Counter
from collections.abc import Generator, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.answer import Answer, numbered
from assistant.english.parsing import Sentence, sentence_of
from assistant.events import Event
from assistant.plans.articles_about import (
    Report,
    Reports,
    by_day,
    day_told,
    days_told,
    enumerated,
    leads_of,
    listed,
    reports_about,
)
from assistant.plans.outlet_named import authors_named, outlet_missing, outlets_named, without
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
    (word for phrase in _ASKING.listed("reprinting") for word in phrase.split()),
    _CLASSES.words("article", "outlet", "author", "reporting", "being there", "anything", "subjects", "collection"),
    _CLASSES.words("newest", "oldest", "first", "listing", "how many", "total", "auxiliary", "pointing", "i", "you"),
)
_ARTICLES = _CLASSES.words("article", "outlet", "author") | {"who"}
_MARKS = '?!.,;:()"“”'
_TELLING = ("NN", "CD", "FW", "VBG")  # tags of words one of which a subject has
_MOST_CITED = 10  # articles whose words are shown
_MOST_NAMED = 12  # outlets or authors that are named

_OF_ARTICLES = ("article", "outlet", "author", "reporting", "being there", "collection")
_OF_ONE = ("first", "newest", "oldest")

Asked = Literal["reprints", "count", "outlets", "authors", "first", "newest", "oldest", "days", "articles"]


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
    if not tools.sure and not asks_for_articles(question):
        return None
    if missing := outlet_missing(question, tools.collection):
        return replace(
            tools.composed(question), reply=f"The collection holds no article of an outlet called {missing}."
        )
    about = about_of(question, tools)
    if about.subject:
        reports = reports_about(tools, about.subject, about.filters)
        found = {one.id: one for report in reports for one in (report.article, *report.also_in)}
        articles = [one for one in found.values() if _passes(one, about.filters)]
    else:
        articles = [one for one in tools.collection.articles(about.filters) if _is_out(one, tools)]
        reports = Reports(leads_of(tools, _shown(about, articles)))
    if not articles:
        return replace(tools.composed(question), reply=f"The collection holds no article{about.which}.")
    if about.asked == "reprints":
        return _reprinted(question, about, reports, tools)
    cited = _cited(about, reports)
    answer = tools.composed(question, numbered(listed(cited)))
    reply = _of_one(about, cited[0].article) if about.asked in _OF_ONE and cited else _of_all(about, articles, reports)
    return replace(answer, answerable=True, reply=reply, form="list" if len(cited) > 1 else "sentences")


def _reprinted(question: str, about: About, reports: Sequence[Report], tools: Tools) -> Answer:
    """Which articles have the text of another, an older one."""
    same = {one.article.id: sorted((one.article, *one.also_in), key=_day) for one in reports if one.also_in}
    copies = [copy for group in same.values() for copy in group[1:]]
    if not copies:
        reply = f"No article{about.which} is carried by a second outlet of the collection."
        return replace(tools.composed(question), reply=reply)
    told = [
        f"{_outlet_and_day(copy)} (as {_outlet_and_day(group[0])})" for group in same.values() for copy in group[1:]
    ]
    answer = tools.composed(question, numbered(listed(leads_of(tools, copies[:_MOST_CITED]))))
    return replace(answer, reply=f"{'; '.join(told[:_MOST_NAMED])}.", form="list" if len(copies) > 1 else "sentences")


def _outlet_and_day(one: Article) -> str:
    return ", ".join(filter(None, (one.outlet, day_told(one.published) if one.published else ""))) or one.heading


def _shown(about: About, articles: Sequence[Article]) -> list[Article]:
    """Of articles on any subject those whose lead is shown, the newest or the oldest; none where they are counted."""
    if about.asked in ("count", "days", "outlets", "authors"):
        return []
    dated = sorted((one for one in articles if one.published), key=_day, reverse=about.asked not in ("first", "oldest"))
    return (dated or list(articles))[:_MOST_CITED]


def _cited(about: About, reports: Sequence[Report]) -> list[Report]:
    """The reports that are to be cited, by day: the first or the newest, one of each outlet, or the best."""
    if about.asked in _OF_ONE:
        dated = by_day(one for one in reports if one.article.published) or list(reports)
        return dated[-1:] if about.asked == "newest" else dated[:1]
    if about.asked in ("outlets", "authors"):
        reports = list({one.article.outlet or one.article.id: one for one in reversed(reports)}.values())[::-1]
    return by_day(reports[:_MOST_CITED])


def about_of(question: str, tools: Tools) -> About:
    """What a question asks about articles, read from its words: those that name no outlet, author, time or article."""
    outlets = outlets_named(question, tools.collection)
    authors = [] if outlets else authors_named(question, tools.collection)
    rest = without(question, [*outlets, *authors])
    filters, days = tools.request.filters, ""
    time = None if tools.request.any_time else time_in(rest, tools.request.day)
    if time and (time.kind == "within" or (time.kind == "near" and not subject_of(rest.replace(time.text, " ", 1)))):
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
    """The words of a question that say what the articles are about, as they are written; "" where no noun is left."""
    read = sentence_of(question)
    empty = {word.start for at, word in enumerate(read.words) if _is_empty(read, at)}
    nouns = [word.start for word in read.words if word.tag.startswith(_TELLING)]
    kept, has_noun = [], False
    for match in re.finditer(r"\S+", question):
        word = match[0].strip(_MARKS)
        start = match.start() + match[0].find(word)
        bare = {one.partition("'")[0] for one in words_asked(word)}  # what is there, what's there
        if word and not bare <= _FRAME and start not in empty:
            kept.append(word)
            has_noun |= word[0].isupper() or any(match.start() <= noun < match.end() for noun in nouns)
    return " ".join(kept) if has_noun else ""


def _is_empty(read: Sentence, at: int) -> bool:
    """Whether a word is an adverb, or a verb that only says that there are articles: "which pieces carry a map"."""
    word = read.words[at]
    if word.tag.startswith(("RB", "UH")):
        return True
    beside = read.children(at, "nsubj", "nsubjpass", "dobj")
    return word.is_verb and word.role == "ROOT" and any(read.words[one].low in _ARTICLES for one in beside)


def asks_for_articles(question: str) -> bool:
    """Whether a question has a word for articles, for who makes them, or for their being there."""
    words = f" {' '.join(words_asked(question))} "
    return any(f" {one} " in words for name in _OF_ARTICLES for one in _CLASSES.listed(name))


def asked_about(question: str) -> Asked:
    """What of the articles is asked for, by the words that a question has."""
    words = words_asked(question)
    if any(f" {one} " in f" {' '.join(words)} " for one in _ASKING.listed("reprinting")):
        return "reprints"
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


def _of_all(about: About, articles: Sequence[Article], reports: Reports) -> str:
    """What Byline says of the articles."""
    count = f"{'' if reports.are_all else 'At least '}{_number(articles, 'article')}{about.which}"
    days, outlets, authors = days_told(articles), _counted(articles, "outlet"), _counted(articles, "author")
    if about.asked == "outlets":
        return f"{count}, of {_number(outlets, 'outlet')}: {_names(outlets)}." if outlets else f"{count}, of no outlet."
    if about.asked == "authors":
        unnamed = sum(not _of(one, "author") for one in articles)
        told = f", by {_number(authors, 'author')}: {_names(authors)}." if authors else "; none names an author."
        told += f" {unnamed} name{'s' if unnamed == 1 else ''} no author." if unnamed and authors else ""
        return f"{count}{told}" + (f" Outlets: {_names(outlets)}." if outlets else "")
    several = f", of {len(outlets)} outlets" if len(outlets) > 1 else ""
    return f"{count}{f', {days}' if days else ''}{several}."


def _of_one(about: About, one: Article) -> str:
    if about.asked == "first":
        return f"The first report{about.which} in the collection: {_outlet_and_day(one)}."
    where = "" if _outlet_and_day(one) == one.heading else f", {_outlet_and_day(one)}"
    return f"The {about.asked} article{about.which}: “{one.heading}”{where}."


def _counted(articles: Sequence[Article], kind: str) -> dict[str, int]:
    return dict(Counter(name for one in articles for name in _of(one, kind)).most_common())


def _of(article: Article, kind: str) -> list[str]:
    return [name.shown for name in names_of(article) if name.term.startswith(f"{kind}:") and name.shown]


def _number(of: Sized, noun: str) -> str:
    return f"{len(of):,} {noun}{'s' if len(of) != 1 else ''}"


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
