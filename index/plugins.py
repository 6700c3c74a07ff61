"""What a package from outside may add, without a change here: a format, an embedder, a reranker, a reader, a model.

A package says so by an entry point in its `pyproject.toml`, and is used as soon as it is installed beside Byline:

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

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from index.class_spec import one_line
from index.errors import ModelError, SettingsError

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
    try:
        found = function(group, name)(*given)
    except (ModelError, SettingsError):
        raise
    except Exception as error:
        raise _failed(group, name, one_line(error)) from error
    if not hasattr(found, needs):
        raise _failed(group, name, f"it makes a {type(found).__name__} without `{needs}`")
    return found


def function(group: str, name: str) -> Callable[..., Any]:
    """What the entry point names, imported. Raises as `made` does."""
    first, *others = _offered(group)[name]
    if others:
        packages = " and ".join(sorted({_package(one) for one in (first, *others)}))
        raise SettingsError(f"{packages} both offer {name!r} in {group}; uninstall one of them")
    try:
        found: Callable[..., Any] = first.load()
    except Exception as error:
        raise _failed(group, name, one_line(error)) from error
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
