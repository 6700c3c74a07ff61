"""LlamaIndex's own node postprocessors, and one made here, as rerankers."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from index.errors import ModelError, SettingsError
from index.rerankers import open_reranker
from index.rerankers.postprocessor import PostprocessorReranker
from index.search.result import Retrieved
from tests.retrieved import ranked

CORE = "llama_index.core.postprocessor"
FOUR = ranked(["a", "b", "c", "d"], top=0.9, step=0.1)  # 0.9, 0.8, 0.7, 0.6


def scores(spec: str, passages: Sequence[Retrieved] = FOUR) -> list[float]:
    reranker = open_reranker(spec)
    assert isinstance(reranker, PostprocessorReranker)
    return reranker.scores("query", passages)


def test_what_is_dropped_comes_last() -> None:
    """By a whole range of the scores that are kept: 0.9 to 0.7."""
    assert scores(f"{CORE}:SimilarityPostprocessor?similarity_cutoff=0.65") == pytest.approx([0.9, 0.8, 0.7, 0.5])


def test_when_all_is_dropped_nothing_is_said() -> None:
    assert scores(f"{CORE}:SimilarityPostprocessor?similarity_cutoff=2") == [0.0] * 4
    assert scores(f"{CORE}:SimilarityPostprocessor", []) == []


def test_an_order_counts_where_the_scores_do_not_fall() -> None:
    """LongContextReorder puts the best at the two ends and leaves the scores."""
    from llama_index.core.postprocessor import LongContextReorder
    from llama_index.core.schema import NodeWithScore, TextNode

    nodes = [NodeWithScore(node=TextNode(id_=one.passage.text, text="x"), score=one.score) for one in FOUR]
    order = [node.node_id for node in LongContextReorder().postprocess_nodes(nodes)]
    found = scores(f"{CORE}:LongContextReorder")
    assert sorted("abcd", key=lambda text: -found["abcd".index(text)]) == order
    assert order != list("abcd")


def test_it_gets_the_nodes_of_the_retriever_and_the_query(made: "Made") -> None:
    assert scores(made.spec("label=x&top=3")) == [0.0, -1.0, -2.0, -3.0]
    assert made.arguments == {"label": "x", "top": 3}
    assert made.query == "query"
    assert [(node.node_id, node.text, node.score) for node in made.nodes] == [
        (f"id-{one.passage.text}:0-1", one.passage.text, one.score) for one in FOUR
    ]
    assert made.nodes[0].node.metadata["published"] == "2026-05-01"


def test_scores_of_its_own_count_where_they_fall(made: "Made") -> None:
    made.answer = lambda nodes: [scored(nodes[2], 8.0), scored(nodes[0], 5.0), scored(nodes[1], -2.0)]
    assert scores(made.spec()) == [5.0, -2.0, 8.0, -12.0]


def test_nodes_that_came_twice_or_from_elsewhere(made: "Made") -> None:
    from llama_index.core.schema import NodeWithScore, TextNode

    foreign = NodeWithScore(node=TextNode(id_="x", text="x"), score=None)
    made.answer = lambda nodes: [scored(nodes[3], None), foreign, nodes[0], scored(nodes[3], None)]
    assert scores(made.spec()) == [-1.0, -2.0, -2.0, 0.0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda nodes: 1 / 0, "division by zero"),
        (lambda nodes: None, "NoneType"),
        (lambda nodes: [scored(nodes[0], float("nan"))], "no finite number"),
    ],
)
def test_a_failure_is_one_line(made: "Made", answer: Any, said: str) -> None:
    made.answer = answer
    with pytest.raises(ModelError, match=said) as caught:
        scores(made.spec("api_key=hidden"))
    assert f"reranker '{made.module}:MadePostprocessor?api_key=***' failed (" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match="uv add llama-index-postprocessor-no-such-maker"):
        open_reranker("llama_index.postprocessor.no_such_maker:Rerank?top_n=5")


def test_a_class_that_refuses_its_settings() -> None:
    with pytest.raises(ModelError, match=r"reranker '.*' cannot start .* check the key=value settings"):
        open_reranker(f"{CORE}:SimilarityPostprocessor?similarity_cutoff=much")


def test_a_class_that_is_no_postprocessor() -> None:
    with pytest.raises(SettingsError, match="is no LlamaIndex node postprocessor: give reader, none, the folder"):
        open_reranker("json:JSONDecoder")


@pytest.mark.parametrize("spec", ["no/such/folder", "a:b:c", "module:", "a b", "flashrank?api_key=hidden"])
def test_what_names_nothing_tells_the_forms(spec: str) -> None:
    with pytest.raises(
        SettingsError, match="no such folder; give reader, none, the folder of a cross-encoder"
    ) as caught:
        open_reranker(spec)
    assert "hidden" not in str(caught.value)


def test_an_empty_spec_is_none() -> None:
    assert open_reranker("") is None


def scored(node: Any, score: float | None) -> Any:
    from llama_index.core.schema import NodeWithScore

    return NodeWithScore(node=node.node, score=score)


class Made:
    """A postprocessor class in a module of its own, and what it was given."""

    module = "byline_made_postprocessor"

    def __init__(self) -> None:
        self.arguments: dict[str, object] = {}
        self.nodes: list[Any] = []
        self.query = ""
        self.answer: Any = lambda nodes: [scored(node, None) for node in nodes]

    def spec(self, query: str = "") -> str:
        return f"{self.module}:MadePostprocessor" + (f"?{query}" if query else "")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Install a module with a real postprocessor that answers from, and records to, the `Made` returned."""
    from llama_index.core.postprocessor.types import BaseNodePostprocessor

    record = Made()

    class MadePostprocessor(BaseNodePostprocessor):
        def __init__(self, **arguments: object) -> None:
            super().__init__()
            record.arguments = arguments

        def _postprocess_nodes(self, nodes: list[Any], query_bundle: Any = None) -> list[Any]:
            record.nodes, record.query = nodes, query_bundle.query_str
            answer: list[Any] = record.answer(nodes)
            return answer

    module = ModuleType(Made.module)
    module.__dict__["MadePostprocessor"] = MadePostprocessor
    monkeypatch.setitem(sys.modules, Made.module, module)
    return record
