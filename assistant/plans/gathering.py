"""The passages that a time line, a summary or a list is made of: those on a subject, or those of what is most told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from assistant.extractive.read_features import outlet_of
from assistant.plans.tools import Tools
from index.article import Article
from index.filters import Filters
from index.search.ranking import collapse
from index.search.result import Retrieved
from index.store.selection import Selection, select
from index.text.passages import Passage
from index.times import Window

PASSAGES = 40  # on a subject
_FEW = 30  # articles that are read whole
_LONGEST = 12_000  # characters of an article that are read
_LEAD = 400  # characters of an article's beginning, by which it is compared with others
_MOST = 5000  # articles that are compared, the newest
_STORIES = 24  # of which the articles are read
_OF_STORY = 4  # articles of a story that are read
_COHERENT = 0.5  # share of the pairs of a story that are alike
_SAME_STORY = 0.7  # cosine of two articles' beginnings
_TOLD_LATER = timedelta(days=14)
_NEAR = 21  # days between two reports of a story


@dataclass(frozen=True, slots=True)
class Story:
    """The beginnings of articles that tell one story, the most typical first, and how much is told of it."""

    articles: tuple[Retrieved, ...]
    weight: float


def on_subject(tools: Tools, text: str, k: int = PASSAGES) -> list[Retrieved]:
    """The passages that search finds for a subject, best first, of whatever time."""
    return list(tools.search(text, k, any_time=True))


def of_all(tools: Tools, window: Window | None = None, told_later: bool = True) -> list[Story]:
    """The stories that the request lets by, those first that are told most: of few articles whole, else the beginnings.

    Of many articles, those that may tell what happened in the days of `window`: also such as were published some days
    after, where they may have been `told_later`. Reprints are one, as in search.
    """
    articles = _articles(tools, Window())
    if window and (len(articles) > _FEW or not told_later):
        late = _TOLD_LATER if told_later else timedelta()
        last = window.last + min(late, date.max - window.last) if window.last else None
        articles = [one for one in articles if one.published in Window(window.first, last)]
    stories = told_most(tools, articles[:_MOST])[:_STORIES]
    if len(articles) > _FEW:
        return [replace(story, articles=story.articles[:_OF_STORY]) for story in stories]
    whole = {one.article.id: one for one in whole_articles(tools, articles)}
    read = [tuple(replace(whole[one.article.id], also_in=one.also_in) for one in story.articles) for story in stories]
    return [replace(story, articles=articles) for story, articles in zip(stories, read, strict=True)]


def newest_days(tools: Tools, days: int) -> Window:
    """So many days up to that of the newest article that the request lets by."""
    asked = tools.request.filters.window(tools.request.day)
    last = tools.collection.catalogue.passages.last_day(asked.last or tools.request.day)
    return Window(last - timedelta(days) if last else None, asked.last)


def passages_of(stories: Sequence[Story]) -> list[Retrieved]:
    """Their passages, with scores that say how much is told of their story, from 0 to 1."""
    most = max((story.weight for story in stories), default=1.0)
    return [replace(one, score=story.weight / most) for story in stories for one in story.articles]


def whole_articles(tools: Tools, articles: Sequence[Article]) -> list[Retrieved]:
    """Articles with all of their text, as one passage each."""
    return _read(tools, articles, _LONGEST)


def told_most(tools: Tools, articles: Sequence[Article]) -> list[Story]:
    """The stories of articles, those first that most outlets tell; a digest of several is of none."""
    leads = _distinct(tools, _read(tools, articles, _LEAD))
    if not leads:
        return []
    vectors = tools.collection.embedder.embed_passages([f"{one.article.title}\n{one.passage.text}" for one in leads])
    days = np.array([one.article.published.toordinal() if one.article.published else 0 for one in leads])
    cosines = vectors @ vectors.T
    alike = (cosines >= _SAME_STORY) & (np.abs(days[:, None] - days[None, :]) <= _NEAR)
    left = np.ones(len(leads), bool)
    stories: list[Story] = []
    for at in np.argsort(-alike.sum(axis=1), kind="stable"):
        if not left[at]:
            continue
        members = np.flatnonzero(alike[at] & left)
        members = members[np.argsort(-cosines[at][members], kind="stable")]
        cohesion = float(alike[np.ix_(members, members)].mean())
        if cohesion < _COHERENT and len(articles) > _FEW:
            left[at] = False
            continue
        left[members] = False
        told = tuple(leads[i] for i in members)
        stories.append(Story(told, cohesion * (len(set(map(outlet_of, told))) + float(np.log1p(len(told))))))
    return sorted(stories, key=lambda story: -story.weight)


def _articles(tools: Tools, window: Window) -> list[Article]:
    filters: Filters = tools.request.filters
    asked = filters.window(tools.request.day).narrowed(window)
    catalogue = tools.collection.catalogue
    chosen: Selection = select(catalogue, filters, asked)
    return list(catalogue.articles(chosen))


def _read(tools: Tools, articles: Sequence[Article], longest: int) -> list[Retrieved]:
    passages = [Passage(one.id, 0, longest, "") for one in articles]
    read = tools.collection.catalogue.passages.with_texts(passages)
    return [
        Retrieved(Passage(one.id, 0, len(passage.text), passage.text), one, 1.0, {})
        for one, passage in zip(articles, read, strict=True)
        if passage.text
    ]


def _distinct(tools: Tools, found: Sequence[Retrieved]) -> list[Retrieved]:
    copies = tools.collection.catalogue.copies_of({one.article.id for one in found})
    return collapse(found, copies, tools.request.day)
