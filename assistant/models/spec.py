"""What `--llm` takes: one line that names a language model."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import SettingsError

FAMILY_FORMS = {
    "openai": "openai:NAME[@URL]",
    "anthropic": "anthropic:NAME[@URL]",
    "ollama": "ollama:NAME[@URL]",
    "openai-like": "openai-like:URL#MODEL",
    "gguf": "gguf:PATH",
}
FORMS = (
    f"extractive, {', '.join(FAMILY_FORMS.values())}; such as openai-like:http://127.0.0.1:8080/v1#my-model "
    "or gguf:models/my-model.gguf"
)

# Where each family is called, unless the spec says otherwise with @URL.
_HOME_OF = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434",
}
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_OUR_KEY = "BYLINE_LLM_KEY"
_AT_URL = re.compile(r"@(?=https?://)")
_SMALL_FILE = 2.5e9  # bytes


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A spec taken apart. `name` is the model's, of `gguf` the path; `url` the one address that may be called.

    `name` is "" where the server is to be asked for it, `url` is "" where the model runs in this process.
    """

    text: str
    family: str
    name: str
    url: str

    @property
    def small(self) -> bool:
        """Whether its file, where it is one, is that of a model of less than about 4,000 million parameters."""
        return self.family == "gguf" and self.path.exists() and self.path.stat().st_size < _SMALL_FILE

    @property
    def path(self) -> Path:
        """The file of a `gguf` spec."""
        return Path(self.name).expanduser()


def parse_spec(text: str) -> ModelSpec:
    """Raises SettingsError, which lists the forms, for any other text."""
    family, _, rest = text.partition(":")
    if family == "openai-like":
        url, _, model = rest.partition("#")
        return ModelSpec(text, family, model.strip(), _checked(url, text))
    if family in _HOME_OF:
        name, *at = _AT_URL.split(rest, maxsplit=1)
        if name.strip():
            return ModelSpec(text, family, name.strip(), _checked(at[0] if at else _HOME_OF[family], text))
    if family == "gguf" and rest.strip():
        return ModelSpec(text, family, rest.strip(), "")
    raise SettingsError(f"--llm {text!r} is not known; it must be {FORMS}")


def key_variable(spec: str) -> str:
    """The environment variable that holds the key for the model of a spec."""
    return _KEYS.get(spec.partition(":")[0], _OUR_KEY)


def _checked(url: str, text: str) -> str:
    """The URL without the slash at its end. A key in it would be shown and stored with the spec."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        has_key = bool(parts.username or parts.password or parts.query)
    except ValueError:
        valid = has_key = False
    if has_key:
        raise SettingsError(
            f"--llm: the URL holds a name, password or query; put a key in {key_variable(text)} instead"
        )
    if not valid or any(character.isspace() for character in url):
        raise SettingsError(f"--llm {text!r} has no valid http or https URL; it must be {FORMS}")
    return url.rstrip("/")
