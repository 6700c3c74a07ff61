"""Commands run by a user who has no more permissions than the files give him, though tests may run as root."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]  # root, but not above the files' modes
_COMMANDS = """
import contextlib, io, json, sys
from ui.cli import main
done = []
for arguments in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    done.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(done))
"""


@dataclass(frozen=True)
class Ran:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


def as_others(command: list[str]) -> list[str]:
    """The command, of a user whom a file without `w` keeps from writing; on Linux root, too."""
    return [*_AS_OTHERS, *command] if os.geteuid() == 0 else command


def byline(home: Path, *commands: list[str]) -> list[Ran]:
    """What `byline` does for such a user, one command after the other in one process."""
    arguments = json.dumps([[*command, "--home", str(home)] for command in commands])
    command = as_others([sys.executable, "-c", _COMMANDS, arguments])
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=110, check=True)
    return [Ran(*each) for each in json.loads(done.stdout)]


def without_writing(folder: Path) -> None:
    """Take from all, as `chmod -R a-w` does, the permission to write there."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)


def with_writing(folder: Path) -> None:
    """Give it back to the owner."""
    for path in [folder, *sorted(folder.rglob("*"))]:
        path.chmod(path.stat().st_mode | 0o200)
