"""A measurement in a process of its own, so that its peak memory is its own."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from index.errors import SettingsError


def in_own_process(module: str, *arguments: str) -> Any:
    """Run the module with these arguments; what its last line says in JSON. Raises SettingsError where it fails."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SettingsError(f"{module} failed with exit code {done.returncode}; its error stands above")
    return json.loads(done.stdout.splitlines()[-1])


def peak_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk_bytes(folder: Path) -> int:
    """What the files of a folder hold."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
