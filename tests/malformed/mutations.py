"""Every format spoiled in the same ways: cut, flipped, spliced, misnamed, wrongly encoded and wrongly packed."""

import codecs
import gzip
import itertools
import random
import struct
from collections.abc import Iterator

from tests.malformed.case import SPOILED, Case, refused
from tests.malformed.good import MAKERS, TABLES

TEXTS = tuple(suffix for suffix in MAKERS if suffix not in (".pdf", ".docx"))
MARKUP = (".html", ".htm")
_PARTS = 8


def mutations() -> Iterator[Case]:
    for suffix, make in MAKERS.items():
        whole = make(SPOILED)
        yield from _cut(suffix, whole)
        yield from _flipped(suffix, whole)
        yield from _empty(suffix)
        yield from _packed(suffix, whole)
        yield from _misnamed(suffix, whole)
    for suffix in TEXTS:
        yield from _encoded(suffix, MAKERS[suffix](SPOILED).decode())
    for one, other in itertools.pairwise([*MAKERS, ".txt"]):
        first, second = MAKERS[one](SPOILED), MAKERS[other](SPOILED)
        yield Case(f"spliced{one}", "two formats spliced", first[: len(first) // 2] + second[len(second) // 2 :])


def _cut(suffix: str, whole: bytes) -> Iterator[Case]:
    packed = gzip.compress(whole, mtime=0)
    for part in range(1, _PARTS):
        yield Case(f"cut-{part}{suffix}", "truncated", whole[: len(whole) * part // _PARTS])
        name, data = f"cut-{part}{suffix}.gz", packed[: len(packed) * part // _PARTS]
        yield Case(name, "truncated gzip", data) if suffix in TABLES else refused(name, "truncated gzip", data)


def _flipped(suffix: str, whole: bytes) -> Iterator[Case]:
    for seed in range(5):
        yield Case(f"flipped-{seed}{suffix}", "bytes flipped", _with_flips(whole, seed))
        data = _with_flips(gzip.compress(whole, mtime=0), seed)
        yield Case(f"flipped-{seed}{suffix}.gz", "bytes flipped in gzip", data)


def _with_flips(data: bytes, seed: int) -> bytes:
    chance, changed = random.Random(seed), bytearray(data)
    for _ in range(4**seed // 8 + 1):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _empty(suffix: str) -> Iterator[Case]:
    yield refused(f"empty{suffix}", "empty", b"")
    yield refused(f"blank{suffix}", "empty", b" \r\n\t\r\n ")
    yield refused(f"noise{suffix}", "noise", random.Random(suffix).randbytes(5000))
    yield refused(f"zeros{suffix}", "NUL bytes", bytes(5000))
    yield refused(f"picture{suffix}", "wrong suffix", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4)


def _packed(suffix: str, whole: bytes) -> Iterator[Case]:
    packed = gzip.compress(whole, mtime=0)
    zeros, marks = gzip.compress(bytes(10_000_000)), gzip.compress(b"x" * 10_000_000)
    yield refused(f"not{suffix}.gz", "no gzip in spite of its name", whole)
    yield refused(f"empty{suffix}.gz", "empty gzip", b"")
    yield refused(f"nothing{suffix}.gz", "empty gzip", gzip.compress(b""))
    yield refused(f"head{suffix}.gz", "truncated gzip", packed[:10])
    yield refused(f"nested{suffix}.gz", "nested gzip", gzip.compress(packed))
    yield refused(f"zeros-bomb{suffix}.gz", "gzip bomb", zeros * 60)
    yield refused(f"line-bomb{suffix}.gz", "gzip bomb of one line", marks * 60)
    broken = {
        "trailing": (packed + b"what is this", "gzip with trailing garbage"),
        "checksum": (packed[:-8] + bytes(4) + packed[-4:], "gzip with a wrong checksum"),
        "length": (packed[:-4] + struct.pack("<I", 7), "gzip with a wrong length"),
        "second": (packed + packed[:-9], "gzip with a cut second member"),
    }
    for name, (data, kind) in broken.items():
        file = f"{name}{suffix}.gz"
        yield Case(file, kind, data) if suffix in TABLES else refused(file, kind, data)
    yield Case(f"padded{suffix}.gz", "gzip padded with zeros", packed + bytes(64), articles=1, lines=0)
    members = b"".join(gzip.compress(whole[at : at + 7], mtime=0) for at in range(0, len(whole), 7))
    yield Case(f"members{suffix}.gz", "gzip of many members", members, articles=1, lines=0)
    void = gzip.compress(b"", mtime=0)
    yield Case(f"void{suffix}.gz", "gzip of many empty members", void * 50_000 + packed, articles=1, lines=0)


def _misnamed(suffix: str, whole: bytes) -> Iterator[Case]:
    for other in MAKERS:
        if other == suffix:
            continue
        if suffix in (".pdf", ".docx") or other in (".pdf", ".docx", ".jsonl", ".csv", *MARKUP):
            alike = suffix in (*MARKUP, ".xml", ".json", ".jsonl", ".csv", ".md", ".txt") and other in (
                *MARKUP,
                ".jsonl",
            )
            make = Case if alike else refused
            yield make(f"misnamed-{suffix[1:]}{other}", "wrong suffix", whole)


def _encoded(suffix: str, text: str) -> Iterator[Case]:
    wide = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    for name, mark in wide.items():
        body = text.encode(name)
        marked, bare, odd = f"{name}-bom{suffix}", f"{name}{suffix}", f"{name}-odd{suffix}"
        readable = name.startswith("utf-16")
        yield Case(marked, "UTF-16/32 with BOM", mark + body, 1 if readable else None, 0 if readable else None)
        yield Case(bare, "UTF-16/32 without BOM", body)
        yield Case(odd, "UTF-16/32 cut within a character", mark + body[:-1])
    yield Case(f"two-boms{suffix}", "mixed BOMs", codecs.BOM_UTF8 * 2 + text.encode())
    yield Case(f"bom-and-wide{suffix}", "mixed BOMs", codecs.BOM_UTF8 + text.encode("utf-16-le"))
    yield refused(f"only-bom{suffix}", "mixed BOMs", codecs.BOM_UTF8)
    spoiled = text.encode().replace(b" the ", b" th\xc3 ", 1).replace(b" the ", b" \xed\xa0\x80the ", 1)
    yield Case(f"bad-utf-8{suffix}", "bad UTF-8", spoiled.replace(b" the ", b" \xf8\x88\x80 ", 1))
    yield Case(f"overlong{suffix}", "bad UTF-8", text.encode().replace(b"was", b"w\xc0\xafs"))
    yield Case(f"nul{suffix}", "NUL bytes", text.encode().replace(b"was", b"w\0s", 1))
