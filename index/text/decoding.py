"""Bytes to text, and text that every part of the collection can take."""

import codecs
import io
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def decoded(data: bytes) -> str | None:
    """The text of bytes, line ends as they are; None where they are none.

    UTF-8 and UTF-16 with a byte-order mark are recognised; what is not UTF-8 is read as Windows-1252, which older
    newsroom systems write.
    """
    encodings = [name for bom, name in _BOMS if data.startswith(bom)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def characters(stream: io.BufferedReader) -> io.TextIOBase:
    """The text of a stream as `decoded` would give it, but read piece by piece, and what is not UTF-8 byte by byte.

    Reading raises UnicodeDecodeError where it begins as UTF-16 and is none.
    """
    start = stream.peek(4)[:4]
    encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
    return io.TextIOWrapper(stream, encoding, "cp1252" if encoding.startswith("utf-8") else "strict", newline="")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252", _as_cp1252)


def is_binary(text: str) -> bool:
    """Whether the text has a NUL, or more control characters in its first part than a text would."""
    start = text[:100_000]
    return "\0" in text or len(_CONTROLS.findall(start)) > 0.01 * max(1, len(start))


def printable(text: str) -> str:
    """The text as one line: an escape for each character that ends a line, steers a terminal, or is none."""
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def storable(text: str) -> str:
    """The text with U+FFFD for each NUL and lone surrogate, which SQLite or the Rust libraries cannot take."""
    return _NO_TEXT.sub("\ufffd", text)


def whole_characters(text: str) -> str:
    """The text with halves of surrogate pairs, which JSON brings and UTF-8 refuses, joined or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
