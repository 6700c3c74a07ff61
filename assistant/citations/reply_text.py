"""What of a language model's text is its answer: no thinking, no JSON or HTML around it, no list of sources under it.

Headings, emphasis and the rows of tables get private characters, so that they can be found when the text is cut into
sentences.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from assistant.citations.mark_forms import LIST, NOUNS, OPENING, expanded, mark, numbers_in
from assistant.layout import HEADING, ROW, Row
from index.english import lexicon

_WORDS = lexicon("citation_words")

_FENCES = _WORDS.table("thinking")
_THINKING = re.compile(
    "|".join(rf"{re.escape(opening)}.*?(?:{re.escape(closing)}|\Z)" for opening, closing in _FENCES.items()), re.DOTALL
)
_CONTROL = re.compile(r"<\|[a-z_]{2,30}\|>|</?s>|<(?:start|end)_of_turn>|<[｜|][^<>\n]{1,40}[｜|]>")

_TAG = re.compile(
    rf"</?(?:(?P<line>{_WORDS.pattern('line_elements')})|{_WORDS.pattern('inline_elements')})(?:\s[^<>]{{0,300}})?/?>",
    re.IGNORECASE,
)
_CUT_JSON = re.compile(r'\A\s*\{\s*"(?:answer|text|response|final_answer)"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)
_LABEL = re.compile(r"\A\s*(?:\*\*|__)?(?:final |short )?answer(?:\*\*|__)?\s*:(?:\*\*|__)?\s*", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*[^\W\d_]{3}[^\[\]\n]*)\]\((?:https?://|#|/)[^()\s]{0,500}\)")

_LOWEST = 6  # level of a heading: of a line that is bold as a whole
_LONGEST_HEADING = 80  # characters of such a line

# The characters before and behind what is strong, and what is emphasised.
SIGNS: dict[Literal["strong", "em"], tuple[str, str]] = {"strong": ("\ue004", "\ue005"), "em": ("\ue006", "\ue007")}
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,600}?)(?<=[^\s*])\1(?![\w*])|\b__(?=\S)([^_\n]{1,600}?)(?<=\S)__\b"
)

_TITLES, _COLUMNS = _WORDS.words("list_titles"), _WORDS.words("column_titles")
_ENTRY = re.compile(
    rf"[ \t]*(?:[-*•–][ \t]+)?(?:\*\*)?(?:\[\^?(?P<label>[^\[\]\s]{{1,20}})\]|【(?P<lenticular>\d{{1,3}})】|"
    rf"\((?P<round>\d{{1,3}})\)|(?P<item>\d{{1,3}})[.):]|(?P<up>[¹²³⁴⁵⁶⁷⁸⁹]+)|{NOUNS}\s(?P<named>\d{{1,3}})\b|[-*•–])"
    r"(?:\*\*)?[ \t]*(?P<sign>[:：.–—-])?(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_POINTS_TO = re.compile(rf"\s*(?:[\[(]?{NOUNS}[\s#:]{{1,2}}({LIST})|\[?({LIST})\]?\.?\s*$)", re.IGNORECASE)
_MARKED = re.compile(
    r"\[\^?\d|【\d|\(\d{1,3}\)|[¹²³⁴⁵⁶⁷⁸⁹]|<sup>|\[\^|\b(?:source|passage|doc|document)s?[\s:#]{1,2}\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Body:
    """An answer without its list of sources. `everywhere` are the numbers of a list that stands for all of it.

    `meanings` gives for a label of the text ("1", "a") the passages that the list says it means.
    """

    text: str
    everywhere: tuple[int, ...]
    meanings: dict[str, tuple[int, ...]]


def visible_text(text: str) -> str:
    """As much of a text still being made as is surely not thinking: it may end in `<thi`."""
    visible = without_thinking(text)
    begun = [opening[:cut] for opening in _FENCES for cut in range(1, len(opening)) if visible.endswith(opening[:cut])]
    return visible.removesuffix(max(begun, key=len, default=""))


def without_thinking(text: str) -> str:
    """The text without `<think>…</think>` and the like, closed or not, or begun before the text."""
    text = _THINKING.sub("", text)
    return text[max(text.rfind(closing) + len(closing) if closing in text else 0 for closing in _FENCES.values()) :]


def unwrapped(text: str) -> str:
    """The answer in a model's text, as lines of plain words with its marks."""
    lines = _CONTROL.sub("", without_thinking(text)).split("\n")
    text = _from_json("\n".join(line for line in lines if not _is_fence(line)))
    return _LABEL.sub("", _TAG.sub(lambda found: "\n" if found["line"] else "", text))


