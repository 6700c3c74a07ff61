"""The sample collection: a few articles that ship with Byline, so that there is something to ask at once."""

import hashlib
from pathlib import Path

from index.collection import Collection
from index.formats import find_files, read_file

SAMPLE = "sample"
SAMPLE_FOLDER = Path(__file__).parent / "sample"

EXAMPLE_QUESTIONS = (
    "Why did Canada suspend the permits?",
    "How many systems was Wescam allowed to ship, and to whom?",
    "When was the earlier freeze lifted?",
    "What does Turkey say about the decision?",
)


def fill_sample(collection: Collection) -> None:
    """Put the sample articles into a collection, unless exactly these are in it already."""
    files = find_files(SAMPLE_FOLDER)
    version = hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=8).hexdigest()
    if collection.catalogue.meta("sample") == version:
        return
    if collection.is_read_only and collection.catalogue.count()[0]:
        return  # an earlier version's articles are good enough where nothing may be written
    readings = [read_file(file) for file in files]
    kept = {added.article.id for added in collection.add(readings)}
    stale = [article.id for article in collection.catalogue.articles() if article.id not in kept]
    if stale:
        collection.remove(stale)
    collection.catalogue.set_meta("sample", version)
