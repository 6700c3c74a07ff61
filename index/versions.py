"""Versions of an agency's item: which one stands, which came before it, and whether the item was withdrawn.

Kept in a table of the catalogue and changed in its transactions. What stands follows from the versions that are known,
so it does not depend on the order in which they came. See docs/decisions/versions-of-an-item.md.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

TABLES = (
    # The text of a version that was replaced is not kept: nothing is to be found in it or quoted from it.
    "CREATE TABLE IF NOT EXISTS versions (article_id TEXT NOT NULL, number INTEGER NOT NULL, created TEXT NOT NULL,"
    " lead INTEGER NOT NULL, is_withdrawn INTEGER NOT NULL, note TEXT NOT NULL, title TEXT NOT NULL, published TEXT,"
    " updated TEXT, source TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (article_id, number, created, lead))"
    " WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item, as its agency numbers it.

    `item` is the id that all versions of the item share. Of the three things that order them an agency gives some:
    `number` counts them from 1 (0: unknown), `created` is the time of this version in UTC in ISO's form ("": unknown),
    `lead` is the number in "2nd Ld-Writethru" (0: none). `is_withdrawn`: the item is not to be used from here on, until
    a later version says otherwise. `note` is what the agency calls it, such as "2nd Ld-Writethru" or "canceled".
    """

    item: str
    number: int = 0
    created: str = ""
    lead: int = 0
    is_withdrawn: bool = False
    note: str = ""

    @property
    def place(self) -> tuple[int, str, int]:
        """Where it stands among the versions of its item; two with the same place are the same version."""
        return self.number, self.created, self.lead


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version that was read, with the facts that are kept of it; `digest` is of what was read."""

    version: Version
    title: str
    published: date | None
    updated: date | None
    source: str
    digest: bytes


def in_order(versions: Sequence[KnownVersion]) -> list[KnownVersion]:
    """The versions of one item, the one that stands last: by number where all have one, else by their time."""
    timed = not all(one.version.number for one in versions) and all(one.version.created for one in versions)

    def place(one: KnownVersion) -> tuple[object, ...]:
        number, created, lead = one.version.place
        return (created, number, lead) if timed else (number, created, lead)

    return sorted(versions, key=place)


def replaces(one: KnownVersion, known: Sequence[KnownVersion]) -> bool:
    """Whether this version stands, now that it has come to those that are known.

    Of the same version read again from the same source the later reading stands, from another one the earlier; but
    where one of the two withdraws the item, that one does.
    """
    same = next((other for other in known if other.version.place == one.version.place), None)
    others = [other for other in known if other is not same]
    if in_order([*others, one])[-1] is not one:
        return False
    if same is None or one.source == same.source:
        return True
    return one.version.is_withdrawn and not same.version.is_withdrawn


def record(db: sqlite3.Connection, article_id: str, one: KnownVersion) -> None:
    """Note a version, in place of the same one. Like all functions here, it neither begins nor ends a transaction."""
    days = (day.isoformat() if day else None for day in (one.published, one.updated))
    version = one.version
    row = (article_id, *version.place, version.is_withdrawn, version.note, one.title, *days, one.source, one.digest)
    db.execute(f"INSERT OR REPLACE INTO versions VALUES ({','.join('?' * len(row))})", row)


def known(db: sqlite3.Connection, prefix: str) -> dict[str, list[KnownVersion]]:
    """The versions of the articles whose ids begin with `prefix`, by id and in order; of ten articles at most."""
    rows = db.execute(
        "SELECT * FROM versions WHERE article_id IN (SELECT DISTINCT article_id FROM versions WHERE article_id >= ?"
        " AND article_id < ? ORDER BY article_id LIMIT 10)",
        (prefix, prefix + chr(0x10FFFF)),
    )
    found: dict[str, list[KnownVersion]] = {}
    for article_id, number, created, lead, is_withdrawn, note, title, published, updated, source, digest in rows:
        version = Version(article_id, number, created, lead, bool(is_withdrawn), note)  # one item has one article
        first, last = (date.fromisoformat(day) if day else None for day in (published, updated))
        one = KnownVersion(version, title, first, last, source, bytes(digest))
        found.setdefault(article_id, []).append(one)
    return {article_id: in_order(versions) for article_id, versions in found.items()}


def forget(db: sqlite3.Connection, article_id: str) -> list[str]:
    """Forget the versions of an article; the sources that they were read from."""
    found = db.execute("SELECT source FROM versions WHERE article_id = ?", (article_id,)).fetchall()
    db.execute("DELETE FROM versions WHERE article_id = ?", (article_id,))
    return [row[0] for row in found]
