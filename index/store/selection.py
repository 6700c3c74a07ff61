"""Filters resolved against a collection: the days, names and articles that a search looks at, and their SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.errors import ArticleNotFound, UnknownName
from index.filters import Filters
from index.store.names import article_term, terms_of
from index.times import Window

if TYPE_CHECKING:
    from index.store.catalogue import Catalogue
from index.store.names import Kind, wanted
from index.text.decoding import storable

_OF = {"outlet": "from", "author": "by"}
_NAMED = "name IN (SELECT id FROM names WHERE term IN ({}))"


@dataclass(frozen=True, slots=True)
class Selection:
    """Articles of these days that have, of each group of terms (see `index.store.names`), one or more.

    With `articles`, none but those with these ids.
    """

    window: Window = field(default_factory=Window)
    groups: tuple[tuple[str, ...], ...] = ()
    articles: tuple[str, ...] = ()

    def __contains__(self, article: Article) -> bool:
        if article.published not in self.window:
            return False
        groups = self.all_groups
        return not groups or all(map(set(terms_of(article)).intersection, groups))

    @property
    def all_groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of terms, with that of the articles."""
        return (*self.groups, tuple(map(article_term, self.articles))) if self.articles else self.groups

    @property
    def is_of_days(self) -> bool:
        """Whether days alone decide."""
        return not self.groups and not self.articles


def select(catalogue: "Catalogue", filters: Filters, window: Window) -> Selection:
    """The articles of these days that pass the filters. Raises UnknownName and ArticleNotFound."""
    # Authors first: they have fewer articles than outlets, and the first group is the one that SQLite goes through.
    asked: tuple[tuple[Kind, tuple[str, ...]], ...] = (("author", filters.authors), ("outlet", filters.outlets))
    groups = [tuple(t for name in names for t in _known(catalogue, kind, name)) for kind, names in asked if names]
    articles = tuple(dict.fromkeys(find_article(catalogue, prefix).id for prefix in filters.articles))
    return Selection(window, tuple(groups), articles)


def find_article(catalogue: "Catalogue", prefix: str) -> Article:
    """The article whose id begins with `prefix`. Raises ArticleNotFound."""
    prefix = storable(prefix)
    found = catalogue.find(prefix) if prefix else []
    if len(found) == 1 or (found and found[0].id == prefix):
        return found[0]
    if found:
        raise ArticleNotFound(f"{prefix}: {len(found)} articles begin so; give more of the id")
    if prefix and (withdrawn := [v[-1] for v in catalogue.versions(prefix).values() if v[-1].version.is_withdrawn]):
        title, note = withdrawn[0].title, withdrawn[0].version.note
        raise ArticleNotFound(
            f"{prefix}: {title or 'the article'} was withdrawn by its agency ({note}); it is not here"
        )
    raise ArticleNotFound(f"{prefix or 'an empty id'}: no such article; `byline list` shows their ids")


def _known(catalogue: "Catalogue", kind: Kind, given: str) -> tuple[str, ...]:
    found = catalogue.names.known(wanted(kind, storable(given)))
    if not found:
        raise UnknownName(kind, f"no article is {_OF[kind]} {given!r}; {_hint(catalogue, kind, given)}")
    return found


def _hint(catalogue: "Catalogue", kind: Kind, given: str) -> str:
    if near := catalogue.names.like(kind, given):
        return f"did you mean {' or '.join(map(repr, near))}?"
    if most := catalogue.names.counts(kind, 3):
        return f"most are {_OF[kind]} {', '.join(repr(one.name) for one in most)}"
    return f"the {kind} of no article here is known"


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of SQL with its parameters."""

    sql: str
    parameters: tuple[Any, ...]


def chosen_articles(selection: Selection) -> Clause:
    """SELECT article_id, passages (how many are within) of the articles of a selection that is not of days alone."""
    if selection.articles:
        start, others = _by_ids(selection), selection.groups
    else:
        start, others = _by_names(selection.groups[0], selection.window), selection.groups[1:]
    rest = having("c.article_id", others)
    sql = f"SELECT c.article_id, c.passages FROM ({start.sql}) c WHERE {rest.sql}"
    return Clause(sql, start.parameters + rest.parameters)


def having(article_id: str, groups: Sequence[Sequence[str]]) -> Clause:
    """A condition: the article of this column has a term of each group."""
    each = f"EXISTS (SELECT 1 FROM article_names n WHERE n.article_id = {article_id} AND n.{_NAMED})"
    conditions = [each.format(_marks(group)) for group in groups]
    return Clause(" AND ".join(["1", *conditions]), tuple(term for group in groups for term in group))


def _by_ids(selection: Selection) -> Clause:
    count = "SELECT count(*) FROM passages p WHERE p.article_id = a.id AND p.day BETWEEN ? AND ?"
    ids = _marks(selection.articles)
    sql = f"SELECT id AS article_id, ({count}) AS passages FROM articles a WHERE id IN ({ids})"
    return Clause(sql, (*selection.window.numbers, *selection.articles))


def _by_names(group: Sequence[str], window: Window) -> Clause:
    several = "DISTINCT " if len(group) > 1 else ""  # an article may have two of them
    named = _NAMED.format(_marks(group))
    sql = f"SELECT {several}article_id, passages FROM article_names WHERE {named} AND day BETWEEN ? AND ?"
    return Clause(sql, (*group, *window.numbers))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
