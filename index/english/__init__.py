"""The words of English that rules go by, as data files that a person can read and correct.

A file `TOPIC.toml` of this folder holds named lists. A list is one text whose words stand between spaces, or an array
where an entry has spaces of its own; a table maps one word to another. A comment above each says what it is for.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class Lexicon:
    """The lists of one file; an unknown name is a `KeyError` that says which file lacks it."""

    def __init__(self, topic: str, package: str) -> None:
        self._name = f"{package.replace('.', '/')}/{topic}.toml"
        self._lists: dict[str, Any] = tomllib.loads((files(package) / f"{topic}.toml").read_text("utf-8"))

    @property
    def names(self) -> frozenset[str]:
        """Of its lists and tables."""
        return frozenset(self._lists)

    def listed(self, name: str) -> tuple[str, ...]:
        """The entries of a list, in the file's order."""
        found = self._find(name)
        return tuple(found.split() if isinstance(found, str) else found)

    def words(self, *names: str) -> frozenset[str]:
        """The entries of one or several lists, as a set."""
        return frozenset(word for name in names for word in self.listed(name))

    def table(self, name: str) -> Mapping[str, Any]:
        """A mapping, in the file's order; it cannot be changed."""
        return MappingProxyType(self._find(name))

    def pattern(self, *names: str) -> str:
        """The entries as the alternatives of a regular expression, the longest first, in a group without a number."""
        entries = sorted(self.words(*names), key=lambda entry: (-len(entry), entry))
        return f"(?:{'|'.join(map(re.escape, entries))})"

    def _find(self, name: str) -> Any:
        try:
            return self._lists[name]
        except KeyError:
            raise KeyError(f"{self._name} has no list {name!r}") from None


@cache
def lexicon(topic: str, package: str = __name__) -> Lexicon:
    """The lists of `TOPIC.toml` in this folder, or in another package's, read once."""
    return Lexicon(topic, package)
