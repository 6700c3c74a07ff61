"""Texts to vectors: the bundled static model, one for all languages, or any LlamaIndex embedding model.

An embedder's `name` is written into the collection that it fills; a name that differs means vectors that
must not be compared. All vectors are float32 rows of length 1, so that a dot product is the cosine; a
text that says nothing to the model gets a row of zeros.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index import plugins
from index.embedders.multilingual import MULTILINGUAL, MultilingualEmbedder
from index.errors import ModelError, foreign, one_line
from index.plugins import ClassSpec

STATIC = "static"
STATIC_MODEL_FOLDER = Path(__file__).parent / "static_model"
# Texts tokenized in one call: enough to keep the tokenizer's threads busy, few enough to stay small.
_BATCH = 256
# A longest English word piece has about this many characters: what lies beyond cannot be among the
# first tokens of ordinary text, and cutting it off first makes a text of a megabyte as cheap as a page.
_CHARACTERS_PER_TOKEN = 8
_BASE = "llama_index.core.base.embeddings.base:BaseEmbedding"
_FORMS = f"'{STATIC}', '{MULTILINGUAL}', or a LlamaIndex embedding as MODULE:CLASS?key=value&key=value"
_MOST = 200_000  # words kept, some 50 MB
_FIRST_WORD = 998  # WordPiece lists single characters first, then words by falling frequency
_RAREST = 30_000
_LONGEST = 100  # letters; a longer word is unknown to WordPiece, not cut into pieces
_SPACE = " \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARK = r"!-/:-@\[-`{-~‘’“”–—…"  # not all punctuation: a word with another mark in it is left to the tokenizer
_WORD = re.compile(f"[{_MARK}]|[^{_SPACE}{_MARK}]+")


class Embedder(Protocol):
    """What the collection asks of an embedding model; raises `ModelError` when the model fails.

    One that has an attribute `unrelated` tells the cosine of two texts that have nothing in common, which counts as 0;
    one that has a `weight`, what a cosine of 1 adds to a passage's score (see `index.search.ranking.Weights`); words
    count then by the share of the query's that a passage has.
    """

    @property
    def name(self) -> str:
        """A fingerprint: differs whenever the vectors would differ."""

    @property
    def dimensions(self) -> int:
        """The length d of every vector."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), d), each row of length 1 or zero."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return an array (d,) of length 1 or zero."""


def open_embedder(spec: str) -> Embedder:
    """Return the embedder that `spec` names: `static`, `multilingual`, a plug-in's, or `MODULE:CLASS?key=value`.

    A LlamaIndex class is imported only when it is first asked for vectors.

    Raises:
        SettingsError: `spec` has neither form.
        ModelError: the static model's files are missing or damaged, or a plug-in cannot be used.
    """
    if spec in _OWN:
        return _OWN[spec]()
    if plugins.offers(plugins.EMBEDDERS, spec):
        found: Embedder = plugins.made(plugins.EMBEDDERS, spec, needs="embed_passages")
        return found
    return LlamaIndexEmbedder(spec)


class StaticEmbedder:
    """The mean of fixed token vectors, from the model in `static_model/` (its README.md says how made).

    Only the first 512 tokens of a text count, sought in its first 4,096 characters: far more than a
    passage has. Unknown tokens are left out. model2vec's `StaticModel` gives the same vectors; reading
    the files directly saves the time of importing it.

    Raises:
        ModelError: a file of the model is missing, or does not fit the others.
    """

    def __init__(self, folder: Path = STATIC_MODEL_FOLDER) -> None:
        # The tokenizers library raises plain Exception for a file that it cannot read.
        with foreign(lambda error: _damaged(folder, one_line(error))):
            self._vectors: NDArray[np.int8] = load_file(folder / "model.safetensors")["embeddings"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            config = json.loads((folder / "config.json").read_bytes())
            self._max_tokens: int = config["max_length"]
            self.name = _fingerprint(folder, self._vectors.shape[1])
        expected = (self._tokenizer.get_vocab_size(), config.get("hidden_dim"))
        if self._vectors.shape != expected or self._vectors.dtype != np.int8:
            raise _damaged(folder, f"vectors {self._vectors.dtype} {self._vectors.shape}, not int8 {expected}")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._max_tokens)
        self._pieces = WordPieces(self._tokenizer, self._max_tokens)

    @property
    def dimensions(self) -> int:
        """The length of every vector."""
        return int(self._vectors.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), dimensions), each row of length 1, or zero without known tokens."""
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            for row, tokens in enumerate(self._tokens(texts[start : start + _BATCH]), start):
                # Sums of integers are exact: the order of the tokens' addition cannot change a vector.
                sums[row] = self._vectors.take(tokens, axis=0).sum(axis=0, dtype=np.int32)
        return _unit_rows(sums)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return an array (dimensions,): a question is read as a passage is."""
        row: NDArray[np.float32] = self.embed_passages([text])[0]
        return row

    def embed_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(words), dimensions) as `embed_passages` does, of words in small letters.

        A word that the vocabulary does not hold whole gets a row of zeros: cutting it into pieces takes long.
        """
        tokens = [self._tokenizer.token_to_id(_encodable(word)) for word in words]
        rows = self._vectors.take(np.array([token or 0 for token in tokens], np.intp), axis=0).astype(np.float32)
        rows[[token is None for token in tokens]] = 0
        return _unit_rows(rows)

    def _tokens(self, texts: Sequence[str]) -> list[NDArray[np.intp]]:
        limit = self._max_tokens * _CHARACTERS_PER_TOKEN
        return self._pieces.ids([_encodable(text[:limit]) for text in texts])


