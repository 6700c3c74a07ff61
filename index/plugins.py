"""What a package from outside may add, without a change here: a format, an embedder, a reranker, a reader, a model.

A class of LlamaIndex is named by a line such as `MODULE:CLASS?key=value&key=value` (`ClassSpec`). Any other package
says what it adds by an entry point in its `pyproject.toml`, and is used as soon as it is installed beside Byline:

    [project.entry-points."byline.rerankers"]
    by-length = "my_package:ByLength"

- `byline.formats`, by the suffix of a file without its dot: called with (BinaryIO, name, ReadOptions), gives `Reading`s
  and a `SourceError` for each record that cannot be read; see `index/formats/readings.py`
- `byline.embedders`, by the setting `embedder`: called with nothing, gives an `Embedder`
- `byline.rerankers`, by `--reranker`: called with nothing, gives a `Reranker`
- `byline.readers`, by `--llm NAME`: called with the `Collection`, gives a `Reader`; see `assistant/request.py`
- `byline.llms`, by `--llm NAME:REST`: called with REST, gives an LLM of LlamaIndex

Byline's own names come first. A plug-in that cannot be loaded is told in one line by whatever needs it, and by nothing
else.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any
from urllib.parse import unquote

from index.errors import ModelError, SettingsError, foreign, one_line

FORMATS, EMBEDDERS, RERANKERS, READERS, LLMS = (
    f"byline.{kind}" for kind in ("formats", "embedders", "rerankers", "readers", "llms")
)


def offers(group: str, name: str) -> bool:
    """Whether an installed package offers something of this name; nothing is imported."""
    return name in _offered(group)


def made(group: str, name: str, *given: object, needs: str) -> Any:
    """What the plug-in makes of what it is given; it must have the attribute or method `needs`.

    Raises:
        SettingsError: two packages offer this name.
        ModelError: the plug-in cannot be loaded, fails, or makes something else.
    """
    with foreign(lambda error: _failed(group, name, one_line(error))):
        found = function(group, name)(*given)
    if not hasattr(found, needs):
        raise _failed(group, name, f"it makes a {type(found).__name__} without `{needs}`")
    return found


def function(group: str, name: str) -> Callable[..., Any]:
    """What the entry point names, imported. Raises as `made` does."""
    first, *others = _offered(group)[name]
    if others:
        packages = " and ".join(sorted({_package(one) for one in (first, *others)}))
        raise SettingsError(f"{packages} both offer {name!r} in {group}; uninstall one of them")
    with foreign(lambda error: _failed(group, name, one_line(error))):
        found: Callable[..., Any] = first.load()
    if not callable(found):
        raise _failed(group, name, f"{first.value} cannot be called")
    return found


@cache
def _offered(group: str) -> Mapping[str, list[EntryPoint]]:
    offered: dict[str, list[EntryPoint]] = {}
    for one in entry_points(group=group):
        offered.setdefault(one.name, []).append(one)
    return offered


def _package(one: EntryPoint) -> str:
    return one.dist.name if one.dist else "a package"


def _failed(group: str, name: str, why: str) -> ModelError:
    package = _package(_offered(group)[name][0])
    return ModelError(
        f"the plug-in {name!r} of {package} ({group}) cannot be used ({why}); mend or uninstall {package}"
    )


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
        hint = "check the key=value settings behind '?'"
        told = f"{self._kind} '{self.name}' cannot start"
        with foreign(lambda error: ModelError(f"{told} ({self.reason(error)}); {hint}")):
            return found(**self._arguments)

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
