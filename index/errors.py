"""Everything Byline raises on purpose.

    BylineError                   one clear line for a person; `exit_code` for the command line
    ├── SourceError        (3)    an article source is missing, empty or not text
    │   └── PassedOver     (3)    a part of a source is no article, and left out: no failure
    ├── CollectionError    (4)    the collection cannot be opened, read or written
    │   ├── LockedError    (4)    another process is writing
    │   ├── EmbedderMismatch (4)  the collection was made by another embedder
    │   ├── IndexDamaged     (4)  a search index failed; the catalogue can build it anew
    │   ├── DiskFull         (4)  there is no room left to write what is new
    │   ├── TextDamaged      (4)  the text of an article in the catalogue is damaged
    │   └── IndexUnreachable (4)  a search index is in a server that does not answer
    ├── ArticleNotFound    (3)    no article has this id
    ├── SettingsError      (2)    a setting or argument is wrong
    │   └── FieldError     (2)    a part of a request cannot be read, such as a day
    │       └── UnknownName (2)   no article is from this outlet, or by this author
    └── ModelError         (5)    a language model or embedding model failed

A message says what is wrong, where, and what mends it. Foreign exceptions are translated once, where
they enter, with `raise ... from`.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence


class BylineError(Exception):
    """Base of every error that Byline raises on purpose; `str(error)` is one line for a person."""

    exit_code = 1


class SourceError(BylineError):
    """An article source is missing, empty or not text."""

    exit_code = 3


class PassedOver(SourceError):
    """A part of a source is no article, such as a letter's attachment. It is told, and is no failure."""


class ArticleNotFound(BylineError):
    """No article, or more than one, has the id that was given."""

    exit_code = 3


class CollectionError(BylineError):
    """The collection cannot be opened, read or written."""

    exit_code = 4


class LockedError(CollectionError):
    """Another process is writing to the collection."""


class EmbedderMismatch(CollectionError):
    """The collection's vectors were made by another embedder than the one in the settings."""


class IndexDamaged(CollectionError):
    """A search index cannot be opened, read or written; it can be built anew from the catalogue."""


class DiskFull(CollectionError):
    """There is no room left to write what is new; what was there is still there."""


class TextDamaged(CollectionError):
    """What the catalogue keeps of an article's text is damaged; the article can be added again."""


class IndexUnreachable(CollectionError):
    """A search index is in a server that does not answer; a search can do without."""


class SettingsError(BylineError):
    """A setting or an argument is wrong."""

    exit_code = 2


class FieldError(SettingsError):
    """A part of a request cannot be read. `kind` says which: "question", "as of", "since", "until", "outlet", "author".

    The line does not name it: every interface has a name of its own for it.
    """

    def __init__(self, kind: str, line: str) -> None:
        super().__init__(line)
        self.kind = kind


class UnknownName(FieldError):
    """A search is to look at an outlet or an author that no article has."""


class ModelError(BylineError):
    """A language model or an embedding model could not be loaded or did not answer."""

    exit_code = 5


def one_line(error: BaseException, secrets: Sequence[str] = ()) -> str:
    """Return what `error` says as one line of at most 300 characters, its `secrets` as `***`."""
    text = str(error)
    for secret in secrets:
        text = text.replace(secret, "***")
    return " ".join(text.split())[:300] or type(error).__name__


@contextlib.contextmanager
def foreign(told: Callable[[Exception], BylineError]) -> Iterator[None]:
    """Whatever code from outside raises becomes the error that `told` makes of it; Byline's own go on as they are."""
    try:
        yield
    except BylineError:
        raise
    except Exception as error:  # plug-ins, tokenizers and ONNX Runtime raise what they like
        raise told(error) from error


@contextlib.contextmanager
def as_damage(place: object, kind: str, failures: tuple[type[Exception], ...]) -> Iterator[None]:
    """Raise IndexDamaged for any of the library's `failures` and for a panic of its Rust core."""
    try:
        yield
    except failures as error:
        raise _damaged(place, kind, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # each library has its own, derived from BaseException
            raise
        raise _damaged(place, kind, error) from error


def _damaged(place: object, kind: str, error: BaseException) -> IndexDamaged:
    return IndexDamaged(f"{place}: the {kind} index failed ({' '.join(str(error).split())}); run `byline rebuild`")