@cache
def static_embedder() -> StaticEmbedder:
    """The static model, opened once for all who ask for it. Raises ModelError."""
    return StaticEmbedder()


class LlamaIndexEmbedder:
    """Any LlamaIndex `BaseEmbedding`, named by a spec `MODULE:CLASS?key=value&key=value`.

    For example `llama_index.embeddings.ollama:OllamaEmbedding?model_name=nomic-embed-text`. Each value is
    read as JSON where it is JSON, else as text; `%26` stands for `&` and so on, as in an address. The
    module is imported and the class called at the first need of a vector. `name` is the spec with the
    values of keys such as `api_key` masked. Blank texts are not sent to the model: their rows are zero.

    Raises:
        SettingsError: the spec is malformed, or names no LlamaIndex embedding class.
        ModelError: the package is not installed, or the model fails; one line that names the spec.
    """

    def __init__(self, spec: str) -> None:
        self._spec = ClassSpec(spec, "embedder", _FORMS)
        self.name = self._spec.name

    @cached_property
    def dimensions(self) -> int:
        """The length of every vector, found by embedding one word."""
        return int(self._ask("get_query_embedding", "news", ndim=1).shape[-1])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), dimensions), each row of length 1, or zero for a blank text."""
        full = [row for row, text in enumerate(texts) if text.strip()]
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if full:
            answer = self._ask("get_text_embedding_batch", [_encodable(texts[row]) for row in full], ndim=2)
            self._check_shape(answer, (len(full), self.dimensions))
            rows[full] = answer
        return _unit_rows(rows)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return an array (dimensions,) of length 1, or zero for a blank text."""
        if not text.strip():
            return np.zeros(self.dimensions, dtype=np.float32)
        answer = self._ask("get_query_embedding", _encodable(text), ndim=1)
        self._check_shape(answer, (self.dimensions,))
        row: NDArray[np.float32] = _unit_rows(answer[None])[0]
        return row

    def _ask(self, method: str, texts: str | list[str], ndim: int) -> NDArray[np.float32]:
        """Call the model; whatever it raises or answers wrongly becomes one `ModelError`."""
        told, hint = f"embedder '{self.name}' failed", "check its settings and that its server runs"
        with foreign(lambda error: ModelError(f"{told} ({self._spec.reason(error)}); {hint}")):
            answer = np.asarray(getattr(self._model, method)(texts), dtype=np.float32)
        if answer.ndim != ndim or not answer.size or not np.isfinite(answer).all():
            raise ModelError(f"embedder '{self.name}' did not return finite vectors; choose another model")
        return answer

    def _check_shape(self, answer: NDArray[np.float32], expected: tuple[int, ...]) -> None:
        if answer.shape != expected:
            found = f"vectors of shape {answer.shape} instead of {expected}"
            raise ModelError(f"embedder '{self.name}' returned {found}; choose another model")

    @cached_property
    def _model(self) -> Any:
        return self._spec.make(_BASE, "LlamaIndex embedding")


