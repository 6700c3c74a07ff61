"""Compressed bytes, unpacked no further than a limit."""

import zlib
from collections.abc import Iterator

_STEP = 65_536
_SLICE = 4_096  # zlib copies what it leaves over: of a long input, with each of its members, once more
_GZIP_OR_ZLIB = 47  # zlib's number for: 32 KB window, tell gzip and zlib apart by the header


class TooLarge(Exception):
    """More bytes than were allowed; `begun` are those that came until then."""

    def __init__(self, begun: bytearray) -> None:
        super().__init__()
        self.begun = bytes(begun)


class Damaged(Exception):
    """The bytes are not what they are said to be, or end too early."""


def inflated(chunks: Iterator[bytes], limit: int) -> bytes:
    """All members of a gzip (or zlib) stream as one. Raises TooLarge above `limit` bytes, Damaged if it is broken."""
    whole = bytearray()
    member = zlib.decompressobj(_GZIP_OR_ZLIB)
    begun = False
    for waiting in _slices(chunks):
        while waiting:
            if member.eof:
                if not waiting.strip(b"\0"):
                    break  # padding after the last member
                member = zlib.decompressobj(_GZIP_OR_ZLIB)
            begun = True
            try:
                whole += member.decompress(waiting, _STEP)
            except zlib.error as error:
                raise Damaged from error
            if len(whole) > limit:
                raise TooLarge(whole)
            waiting = member.unused_data if member.eof else member.unconsumed_tail
    if begun and not member.eof:
        whole += member.flush()
        if not member.eof:
            raise Damaged
    return bytes(whole)


def collected(chunks: Iterator[bytes], limit: int) -> bytes:
    """The chunks as one. Raises TooLarge above `limit` bytes."""
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > limit:
            raise TooLarge(whole)
    return bytes(whole)


def _slices(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), _SLICE):
            yield chunk[at : at + _SLICE]