def with_signs(text: str) -> str:
    """The text with its headings, unless there is nothing else, and its emphasis in private characters."""
    lines = text.split("\n")
    levels = [_heading_level(line) for line in lines]
    others = any(not level and any(map(str.isalnum, line)) for level, line in zip(levels, lines, strict=True))
    for at, (level, line) in enumerate(zip(levels, lines, strict=True)):
        if level and others:
            lines[at] = f"\n{HEADING * level}{line.strip().strip('#*_ ').rstrip(':')}\n"
        elif _hashes(line):
            lines[at] = line.lstrip(" \t#")
    text = "\n".join(lines)
    for _ in range(2):  # **_both_**
        text = _EMPHASIS.sub(_signed, text)
    return _LINK.sub(lambda found: found.group() if numbers_in(found.group(1)) else found.group(1), text)


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
        if "|" in line and _is_rule(following):
            header = _cells(line)
        elif header and _is_rule(line):
            continue
        elif header and "|" in line:
            row, cited = _row(header, _cells(line))
            told = (
                f"{name}: {cell}" if name else cell for name, cell in zip(row.header, row.cells, strict=True) if cell
            )
            shown += ["", f"{ROW}{', '.join(told)}{cited}", ""]
            rows.append(row)
        else:
            header = []
            shown.append(line)
    return "\n".join(shown), rows


def without_references(text: str) -> Body:
    """The answer and what the list of sources under it says, if there is one."""
    lines = text.split("\n")
    kept, entries = _divided(lines)
    labels = [(_label(entry), entry["rest"]) for entry in entries]
    meanings = {label: told for label, rest in labels if label and (told := _passages_in(rest))}
    numbers = [int(label) for label, _ in labels if label.isdecimal() and len(label) <= 3]
    body, last = _last_line("\n".join(kept))
    bare = not _MARKED.search(body)
    everywhere = tuple(last + [n for n in numbers if str(n) not in meanings]) if bare else ()
    return Body(body, everywhere if any(map(str.isalnum, body)) else (), meanings)


def _is_fence(line: str) -> bool:
    """Whether a line begins or ends a block of code."""
    bare = line.strip(" \t")
    return bare.startswith(("```", "~~~")) and all(one.isalnum() or one in "_-" for one in bare[3:])


def _from_json(text: str) -> str:
    stripped = text.strip()
    if stripped[:1] not in ("{", "["):
        return text
    try:
        return _told(json.loads(stripped)) or text
    except (ValueError, RecursionError):
        cut = _CUT_JSON.match(stripped)
        return _decoded(cut.group(1)) if cut else text


