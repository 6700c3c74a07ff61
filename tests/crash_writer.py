"""Adds generated articles to a collection and prints the number of each that is durable: made to be killed.

python tests/crash_writer.py FOLDER FIRST END SECONDS, where SECONDS is a pause after each article.
"""

import sys
import time
from pathlib import Path

from index.collection import Collection
from tests.articles import generated


def main(folder: Path, first: int, end: int, pause: float) -> None:
    with Collection(folder) as collection:
        print("ready", flush=True)
        for number, _ in enumerate(collection.add(map(generated, range(first, end))), first):
            print(number, flush=True)
            time.sleep(pause)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
