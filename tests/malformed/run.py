"""One run over a malformed folder and web in a process of its own, so that its memory can be measured.

`python -m tests.malformed.run FOLDER COLLECTION ADDRESSES REPORT`: ADDRESSES is a JSON list, REPORT is written as JSON.
"""

import ctypes
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.collection import Collection
from index.formats import Reading
from index.ingest.sources import Sources
from index.web import Fetcher, Limits, transport
from tests.malformed.web import PUBLIC

LIMITS = Limits(connect=1.0, read=0.4, whole=1.5, backoff=0.0, pause=0.0, tries=2, longest_wait=1.0)
PEAK_ALLOWED = 2 * 1024**3  # bytes, for the whole run: the collection and its libraries alone take 0.6 GB
_CAPABILITIES_3 = 0x20080522
_SEE_ALL = (1, 2)  # the capabilities with which root reads what is locked


class Meter:
    """Seconds and growth of memory for each source, between one call of `progress` and the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.growth: dict[str, int] = {}
        self._source, self._since, self._peak = "start", time.monotonic(), peak_memory()

    def progress(self, source: str, number: int, total: int) -> None:
        now, peak = time.monotonic(), peak_memory()
        self.seconds[self._source] = now - self._since
        self.growth[self._source] = peak - self._peak
        self._source, self._since, self._peak = source, now, peak
        if "-v" in sys.argv:
            print(f"{peak >> 20} MB {source[:150]!r}", file=sys.stderr, flush=True)


def run(folder: Path, collection_folder: Path, urls: list[str]) -> dict[str, object]:
    meter = Meter()
    with Collection(collection_folder) as collection:
        sources = Sources([str(folder), *urls], fetcher=Fetcher(limits=LIMITS, sleep=_nap), progress=meter.progress)
        read: list[str] = []
        added = sum(1 for _ in collection.add(_noting(sources, read)))
        meter.progress("end", 0, 0)
    return {
        "read": read,
        "added": added,
        "failed": sources.failed,
        "seconds": meter.seconds,
        "growth": meter.growth,
        "peak": peak_memory(),
    }


def _noting(readings: Iterable[Reading], sources: list[str]) -> Iterator[Reading]:
    """The readings, each with its source noted: of two alike the collection names only the first."""
    for reading in readings:
        sources.append(reading.article.source)
        yield reading


def _nap(seconds: float) -> None:
    time.sleep(min(seconds, 0.01))


def peak_memory() -> int:
    """The most that this process has held, in bytes; not counting, as ru_maxrss does, what started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def count_as_public(address: str) -> None:
    """Let one address of this machine stand for the public web; all others are judged as ever."""
    judge = transport.is_public
    transport.is_public = lambda ip: ip == address or judge(ip)


def give_up_rights() -> bool:
    """Let root be refused a locked file like anyone else. Whether it will be."""
    if os.geteuid() != 0:
        return True
    libc = ctypes.CDLL(None)
    head, data = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(head, data):
        return False
    for capability in _SEE_ALL:
        data[0] &= ~(1 << capability)
    return libc.capset(head, data) == 0


def main() -> None:
    folder, collection, urls, report = map(Path, sys.argv[1:5])
    locks_hold = give_up_rights()
    count_as_public(PUBLIC)
    found = run(folder, collection, json.loads(urls.read_text("utf-8"))) | {"locks_hold": locks_hold}
    report.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
