"""Rerankers that run here, by ONNX Runtime: Byline's own span model, and a cross-encoder from a folder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.errors import ModelError, foreign, one_line
from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading
from index.span_model.span_reader import FATAL, SpanReader, session_options, shared_span_reader
from index.text.decoding import storable
from index.text.passages import titled

DEPTH = 6  # passages, each some fifty milliseconds of a core: to read more of them changed no figure on news
LOGIT_WEIGHT = 0.06  # of the score; words, vectors and recency together weigh 1.05

_MODELS = ("model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx")
_MOST_TOKENS = 512  # of query and passage together
_CHARACTERS_PER_TOKEN = 8  # what lies beyond is cut off before the tokenizer reads it
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_TRIAL = [("ferry", "the ferry was late"), ("ferry", "news")]  # of two lengths
_FILLED = {
    "input_ids": lambda encoding: encoding.ids,
    "attention_mask": lambda encoding: encoding.attention_mask,
    "token_type_ids": lambda encoding: encoding.type_ids,
}


class OwnReranker:
    """Reads the passages; what was read goes on to the assistant. Scores are log odds that the answer stands there.

    Raises:
        ModelError: the model's files are missing or damaged.
    """

    name = "reader"
    batch_size = 4  # on two cores two rounds, then one; on four one, then another
    depth = DEPTH

    def __init__(self, reader: SpanReader | None = None) -> None:
        self._reader = reader or shared_span_reader()
        self.turn = self._reader.turn

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        """One logit for each passage."""
        return [self.score(one) for one in self.readings(query, passages)]

    def addends(self, scores: Sequence[float]) -> list[float]:
        """By how much each is above the lowest."""
        return [LOGIT_WEIGHT * (score - min(scores)) for score in scores]

    def readings(self, query: str, passages: Sequence[Retrieved]) -> list[PassageReading]:
        """What the model makes of each passage with its title."""
        return self._reader.read(query, [(one.article.title, one.passage.text) for one in passages])

    def score(self, reading: PassageReading) -> float:
        """That of relevance, which orders news better than that of all spans together."""
        return reading.relevance


class OnnxReranker:
    """Scores (query, title and passage) by the model's logit; of two classes, by how far the second is ahead.

    The folder holds `tokenizer.json` and one of `model.onnx`, `onnx/model.onnx` and `onnx/model_quantized.onnx`. Pairs
    are cut to the length that `config.json` and `tokenizer_config.json` tell, 512 tokens at most.

    Raises:
        ModelError: a file is missing or damaged, or the model is no cross-encoder.
    """

    batch_size = 8

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._run_options = onnxruntime.RunOptions()
        self._run_options.log_severity_level = FATAL
        model = next((path for name in _MODELS if (path := folder / name).is_file()), None)
        if model is None:
            raise self._unusable(f"none of {', '.join(_MODELS)} is there")
        if not (folder / "tokenizer.json").is_file():
            raise self._unusable("tokenizer.json is not there")
        # tokenizers and ONNX Runtime raise what they like for a file that they cannot read.
        with foreign(lambda error: self._unusable(one_line(error))):
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._most_tokens = _most_tokens(folder, self._tokenizer)
            _prepare(self._tokenizer, self._most_tokens)
            self._session = onnxruntime.InferenceSession(
                str(model), session_options(), providers=["CPUExecutionProvider"]
            )
        self._check_inputs()
        with foreign(lambda error: self._unusable(one_line(error))):
            self._logits(_TRIAL)

    def scores(self, query: str, passages: Sequence[Retrieved]) -> list[float]:
        """One logit for each passage."""
        limit = self._most_tokens * _CHARACTERS_PER_TOKEN
        query = storable(query)[:limit]
        pairs = [(query, storable(titled(one.article, one.passage))[:limit]) for one in passages]
        scores: list[float] = []
        for at in range(0, len(pairs), self.batch_size):
            scores += self._logits(pairs[at : at + self.batch_size]).tolist()
        return scores

    def close(self) -> None:
        """Break off what is being scored: a thread that is in native code when the process ends would crash it."""
        self._run_options.terminate = True

    def _logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        encoded = self._tokenizer.encode_batch(list(pairs))
        inputs = {one.name: _input(one.name, encoded, _TYPES[one.type]) for one in self._session.get_inputs()}
        outputs = [one.name for one in self._session.get_outputs()]
        output = self._session.run(["logits" if "logits" in outputs else outputs[0]], inputs, self._run_options)[0]
        logits = np.asarray(output, np.float64)
        if logits.shape in ((len(pairs),), (len(pairs), 1)):
            return logits.reshape(-1)
        if logits.shape == (len(pairs), 2):
            return np.asarray(logits[:, 1] - logits[:, 0], np.float64)
        raise ValueError(f"it gives numbers of shape {logits.shape} for {len(pairs)} pairs, not one or two for each")

    def _check_inputs(self) -> None:
        wanted = {one.name: one.type for one in self._session.get_inputs()}
        unknown = [name for name, kind in wanted.items() if name not in _FILLED or kind not in _TYPES]
        if unknown or "input_ids" not in wanted:
            raise self._unusable(f"it takes {', '.join(wanted) or 'nothing'}, not {', '.join(_FILLED)}")

    def _unusable(self, why: str) -> ModelError:
        return ModelError(
            f"reranker '{self.name}' cannot be used ({why}); give the folder of a cross-encoder that was exported to "
            "ONNX for sequence classification, with its tokenizer.json"
        )


def _input(name: str, encoded: Sequence[Encoding], kind: type) -> NDArray[Any]:
    return np.array([_FILLED[name](one) for one in encoded], kind)


def _prepare(tokenizer: Tokenizer, most_tokens: int) -> None:
    """Let it cut pairs, the longer text first, and fill up the shorter pairs of a batch."""
    tokenizer.enable_truncation(most_tokens, strategy="longest_first")
    padding = tokenizer.padding or {}
    known = (padding.get("pad_token"), "[PAD]", "<pad>")
    token = next((one for one in known if one and tokenizer.token_to_id(one) is not None), "")
    tokenizer.enable_padding(
        direction=padding.get("direction", "right"),
        pad_id=tokenizer.token_to_id(token) or 0,
        pad_type_id=padding.get("pad_type_id", 0),
        pad_token=token or "[PAD]",
    )


def _most_tokens(folder: Path, tokenizer: Tokenizer) -> int:
    """The least that any file tells; what the tokenizer was cut to while it was trained counts only without those."""
    told = [
        json.loads((folder / file).read_bytes()).get(name)
        for file, name in (("config.json", "max_position_embeddings"), ("tokenizer_config.json", "model_max_length"))
        if (folder / file).is_file()
    ]
    lengths = [int(one) for one in told if isinstance(one, int | float) and one >= 1]
    if not lengths and tokenizer.truncation:
        lengths = [int(tokenizer.truncation["max_length"])]
    return min([*lengths, _MOST_TOKENS])
