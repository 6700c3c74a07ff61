"""The chat behind a reverse proxy, under a path of another server."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from index.collection import Collection
from index.sample_articles import fill_sample
from tests.api_server import KEY, serving
from tests.reverse_proxy import Proxy, proxied
from ui.api.access import Reach
from ui.chat.gradio_page import build_chat
from ui.serving import build_api, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = "/newsroom/byline"


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    with tempfile.TemporaryDirectory() as folder, Collection(Path(folder) / "sample") as collection:
        fill_sample(collection)
        assistant = Assistant(collection, QuotingReader(collection))

        def application() -> object:
            return serve(build_chat(assistant, sample=True), build_api(assistant), Reach((KEY,), root_path=ROOT))

        with serving(application, proxy_headers=False) as port, proxied(port, ROOT) as proxy:
            yield proxy


def test_the_page_works_and_asks_for_nothing_outside_its_path(chromium: Browser, proxy: Proxy) -> None:
    context = chromium.new_context(http_credentials={"username": "anyone", "password": KEY})
    page = context.new_page()
    complaints: list[str] = []
    styles: list[tuple[str, int]] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("response", lambda it: styles.append((it.url, it.status)) if "theme.css" in it.url else None)
    page.goto(f"{proxy.address}/")
    page.locator("#question textarea").fill("What does the optics fair show?")
    page.locator("#ask").click()
    cite = page.locator("#live a.cite").first
    expect(cite).to_be_visible()
    cite.click()
    expect(page.locator("#clicked-quote")).to_be_visible()
    assert [(url.partition("?")[0], status) for url, status in styles] == [(f"{proxy.address}/theme.css", 200)]
    assert set(proxy.elsewhere) <= {"/favicon.ico"}  # looked for before Gradio has put the page's own into the head
    assert not [line for line in complaints if "404" not in line]
    context.close()
