"""Inputs as other people's sites, archives and programs write them: what Byline reads of each is what a person would.

Each folder of `tests/cases/KIND/NAME` has the files and an `expected.json`: `expect` has facts of the one article, or
`articles`, a list of such facts or a number, and `lines`, parts of lines that must be told. `add` names what is added,
by default every file; `{site}` is the address at which the folder is served. `--cases DIR` runs another such folder.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.ingest.sources import Sources
from index.web import Fetcher
from tests.web_server import Reply, WebServer

OWN = Path(__file__).parent / "cases"
_KINDS = {".html": "text/html; charset=utf-8", ".xml": "application/xml", ".json": "application/json"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    root = Path(metafunc.config.getoption("--cases") or OWN)
    cases = sorted(path.parent for path in root.rglob("expected.json"))
    metafunc.parametrize("case", cases, ids=[str(case.relative_to(root)) for case in cases])


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_each_is_read_as_a_person_would(case: Path, site: WebServer) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    _serve(case, site)
    articles, told = _read(_added(case, expected, site), site)

    expect = expected["expect"]
    facts = expect.get("articles", [expect])
    if isinstance(facts, int):
        assert len(articles) == facts, told
    else:
        assert len(articles) == len(facts), told
        for article, wanted in zip(articles, facts, strict=True):
            _assert_is(article, wanted)
    for part in expect.get("lines", ()):
        assert any(part in line for line in told), told


def _assert_is(article: Article, wanted: dict[str, Any]) -> None:
    for name in ("title", "outlet", "author", "url"):
        if name in wanted:
            assert getattr(article, name) == wanted[name], name
    if "published" in wanted:
        assert article.published is not None, "published"
        assert article.published.isoformat() == wanted["published"]
    for part in wanted.get("text_contains", ()):
        assert part in article.text
    for part in wanted.get("text_excludes", ()):
        assert part not in article.text


def _read(added: list[str], site: WebServer) -> tuple[list[Article], list[str]]:
    told: list[str] = []
    sources = Sources(added, fetcher=Fetcher(allow_private=True), tell=told.append)
    return [reading.article for reading in sources], told


def _added(case: Path, expected: dict[str, Any], site: WebServer) -> list[str]:
    if "add" not in expected:
        return [str(path) for path in sorted(case.iterdir()) if path.name != "expected.json"]
    named = [one.replace("{site}", site.address) for one in expected["add"]]
    return [one if one.startswith("http") else str(case / one) for one in named]


def _serve(case: Path, site: WebServer) -> None:
    for path in case.rglob("*"):
        if path.suffix in _KINDS and path.name != "expected.json":
            body = path.read_bytes().replace(b"{site}", site.address.encode())
            site.routes[f"/{path.relative_to(case).as_posix()}"] = Reply(body, kind=_KINDS[path.suffix])
