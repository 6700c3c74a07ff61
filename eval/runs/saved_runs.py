"""Runs in files, to be compared with later."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from index.errors import SourceError


class Savable(Protocol):
    """A run of any kind."""

    def to_json(self) -> dict[str, Any]: ...


def save(run: Savable, file: Path) -> None:
    """Write a run, to be compared with later. Raises SourceError."""
    try:
        file.write_text(json.dumps(run.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise SourceError(f"{file}: cannot be written ({error.strerror}); give another file to --save") from error


@contextmanager
def saved_rows(file: Path) -> Generator[Any, None, None]:
    """The content of a saved run. What is missing, or too much, in it is a SourceError, as is a file not readable."""
    try:
        yield json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror}); --save writes such a file") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{file}: not a saved run ({error!r}); --save writes one") from error
