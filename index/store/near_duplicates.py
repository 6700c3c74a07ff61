"""Which articles are copies of one another: five reprints of an agency's text are one source.

Kept in three tables of the catalogue and changed in its transactions; nothing is held in memory. A cluster is a
connected part of the graph of copies, so it does not depend on the order in which articles came. Articles with the
same signature share a row of `copy_texts`, so that a thousand equal pages cost no more than one.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.store.shingles import (
    Signature,
    are_related,
    from_bytes,
    is_copy,
    lookup_keys,
    shared_keys,
    signature,
    to_bytes,
)

_COMPLETE = 0.8  # of the longest member's length
TABLES = (
    # A cluster is named by the least id of its articles.
    "CREATE TABLE IF NOT EXISTS copy_texts (id INTEGER PRIMARY KEY, signature BLOB NOT NULL, cluster TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS copy_texts_cluster ON copy_texts (cluster)",
    "CREATE TABLE IF NOT EXISTS copy_articles (article_id TEXT PRIMARY KEY, text_id INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS copy_articles_text ON copy_articles (text_id)",
    "CREATE TABLE IF NOT EXISTS copy_keys"
    " (key INTEGER NOT NULL, text_id INTEGER NOT NULL, PRIMARY KEY (key, text_id)) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a cluster; its length is in characters."""

    id: str
    published: date | None
    length: int


def representative(members: Sequence[Member]) -> Member:
    """The earliest complete member: of those nearly as long as the longest, the first published, undated last.

    Among equals the longest, then the least id. Raises ValueError where there are no members.
    """
    enough = _COMPLETE * max(member.length for member in members)
    complete = [member for member in members if member.length >= enough]
    return min(complete, key=lambda member: (member.published or date.max, -member.length, member.id))


def create_tables(db: sqlite3.Connection) -> None:
    """Create what is missing. Like all functions here, it neither begins nor ends a transaction."""
    for statement in TABLES:
        db.execute(statement)


def add(db: sqlite3.Connection, article_id: str, text: str) -> None:
    """Take the article in, in place of what has its id, and join the clusters of its copies."""
    remove(db, article_id)
    made = signature(text)
    same = _same_text(db, made)
    if same is not None:
        text_id, clusters = same[0], {same[1]}
    else:
        clusters = _clusters_of_copies(db, made) | {article_id}
        text_id = _add_text(db, made, article_id)
    db.execute("INSERT INTO copy_articles VALUES (?, ?)", (article_id, text_id))
    name = min(article_id, *clusters)
    for cluster in clusters - {name}:
        db.execute("UPDATE copy_texts SET cluster = ? WHERE cluster = ?", (name, cluster))


