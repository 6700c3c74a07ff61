"""Articles of the catalogue made anew: as their outlet's furniture becomes known, or when a person sets them right."""

from index.article import Article
from index.errors import TextDamaged
from index.ingest.adding import Destination, corrected
from index.ingest.entries import cut, drafted_again
from index.store.catalogue import Catalogue, Entry

_MOST = 50  # articles in one transaction


def clean_again(to: Destination, share: float) -> None:
    """Take lines out of articles that have turned out to recur, and put back those that no longer do.

    Lines are counted of outlets of which more than this share of the articles changed. What is broken off is done by
    the next call.
    """
    if to.catalogue.has_lines_to_count(share):
        with to.guard():
            to.catalogue.count_lines(share)
    while stale := to.catalogue.stale(_MOST):
        with to.guard():
            found = [article for each in stale for article in to.catalogue.find(each)]
            changed = [draft for article in found for draft in _changed(to.catalogue, article)]
            if changed:
                to.catalogue.put(cut(to.embedder, changed))
            to.catalogue.set_fresh(stale)


def _changed(catalogue: Catalogue, article: Article) -> list[Entry]:
    """The article's entry if another text is left of it; one that is damaged stays as it is, which `rebuild` tells."""
    try:
        draft = drafted_again(catalogue, article)
    except TextDamaged:
        return []
    return [draft] if draft.article.text != article.text else []


def put_again(to: Destination, article: Article) -> None:
    """Write an article of the catalogue anew, changed by what was set right. Only within the guard."""
    now = corrected(article, to.catalogue.corrections(article.id))
    to.catalogue.put(cut(to.embedder, [drafted_again(to.catalogue, now)]))


def lines_left_out(catalogue: Catalogue, article: Article) -> list[str]:
    """The lines that recur in the outlet's articles and were taken out of this one, in their order."""
    kept = {line.strip() for line in article.text.splitlines()}
    read = (line.strip() for line in catalogue.read(article.id).splitlines())
    return [line for line in read if line and line not in kept]
