"""Lines that recur in an outlet's articles: boilerplate known by evidence, whatever its page.

Kept in three tables of the catalogue and changed in its transactions; nothing is held in memory. Of an article only a
24-bit mark of each line is kept, in their order. Now and then an outlet's lines are counted anew from these
(`recount`): when a fifth of its articles changed since, and at the end of an addition.

An article's lines are taken in as they were read (`add`), in the transaction that writes it; of its text what is no
boilerplate is kept (`without_lines`). Articles with a line that came to recur, or no longer does, are made anew from
what was read of them.
So what stands at the end does not depend on the order in which articles came.
"""

import re
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

TABLES = (
    # `changes` counts articles added and removed since the lines were last counted.
    "CREATE TABLE IF NOT EXISTS recurring_outlets"
    " (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL, changes INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS recurring_articles (id INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE,"
    " outlet INTEGER NOT NULL, day INTEGER, marks BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS recurring_articles_outlet ON recurring_articles (outlet)",
    "CREATE TABLE IF NOT EXISTS recurring_lines"
    " (outlet INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (outlet, line)) WITHOUT ROWID",
)

# A line that speaks to the reader or credits someone recurs if it stands in this many articles of so many days.
_ARTICLES, _DAYS, _SHARE = 8, 6, 0.003
# Any other might be a sentence of reporting ("The cause of the fire is under investigation.") or a table's header. It
# must stand in more, and in most of them at the edge: a sentence at the beginning or the end, others at the end.
_ARTICLES_PLAIN, _DAYS_PLAIN, _SHARE_PLAIN = 20, 16, 0.02
_EDGE, _AT_EDGE = 2, 0.8  # lines; of the articles
_DUE = 0.2  # of an outlet's articles changed
_COUNTED = 20_000  # articles of an outlet at most: those of the least ids, which are as good as drawn by chance
_LEFT = 0.5  # of a text's characters; a text that would lose more is left as it is
_SHORTEST, _LONGEST, _WORDS = 30, 450, 4  # of a line: headings, answers and cells are shorter, paragraphs longer

_CELLS = ("\t", " | ", "   ")  # what stands between those of a table's row
_SENTENCE_END = re.compile(r"[.!?…。؟։][\"'”’»)\]]*$")
_TO_THE_READER = re.compile(
    r"(?<!\S)@\w|\w@\w+\.\w|https?://|www\.|\b(?:sign up|subscri\w+|newsletters?|inbox|podcasts?|our journalism"
    r"|follow\b.{0,60}\bon (?:twitter|x|facebook|instagram|threads|bluesky|mastodon|tiktok|linkedin)|(?:click|tap) here"
    r"|download (?:our|the)\b.{0,20}\bapp|contributing:|contributed to this (?:report|story|article)|content partner"
    r"|earn (?:us )?an? (?:affiliate )?commission|supported (?:in part )?by a grant|all rights reserved"
    r"|(?:story|article|report)(?: and headline)? (?:has been|was) (?:updated|corrected))\b",
    re.IGNORECASE,
)

Marks = NDArray[np.uint32]


def outlet_name(outlet: str, url: str) -> str:
    """What an article's outlet goes by here: its name, or else the URL's host; "" if neither is known."""
    if outlet.strip():
        return " ".join(outlet.casefold().split())
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def create_tables(db: sqlite3.Connection) -> None:
    """Create what is missing. Like all functions here, it neither begins nor ends a transaction."""
    for statement in TABLES:
        db.execute(statement)


def add(db: sqlite3.Connection, article_id: str, outlet: str, published: date | None, text: str) -> None:
    """Take in the lines of an article, in place of what has its id; `text` is as it was read, nothing removed.

    Of an unknown outlet ("") nothing is kept.
    """
    remove(db, article_id)
    marks = _marks(text)
    if not outlet or not len(marks):
        return
    db.execute("INSERT OR IGNORE INTO recurring_outlets (name, articles, changes) VALUES (?, 0, 0)", (outlet,))
    (key,) = db.execute("SELECT id FROM recurring_outlets WHERE name = ?", (outlet,)).fetchone()
    row = (article_id, key, published.toordinal() if published else None, _to_bytes(marks))
    db.execute("INSERT INTO recurring_articles (article_id, outlet, day, marks) VALUES (?, ?, ?, ?)", row)
    db.execute("UPDATE recurring_outlets SET articles = articles + 1, changes = changes + 1 WHERE id = ?", (key,))


def remove(db: sqlite3.Connection, article_id: str) -> None:
    """Take the article out. Unknown: no change."""
    row = db.execute("SELECT outlet FROM recurring_articles WHERE article_id = ?", (article_id,)).fetchone()
    if row is not None:
        db.execute("DELETE FROM recurring_articles WHERE article_id = ?", (article_id,))
        db.execute("UPDATE recurring_outlets SET articles = articles - 1, changes = changes + 1 WHERE id = ?", row)


def recurring_lines(db: sqlite3.Connection, outlet: str) -> frozenset[str]:
    """The outlet's lines that recur, as last counted."""
    found = db.execute(
        "SELECT l.line FROM recurring_outlets o JOIN recurring_lines l ON l.outlet = o.id WHERE o.name = ?", (outlet,)
    )
    return frozenset(line for (line,) in found)


