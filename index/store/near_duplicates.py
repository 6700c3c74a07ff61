"""Which articles are copies of one another: five reprints of an agency's text are one source.

Kept in three tables of the catalogue and changed in its transactions; nothing is held in memory. A cluster is a
connected part of the graph of copies, so it does not depend on the order in which articles came. Articles with the
same signature share a row of `copy_texts`, so that a thousand equal pages cost no more than one.

A text is taken as the set of its runs of four words (shingles), each hashed to 26 bits. Its signature is the least
128 of the hashes (a bottom-k sketch: Broder, "On the resemblance and containment of documents", 1997), each with the
place in the text where it first stands. Up to the lesser of two signatures' last hashes, both are complete, so what
they share there is a fair sample of what the texts share; for texts of up to 128 shingles it is exact. Unlike MinHash,
this also tells how much of a cut reprint is in the whole text, and the places tell where: a reworded copy has some
shingles of the other all over, an issue of a series has its fixed part whole and nothing elsewhere.
"""

import json
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.store.database import AMONG

_COMPLETE = 0.8  # of the longest member's length
_RUN = 4  # words in a shingle
_KEPT = 128  # hashes in a signature
_PLACE_BITS = 6  # the place is told in 64ths of the text
_KEYS = 24  # hashes that are looked up
_SHARED_KEYS = 3
_SHORT = 27  # shingles: a text of fewer than 30 words
_SHORT_RESEMBLANCE = 0.75  # leaves room for a place or a name in front, not for another word in the middle
_STRETCH = 12  # hashes in a stretch of a text
_STRETCHES = 8  # of a shorter text, with fewer hashes in each
_FEWEST = 4
_HELD = 1 / 6  # of a stretch's shingles; with every fifth word replaced, two in five are left, here more, there less
_VERBATIM = 0.85  # of the shingles of held stretches: nothing was reworded there
# The part of the shorter text's stretches that must be held. If the held ones are verbatim, the others are not reworded
# but other text.
_COVERED, _COVERED_VERBATIM, _COVERED_LEAST = 0.82, 0.87, 0.5
_AROUND = 30  # shingles that may be foreign besides: a byline, a dateline, a notice; of a short text they are much
_LEAST_PART = 0.3  # of the longer text's shingles; a roundup holds many a brief whole and is a copy of none
_NO_WORD = re.compile(r"[^\w\x00-\x7f]")  # beyond ASCII; a table of bytes is quicker for what is in it
_NO_WORD_BYTES = bytes(c if c >= 0x80 or chr(c).isalnum() or c == ord("_") else ord(" ") for c in range(256))
_ODD = np.uint64(0x9E3779B97F4A7C15)
TABLES = (
    # A cluster is named by the least id of its articles.
    "CREATE TABLE IF NOT EXISTS copy_texts (id INTEGER PRIMARY KEY, signature BLOB NOT NULL, cluster TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS copy_texts_cluster ON copy_texts (cluster)",
    "CREATE TABLE IF NOT EXISTS copy_articles (article_id TEXT PRIMARY KEY, text_id INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS copy_articles_text ON copy_articles (text_id)",
    "CREATE TABLE IF NOT EXISTS copy_keys"
    " (key INTEGER NOT NULL, text_id INTEGER NOT NULL, PRIMARY KEY (key, text_id)) WITHOUT ROWID",
)

Signature = NDArray[np.uint32]  # of each hash its 26 bits, then the 6 of its place


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a cluster of near-duplicates, without its text, and the length of that in characters."""

    article: Article
    length: int


def representative(copies: Sequence[Copy]) -> Copy:
    """The earliest complete one: of those nearly as long as the longest, the first published, undated last.

    Among equals the longest, then the least id. Raises ValueError where there are none.
    """
    enough = _COMPLETE * max(copy.length for copy in copies)
    complete = [copy for copy in copies if copy.length >= enough]
    return min(complete, key=lambda copy: (copy.article.published or date.max, -copy.length, copy.article.id))


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
    found: dict[str, list[str]] = {name: [] for name in clusters}
    rows = db.execute(
        "SELECT t.cluster, a.article_id FROM copy_texts t JOIN copy_articles a ON a.text_id = t.id"
        f" WHERE t.cluster IN {AMONG} ORDER BY a.article_id",
        (json.dumps(list(found)),),
    )
    for name, article_id in rows:
        found[name].append(article_id)
    return found


def clusters_of(db: sqlite3.Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """The name of each article's cluster: articles with the same are copies. Unknown articles are left out."""
    query = "SELECT a.article_id, t.cluster FROM copy_articles a JOIN copy_texts t ON t.id = a.text_id"
    return dict(db.execute(f"{query} WHERE a.article_id IN {AMONG}", (json.dumps(list(ids)),)))


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


