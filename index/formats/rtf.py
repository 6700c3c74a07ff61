"""Rich text (RTF): its paragraphs, read as a text's."""

import io
from typing import BinaryIO

from index.errors import SourceError
from index.formats.readings import Parsed, ReadOptions
from index.formats.text_files import read_text

LARGEST = 32 * 1024 * 1024  # bytes; a second for each two megabytes


def read(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The article of a rich text file, or all of an archive's export; a headline and dates as read_text has them.

    Raises SourceError where it is another kind of file, too large, or without text.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SourceError(f"{source}: larger than {LARGEST // (1024 * 1024)} MB; split it into smaller files")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise SourceError(f"{source}: empty, or not a rich text file in spite of its name")
    from striprtf.striprtf import rtf_to_text

    # It is ASCII, but for older programs that write the letters of their code page.
    told: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    text = "\n\n".join(line for line in told.splitlines() if line.strip())
    if not text:
        raise SourceError(f"{source}: no text in this file")
    yield from read_text(io.BytesIO(text.encode("utf-8", "replace")), source, options)
