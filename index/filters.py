"""Which articles a search looks at."""

from dataclasses import dataclass
from datetime import date

from index.window import Window


@dataclass(frozen=True, slots=True)
class Filters:
    """Nothing set means all articles; of several outlets, authors or articles any one will do.

    `since` and `until` are days of publication, both included. `articles` are ids.
    """

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def window(self, as_of: date) -> Window:
        """The days looked at by a search on `as_of`, which sees nothing later."""
        return Window(self.since, min(self.until or as_of, as_of))


ALL = Filters()
