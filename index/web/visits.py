"""What pages said of their state when they were last read, kept in the collection's catalogue.

The catalogue keeps an ETag and a Last-Modified for each address. The digest of the page is kept in front of the ETag,
behind a prefix that is none of an ETag's (which is a quoted text) and is never sent: `byline:<digest> "the ETag"`.
"""

from index.store.catalogue import Catalogue
from index.web.fetch import Validators

_DIGEST = "byline:"


class Visits:
    """A Memory of a collection: an article that is removed takes its visit with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get(self, url: str) -> Validators | None:
        known = self._catalogue.visit(url)
        if not known:
            return None
        etag, last_modified = known
        digest = ""
        if etag.startswith(_DIGEST):
            digest, _, etag = etag.removeprefix(_DIGEST).partition(" ")
        return Validators(etag, last_modified, digest)

    def put(self, url: str, validators: Validators) -> None:
        marked = f"{_DIGEST}{validators.digest} {validators.etag}" if validators.digest else validators.etag
        self._catalogue.set_visit(url, marked, validators.last_modified)
