"""A model of another package, named by a line such as `MODULE:CLASS?key=value&key=value`."""

import importlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from index.errors import ModelError, SettingsError

_SECRET_ENDINGS = ("key", "token", "secret", "password")


class ClassSpec:
    """A class and its arguments, not yet imported.

    `kind` is what messages call it, such as "embedder"; `forms` is what they say may be given. Each value is read as
    JSON where it is JSON, else as text; `%26` stands for `&` and so on, as in an address. `name` is the spec with the
    values of keys such as `api_key` masked.

    Raises:
        SettingsError: the spec has another form.
    """

    def __init__(self, spec: str, kind: str, forms: str) -> None:
        target, _, query = spec.partition("?")
        self._module, _, self._class = target.partition(":")
        self._kind, self._forms = kind, forms
        self.name = masked(spec)
        if not is_class_spec(spec):
            raise SettingsError(f"unknown {kind} '{self.name}': give {forms}")
        self._arguments = self._parsed(query)

    def make(self, base: str, what: str) -> Any:
        """An instance of the class, which must be a subclass of `base` (MODULE:CLASS); `what` describes that one.

        Raises:
            SettingsError: the class is no such subclass.
            ModelError: a package is missing, or the class refuses its arguments.
        """
        found = self._load(base, what)
        try:
            return found(**self._arguments)
        except Exception as error:
            hint = "check the key=value settings behind '?'"
            raise ModelError(f"{self._kind} '{self.name}' cannot start ({self.reason(error)}); {hint}") from error

    def reason(self, error: Exception) -> str:
        """Return `error` as one line without the secrets among the arguments."""
        secrets = [str(value) for key, value in self._arguments.items() if _is_secret(key) and value]
        return one_line(error, secrets)

    def _load(self, base: str, what: str) -> type:
        try:
            found = getattr(importlib.import_module(self._module), self._class, None)
        except ModuleNotFoundError as error:
            package = _package_of(self._missing(error))
            hint = f"install it with `uv add {package}` or `pip install {package}`"
            raise ModelError(f"{self._kind} '{self.name}' needs a package that is missing; {hint}") from error
        except Exception as error:
            hint = "install its package again"
            raise ModelError(f"{self._kind} '{self.name}' cannot be imported ({one_line(error)}); {hint}") from error
        module, _, name = base.partition(":")
        if not (isinstance(found, type) and issubclass(found, getattr(importlib.import_module(module), name))):
            raise SettingsError(f"'{self._class}' in {self._kind} '{self.name}' is no {what}: give {self._forms}")
        return found

    def _missing(self, error: ModuleNotFoundError) -> str:
        """Return the module of the spec if it is missing or a parent of it is, else the one that it imports."""
        missing = error.name or self._module
        return self._module if f"{self._module}.".startswith(f"{missing}.") else missing

    def _parsed(self, query: str) -> dict[str, object]:
        arguments: dict[str, object] = {}
        for part in query.split("&") if query else []:
            key, equals, value = part.partition("=")
            if not equals or not key.isidentifier():
                raise SettingsError(f"{self._kind} '{self.name}': settings behind '?' must read key=value&key=value")
            # A key made of digits only is still text.
            arguments[key] = unquote(value) if _is_secret(key) else _value(unquote(value))
        return arguments


def is_class_spec(spec: str) -> bool:
    """Whether the spec has the form MODULE:CLASS, with or without arguments."""
    module, _, name = spec.partition("?")[0].partition(":")
    return all(part.isidentifier() for part in module.split(".")) and name.isidentifier()


def masked(spec: str) -> str:
    """Return `spec` with secrets as `***`: names are stored, shown and compared."""
    target, mark, query = spec.partition("?")
    parts = (part.partition("=") for part in query.split("&"))
    shown = (key + equals + ("***" if _is_secret(key) else value) for key, equals, value in parts)
    return target + mark + "&".join(shown)


def one_line(error: BaseException, secrets: Sequence[str] = ()) -> str:
    """Return what `error` says as one line of at most 300 characters, its `secrets` as `***`."""
    text = str(error)
    for secret in secrets:
        text = text.replace(secret, "***")
    return " ".join(text.split())[:300] or type(error).__name__


def _value(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_secret(key: str) -> bool:
    return key.lower().endswith(_SECRET_ENDINGS)


def _package_of(module: str) -> str:
    """Guess the distribution of a module: LlamaIndex's are named after their first three parts."""
    parts = module.split(".")
    kept = parts[:3] if parts[0] == "llama_index" else parts[:1]
    return "-".join(kept).replace("_", "-")
