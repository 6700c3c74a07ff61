"""Lines of text of any length, none of them held whole beyond a limit."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError

MAX_LINE_BYTES = 20 * 1024 * 1024
MAX_UTF16_BYTES = 64 * 1024 * 1024  # UTF-16 is not read line by line


def lines(stream: BinaryIO, source: str) -> Iterator[tuple[int, str | None]]:
    """Number and text of each line; None for one that is too long, which is skipped without being held whole."""
    number, utf16 = 0, None
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                utf16 = line + stream.read(MAX_UTF16_BYTES + 1)
                break
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1024 * 1024)
            yield number, None
        else:
            yield number, _decode_line(line)
    if utf16:
        yield from _utf16_lines(utf16, source)


def _decode_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")  # older newsroom systems


def _utf16_lines(data: bytes, source: str) -> Iterator[tuple[int, str | None]]:
    if len(data) > MAX_UTF16_BYTES:
        raise SourceError(f"{source}: UTF-16 of more than {megabytes(MAX_UTF16_BYTES)}; save it as UTF-8")
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SourceError(f"{source}: not a text file (broken UTF-16)") from error
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        yield number, line if len(line) <= MAX_LINE_BYTES else None


def too_long(source: str, place: str) -> SourceError:
    """What is said of a line that is skipped."""
    return SourceError(f"{source}: {place}: longer than {megabytes(MAX_LINE_BYTES)}, skipped")


def megabytes(size: int) -> str:
    """A limit, as a message shows it."""
    return f"{size // (1024 * 1024)} MB" if size >= 1024 * 1024 else f"{size} bytes"
