"""What a folder holds beside plain files: links, pipes, locked files, odd names."""

import os
import socket
from pathlib import Path

from tests.malformed.case import SPOILED, Case, text_of


def put_places(folder: Path, first: int) -> dict[str, Case]:
    """Make them in the folder; each by the key in its name."""
    folder.mkdir(parents=True)
    makers = {
        "dangling": _dangling,
        "pipe": _pipe,
        "socket": _socket,
        "locked": _locked,
        "folder": _folder,
        "null": _null,
        "sparse": _sparse,
        "linked": _linked,
        "memory": _memory,
    }
    written = {}
    for number, (name, make) in enumerate(makers.items(), first):
        key = f"m{number:04}"
        written[key] = make(folder / f"{key}-{name}.txt")
    for number, name in enumerate(_ODD_NAMES, first + len(makers)):
        key = f"m{number:04}"
        Path(os.fsdecode(os.fsencode(folder) + b"/" + key.encode() + name)).write_bytes(text_of(SPOILED).encode())
        written[key] = Case(os.fsdecode(name), "odd names", b"", 1, 0)
        empty = Path(os.fsdecode(os.fsencode(folder) + b"/" + key.encode() + b"-empty" + name))
        empty.write_bytes(b"")
        written[key] = Case(os.fsdecode(name), "odd names", b"", 1, 1)
    return written


_ODD_NAMES = (
    b"\xff\xfe.txt",
    b"a\nb.txt",
    b"\x1b[31m.txt",
    b" .txt",
    b"a\tb.txt",
    "\u202etxt.exe.txt".encode(),
    b"\xed\xa0\x80.md",
    b"#a.txt",
    b"?a=b.txt",
    b"%41.txt",
    "\u2028.txt".encode(),
    b"\r\n.txt",
    b"'\"`$(a).txt",
    b"a" * 190 + b".txt",
)


def _refused(kind: str) -> Case:
    return Case("", kind, b"", 0, 1)


def _dangling(path: Path) -> Case:
    path.symlink_to(path.with_name("nothing"))
    return _refused("dangling link")


def _pipe(path: Path) -> Case:
    os.mkfifo(path)
    return _refused("pipe")


def _socket(path: Path) -> Case:
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket must be short
        try:
            listener.bind(path.name)
        finally:
            os.chdir(here)
    return _refused("socket")


def _locked(path: Path) -> Case:
    path.write_text(text_of(SPOILED), "utf-8")
    path.chmod(0)
    return _refused("locked file")


def _folder(path: Path) -> Case:
    path.mkdir()
    return Case("", "folder named like a file", b"", 0, 0)


def _null(path: Path) -> Case:
    path.symlink_to("/dev/zero")
    return Case("", "link to a device", b"", 0, 0)  # links out of the folder are not followed


def _sparse(path: Path) -> Case:
    with path.open("wb") as file:
        file.truncate(10**12)
    return _refused("sparse file of 1 TB")


def _linked(path: Path) -> Case:
    real = path.with_suffix(".real")
    real.write_text(text_of(SPOILED), "utf-8")
    path.symlink_to(real)
    return Case("", "link to a file", b"", None, None)


def _memory(path: Path) -> Case:
    path.symlink_to("/proc/self/mem")
    return Case("", "link into /proc", b"", 0, 0)