_OWN: Mapping[str, Callable[[], Embedder]] = {STATIC: static_embedder, MULTILINGUAL: MultilingualEmbedder}


@lru_cache(1 << 16)
def word_rank(word: str) -> int:
    """About the word's rank by frequency, from 1 (the) to 30,000 (not in the vocabulary as one piece)."""
    small = word.lower()
    if small.isascii() and small.isalpha():
        if (whole := _tokenizer().token_to_id(small)) is not None:
            return max(1, whole - _FIRST_WORD)
        if len(small) <= _LONGEST:
            return _RAREST
    tokens = _tokenizer().encode(small.encode("utf-8", "replace").decode(), add_special_tokens=False).ids
    if len(tokens) != 1:
        return _RAREST
    return max(1, int(tokens[0]) - _FIRST_WORD)


class WordPieces:
    """A lookup in front of a BERT tokenizer. Pieces that it does not know are left out."""

    def __init__(self, tokenizer: Tokenizer, most: int) -> None:
        self._tokenizer = tokenizer
        self._most = most
        self._unknown: int | None = tokenizer.token_to_id("[UNK]")
        added = tokenizer.get_added_tokens_decoder().values()
        self._added = re.compile("|".join(re.escape(token.content) for token in added) or r"(?!)")
        self._known: dict[str, list[int]] = {}

    def ids(self, texts: Sequence[str]) -> list[NDArray[np.intp]]:
        """For each text the ids of its known pieces, among the first `most` of all."""
        # A text that spells out a token such as [MASK] is taken as one word.
        words = [[text] if self._added.search(text) else _WORD.findall(text) for text in texts]
        known = self._with(set(chain.from_iterable(words)))
        pieces = (np.array(list(chain.from_iterable(map(known.__getitem__, each))), np.intp) for each in words)
        return [each[each != self._unknown] for each in (found[: self._most] for found in pieces)]

    def _with(self, words: set[str]) -> dict[str, list[int]]:
        new = [word for word in words if word not in self._known]
        if len(self._known) + len(new) > _MOST:
            self._known, new = {}, list(words)
        encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        self._known.update(zip(new, (encoding.ids for encoding in encodings), strict=True))
        return self._known


def _fingerprint(folder: Path, dimensions: int) -> str:
    """Name the model after the recorded checksums of the files that decide its vectors."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: checksum for checksum, name in (line.split() for line in lines)}
    deciding = "".join(sums[name] for name in ("config.json", "model.safetensors", "tokenizer.json"))
    return f"static-minilm-{dimensions}-{hashlib.sha256(deciding.encode()).hexdigest()[:8]}"


def _damaged(folder: Path, reason: str) -> ModelError:
    return ModelError(f"the static embedding model in {folder} is damaged ({reason}); install Byline again")


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale the rows (n, d) to length 1; zero rows stay zero."""
    # In double precision, and by the largest entry first: squares neither overflow nor vanish.
    largest = np.abs(rows).max(axis=1, keepdims=True, initial=0).astype(np.float64)
    scaled = rows / np.where(largest > 0, largest, 1)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (scaled / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def _encodable(text: str) -> str:
    """Return `text` with lone surrogates, which JSON can carry and UTF-8 cannot, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(STATIC_MODEL_FOLDER / "tokenizer.json"))
