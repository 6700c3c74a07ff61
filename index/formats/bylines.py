"""Who wrote an article and when, as lines of text state it: bylines, labels beside names, dates at the head and foot.

Pages, plain texts, documents, tables and exports all write "By Ann Lee, 6 October 2020" or "Autorin: Inga Moll".
"""

import re
from dataclasses import dataclass
from datetime import date

from index.english import lexicon
from index.formats.readings import is_link, name_key, past, same_name
from index.text.passages import is_hard_wrapped
from index.times.written_dates import Stamp, around_date, fold, is_date_label, is_weekday, read_date, stamp, tokens

_WORDS = lexicon("bylines", __package__)
_LABELS = frozenset(map(fold, _WORDS.words("labels")))
_LABEL_ENDS, _ROLES, _PARTICLES, _ACCOUNTS, _TITLES_AFTER, _PREPOSITIONS = (
    _WORDS.words(name) for name in ("label_ends", "roles", "particles", "accounts", "titles_after", "prepositions")
)
_LEAD = _WORDS.pattern("leads")
_BY = re.compile(rf"\s*{_LEAD}(?:\s*[:：՝=＝]\s*|[\s　]+)", re.IGNORECASE)
_TRAILING_BY = re.compile(rf"(?:\A|\s){_LEAD}\s*[:：՝]?\s*\Z", re.IGNORECASE)
# What stands before a colon in a byline, where a name follows it: "Autor: ", "Text und Fotos: ", "取材・文＝".
_LABELLED = re.compile(r"\s*[^\W\d][^:：=＝\d]{0,39}[:：=＝](?!//)\s*")
_CJK_LABEL = re.compile(
    r"この.*|.*(?:[をの].*(?:人|者)|執筆者|著者|作者|筆者|编辑|編集部?|記事|プロフィール|ライター|一覧|紹介|作成者|작성자|글쓴이|기사)"
)
_AND = re.compile(rf"\s+{_WORDS.pattern('conjunctions')}\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;，、]\s*")
_NO_LONGER_NAMES = re.compile(
    r"\s*[|·•–—]\s*|\s+\S+@\S+|\s+/\s+|,?\s+(?:(?:published|posted|updated|last\s+updated)\b|(?:in|from)\s+(?=[A-Z]))"
    r"|\s+for\s+the\s",
    re.IGNORECASE,
)
_AROUND_NAMES = " ,|·•–—-/"
LONGEST_BYLINE = 80  # characters
_HEAD, _FOOT = 5, 2  # lines in which a text may state its facts
_LONGEST_IN_HEAD = 100
_HEADLINE_OF_LINE = 0.7


