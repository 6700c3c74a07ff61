"""Facts of an article that are longer than facts are: kept to their bounds, and told."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.collection import Collection
from index.errors import SettingsError
from index.ingest import LONGEST
from tests.articles import generated, reading


def test_endless_facts_are_cut_and_told(tmp_path: Path) -> None:
    told: list[str] = []
    words = " ".join(f"word{number}" for number in range(130_000))
    text = " ".join(f"On day {number} the quay of Brekka was measured again by its keeper." for number in range(200))
    given = reading(text, words, source="/news/long.txt")
    facts = replace(given.article, outlet="o" * 1_000_000, author=words, url="https://brekka.example/" + "a" * 100_000)
    with Collection(tmp_path / "news", tell=told.append) as collection:
        (added,) = collection.add([replace(given, article=facts)])
        kept = collection.article(added.article.id)
        assert kept.title.startswith("word0 word1 ")
        assert kept.title.endswith(" …")
        assert kept.outlet == "o" * 198 + " …"
        assert all(len(getattr(kept, name)) <= most for name, most in LONGEST.items())
        assert kept.url == ""
        assert told == [
            "/news/long.txt: its title has 1,318,889 characters; its beginning, 500 characters at most, is kept",
            "/news/long.txt: its outlet has 1,000,000 characters; its beginning, 200 characters at most, is kept",
            "/news/long.txt: its author has 1,318,889 characters; its beginning, 500 characters at most, is kept",
            "/news/long.txt: its url has 100,023 characters; it is left out",
        ]
        assert len(collection.search("Who measured the quay?", 5)) == 5
        assert [again.outcome for again in collection.add([replace(given, article=facts)])] == ["unchanged"]


def test_a_correction_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with Collection(tmp_path / "news") as collection:
        (added,) = collection.add([generated(1)])
        with pytest.raises(SettingsError, match="--title has 501 characters; give at most 500"):
            collection.edit(added.article.id, {"title": "t" * 501})
        assert collection.edit(added.article.id, {"title": "t" * 500}).title == "t" * 500
