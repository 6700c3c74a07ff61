"""Where a question and an article come by: the rooms that the design names are those that are walked through."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DESIGN = (ROOT / "docs" / "design" / "index.md").read_text("utf-8")
# A process of its own, for what is cached is not walked through again; what an import does is no walk.
WALK = """
import contextlib, io, sys, threading
from ui.cli import main
seen, importing = set(), threading.local()
def watch(frame, event, given):
    depth = getattr(importing, "depth", 0)
    if frame.f_code.co_name == "<module>" and event in ("call", "return"):
        importing.depth = depth + (1 if event == "call" else -1)
    elif event == "call" and not depth:
        seen.add(frame.f_code.co_filename)
threading.setprofile(watch)
sys.setprofile(watch)
with contextlib.redirect_stdout(io.StringIO()):
    code = main(sys.argv[1:])
sys.setprofile(None)
print(code, *sorted(seen), sep="\\n")
"""


def told(what: str) -> set[str]:
    """The rooms that the design names for a walk."""
    [line] = re.findall(rf"^\*\*{what}\*\* comes by (.*?)\.$", DESIGN, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([\w.]+)`", line))


def walked(*arguments: str) -> set[str]:
    """The folders, and the modules that stand in none, whose functions were called; `ui` is one."""
    command = [sys.executable, "-c", WALK, *arguments]
    code, *files = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    assert code == "0"
    inside = [Path(name).relative_to(ROOT).parts for name in files if name.startswith(f"{ROOT}/")]
    ours = [parts for parts in inside if parts[0] in ("assistant", "index", "ui")]
    return {parts[0] if parts[0] == "ui" else ".".join(parts[:2]).removesuffix(".py") for parts in ours}


def test_a_question(tmp_path: Path) -> None:
    ask = ("--home", str(tmp_path), "ask", "Why did Canada suspend the permits?")
    walked(*ask)  # builds what is built once
    assert walked(*ask) == told("A question")


def test_an_article(tmp_path: Path) -> None:
    file = tmp_path / "storm.txt"
    file.write_text("A storm cut power to 12,000 homes in Marlow Bay on Wednesday night.", "utf-8")
    assert walked("--home", str(tmp_path / "home"), "add", str(file)) == told("An article")
