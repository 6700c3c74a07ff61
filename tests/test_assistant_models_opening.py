"""From a spec to a model: the forms, the extras and the sizes."""

import sys
from dataclasses import replace

import pytest

from assistant.models import FAMILIES, ModelSpec, key_variable, open_model, parse_spec
from index.errors import ModelError, SettingsError


@pytest.mark.parametrize(
    ("text", "family", "name", "url"),
    [
        ("openai:gpt-x", "openai", "gpt-x", "https://api.openai.com/v1"),
        ("openai:ft:gpt-x:org::1@http://127.0.0.1:9/v1/", "openai", "ft:gpt-x:org::1", "http://127.0.0.1:9/v1"),
        ("anthropic:claude-x", "anthropic", "claude-x", "https://api.anthropic.com"),
        ("ollama:qwen3:1.7b", "ollama", "qwen3:1.7b", "http://127.0.0.1:11434"),
        ("ollama:a/b@c:1b@https://host.example", "ollama", "a/b@c:1b", "https://host.example"),
        ("openai-like:http://[::1]:8080/v1#org/model:1b", "openai-like", "org/model:1b", "http://[::1]:8080/v1"),
        ("openai-like:http://127.0.0.1:8080", "openai-like", "", "http://127.0.0.1:8080"),
        ("gguf:/models/a file.gguf", "gguf", "/models/a file.gguf", ""),
    ],
)
def test_a_spec_is_taken_apart(text: str, family: str, name: str, url: str) -> None:
    assert parse_spec(text) == ModelSpec(text, family, name, url)


@pytest.mark.parametrize(
    "text",
    [
        "ollama",
        "ollama:",
        "ollama: @http://127.0.0.1:9",
        "ollama:m@http://",
        "gguf:",
        "openai:",
        "anthropic: ",
        "llama",
    ],
)
def test_a_bad_spec_is_told_the_forms(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_spec(text)
    for form in (
        "extractive",
        "openai:NAME",
        "anthropic:NAME",
        "ollama:NAME[@URL]",
        "openai-like:URL#MODEL",
        "gguf:PATH",
    ):
        assert form in str(caught.value)


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("openai:m@https://u:hunter2@h/v1", "OPENAI_API_KEY"),
        ("anthropic:m@https://h?key=hunter2", "ANTHROPIC_API_KEY"),
        ("ollama:m@https://u:hunter2@h", "BYLINE_LLM_KEY"),
    ],
)
def test_a_key_in_a_url_is_refused_and_not_repeated(text: str, variable: str) -> None:
    assert key_variable(text) == variable
    with pytest.raises(SettingsError, match=variable) as caught:
        parse_spec(text)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "module", "extra"),
    [
        ("ollama:tiny", "ollama", "ollama"),
        ("openai-like:http://127.0.0.1:9/v1#m", "openai", "openai"),
        ("anthropic:claude-x", "anthropic", "anthropic"),
        ("gguf:model.gguf", "xllamacpp", "local"),
    ],
)
def test_a_missing_extra_is_told_with_the_command_that_installs_it(
    spec: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "any")
    for family in ("openai_like", "anthropic", "ollama", "gguf"):
        monkeypatch.delitem(sys.modules, f"assistant.models.{family}", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModelError) as caught:
        open_model(spec)
    assert f"--llm {spec} needs the extra `{extra}` (no {module} here)" in str(caught.value)
    assert f"`uv sync --inexact --extra {extra}` or `pip install 'byline[{extra}]'`" in str(caught.value)


def test_what_is_installed_is_known_without_importing_it() -> None:
    assert FAMILIES["ollama"].is_here
    assert not replace(FAMILIES["ollama"], packages=("llama_index.llms.no_such.deeper",)).is_here