def outlets_due(db: sqlite3.Connection, share: float = _DUE) -> list[str]:
    """The outlets of which more than this share of the articles changed since their lines were last counted."""
    query = (
        "SELECT name FROM recurring_outlets WHERE changes > 0 AND changes > ? * articles"
        " AND (articles >= ? OR id IN (SELECT outlet FROM recurring_lines)) ORDER BY name"
    )
    return [name for (name,) in db.execute(query, (share, _ARTICLES))]


def recount(db: sqlite3.Connection, outlet: str, text_of: Callable[[str], str]) -> frozenset[str]:
    """Count the outlet's lines anew. Returns the lines that recur now and did not before, or the reverse.

    `text_of` gives the text of an article as `add` was given it, by its id; it is asked for a few.
    """
    row = db.execute("SELECT id FROM recurring_outlets WHERE name = ?", (outlet,)).fetchone()
    if row is None:
        return frozenset()
    (key,) = row
    before, now = recurring_lines(db, outlet), frozenset(_counted(db, key, text_of))
    db.executemany("DELETE FROM recurring_lines WHERE outlet = ? AND line = ?", [(key, line) for line in before - now])
    db.executemany("INSERT INTO recurring_lines VALUES (?, ?)", [(key, line) for line in now - before])
    db.execute("UPDATE recurring_outlets SET changes = 0 WHERE id = ?", (key,))
    db.execute("DELETE FROM recurring_outlets WHERE id = ? AND articles = 0", (key,))
    return before ^ now


def articles_with(db: sqlite3.Connection, outlet: str, lines: Collection[str]) -> list[str]:
    """The ids of the outlet's articles that were read with any of these lines, and rarely another, sorted."""
    wanted = {_mark(line) for line in lines}
    if not wanted:
        return []
    rows = db.execute(
        "SELECT a.article_id, a.marks FROM recurring_outlets o JOIN recurring_articles a ON a.outlet = o.id"
        " WHERE o.name = ? ORDER BY a.article_id",
        (outlet,),
    )
    return [article_id for article_id, stored in rows if not wanted.isdisjoint(_from_bytes(stored).tolist())]


def without_lines(text: str, lines: AbstractSet[str]) -> str:
    """The text without these lines; every other character is left as it is.

    A text of which they are the greater part is left whole.
    """
    kept = "".join(line for line in text.splitlines(keepends=True) if line.strip() not in lines)
    return kept if len(text) - len(kept) <= _LEFT * len(text.strip()) else text


def _counted(db: sqlite3.Connection, outlet: int, text_of: Callable[[str], str]) -> Iterator[str]:
    """The lines that recur in this outlet's articles; equal articles count once."""
    query = "SELECT marks, article_id, day FROM recurring_articles WHERE outlet = ? ORDER BY article_id LIMIT ?"
    rows = {stored: (article_id, day) for stored, article_id, day in db.execute(query, (outlet, _COUNTED))}
    if len(rows) < _ARTICLES:
        return
    texts = [_from_bytes(stored) for stored in rows]
    found, counts = np.unique(np.concatenate([np.unique(marks) for marks in texts]), return_counts=True)
    likely = found[(found & 1 == 1) & (counts >= max(_ARTICLES, _SHARE * len(rows)))]
    lengths = np.array([len(marks) for marks in texts])
    ends, every = np.cumsum(lengths), np.concatenate(texts)
    facts = list(rows.values())
    for mark in likely:
        places = np.flatnonzero(every == mark)
        holders, first = np.unique(np.searchsorted(ends, places, "right"), return_index=True)
        places = places[first] - (ends - lengths)[holders]
        line = _line_of(int(mark), text_of(facts[holders[0]][0]))
        if line is not None:
            days = {facts[holder][0] if facts[holder][1] is None else facts[holder][1] for holder in holders}
            at_end = float(np.mean(lengths[holders] - places <= _EDGE))
            at_edge = float(np.mean((lengths[holders] - places <= _EDGE) | (places < _EDGE)))
            if _recurs(line, len(holders), len(days), len(rows), at_edge if _SENTENCE_END.search(line) else at_end):
                yield line


def _recurs(line: str, articles: int, days: int, of: int, at_edge: float) -> bool:
    if _TO_THE_READER.search(line):
        return days >= _DAYS
    return articles >= max(_ARTICLES_PLAIN, _SHARE_PLAIN * of) and days >= _DAYS_PLAIN and at_edge >= _AT_EDGE


def _line_of(mark: int, text: str) -> str | None:
    return next((line for line in map(str.strip, text.splitlines()) if _mark(line) == mark), None)


def _marks(text: str) -> Marks:
    """The marks of the lines that are not blank, in the order of the text."""
    return np.array([_mark(line) for line in map(str.strip, text.splitlines()) if line], np.uint32)


def _mark(line: str) -> int:
    """23 bits that tell the line from most others, and one that tells whether it may be boilerplate."""
    return zlib.crc32(line.encode("utf-8", "surrogatepass")) & 0xFFFFFE | _may_recur(line)


def _may_recur(line: str) -> bool:
    if not _SHORTEST <= len(line) <= _LONGEST or line.count(" ") < _WORDS - 1:
        return False
    return not line.endswith(":") and not any(cell in line for cell in _CELLS)


def _to_bytes(marks: Marks) -> bytes:
    return marks.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def _from_bytes(stored: bytes) -> Marks:
    marks = np.zeros((len(stored) // 3, 4), np.uint8)
    marks[:, :3] = np.frombuffer(stored, np.uint8).reshape(-1, 3)
    return marks.view("<u4").ravel().astype(np.uint32)
