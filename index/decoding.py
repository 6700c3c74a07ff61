"""Bytes of a file to text, or one line that says why they are not text."""

import codecs
import re
import stat
import unicodedata
from pathlib import Path

from index.errors import SourceError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+FFFD for each NUL and lone surrogate, which SQLite or the Rust libraries cannot take."""
    return _NO_TEXT.sub("\ufffd", text)


def read_text(path: Path) -> str:
    """The text of a file, line ends as they are.

    UTF-8 and UTF-16 with a byte-order mark are recognised; what is not UTF-8 is read as Windows-1252, which
    older newsroom systems write, as long as the result looks like text.

    Raises SourceError where the file is unreadable, empty or binary.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(f"{path}: not a regular file")  # a pipe would be read for ever
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from error
    if not data.strip():
        raise SourceError(f"{path}: the file is empty")
    text = _decode(data)
    if text is None or "\0" in text or _share_of_controls(text) > 0.01:
        raise SourceError(f"{path}: not a text file (binary content); save the article as UTF-8 text")
    return text


def _decode(data: bytes) -> str | None:
    encodings = [name for bom, name in _BOMS if data.startswith(bom)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _share_of_controls(text: str) -> float:
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v\x85" for c in text[:100_000])
    return controls / max(1, min(len(text), 100_000))
