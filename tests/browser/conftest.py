"""One Chromium and one chat server for all browser tests."""

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from index.article import Article
from index.collection import Collection
from index.errors import ModelError
from index.formats import Reading, find_files, read_file
from index.sample_articles import SAMPLE_FOLDER
from tests.fakes import FakeReaders, ReplayReader
from ui.chat.gradio_page import build_chat
from ui.serving import serve

PATIENCE = 20_000  # milliseconds, for a busy machine
expect.set_options(timeout=PATIENCE)

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()

SECOND = "gguf:models/second.gguf"
BROKEN = "gguf:models/broken.gguf"

HOSTILE = Article(
    id="feedfacecafe",
    title="<img src=x onerror=alert(1)> **Zanzibar**",
    outlet="<b>Gazette</b>",
    text="Zanzibar says <script>document.title = 'broken'</script> & _this_ `${1+1}` {{2}} $$x$$.\n\nEnd.",
    source="zanzibar.txt",
)


@dataclass
class Chat:
    """A running chat: where it is, the reader behind it, the collection behind that, and the readers of its menu."""

    address: str
    reader: ReplayReader
    collection: Collection
    second: ReplayReader
    readers: FakeReaders


@dataclass
class Watched:
    """A page together with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        missing = f"no browser: none of {', '.join(names)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with Collection(tmp_path_factory.mktemp("home") / "sample") as collection:
        list(collection.add([*map(read_file, find_files(SAMPLE_FOLDER)), Reading(HOSTILE, HOSTILE.text)]))
        reader, second = ReplayReader(), ReplayReader(name=SECOND)
        broken = ModelError(f"{BROKEN}: there is no such file")
        quoting = QuotingReader(collection)
        readers = FakeReaders({reader.name: reader, quoting.name: quoting, SECOND: second, BROKEN: broken})
        with socket.create_server(("127.0.0.1", 0)) as listening:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            chat = Chat(address, reader, collection, second, readers)
            stop = threading.Event()
            thread = threading.Thread(target=asyncio.run, args=[run_server(chat, listening, stop)])
            thread.start()
            yield chat
            stop.set()
            thread.join(20)


async def run_server(chat: Chat, listening: socket.socket, stop: threading.Event) -> None:
    """Serve until `stop`. Outside a running loop Gradio would make loops of its own and not close them."""
    application = serve(build_chat(Assistant(chat.collection, chat.reader), sample=True, readers=chat.readers))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not stop.is_set() and not serving.done():
        await asyncio.sleep(0.05)
    server.should_exit = True
    await serving


@pytest.fixture
def chat(running: Chat) -> Chat:
    """The chat with readers that have nothing to replay yet."""
    for reader in (running.reader, running.second):
        reader.replies.clear()
        reader.asked.clear()
        reader.broken_off.clear()
        reader.delay = 0.0
    running.readers.opened.clear()
    running.readers.open_now.set()
    return running


@contextmanager
def watching(chromium: Browser, address: str, size: tuple[int, int] = (1280, 800)) -> Iterator[Watched]:
    """The page of a chat, open and ready. It may ask that chat alone, and must not complain."""
    viewport = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    watched = Watched(context.new_page())

    def note(asked: Request) -> None:
        watched.requests.append(asked.url)

    watched.page.on("request", note)
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on(
        "console",
        lambda message: watched.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    watched.page.goto(address)
    watched.page.locator("#question textarea").wait_for()
    watched.page.locator(".welcome").wait_for()
    try:
        yield watched
    finally:
        context.close()
    assert [url for url in watched.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert watched.complaints == []


@pytest.fixture
def watched(chat: Chat, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with watching(chromium, chat.address, getattr(request, "param", (1280, 800))) as watched:
        yield watched


@pytest.fixture
def page(watched: Watched) -> Page:
    return watched.page
