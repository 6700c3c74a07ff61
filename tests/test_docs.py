"""What the documents say is what the code does."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from index.settings import Settings
from ui.cli import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_the_settings_table_names_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(--[\w-]+)`)? ?\| `(BYLINE_\w+)` \|", SETTINGS, re.MULTILINE)
    assert [name for name, _, _ in rows] == [field.name for field in fields(Settings)]
    assert all(variable == f"BYLINE_{name.upper()}" for name, _, variable in rows)


def test_the_settings_table_gives_the_defaults() -> None:
    defaults = Settings(home=Path())
    for name in ("llm", "embedder", "reranker", "host", "port"):
        assert re.search(rf"^\| `{name}` \|.*\| `{re.escape(str(getattr(defaults, name)))}` \|", SETTINGS, re.MULTILINE)


def test_every_command_in_the_readme_is_understood() -> None:
    lines = re.findall(r"^(?:uv run|.*&& uv run) byline ?(.*?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 10
    for line in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        build_parser().parse_args(words)


def test_links_in_the_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_no_package_registry_is_named_and_every_version_is_pinned() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert "://" not in project
    settings = tomllib.loads(project)
    assert settings["tool"]["uv"]["link-mode"] == "copy"
    assert all("==" in pin for pin in settings["tool"]["uv"]["constraint-dependencies"])
