"""What lines at the head and the foot of a plain text state: who wrote it, and when it was published and changed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.formats.page_bylines import byline_and_rest, is_role
from index.formats.readings import Reading, make_reading
from index.text.passages import is_hard_wrapped
from index.times.written_dates import Stamp, around_date, dateline, read_date, stamp

_EMPHASIS = re.compile(r"[*_]{1,3}")
_IN = re.compile(r"\A(?:in|from|aus|en|à|i|te|w|a)\s+", re.IGNORECASE)
_HEAD, _FOOT = 5, 2  # lines in which a text may state its facts
_LONGEST_IN_HEAD = 100
_HEADLINE_OF_LINE = 0.7
_PROPERTIES = "document properties"


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
        line = _EMPHASIS.sub("", lines[number]).strip()
        author, found = _stated(line)
        goes_on = "".join(lines[number + 1 :]).lstrip()[:1].islower()
        if (author or found != Stamp()) and (found.is_labelled or not goes_on):
            taken[number] = author, found
        elif any(name for name, _ in taken.values()) and is_role(line):
            taken[number] = "", Stamp()
        elif len(line) > longest or line.endswith((".", "”", '"')):
            break
    for number in filled[-_FOOT:]:
        found = _past_stamp(_EMPHASIS.sub("", lines[number]).strip())
        if found.is_labelled:
            taken[number] = "", found
    stamps = [found for _, found in taken.values()]
    author = ", ".join(dict.fromkeys(name for name, _ in taken.values() if name))
    published = next((found.published for found in stamps if found.published), None)
    updated = next((found.updated for found in stamps if found.updated), None)
    return LineFacts(author, published, updated), "".join(line for n, line in enumerate(lines) if n not in taken)


def document_reading(
    text: str, raw: str, source: str, facts: LineFacts, *, title: str, author: str, title_from: str = _PROPERTIES
) -> Reading:
    """The reading of a document whose properties state a title and an author; a byline outweighs these."""
    return make_reading(
        text,
        raw,
        source,
        title=title,
        author=facts.author or author,
        published=facts.published or past(dateline(text[:300])),
        updated=facts.updated,
        origins={
            "title": title_from,
            "author": "byline" if facts.author else _PROPERTIES,
            "published": "dateline",
            "updated": "dateline",
        },
    )


def past(day: date | None) -> date | None:
    """The day where it is not in the future; two days are left for time zones."""
    return day if day and day <= date.today() + timedelta(days=2) else None


def _stated(line: str) -> tuple[str, Stamp]:
    """The names and the dates of a line that states them and nothing else."""
    found = _past_stamp(line)
    if found != Stamp():
        return "", found
    author, rest = byline_and_rest(line)
    place, after = around_date(_IN.sub("", rest))
    if not author or after or not all(word[0].isupper() for word in place.split()):
        return "", Stamp()
    return author, Stamp(past(read_date(rest)))


def _past_stamp(line: str) -> Stamp:
    found = stamp(line)
    days = [day for day in (found.published, found.updated) if day]
    return found if days == [day for day in days if past(day)] else Stamp()
