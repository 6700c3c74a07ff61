"""How much two texts have in common, read off a small signature of each.

A text is taken as the set of its runs of four words (shingles), each hashed to 26 bits. Its signature is the least
128 of the hashes (a bottom-k sketch: Broder, "On the resemblance and containment of documents", 1997), each with the
place in the text where it first stands. Up to the lesser of two signatures' last hashes, both are complete, so what
they share there is a fair sample of what the texts share; for texts of up to 128 shingles it is exact. Unlike MinHash,
this also tells how much of a cut reprint is in the whole text, and the places tell where: a reworded copy has some
shingles of the other all over, an issue of a series has its fixed part whole and nothing elsewhere.
"""

import re
import unicodedata
import zlib

import numpy as np
from numpy.typing import NDArray

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

Signature = NDArray[np.uint32]  # of each hash its 26 bits, then the 6 of its place


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


def containment(a: Signature, b: Signature) -> float:
    """The part of the shorter text's shingles that the longer one has, estimated: 0 to 1."""
    shared, _ = _sampled(a, b)
    return int(shared.sum()) / max(len(shared), 1)


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
