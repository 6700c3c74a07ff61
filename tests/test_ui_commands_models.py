"""`byline models`: what can be used here, tried with one token; and whom a whole `byline ask` calls."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.models import FAMILIES
from tests.gguf_files import head, llama_server, need_llama_cpp, real_gguf
from tests.ollama_server import OllamaServer, Reply
from ui.cli import main

ROOT = Path(__file__).parent.parent


@pytest.mark.optional
def test_models_are_tried_and_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need_llama_cpp()
    (home / "models").mkdir(parents=True)
    (home / "models" / "broken.gguf").write_bytes(head()[:40])
    with OllamaServer(Reply(["yes "] * 1000, delay=0.01)) as server:
        assert main(["models", "--llm", server.spec()]) == 0
        assert server.left.wait(5)
    assert len(server.requests) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "extractive: quotes, without a language model"
    assert lines[1].startswith(f"{server.spec()}: opened in ")
    assert "broken.gguf: not usable: " in lines[2]
    assert "damaged" in lines[2]
    assert [line.split()[0].split(":")[0] for line in lines[5:]] == "openai anthropic ollama openai-like gguf".split()


def test_the_settings_own_model_decides_the_exit_code(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with OllamaServer(Reply(status=404)) as server:
        assert main(["models", "--json", "--llm", server.spec()]) == 5
    told = json.loads(capsys.readouterr().out)
    (model,) = told["models"]
    assert (model["spec"], model["usable"]) == (server.spec(), False)
    assert "ollama pull" in model["failure"]
    assert main(["models", "--json", "--llm", "magic"]) == 2


def test_a_family_without_its_extra_is_told_how_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, family in FAMILIES.items():
        monkeypatch.setitem(FAMILIES, name, replace(family, packages=("no_such_package",)))
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    assert "gguf:PATH: install with `uv sync --inexact --extra local` or `pip install 'byline[local]'`" in out


# Who is called, seen by the interpreter itself: the whole command in a process of its own

WATCHED = """
import json, sys
called = []

def note(event, arguments):
    if event == "socket.connect":
        called.append(arguments[1])
    elif event == "socket.getaddrinfo":
        called.append(arguments[:2])

sys.addaudithook(note)
from ui.cli import main
code = main(sys.argv[1:])
print(json.dumps(called), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def spec_and_address(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[str]]]:
    """A spec, and the one address that may be called for it; [] for none, ["?"] for any one of this machine."""
    with ExitStack() as stack:
        if request.param == "ollama":
            server = stack.enter_context(OllamaServer(Reply(["Canada said so [1]."])))
            yield server.spec(), [server.url]
        elif request.param == "openai-like":
            address = stack.enter_context(llama_server())
            yield f"openai-like:{address}/v1", [address]
        elif request.param == "gguf":
            yield f"gguf:{real_gguf()}", ["?"]
        else:
            yield "extractive", []


@pytest.mark.slow
@pytest.mark.timeout(300)  # a process that imports everything, and a model that reads, on a busy processor
@pytest.mark.parametrize("spec_and_address", ["extractive", "ollama", "openai-like", "gguf"], indirect=True)
def test_only_the_model_that_was_named_is_called(spec_and_address: tuple[str, list[str]], home: Path) -> None:
    spec, allowed = spec_and_address
    asked = [sys.executable, "-c", WATCHED, "--home", str(home), "ask", "--json", "--llm", spec]
    asked += ["--outlet", "Fernhill Wire"]  # little to read for a model on a busy processor
    done = subprocess.run(
        [*asked, "Why did Canada suspend the permits?"], capture_output=True, text=True, cwd=ROOT, timeout=280
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["failed"] or answer["llm"]) == spec  # a small model may say nothing that the articles support
    called = {f"http://{host}:{port}" for host, port, *_ in json.loads(done.stderr.splitlines()[-1])}
    if allowed == ["?"]:
        (own,) = called
        assert own.startswith("http://127.0.0.1:")
    else:
        assert called == set(allowed)