def _decoded(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string


def _told(value: Any) -> str:
    """The texts in a JSON value in their order, each with the numbers beside it."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_told, value)))
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    number_keys = _WORDS.listed("number_keys")
    said = [value[key] for key in _WORDS.listed("text_keys") if isinstance(value.get(key), str)][:1]
    inner = [_told(one) for key, one in value.items() if isinstance(one, dict | list) and key not in number_keys]
    marks = "".join(f"[{n}]" for key in number_keys for n in _numbers(value.get(key)))
    told = "\n\n".join(filter(None, [*said, *inner]))
    if not marks:
        return told
    whole = bool(inner) or not _WORDS.words("answer_keys").isdisjoint(value)
    return f"{told}\n\nSources: {marks}" if whole else f"{told} {marks}"  # beside a whole answer: the sources of all


def _numbers(value: Any) -> list[str]:
    """The numbers in 1, "1", [1, 2], ["[1]"] or [{"id": 1}]."""
    if isinstance(value, list):
        return [n for one in value for n in _numbers(one)]
    if isinstance(value, dict):
        return [n for one in value.values() for n in _numbers(one)][:1]
    if isinstance(value, bool) or not isinstance(value, int | str) or len(str(value)) > 40:
        return []
    words = "".join(one if one.isalnum() or one == "_" else " " for one in str(value)).split()
    return [word for word in words if word.isdecimal() and len(word) <= 3]


def _heading_level(line: str) -> int:
    """How many hashes a heading has; 0 for any other line, be it a sentence, or one with a mark, behind hashes."""
    if line.strip(" \t*_#").endswith((*".!?])。",)) or OPENING in line:
        return 0
    bold = line.strip(" \t").removesuffix(":")
    inner = bold[2:-2]
    is_bold = bold.startswith(("**", "__")) and bold.endswith(("**", "__")) and "*" not in inner
    return _hashes(line) or (_LOWEST if is_bold and 0 < len(inner) <= _LONGEST_HEADING else 0)


def _hashes(line: str) -> int:
    """How many hashes a line begins with, if a space is behind them."""
    bare = line.lstrip(" \t")
    text = bare.lstrip("#")
    return len(bare) - len(text) if text[:1] in (" ", "\t") and len(bare) - len(text) <= _LOWEST else 0


def _signed(found: re.Match[str]) -> str:
    stars = len(found.group(1) or "**")
    inner = found.group(2) or found.group(3)
    kind: Literal["strong", "em"]
    for kind, wanted in (("em", stars != 2), ("strong", stars != 1)):
        inner = inner.join(SIGNS[kind]) if wanted else inner
    return inner


def _is_rule(line: str) -> bool:
    """Whether it is the line under the header of a table: |:--|---|."""
    return "-" in line and all(cell.strip(" \t\r").strip(":").strip("-") == "" and "-" in cell for cell in _cells(line))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row(header: list[str], cells: list[str]) -> tuple[Row, str]:
    """The row without the cells of sources, and the marks in these."""
    columns, cited = [], ""
    longest = max(len(header), len(cells))
    padded = ([*one, *[""] * (longest - len(one))] for one in (header, cells))
    for name, cell in zip(*padded, strict=True):
        if name.strip("*_ ").lower() in _COLUMNS:
            numbers = numbers_in(cell)
            cited += f" {mark(numbers) if numbers else cell}"
        else:
            columns.append((name, cell))
    return Row(tuple(name for name, _ in columns), tuple(cell for _, cell in columns)), cited


def _divided(lines: list[str]) -> tuple[list[str], list[re.Match[str]]]:
    """The lines of the answer, and the entries of the list at its end or of footnotes anywhere."""
    entries: list[re.Match[str]] = []
    for at in range(len(lines) - 1, 0, -1):
        if entries and _listed(lines[at]) == "":
            return lines[:at], [entry for entry in reversed(entries) if _label(entry) and not entry["item"]]
        if entry := _ENTRY.fullmatch(lines[at]):
            entries.append(entry)
        elif lines[at].strip():
            break
    footnotes = list(filter(None, map(_footnote, lines)))
    kept = [line for line in lines if not _footnote(line)]
    first = _beginning(kept)
    return kept[:first], [*footnotes, *filter(None, map(_ENTRY.fullmatch, kept[first:]))]


def _footnote(line: str) -> re.Match[str] | None:
    """The entry of a footnote's definition, `[^1]: Harbour Daily`."""
    entry = _ENTRY.fullmatch(line) if line.lstrip(" \t").startswith("[^") else None
    return entry if entry and entry["sign"] == ":" else None


def _beginning(lines: list[str]) -> int:
    """Where a list without a heading begins: entries after an empty line, in no sentences, whose labels are cited."""
    first = len(lines)
    while first and (not lines[first - 1].strip() or _is_bare_entry(lines[first - 1])):
        first -= 1
    while first < len(lines) and lines[first].strip():
        first += 1  # entries that follow a line of the answer are a part of it
    return first if _MARKED.search("\n".join(lines[:first])) else len(lines)


def _is_bare_entry(line: str) -> bool:
    entry = _ENTRY.fullmatch(line)
    told = entry["rest"].strip() if entry and (entry["label"] or entry["lenticular"] or entry["up"]) else ""
    return bool(told) and not told.endswith((".", "!", "?", "]", "。"))


def _last_line(body: str) -> tuple[str, list[int]]:
    """The body without a last line such as "Sources: [1], 3", and its numbers, where only one such line is there."""
    *above, last = body.rstrip().split("\n")
    told = _listed(last)
    if not above or told is None or any(_listed(line) is not None for line in above):
        return body, []
    told = told.translate(str.maketrans("[]()【】*_", "        "))
    numbers = numbers_in(" ".join(told.split()).replace(" ,", ",").strip(" ."))
    text = "\n".join(above)
    if numbers is not None or (told.strip() and _MARKED.search(text)):
        return text, numbers or []
    return body, []


def _listed(line: str) -> str | None:
    """What follows "Sources:" in a line, "" behind such a heading; None for any other line."""
    title, _, rest = line.replace("：", ":").partition(":")
    if title.strip(" \t*_#(-•–").lower() not in _TITLES:
        return None
    return rest.lstrip("*_").strip(" \t:")


def _label(entry: re.Match[str]) -> str:
    groups = entry.groupdict()
    return next((groups[name] for name in ("label", "lenticular", "round", "item", "named") if groups.get(name)), "")


def _passages_in(rest: str) -> tuple[int, ...]:
    found = _POINTS_TO.match(rest)
    return tuple(expanded(found.group(1) or found.group(2))) if found else ()
