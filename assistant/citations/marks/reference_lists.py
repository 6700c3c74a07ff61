"""The list of sources that a model puts under its answer: no answer text, but it may say what a number means."""

import re
from dataclasses import dataclass

from assistant.citations.marks.numbers import LIST, NOUNS, expanded, numbers_in

_TITLE = (
    r"(?:sources?|references?|citations?|bibliography|works cited|footnotes?|notes|quellen|fuentes|fontes|fonti|källor|"
    r"kilder|参考文献|参考资料|来源|出典|источники|المصادر)(?: used| cited)?"
)
_HEADING = re.compile(
    rf"[ \t]*(?:#{{1,6}}[ \t]+)?(?:\*\*|__)?{_TITLE}[ \t]*[:：]?(?:\*\*|__)?[ \t]*[:：]?[ \t]*", re.IGNORECASE
)
_LABEL = (
    rf"(?:\[\^?(?P<label>[^\[\]\s]{{1,20}})\]|【(?P<lenticular>\d{{1,3}})】|\((?P<round>\d{{1,3}})\)|"
    rf"(?P<item>\d{{1,3}})[.):]|(?P<up>[¹²³⁴⁵⁶⁷⁸⁹]+)|{NOUNS}\s(?P<named>\d{{1,3}})\b|[-*•–])"
)
_ENTRY = re.compile(
    rf"[ \t]*(?:[-*•–][ \t]+)?(?:\*\*)?{_LABEL}(?:\*\*)?[ \t]*[:：.–—-]?(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"[ \t]*\[\^(?P<label>[^\[\]\s]{1,20})\]:[ \t]*(?P<rest>[^\n]*)")
_LINE = re.compile(rf"[ \t]*(?:[-*•–][ \t]+)?[(*_]*{_TITLE}[*_]*[ \t]*[:：][*_]*[ \t]*(?P<list>[^\n]*)", re.IGNORECASE)
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


def without_references(text: str) -> Body:
    """The answer and what the list under it says, if there is one."""
    lines = text.split("\n")
    kept, entries = _divided(lines)
    body = "\n".join(kept)
    labels = [(_label(entry), entry["rest"]) for entry in entries]
    meanings = {label: told for label, rest in labels if label and (told := _passages_in(rest))}
    numbers = [int(label) for label, _ in labels if label.isdecimal() and len(label) <= 3]
    body, last = _last_line(body)
    bare = not _MARKED.search(body)
    everywhere = tuple(last + [n for n in numbers if str(n) not in meanings]) if bare else ()
    return Body(body, everywhere if any(map(str.isalnum, body)) else (), meanings)


def _divided(lines: list[str]) -> tuple[list[str], list[re.Match[str]]]:
    """The lines of the answer, and the entries of the list at its end or of footnotes anywhere."""
    entries: list[re.Match[str]] = []
    for at in range(len(lines) - 1, 0, -1):
        if entries and _HEADING.fullmatch(lines[at]):
            return lines[:at], [entry for entry in reversed(entries) if _is_numbered(entry)]
        entry = _ENTRY.fullmatch(lines[at])
        if entry:
            entries.append(entry)
        elif lines[at].strip():
            break
    footnotes = [found for line in lines if (found := _DEFINITION.fullmatch(line))]
    kept = [line for line in lines if not _DEFINITION.fullmatch(line)]
    first = _beginning(kept)
    below = [found for line in kept[first:] if (found := _ENTRY.fullmatch(line))]
    return kept[:first], [*footnotes, *below]


def _beginning(lines: list[str]) -> int:
    """Where a list without a heading begins: entries after an empty line, in no sentences, whose labels are cited."""
    first = len(lines)
    while first and (not lines[first - 1].strip() or _is_bare_entry(lines[first - 1])):
        first -= 1
    while first < len(lines) and lines[first].strip():
        first += 1  # entries that follow a line of the answer are a part of it
    above = "\n".join(lines[:first])
    return first if _MARKED.search(above) else len(lines)


def _is_bare_entry(line: str) -> bool:
    entry = _ENTRY.fullmatch(line)
    told = entry["rest"].strip() if entry and (entry["label"] or entry["lenticular"] or entry["up"]) else ""
    return bool(told) and not told.endswith((".", "!", "?", "]", "。"))


def _last_line(body: str) -> tuple[str, list[int]]:
    """The body without a last line such as "Sources: [1], 3", and its numbers, where only one such line is there."""
    lines = body.rstrip().split("\n")
    found = [at for at, line in enumerate(lines) if _LINE.fullmatch(line)]
    line = _LINE.fullmatch(lines[-1])
    if len(lines) < 2 or found != [len(lines) - 1] or line is None:
        return body, []
    told = line["list"].translate(str.maketrans("[]()【】*_", "        "))
    numbers = numbers_in(" ".join(told.split()).replace(" ,", ",").strip(" ."))
    above = "\n".join(lines[:-1])
    if numbers is not None or (told.strip() and _MARKED.search(above)):
        return above, numbers or []
    return body, []


def _is_numbered(entry: re.Match[str]) -> bool:
    return bool(_label(entry)) and not entry["item"]


def _label(entry: re.Match[str]) -> str:
    groups = entry.groupdict()
    return next((groups[name] for name in ("label", "lenticular", "round", "item", "named") if groups.get(name)), "")


def _passages_in(rest: str) -> tuple[int, ...]:
    found = _POINTS_TO.match(rest)
    return tuple(expanded(found.group(1) or found.group(2))) if found else ()
