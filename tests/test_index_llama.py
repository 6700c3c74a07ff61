"""Byline's search inside LlamaIndex."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.collection import Collection
from index.filters import Filters
from index.sample_articles import fill_sample


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection(tmp_path / "sample") as sample:
        fill_sample(sample)
        yield sample


def test_nodes_carry_what_search_found(collection: Collection) -> None:
    from index.retriever import BylineRetriever

    question = "Why did Canada suspend the permits?"
    nodes = BylineRetriever(collection, k=4).retrieve(question)
    found = collection.search(question, 4)
    assert [(n.node.metadata["article_id"], n.score) for n in nodes] == [(f.article.id, f.score) for f in found]
    assert nodes[0].node.metadata["outlet"] == found[0].article.outlet
    assert nodes[0].node.node_id == BylineRetriever(collection, k=1).retrieve(question)[0].node.node_id
    for one in nodes:
        text = collection.article(one.node.metadata["article_id"]).text
        start, end = map(int, one.node.node_id.split(":")[1].split("-"))
        assert text[start:end] == one.text


def test_the_as_of_date_is_kept(collection: Collection) -> None:
    from index.retriever import BylineRetriever

    nodes = BylineRetriever(collection, k=20, as_of=date(2020, 10, 4)).retrieve("Canada permits Turkey")
    assert nodes
    assert all(n.node.metadata["published"] <= "2020-10-04" for n in nodes)


def test_filters_are_kept(collection: Collection) -> None:
    from index.retriever import BylineRetriever

    retriever = BylineRetriever(collection, k=20, filters=Filters(outlets=("fernhill wire",)))
    assert {n.node.metadata["outlet"] for n in retriever.retrieve("Canada permits")} == {"Fernhill Wire"}


def test_a_query_engine_of_llama_index_reads_from_it(collection: Collection) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    from index.retriever import BylineRetriever

    engine = RetrieverQueryEngine.from_args(BylineRetriever(collection, k=3), llm=MockLLM())
    response = engine.query("Why did Canada suspend the permits?")
    assert len(response.source_nodes) == 3
    assert "Canada" in str(response)
