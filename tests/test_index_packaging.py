"""What is installed, and what an import costs."""

import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from index.text.passages import ENCODING, count_tokens


@pytest.mark.parametrize("name", ["assistant", "index", "ui", "eval"])
def test_each_import_name_belongs_to_this_distribution(name: str) -> None:
    # An editable install records the folder that it points to, not the packages in it.
    assert importlib.metadata.packages_distributions().get(name, ["byline"]) == ["byline"]
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent in packages_of_byline()


def packages_of_byline() -> set[Path]:
    distribution = importlib.metadata.distribution("byline")
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        root = Path(unquote(urlsplit(origin["url"]).path))
        return {
            root / name
            for name in tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"][
                "wheel"
            ]["packages"]
        }
    return {Path(str(file.locate())).parent for file in distribution.files or ()}


def modules_after(code: str) -> set[str]:
    listing = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout))


def test_the_collection_is_imported_without_the_slow_libraries() -> None:
    loaded = modules_after("import index.collection")
    assert not loaded & {"chromadb", "gradio", "llama_index", "torch", "transformers"}


def test_tokens_are_counted_without_importing_llama_index() -> None:
    assert "llama_index.core" not in modules_after("from index.text.passages import count_tokens; count_tokens(['x'])")


def test_tokens_are_counted_with_the_vocabulary_that_is_installed() -> None:
    """The guard of this process forbids a download; nothing may be left in the environment or the temp folder."""
    assert count_tokens(["", "Two ferries met.", "İstanbul 🚢 \ud800"])[:2] == [0, 5]
    assert "TIKTOKEN_CACHE_DIR" not in os.environ
    assert ENCODING == "o200k_base"


def test_a_cache_folder_of_the_user_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    count_tokens(["x"])
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(tmp_path)


def test_onnx_runtime_keeps_no_events_to_report_to_its_makers(tmp_path: Path) -> None:
    """It would, from its import on, in a file under the user's home, and send them when it can."""
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", "import index.span_model.span_reader"], check=True, env=environment)
    assert list(tmp_path.iterdir()) == []
