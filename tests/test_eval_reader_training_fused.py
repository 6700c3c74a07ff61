"""Attention as the export writes it, and as one operator of ONNX Runtime, say the same."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from eval.training.fused_attention import fused

WIDTH, HEADS = 384, 12


def one_layer(last: str = "/layers.0/Reshape_1_output_0") -> onnx.ModelProto:
    """The attention of the first layer, with the names that torch's export gives; the mask makes no difference."""
    mixed, parts = "/layers.0/mixed/Add_output_0", ("query", "key", "value")
    nodes = [
        helper.make_node("Identity", ["states"], [mixed]),
        helper.make_node("Reshape", [mixed, "five"], ["heads"], name="/layers.0/Reshape"),
        helper.make_node("Transpose", ["heads"], ["turned"], perm=[2, 0, 3, 1, 4]),
        *(helper.make_node("Gather", ["turned", f"at {part}"], [part]) for part in parts),
        helper.make_node("Transpose", ["key"], ["keys"], perm=[0, 1, 3, 2]),
        helper.make_node("MatMul", ["query", "keys"], ["products"]),
        helper.make_node("Mul", ["products", "scale"], ["nearness"]),
        helper.make_node("Mul", ["mask", "nothing"], ["unseen"]),
        helper.make_node("Add", ["nearness", "unseen"], ["masked"]),
        helper.make_node("Softmax", ["masked"], ["shares"], axis=-1),
        helper.make_node("MatMul", ["shares", "value"], ["read"]),
        helper.make_node("Transpose", ["read"], ["back"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["back", "three"], [last], name="/layers.0/Reshape_1"),
        helper.make_node("Identity", [last], ["out"]),
    ]
    numbers = {
        "five": np.array([1, -1, 3, HEADS, WIDTH // HEADS]),
        "three": np.array([1, -1, WIDTH]),
        "scale": np.array((WIDTH // HEADS) ** -0.5, np.float32),
        "nothing": np.array(0, np.float32),
        **{f"at {part}": np.array(place) for place, part in enumerate(parts)},
    }
    graph = helper.make_graph(
        nodes,
        "one layer",
        [
            helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "length", 3 * WIDTH]),
            helper.make_tensor_value_info("mask", TensorProto.FLOAT, [1]),
        ],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, "length", WIDTH])],
        [numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def test_the_fused_network_says_the_same_without_a_mask() -> None:
    states = np.random.default_rng(1).normal(size=(1, 21, 3 * WIDTH)).astype(np.float32)
    plain, made = (onnxruntime.InferenceSession(one.SerializeToString()) for one in (one_layer(), fused(one_layer())))
    (expected,) = plain.run(None, {"states": states, "mask": np.ones(1, np.float32)})
    (got,) = made.run(None, {"states": states})
    assert np.abs(expected - got).max() < 1e-5
    assert np.ptp(expected) > 0.1


def test_a_network_that_is_not_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="layer 0: nothing gives"):
        fused(one_layer(last="elsewhere"))
