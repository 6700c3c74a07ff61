"""Markdown tables, a line for each row: `Town: Arvik, Homes lost: 4 [1]`."""

import re

from assistant.layout import ROW, Row

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_SOURCES = re.compile(
    r"(?:sources?|passages?|refs?\.?|references?|citations?|cited|evidence|quellen?|documents?|docs?|#)", re.IGNORECASE
)
_BARE_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")


def with_rows_as_lines(text: str) -> tuple[str, list[Row]]:
    """The text with each row of a table as a line of its own, its cells after the names of their columns, and the rows.

    Such a line begins with `layout.ROW`. A column of sources is no part of a row: its numbers end the line as marks.
    """
    if "|" not in text:
        return text, []
    lines = text.split("\n")
    shown: list[str] = []
    rows: list[Row] = []
    header: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if "|" in line and "-" in following and _RULE.fullmatch(following):
            header = _cells(line)
        elif header and _RULE.fullmatch(line):
            continue
        elif header and "|" in line:
            row, cited = _row(header, _cells(line))
            told = (f"{name}: {cell}" if name else cell for name, cell in zip(*row, strict=True) if cell)
            shown += ["", f"{ROW}{', '.join(told)}{cited}", ""]
            rows.append(row)
        else:
            header = []
            shown.append(line)
    return "\n".join(shown), rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row(header: list[str], cells: list[str]) -> tuple[Row, str]:
    """The row without the cells of sources, and the marks in these."""
    columns, cited = [], ""
    longest = max(len(header), len(cells))
    padded = ([*one, *[""] * (longest - len(one))] for one in (header, cells))
    for name, cell in zip(*padded, strict=True):
        if _SOURCES.fullmatch(name.strip("*_ ")):
            cited += f" [{cell}]" if _BARE_NUMBERS.fullmatch(cell) else f" {cell}"
        else:
            columns.append((name, cell))
    return Row(tuple(name for name, _ in columns), tuple(cell for _, cell in columns)), cited
