"""Sitemaps, those of news among them, read into links."""

from xml.parsers import expat

from index.errors import SourceError
from index.text.decoding import storable
from index.web.addresses import shown
from index.web.link import MOST_LINKS, Entry, Link, absolute, day_of


def of_sitemap(data: bytes, url: str) -> list[Entry]:
    """The pages of a sitemap. It is read as a stream, so that a large one is not held in memory as a tree.

    Raises SourceError where it is broken or declares entities.
    """
    reader = _SitemapReader(url)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the others: an encoding it does not know
        at = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
        raise SourceError(f"{shown(url)}: is a sitemap that is not valid XML{at}; try again later") from error
    return reader.entries


def entities_refused(url: str) -> SourceError:
    return SourceError(f"{shown(url)}: declares entities of its own, which a feed has no need of; it was not read")


class _SitemapReader:
    _LONGEST = 10_000

    def __init__(self, url: str) -> None:
        self.entries: list[Entry] = []
        self._url = url
        self._path: list[str] = []
        self._known: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(" ")[2].lower())
        if len(self._path) == 2:
            self._known = {}

    def characters(self, text: str) -> None:
        name = self._place()
        if name and len(self._known.get(name, "")) < self._LONGEST:
            self._known[name] = self._known.get(name, "") + text

    def end(self, name: str) -> None:
        entry = self._path.pop()
        if len(self._path) != 1 or entry not in ("url", "sitemap") or len(self.entries) >= MOST_LINKS:
            return
        address = absolute(self._url, storable(self._known.get("loc", "")).partition("#")[0])
        if not address:
            return
        written = self._line("publication_date")
        day = day_of(written)
        link = Link(
            url=address,
            title=self._line("title"),
            published=day,
            outlet=self._line("name"),
            is_list=entry == "sitemap",
            unread_date="" if day else written,
        )
        self.entries.append(Entry(link))

    def refuse(self, *declaration: object) -> None:
        raise entities_refused(self._url)

    def _line(self, name: str) -> str:
        return " ".join(storable(self._known.get(name, "")).split())

    def _place(self) -> str:
        """The name of the kept element we are in: url/loc, url/news/title, ...; not image/loc, video/title."""
        path = self._path[2:]
        if path in (["loc"], ["news", "title"], ["news", "publication_date"], ["news", "publication", "name"]):
            return path[-1]
        return ""
