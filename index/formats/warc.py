"""WARC: what crawlers and web archives keep; each page that a server answered with is an article."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.errors import SourceError
from index.formats.html import LARGEST_PAGE, page_to_reading
from index.formats.readings import Parsed, Reading, ReadOptions

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord


class _CutOff(SourceError):
    """The file ends in the middle of a record."""


_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of each page that was answered with 200, with its address; a SourceError for each that has none.

    Raises SourceError where the file is no WARC, is damaged or cut off, or holds no page. What came before is read.
    """
    count = 0
    for record in _records(stream, source):
        if _is_page(record):
            count += 1
            yield _article(record, source, count)
    if not count:
        raise SourceError(f"{source}: no pages in this WARC file (no response of HTML with status 200)")


def _records(stream: BinaryIO, source: str) -> Iterator["ArcWarcRecord"]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    watched = _Watched(stream)
    try:
        for record in ArchiveIterator(watched):
            yield record
            _check_end(record, source)
        if not watched.last.endswith(b"\n"):  # as the last record does
            raise _CutOff(f"{source}: cut off in the head of a record")
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, TypeError) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise SourceError(f"{source}: empty, cut off, or not a WARC file ({reason})") from error


class _Watched:
    """A stream that remembers the last bytes that were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.last = b"\n"

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.last = data[-4:] or self.last
        return data


def _check_end(record: "ArcWarcRecord", source: str) -> None:
    """Raises SourceError where the file ends before the record does, by the length that the record states."""
    while record.raw_stream.read(1024 * 1024):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        address = (record.rec_headers.get_header("WARC-Target-URI") or "")[:500]
        raise _CutOff(f"{source}: cut off in the record of {address or 'an unknown address'}")


def _is_page(record: "ArcWarcRecord") -> bool:
    if record.rec_type == "resource":
        return (record.rec_headers.get_header("Content-Type") or "").lower().startswith(_PAGES)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.lower().strip().startswith(_PAGES)


def _article(record: "ArcWarcRecord", source: str, count: int) -> Reading | SourceError:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")[:2000]
    headers = record.http_headers or record.rec_headers
    place = f"{source}#{address or count}"
    try:
        data = record.content_stream().read(LARGEST_PAGE + 1)
        _check_end(record, source)
        kind = headers.get_header("Content-Type") or ""
        return page_to_reading(data, source=place, url=address, content_type=kind)
    except _CutOff:
        raise
    except SourceError as error:
        return error
    except (ValueError, EOFError, OSError) as error:
        return SourceError(f"{place}: the page's data are damaged ({type(error).__name__})")
