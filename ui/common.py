"""What all commands share: settings, the open collection, and the two streams."""

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator

from index.collection import Collection
from index.settings import Settings, load_settings
from ui.opening import is_sample, open_to_read


def settings_of(options: argparse.Namespace) -> Settings:
    return load_settings(vars(options))


@contextlib.contextmanager
def opened(settings: Settings, once: bool = False) -> Iterator[Collection]:
    with open_to_read(settings, tell, once) as collection:
        if is_sample(collection) and not settings.collection:
            articles, _ = collection.catalogue.count()
            tell(f"nothing added yet: answering from {articles} sample articles; add yours with `byline add FOLDER`")
        yield collection


def tell(line: str) -> None:
    print(f"byline: {line}", file=sys.stderr)


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