def signature(text: str) -> Signature:
    """The text's least hashes with their places, ascending and distinct; without words in it, of its symbols.

    Shape (at most 128,).
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _words(plain) or [symbol.encode("utf-8", "surrogatepass") for symbol in plain.split()]
    shingles = _shingles(np.fromiter(map(zlib.crc32, words), np.uint64, len(words)))
    hashes, first = np.unique(shingles, return_index=True)
    places = (first[:_KEPT] << _PLACE_BITS) // max(1, len(shingles))
    return hashes[:_KEPT] << np.uint32(_PLACE_BITS) | places.astype(np.uint32)


def to_bytes(signature: Signature) -> bytes:
    """The signature in 4 bytes a hash, the same on every machine."""
    return signature.astype("<u4").tobytes()


def from_bytes(stored: bytes) -> Signature:
    return np.frombuffer(stored, "<u4").astype(np.uint32)


def lookup_keys(signature: Signature) -> list[int]:
    """What to find a text's copies by: copies share at least `shared_keys(signature)` of these."""
    keys: list[int] = _hashes(signature[:_KEYS]).tolist()
    return keys


def shared_keys(signature: Signature) -> int:
    """How many lookup keys a text must share with this one to be compared with it."""
    return min(_SHARED_KEYS, len(signature))


def resemblance(a: Signature, b: Signature) -> float:
    """The shingles of both texts over those of either, estimated: 0 to 1."""
    shared, longer = _sampled(a, b)
    in_both = int(shared.sum())
    return in_both / max(len(shared) + longer - in_both, 1)


def is_copy(a: Signature, b: Signature) -> bool:
    """Whether the texts are copies of each other, cut, reworded or reordered ones included. Symmetric.

    They are if most stretches of the shorter text are held by the longer one, each at least in part. The bounds were
    fitted with `eval/near_copies.py` on 4,933 news articles.
    """
    if min(len(a), len(b)) < _SHORT:
        return resemblance(a, b) >= _SHORT_RESEMBLANCE
    shared, longer = _sampled(a, b)
    if len(shared) < _LEAST_PART * longer:
        return False
    number = max(1, round(len(shared) / _STRETCH), min(_STRETCHES, len(shared) // _FEWEST))
    bounds = np.arange(number) * len(shared) // number
    sizes = np.diff(bounds, append=len(shared))
    held = np.add.reduceat(shared, bounds, dtype=np.int64) / sizes
    covers = held >= _HELD
    if not covers.any():
        return False
    needed = _COVERED_VERBATIM if held[covers].mean() >= _VERBATIM else _COVERED
    return bool(covers.mean() >= max(_COVERED_LEAST, needed - _AROUND / min(_size(a), _size(b))))


def are_related(a: Signature, b: Signature) -> bool:
    """Whether a lookup would find b for a, and they are copies. Symmetric."""
    found = len(set(lookup_keys(a)) & set(lookup_keys(b)))
    return found >= min(shared_keys(a), shared_keys(b)) and found > 0 and is_copy(a, b)


def _words(text: str) -> list[bytes]:
    """The runs of word characters, in UTF-8."""
    return _NO_WORD.sub(" ", text).encode("utf-8", "surrogatepass").translate(_NO_WORD_BYTES).split()


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """A 26-bit hash of every run of words; of them all where they are too few for a run."""
    run = min(_RUN, len(words))
    if not run:
        return np.empty(0, np.uint32)
    mixed = np.zeros(len(words) - run + 1, np.uint64)
    for at in range(run):
        mixed = (mixed ^ words[at : at + len(mixed)]) * _ODD
        mixed ^= mixed >> np.uint64(29)
    mixed *= _ODD
    return (mixed >> np.uint64(32 + _PLACE_BITS)).astype(np.uint32)


def _sampled(a: Signature, b: Signature) -> tuple[NDArray[np.bool_], int]:
    """For each hash of the shorter text, in the order of the text, whether the longer has it; and how many that has.

    Both up to where both signatures are complete.
    """
    hashes = _hashes(a), _hashes(b)
    ends = [one[-1] for one in hashes if len(one) == _KEPT]
    known = [int(np.searchsorted(one, min(ends), "right")) if ends else len(one) for one in hashes]
    short, long = (0, 1) if (known[0], hashes[0].tobytes()) <= (known[1], hashes[1].tobytes()) else (1, 0)
    places = (a, b)[short][: known[short]] & np.uint32((1 << _PLACE_BITS) - 1)
    shared = np.isin(hashes[short][: known[short]], hashes[long][: known[long]], assume_unique=True)
    return shared[np.argsort(places, kind="stable")], known[long]


def _size(signature: Signature) -> float:
    """The number of the text's shingles, estimated."""
    return len(signature) if len(signature) < _KEPT else _KEPT * 2.0**32 / float(signature[-1])


def _hashes(signature: Signature) -> NDArray[np.uint32]:
    return signature >> np.uint32(_PLACE_BITS)
