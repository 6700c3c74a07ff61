"""Markdown tables, a line for each row: `Town: Arvik, Homes lost: 4 [1]`."""

import re

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_SOURCES = re.compile(
    r"(?:sources?|passages?|refs?\.?|references?|citations?|cited|evidence|quellen?|documents?|docs?|#)", re.IGNORECASE
)
_BARE_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")


def with_rows_as_lines(text: str) -> str:
    """The text with each row of a table as a line of its own, its cells after the names of their columns."""
    if "|" not in text:
        return text
    lines = text.split("\n")
    shown: list[str] = []
    header: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if "|" in line and "-" in following and _RULE.fullmatch(following):
            header = _cells(line)
        elif header and _RULE.fullmatch(line):
            continue
        elif header and "|" in line:
            shown += ["", _row(header, _cells(line)), ""]
        else:
            header = []
            shown.append(line)
    return "\n".join(shown)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row(header: list[str], cells: list[str]) -> str:
    told, cited = [], ""
    for name, cell in zip([*header, *[""] * len(cells)], cells, strict=False):
        if _SOURCES.fullmatch(name.strip("*_ ")):
            cited += f" [{cell}]" if _BARE_NUMBERS.fullmatch(cell) else f" {cell}"
        elif cell:
            told.append(f"{name}: {cell}" if name else cell)
    return ", ".join(told) + cited
