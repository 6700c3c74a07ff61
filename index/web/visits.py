"""What pages said of their state when they were last read, kept in the collection's catalogue."""

from index.catalogue import Catalogue
from index.web.fetch import Validators


class Visits:
    """A Memory of a collection: an article that is removed takes its visit with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get(self, url: str) -> Validators | None:
        known = self._catalogue.visit(url)
        return Validators(etag=known[0], last_modified=known[1]) if known else None

    def put(self, url: str, validators: Validators) -> None:
        self._catalogue.set_visit(url, validators.etag, validators.last_modified)