# The lines of a text


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What lines state; empty or None is what they do not."""

    author: str = ""
    published: date | None = None
    updated: date | None = None


def take_facts(body: str) -> tuple[LineFacts, str]:
    """What the lines at the head and the foot of a text state, and the text without those lines.

    A byline, such as "By Anna Berg, 6 October 2020", and a bare date count only at the head, and only where they are
    not the start of a sentence that the next line continues.
    """
    lines = body.splitlines(keepends=True)
    filled = [number for number, line in enumerate(lines) if line.strip()]
    longest = _LONGEST_IN_HEAD
    if is_hard_wrapped(body):  # so that a headline is told from a line of the text
        longest = int(_HEADLINE_OF_LINE * max(map(len, lines)))
    taken: dict[int, tuple[str, Stamp]] = {}
    for number in filled[:_HEAD]:
        line = _without_emphasis(lines[number])
        author, found = _stated(line)
        goes_on = "".join(lines[number + 1 :]).lstrip()[:1].islower()
        if (author or found != Stamp()) and (found.is_labelled or not goes_on):
            taken[number] = author, found
        elif any(name for name, _ in taken.values()) and len(line) < LONGEST_BYLINE // 2 and is_role(line):
            taken[number] = "", Stamp()
        elif len(line) > longest or line.endswith((".", "”", '"')):
            break
    for number in filled[-_FOOT:]:
        found = _past_stamp(_without_emphasis(lines[number]))
        if found.is_labelled:
            taken[number] = "", found
    stamps = [found for _, found in taken.values()]
    author = ", ".join(dict.fromkeys(name for name, _ in taken.values() if name))
    published = next((found.published for found in stamps if found.published), None)
    updated = next((found.updated for found in stamps if found.updated), None)
    return LineFacts(author, published, updated), "".join(line for n, line in enumerate(lines) if n not in taken)


def _stated(line: str) -> tuple[str, Stamp]:
    """The names and the dates of a line that states them and nothing else."""
    found = _past_stamp(line)
    if found != Stamp():
        return "", found
    author, rest = byline_and_rest(line)
    first, _, others = rest.partition(" ")
    place, after = around_date(others if first.lower() in _PREPOSITIONS else rest)
    if not author or after or not all(word[0].isupper() for word in place.split()):
        return "", Stamp()
    return author, Stamp(past(read_date(rest)))


def _past_stamp(line: str) -> Stamp:
    found = stamp(line)
    days = [day for day in (found.published, found.updated) if day]
    return found if days == [day for day in days if past(day)] else Stamp()


def _without_emphasis(line: str) -> str:
    return line.replace("*", "").replace("_", "").strip()


# Bylines


def byline_and_rest(line: str) -> tuple[str, str]:
    """The names of a line that says that they wrote it, such as "By Ann Lee, 6 October 2020", and what else it says.

    Empty names where it does not say so: names alone may be anything.
    """
    names, before, after = _parted(line)
    label = _LABELLED.match(names)
    says_so = _BY.match(names) or _TRAILING_BY.search(before) or (label and is_no_name(label[0]))
    if not says_so:
        return "", ""
    found, *others = names_in(names).split(", ")
    # One word after a whole name is a place: "By Ann Lee, Combe, 6 October 2020".
    people = [found, *(other for other in others if " " in other or " " not in found)]
    return ", ".join(people), (_TRAILING_BY.sub("", before) + after).strip(_AROUND_NAMES)


def without_names(line: str) -> str:
    """What a line beside names says, such as the date in "By Ann Lee, 6 October 2020"; "" where it has none."""
    names, before, after = _parted(line)
    return (_TRAILING_BY.sub("", before) + after).strip(_AROUND_NAMES) if names else ""


def begins_byline(line: str) -> bool:
    """Whether a line begins with "By" in one of many languages."""
    return _BY.match(line) is not None


def cut_names(line: str) -> str:
    """The names in a byline: up to the bar, bullet, date, or place that follows them, or after the date before them."""
    before, after = around_date(line)
    if after and (not before or is_no_name(before)) and (_BY.match(after) or after[0] in _AROUND_NAMES):
        return _NO_LONGER_NAMES.split(_without_by(after.lstrip(_AROUND_NAMES)), maxsplit=1)[0]
    return _NO_LONGER_NAMES.split(before.strip(" |·•–—"), maxsplit=1)[0]


def names_in(raw: str, outlet: str = "", host: str = "") -> str:
    """Names of people, joined with a comma; labels, numbers, dates, links, roles and the outlet are left out.

    `host` is that of the page: some name their outlet by it.
    """
    names: list[str] = []
    for part in _COMMA.split(raw):
        name = _without_title(without_label(part).strip(" .|–—-"))
        if name and not is_link(name) and len(name) < 100:
            both = _AND.split(name)
            names += both if all(" " in one.strip() or is_role(one) for one in both) else [name]
    names = [name for name in names if not _is_of_outlet(name, outlet, host)]
    names = [name for name in names if not _is_account(name) and not is_no_name(name)]
    return ", ".join(dict.fromkeys([name for name in names if not is_role(name)] or names))


def are_names(line: str) -> bool:
    """Whether a line is what names look like: few words, none of them in small letters only, no digits."""
    said = without_label(line).strip(" .,|")
    people = [name for part in _COMMA.split(said) for name in _AND.split(part) if name.strip()]
    if not people or any(c.isdigit() or c in "?!…" for c in said) or is_no_name(said):
        return False
    return all(_is_name(name.split()) for name in people)


def is_no_name(text: str) -> bool:
    """Whether a text that stands where a name should is none: a label, a number, a handle, a day, a time."""
    said = text.strip(" .,:：|·•–—-()[]")
    if not name_key(said) or said.startswith("@") or said[0].isdigit() or not any(c.isalpha() for c in said):
        return True
    words = fold(said).split()
    return (
        all(word.strip(".,:&") in _LABELS for word in words)
        or _CJK_LABEL.fullmatch(said) is not None
        or is_weekday(tokens(fold(said)))
        or is_date_label(said)
        or (len(words) > 1 and words[-1] in _LABEL_ENDS and not said.isupper())
    )


def without_label(text: str) -> str:
    """A byline without what leads to the names: "By", "Autorin:"."""
    text = _without_by(text)
    label = _LABELLED.match(text)
    return _without_by(text[label.end() :]) if label else text


def _without_by(text: str) -> str:
    by = _BY.match(text)
    return text[by.end() :] if by else text


def _parted(line: str) -> tuple[str, str, str]:
    """The names in a byline, what stands before them, and what behind; nothing where it has none."""
    names = cut_names(line) if len(line) < 2 * LONGEST_BYLINE else ""
    if not are_names(names) or names not in line:
        return "", "", ""
    before, _, after = line.partition(names)
    return names, before, after


def _without_title(name: str) -> str:
    """The name without a title behind it, as in "Inci Mol muhabiri"."""
    before, _, last = name.rpartition(" ")
    return before.rstrip() if before and last in _TITLES_AFTER else name


def is_role(text: str) -> bool:
    """Whether a text says what a writer is, such as "Gazette Staff Writer"."""
    words = text.casefold().split()
    return bool(words) and words[-1] in _ROLES


def _is_account(name: str) -> bool:
    small = "".join(name.casefold().split())
    return small in _ACCOUNTS or (small.startswith("admin") and small.isalnum())


def _is_of_outlet(name: str, outlet: str, host: str) -> bool:
    """Whether a name is the outlet's own, or a part of its host."""
    host = host.removeprefix("www.")
    return same_name(name, outlet) or (host != "" and name_key(name) in map(name_key, [host, *host.split(".")]))


def _is_name(words: list[str]) -> bool:
    capital = [word for word in words if word.lower() not in _PARTICLES]
    return 0 < len(words) <= 6 and bool(capital) and not any(word[0].islower() for word in capital)
