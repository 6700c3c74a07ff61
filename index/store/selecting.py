"""From what a person asks for to articles of the collection: names and ids as they are there, or an error."""

from index.article import Article
from index.errors import ArticleNotFound, UnknownName
from index.filters import Filters
from index.store.catalogue import Catalogue
from index.store.names import Kind, wanted
from index.store.selection import Selection
from index.text.decoding import storable
from index.times import Window


def select(catalogue: Catalogue, filters: Filters, window: Window) -> Selection:
    """The articles of these days that pass the filters. Raises UnknownName and ArticleNotFound."""
    # Authors first: they have fewer articles than outlets, and the first group is the one that SQLite goes through.
    asked: tuple[tuple[Kind, tuple[str, ...]], ...] = (("author", filters.authors), ("outlet", filters.outlets))
    groups = [tuple(t for name in names for t in _known(catalogue, kind, name)) for kind, names in asked if names]
    articles = tuple(dict.fromkeys(find_article(catalogue, prefix).id for prefix in filters.articles))
    return Selection(window, tuple(groups), articles)


def find_article(catalogue: Catalogue, prefix: str) -> Article:
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


def _known(catalogue: Catalogue, kind: Kind, given: str) -> tuple[str, ...]:
    found = catalogue.names.known(wanted(kind, storable(given)))
    if not found:
        raise UnknownName(kind, f"no article is {_OF[kind]} {given!r}; {_hint(catalogue, kind, given)}")
    return found


def _hint(catalogue: Catalogue, kind: Kind, given: str) -> str:
    if near := catalogue.names.like(kind, given):
        return f"did you mean {' or '.join(map(repr, near))}?"
    if most := catalogue.names.counts(kind, 3):
        return f"most are {_OF[kind]} {', '.join(repr(one.name) for one in most)}"
    return f"the {kind} of no article here is known"


_OF = {"outlet": "from", "author": "by"}
