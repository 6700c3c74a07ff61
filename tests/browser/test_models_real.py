"""The chat as a user starts it, once with each kind of model on this machine, and switched while it runs.

Two of the models are one real file of 135 million parameters: what it says is not looked at.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watching
from tests.browser.test_chat import answered, ask, assert_shows, quote_of
from tests.browser.test_models import choose
from tests.gguf_files import llama_server, real_gguf
from tests.ollama_server import OllamaServer, Reply

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
FIRST_TOKEN = 90_000  # milliseconds: a model on one thread of a busy machine reads a prompt of thousands of tokens
SEVERAL = 4  # pictures of a draft
LONG = 2000  # pieces of a reply that no one waits for

# Notes every address that Python code connects to, or looks up, and every datagram's. What native code does it misses.
NOTING = """
import sys
noted = open(sys.argv.pop(1), "a")
def note(event, arguments):
    address = {"socket.connect": arguments[1:2], "socket.sendto": arguments[1:2], "socket.getaddrinfo": [arguments[:2]]}
    for host_and_port in address.get(event, ()):
        if not isinstance(host_and_port, (str, bytes)):
            print(*host_and_port[:2], file=noted, flush=True)
sys.addaudithook(note)
from ui.cli import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home, so that the sample is made searchable once."""
    return tmp_path_factory.mktemp("real")


@contextmanager
def chat_command(home: Path, spec: str, noted: Path) -> Iterator[str]:
    """The address of a chat; which addresses it asked stands in `noted`, a line each. Ctrl-C must end it."""
    options = ["chat", "--no-browser", "--port", "0", "--home", str(home), "--llm", spec]
    command = [sys.executable, "-c", NOTING, str(noted), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        try:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            yield f"{line.split()[3]}/"
        finally:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
        assert (process.returncode, "Traceback" in said) == (0, False), said


@pytest.fixture(params=["gguf", "openai-like", "ollama"])
def model(request: pytest.FixtureRequest, shared_home: Path) -> Iterator[tuple[str, str, Callable[[], None]]]:
    """Its spec, its name in the menu, and what checks that the server is free again before it has said all."""
    if request.param == "gguf":
        (shared_home / "models").mkdir()
        file = shared_home / "models" / "small.gguf"
        file.symlink_to(real_gguf())
        yield f"gguf:{file}", file.name, lambda: None  # nobody but the chat can ask its server
    elif request.param == "openai-like":
        with llama_server() as address:

            def check_slot() -> None:
                while (slot := json.loads(urlopen(f"{address}/slots").read())[0])["is_processing"]:
                    assert slot["next_token"][0]["n_decoded"] < 300

            yield f"openai-like:{address}/v1#smol", "smol", check_slot
    else:
        long = Reply([f"word{n} " for n in range(LONG)], delay=0.02)
        with OllamaServer(long, long) as server:

            def check_left() -> None:
                assert server.left.wait(10)
                assert server.pieces_sent < LONG
                server.left.clear()
                server.pieces_sent = 0

            yield server.spec("tern:1b"), "tern:1b", check_left


def stopped_in_mid_answer(page: Page, question: str) -> None:
    """Ask, see words come in several steps, and stop."""
    page.evaluate(
        """() => {
            window.seen = new Set();
            window.watching?.disconnect();
            window.watching = new MutationObserver(() => {
                const draft = document.querySelector("#live .answer.draft");
                if (draft) window.seen.add(draft.textContent);
            });
            window.watching.observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )
    ask(page, question)
    page.wait_for_function(f"window.seen.size >= {SEVERAL}", timeout=FIRST_TOKEN)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#live .notice")).to_have_text("Stopped.")
    expect(page.locator("#live .question")).to_have_text(question)
    expect(page.locator("#ask")).to_be_visible()
    seen = ["".join(filter(str.isalpha, text)) for text in page.evaluate("[...window.seen]")]  # "1." may become a list
    assert all(later.startswith(before) for before, later in zip(seen, seen[1:], strict=False))


@pytest.mark.timeout(240)  # a real model is waited for twice
def test_one_flag_puts_a_model_in_place_and_the_menu_takes_it_away(
    model: tuple[str, str, Callable[[], None]], shared_home: Path, tmp_path: Path, chromium: Browser
) -> None:
    spec, name, check_free = model
    noted = tmp_path / "noted.txt"
    with chat_command(shared_home, spec, noted) as address, watching(chromium, address) as watched:
        page, menu = watched.page, watched.page.get_by_role("combobox", name="Answers by")
        expect(menu).to_have_value(name)
        stopped_in_mid_answer(page, "Why did Canada suspend the permits?")
        check_free()

        choose(page, "Quotes (no model)")
        answered(page, "When was the earlier freeze lifted?")
        expect(page.locator("#live .answer")).to_contain_text("Canada lifted it in May 2020")
        expect(page.locator("#live .written")).to_have_count(0)
        page.locator("#live a.mark").first.click()
        assert_shows(page, quote_of(page, "#live a.mark"))
        page.keyboard.press("Escape")

        page.get_by_role("button", name="New chat").click()  # so that it need not read all anew
        expect(page.locator(".welcome")).to_be_visible()
        choose(page, name)
        stopped_in_mid_answer(page, "Why did Canada suspend the permits?")
        check_free()
    assert_asked_only(spec, noted.read_text("utf-8").split("\n"))


def assert_asked_only(spec: str, lines: list[str]) -> None:
    """No address but the model's was asked: of a file the port of the one server that runs it."""
    asked = {tuple(line.split()) for line in lines if line} - {("127.0.0.1", "0")}  # the chat's own port
    assert {host for host, _ in asked} == {"127.0.0.1"}, asked
    named = urlsplit(spec[spec.find("http") :]).port if "http" in spec else None
    ports = {int(port) for _, port in asked}
    assert ports == {named} if named else len(ports) == 1, asked
