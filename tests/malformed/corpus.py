"""The whole corpus, written to a folder."""

from itertools import chain
from pathlib import Path

from tests.malformed.case import Case, put
from tests.malformed.documents import documents
from tests.malformed.good import good_files
from tests.malformed.mutations import mutations
from tests.malformed.pages import pages
from tests.malformed.places import put_places
from tests.malformed.tables import tables


def put_corpus(folder: Path) -> dict[str, Case]:
    """Every malformed file with good ones scattered among them; each by the key that its name begins with."""
    good = list(good_files(first=1))
    bad = list(chain(mutations(), tables(), pages(), documents()))
    step = len(bad) // len(good)
    for place, case in enumerate(good):
        bad.insert(place * (step + 1), case)
    written = put(iter(bad), folder)
    return written | put_places(folder / "places", len(written))
