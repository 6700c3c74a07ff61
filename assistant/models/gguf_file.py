"""The head of a GGUF file: whether it is one, and how much text its model was trained to read at once.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import struct
from pathlib import Path
from typing import BinaryIO

from index.errors import SettingsError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)  # the first wrote its counts in other sizes
_STRING, _ARRAY = 8, 9
_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_MOST_PAIRS = 10_000
_LONGEST_TEXT = 2**24  # bytes; chat templates take some thousand


def trained_context(path: Path) -> int:
    """How many tokens the file's model was trained to read, 0 where it does not tell.

    Raises SettingsError for a path without a file, or a file of another kind.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise SettingsError(f"--llm gguf:{path}: this is no GGUF file; give the model's .gguf file")
            version, _, pairs = struct.unpack("<IQQ", file.read(20))
            if version not in _VERSIONS or pairs > _MOST_PAIRS:
                raise SettingsError(f"--llm gguf:{path}: GGUF of version {version} cannot be read; get a newer file")
            return _context_length(file, pairs)
    except FileNotFoundError as error:
        raise SettingsError(f"--llm gguf:{path}: no such file; give the path of a .gguf file") from error
    except OSError as error:
        raise SettingsError(f"--llm gguf:{path}: cannot be read ({error.strerror})") from error
    except (struct.error, KeyError, ValueError) as error:
        raise SettingsError(f"--llm gguf:{path}: the file is damaged or cut short; get it again") from error


def _context_length(file: BinaryIO, pairs: int) -> int:
    """The value of the pair `ARCHITECTURE.context_length`, which stands before the long lists of a vocabulary."""
    for _ in range(pairs):
        key = _text(file)
        value = _value(file, _number(file, "I"))
        if key.endswith(b".context_length"):
            return int(value) if isinstance(value, int) else 0
    return 0


def _value(file: BinaryIO, kind: int) -> float | None:
    """A number; None for a text or a list, which is passed over."""
    if kind == _STRING:
        _text(file)
    elif kind == _ARRAY:
        inner, length = _number(file, "I"), _number(file, "Q")
        if inner in (_STRING, _ARRAY):
            for _ in range(length):
                _value(file, inner)
        else:
            file.seek(length * struct.calcsize(_FORMATS[inner]), 1)
    else:
        return _number(file, _FORMATS[kind])
    return None


def _text(file: BinaryIO) -> bytes:
    length = _number(file, "Q")
    if length > _LONGEST_TEXT:
        raise ValueError(length)
    text = file.read(length)
    if len(text) < length:
        raise ValueError(length)
    return text


def _number(file: BinaryIO, form: str) -> int:
    size = struct.calcsize(form)
    number: int = struct.unpack(f"<{form}", file.read(size))[0]
    return number
