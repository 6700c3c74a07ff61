"""The texts of the prompts: those of `prompts.toml` beside this file, or of a file of the user's own."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import SettingsError

_SHIPPED = Path(__file__).with_name("prompts.toml")
_NEEDED = {"rules": ("cannot_answer",), "passage": ("n", "text"), "question": ("passages", "question")}
_FENCED = re.compile(r"<[^<>]+>.*\{text\}.*</[^<>]+>", re.DOTALL)
_LONGEST = 20_000  # characters of one text


@dataclass(frozen=True, slots=True)
class PromptTexts:
    """The rules, one passage and the question, with words in braces to be filled in."""

    rules: str
    passage: str
    question: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts for any model, and those for a small one."""

    standard: PromptTexts
    small: PromptTexts

    def of(self, small: bool) -> PromptTexts:
        return self.small if small else self.standard


@cache
def shipped_prompts() -> Prompts:
    """The texts that come with Byline."""
    tables = tomllib.loads(_SHIPPED.read_text("utf-8"))
    return Prompts(**{name: PromptTexts(**_stripped(table)) for name, table in tables.items()})


def load_prompts(file: str) -> Prompts:
    """The texts of a file, and those that it does not give as they are shipped; "" is no file.

    Raises SettingsError, in one line, for a file that cannot be read or lacks what it must hold.
    """
    prompts = shipped_prompts()
    if not file:
        return prompts
    path = Path(file).expanduser() if file.startswith("~/") else Path(file)
    for name, texts in _tables(path).items():
        if name not in _names(Prompts):
            raise SettingsError(f"{path}: unknown table [{name}]; known are {_listed(_names(Prompts))}")
        prompts = replace(prompts, **{name: _changed(getattr(prompts, name), texts, f"{path}, [{name}]")})
    return prompts


def filled(text: str, /, **words: object) -> str:
    """The text with each {word} in its place; braces around anything else, and in what is filled in, stay."""
    return re.sub(rf"\{{({'|'.join(words)})\}}", lambda found: str(words[found.group(1)]), text)


def _tables(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"not valid TOML: {error}"
        raise SettingsError(f"{path}: the prompts cannot be read ({reason}); mend the file or the setting") from error


def _changed(texts: PromptTexts, changes: object, where: str) -> PromptTexts:
    if not isinstance(changes, dict):
        raise SettingsError(f"{where}: must be a table of texts, such as {_listed(_names(PromptTexts))}")
    for name, text in changes.items():
        if name not in _names(PromptTexts):
            raise SettingsError(f"{where}: unknown text {name!r}; known are {_listed(_names(PromptTexts))}")
        if not isinstance(text, str) or not 0 < len(text.strip()) <= _LONGEST:
            raise SettingsError(f"{where}: {name} must be a text in quotes of at most {_LONGEST} characters")
        missing = [f"{{{word}}}" for word in _NEEDED[name] if f"{{{word}}}" not in text]
        if missing:
            raise SettingsError(f"{where}: {name} lacks {_listed(missing)}; put it where it is to be filled in")
        if name == "passage" and not _FENCED.search(text):
            raise SettingsError(f"{where}: {name} must have {{text}} between tags, such as <passage>{{text}}</passage>")
    return replace(texts, **_stripped(changes))


def _stripped(texts: Mapping[str, str]) -> dict[str, Any]:
    return {name: text.strip() for name, text in texts.items()}


def _names(of: type[Prompts] | type[PromptTexts]) -> list[str]:
    return [field.name for field in fields(of)]


def _listed(words: list[str]) -> str:
    return ", ".join(words)
