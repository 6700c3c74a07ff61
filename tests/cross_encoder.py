"""A small cross-encoder as a folder: a real ONNX graph and a real tokenizer, made here."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = "the a of in ferry bridge harbour permits export suspended canada council late mayor drones talks".split()


def write_cross_encoder(
    folder: Path,
    place: str = "model.onnx",
    classes: int = 1,
    kind: int = TensorProto.INT64,
    most_tokens: int | None = None,
) -> Path:
    """A folder whose model scores a pair by how often its passage says a word of its query.

    With two classes the logits are (0, score).
    """
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(overlap_model(classes, kind), folder / place)
    word_tokenizer().save(str(folder / "tokenizer.json"))
    if most_tokens:
        (folder / "config.json").write_text(json.dumps({"max_position_embeddings": most_tokens}))
    return folder


def word_tokenizer(words: Sequence[str] = WORDS) -> Tokenizer:
    vocabulary = {word: key for key, word in enumerate([*SPECIAL, *words])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return tokenizer


def overlap_model(classes: int = 1, kind: int = TensorProto.INT64) -> onnx.ModelProto:
    """score = the pairs (query token, passage token) that are equal and known words; padding never counts."""
    number = helper.tensor_dtype_to_np_dtype(kind)
    steps = [
        ("Greater", ["input_ids", "last_special"], "is_word"),
        ("Cast", ["attention_mask"], "mask", {"to": TensorProto.BOOL}),
        ("Cast", ["token_type_ids"], "in_passage", {"to": TensorProto.BOOL}),
        ("Not", ["in_passage"], "in_query"),
        ("And", ["is_word", "mask"], "counts"),
        ("And", ["counts", "in_query"], "query_word"),
        ("And", ["counts", "in_passage"], "passage_word"),
        ("Unsqueeze", ["query_word", "axis_2"], "query_column"),
        ("Unsqueeze", ["passage_word", "axis_1"], "passage_row"),
        ("Unsqueeze", ["input_ids", "axis_2"], "ids_column"),
        ("Unsqueeze", ["input_ids", "axis_1"], "ids_row"),
        ("Equal", ["ids_column", "ids_row"], "equal"),
        ("And", ["query_column", "passage_row"], "both"),
        ("And", ["equal", "both"], "hits"),
        ("Cast", ["hits"], "hits_float", {"to": TensorProto.FLOAT}),
        ("ReduceSum", ["hits_float", "axes_12"], "sums", {"keepdims": 0}),
        ("Unsqueeze", ["sums", "axis_1"], "column"),
        ("Mul", ["column", "heads"], "logits"),
    ]
    constants = {
        "last_special": np.array(len(SPECIAL) - 1, number),
        "axis_1": np.array([1], np.int64),
        "axis_2": np.array([2], np.int64),
        "axes_12": np.array([1, 2], np.int64),
        "heads": np.array([[0.0] * (classes - 1) + [1.0]], np.float32),
    }
    inputs = {name: (kind, ["batch", "length"]) for name in ("input_ids", "attention_mask", "token_type_ids")}
    return model_of(steps, constants, inputs, {"logits": (TensorProto.FLOAT, ["batch", classes])})


def endless_model(word: str) -> onnx.ModelProto:
    """The same model, but it does not come to an end where the word stands in a pair."""
    model = overlap_model()
    body = helper.make_graph(
        [helper.make_node("Identity", ["go_on"], ["goes_on"]), helper.make_node("Add", ["sum", "one"], ["next_sum"])],
        "body",
        [
            helper.make_tensor_value_info("round", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sum", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("goes_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next_sum", TensorProto.FLOAT, []),
        ],
    )
    constants = {
        "slow_word": np.array(word_tokenizer().token_to_id(word), np.int64),
        "rounds": np.array(10**15, np.int64),
        "always": np.array(True),
        "one": np.array(1, np.float32),
        "none": np.array(0, np.float32),
    }
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    model.graph.node[-1].output[0] = "quick_logits"
    model.graph.node.extend(
        [
            helper.make_node("Equal", ["input_ids", "slow_word"], ["is_slow"]),
            helper.make_node("Cast", ["is_slow"], ["slow_numbers"], to=TensorProto.INT64),
            helper.make_node("ReduceMax", ["slow_numbers"], ["slow"], keepdims=0),
            helper.make_node("Mul", ["slow", "rounds"], ["trips"]),
            helper.make_node("Loop", ["trips", "always", "none"], ["looped"], body=body),
            helper.make_node("Mul", ["looped", "none"], ["nothing"]),
            helper.make_node("Add", ["quick_logits", "nothing"], ["logits"]),
        ]
    )
    return model


def model_of(
    steps: Sequence[tuple[Any, ...]],
    constants: dict[str, np.ndarray[Any, Any]],
    inputs: dict[str, tuple[int, list[Any]]],
    outputs: dict[str, tuple[int, list[Any]]],
) -> onnx.ModelProto:
    """A model of steps (operator, inputs, output, attributes)."""
    nodes = [helper.make_node(one[0], one[1], [one[2]], **(one[3] if len(one) > 3 else {})) for one in steps]
    graph = helper.make_graph(
        nodes,
        "made-for-tests",
        [helper.make_tensor_value_info(name, *about) for name, about in inputs.items()],
        [helper.make_tensor_value_info(name, *about) for name, about in outputs.items()],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
