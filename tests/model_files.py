"""A model's checksums and what it said, kept so that another model, or a broken one, does not go unseen."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def recorded(folder: Path) -> dict[str, str]:
    """The checksums that SHA256SUMS holds, by file."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    return dict(reversed(line.split("  ")) for line in lines)


def found(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Those of the files as they are."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def keep(folder: Path, names: Sequence[str], outputs: Any, file: Path) -> None:
    """Write the outputs, and SHA256SUMS of these files of the folder beside them."""
    file.write_text(json.dumps(outputs, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sums = "".join(f"{checksum}  {name}\n" for name, checksum in found(folder, names).items())
    (folder / "SHA256SUMS").write_text(sums, "utf-8")
