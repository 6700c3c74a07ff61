"""Searches a collection again and again, each time as a new process's first search and as an open one's next.

python -m tests.searcher FOLDER STOP, until the file STOP exists; prints the number of searches that each way found
something, and fails with what one of them raised.
"""

import sys
from pathlib import Path

from index.collection import Collection


def main(folder: Path, stop: Path) -> None:
    found = {"opened anew": 0, "open": 0}
    with Collection(folder) as kept:
        while not stop.exists():
            with Collection(folder) as fresh:
                for name, collection in (("opened anew", fresh), ("open", kept)):
                    found[name] += bool(collection.search("harbour strike", 5))
    print(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