def remove(db: sqlite3.Connection, article_id: str) -> None:
    """Take the article out; where it was the bridge between others, their cluster is split. Unknown: no change."""
    row = db.execute(
        "SELECT t.id, t.signature, t.cluster FROM copy_articles a JOIN copy_texts t ON t.id = a.text_id"
        " WHERE a.article_id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return
    text_id, stored, cluster = row
    db.execute("DELETE FROM copy_articles WHERE article_id = ?", (article_id,))
    if db.execute("SELECT 1 FROM copy_articles WHERE text_id = ? LIMIT 1", (text_id,)).fetchone() is None:
        keys = lookup_keys(from_bytes(stored))
        db.executemany("DELETE FROM copy_keys WHERE key = ? AND text_id = ?", [(key, text_id) for key in keys])
        db.execute("DELETE FROM copy_texts WHERE id = ?", (text_id,))
    elif cluster != article_id:
        return  # an equal text stays, and so does the name
    _name_anew(db, cluster)


def cluster(db: sqlite3.Connection, article_id: str) -> list[str]:
    """The ids of the article and all its copies, sorted; nothing for an unknown article."""
    found = db.execute(
        "SELECT other.article_id FROM copy_articles a JOIN copy_texts t ON t.id = a.text_id"
        " JOIN copy_texts near ON near.cluster = t.cluster JOIN copy_articles other ON other.text_id = near.id"
        " WHERE a.article_id = ? ORDER BY other.article_id",
        (article_id,),
    )
    return [row[0] for row in found]


def members_of(db: sqlite3.Connection, clusters: Iterable[str]) -> Mapping[str, list[str]]:
    """The ids of the articles of each cluster, sorted."""
    wanted = list(dict.fromkeys(clusters))
    found: dict[str, list[str]] = {name: [] for name in wanted}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        rows = db.execute(
            "SELECT t.cluster, a.article_id FROM copy_texts t JOIN copy_articles a ON a.text_id = t.id"
            f" WHERE t.cluster IN ({','.join('?' * len(part))}) ORDER BY a.article_id",
            part,
        )
        for name, article_id in rows:
            found[name].append(article_id)
    return found


def clusters_of(db: sqlite3.Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """The name of each article's cluster: articles with the same are copies. Unknown articles are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        query = "SELECT a.article_id, t.cluster FROM copy_articles a JOIN copy_texts t ON t.id = a.text_id"
        found.update(db.execute(f"{query} WHERE a.article_id IN ({','.join('?' * len(part))})", part))
    return found


def _same_text(db: sqlite3.Connection, made: Signature) -> tuple[int, str] | None:
    """The text with this very signature and its cluster."""
    query = (
        "SELECT t.id, t.cluster FROM copy_keys k JOIN copy_texts t ON t.id = k.text_id"
        " WHERE k.key = ? AND t.signature = ? LIMIT 1"
    )
    return db.execute(query, (lookup_keys(made)[0], to_bytes(made))).fetchone() if len(made) else None


def _clusters_of_copies(db: sqlite3.Connection, made: Signature) -> set[str]:
    keys = lookup_keys(made)
    # First those with the most keys in common: one copy is enough to join a cluster.
    query = (
        f"SELECT text_id FROM copy_keys WHERE key IN ({','.join('?' * len(keys))})"
        " GROUP BY text_id HAVING count(*) >= ? ORDER BY count(*) DESC, text_id"
    )
    clusters: set[str] = set()
    for (text_id,) in db.execute(query, (*keys, shared_keys(made))).fetchall():
        (cluster,) = db.execute("SELECT cluster FROM copy_texts WHERE id = ?", (text_id,)).fetchone()
        if cluster not in clusters:
            (stored,) = db.execute("SELECT signature FROM copy_texts WHERE id = ?", (text_id,)).fetchone()
            if is_copy(made, from_bytes(stored)):
                clusters.add(cluster)
    return clusters


def _add_text(db: sqlite3.Connection, made: Signature, cluster: str) -> int:
    added = db.execute("INSERT INTO copy_texts (signature, cluster) VALUES (?, ?)", (to_bytes(made), cluster))
    text_id = int(added.lastrowid or 0)
    db.executemany("INSERT INTO copy_keys VALUES (?, ?)", [(key, text_id) for key in lookup_keys(made)])
    return text_id


def _name_anew(db: sqlite3.Connection, cluster: str) -> None:
    """Split what is left of a cluster into its connected parts, each named by its least article id."""
    rows = db.execute(
        "SELECT t.id, t.signature, min(a.article_id) FROM copy_texts t JOIN copy_articles a ON a.text_id = t.id"
        " WHERE t.cluster = ? GROUP BY t.id",
        (cluster,),
    ).fetchall()
    left = {text_id: from_bytes(stored) for text_id, stored, _ in rows}
    least = {text_id: name for text_id, _, name in rows}
    while left:
        part = _connected(left)
        name = min(least[text_id] for text_id in part)
        db.executemany("UPDATE copy_texts SET cluster = ? WHERE id = ?", [(name, text_id) for text_id in part])


def _connected(left: dict[int, Signature]) -> list[int]:
    """One connected part of these texts, taken out of `left`."""
    reached = [left.popitem()]
    for _, made in reached:
        near = [text_id for text_id, other in left.items() if are_related(made, other)]
        reached.extend((text_id, left.pop(text_id)) for text_id in near)
    return [text_id for text_id, _ in reached]
