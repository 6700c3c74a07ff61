"""Print the shape of the code: `python .ci/shape.py [FOLDER]`, for a before and an after.

Of the four packages, without tests: files, lines, the median and the longest file, modules that only one other
imports, calls of `re`, lists of words and constants that stand at a module's top, module names that occur twice.
"""

import ast
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("assistant", "index", "ui", "eval")
_LIST_FROM = 4  # strings that make a list of words
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


def main(root: Path) -> None:
    files = sorted(file for package in PACKAGES for file in (root / package).rglob("*.py"))
    texts = {_module(file, root): file.read_text("utf-8") for file in files}
    trees = {name: ast.parse(text) for name, text in texts.items()}
    lines = {name: text.count("\n") for name, text in texts.items()}
    importers = Counter(target for name, tree in trees.items() for target in _imported(name, tree, texts.keys()))
    leaves = Counter(name.rsplit(".", 1)[-1] for name in texts)
    twice = sorted(name for name, count in leaves.items() if count > 1 and name not in ("__init__", *PACKAGES))
    longest = max(lines, key=lambda name: lines[name])
    for what, value in {
        "files": len(texts),
        "lines": sum(lines.values()),
        "median of a file": int(statistics.median(lines.values())),
        "longest": f"{lines[longest]} ({longest})",
        "imported by one module only": sum(count == 1 for count in importers.values()),
        "calls of re": sum(map(_calls_of_re, trees.values())),
        "lists of words": sum(map(_word_lists, trees.values())),
        "numbers set at a module's top": sum(map(_numbers, trees.values())),
        "module names twice": f"{len(twice)} ({', '.join(twice)})",
    }.items():
        print(f"{what:32}{value}")


def _module(file: Path, root: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imported(name: str, tree: ast.Module, known: object) -> set[str]:
    """The modules of ours that a module imports, itself apart."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {one for one in found if one in known and one != name}  # type: ignore[operator]


def _calls_of_re(tree: ast.Module) -> int:
    return sum(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        for node in ast.walk(tree)
    )


def _values(tree: ast.Module) -> Iterator[ast.expr]:
    """What is bound at the top to names in capitals."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
        if (
            names
            and all(map(_CONSTANT.fullmatch, names))
            and isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value
        ):
            yield node.value


def _word_lists(tree: ast.Module) -> int:
    return sum(_is_word_list(value) for value in _values(tree))


def _is_word_list(value: ast.expr) -> bool:
    """A container with some strings, or a text of words that is split; a pattern with some words to choose from."""
    strings = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    words = [word for text in strings for word in re.findall(r"[A-Za-z]{2,}", text)]
    alternatives = sum(text.count("|") for text in strings)
    contained = isinstance(value, ast.Tuple | ast.List | ast.Set | ast.Dict | ast.Call)
    return (
        contained
        and len(words) >= _LIST_FROM
        and (len(strings) >= _LIST_FROM or alternatives >= _LIST_FROM or _is_split(value))
    )


def _is_split(value: ast.expr) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "split" for one in ast.walk(value))


def _numbers(tree: ast.Module) -> int:
    return sum(isinstance(value, ast.Constant) and isinstance(value.value, int | float) for value in _values(tree))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent)
