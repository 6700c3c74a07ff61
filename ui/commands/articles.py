"""`byline list`, `show`, `edit` and `remove`: the articles that the collection holds."""

import argparse
from typing import TYPE_CHECKING

from index.errors import SettingsError
from ui.commands import Commands, add_filters, add_json, flags_named
from ui.terminal import print_result

if TYPE_CHECKING:
    from index.versions import KnownVersion

_ID = "its id, or the beginning of it"


def add_to(commands: Commands) -> None:
    listing = commands.add("list", _list, "list the articles")
    add_filters(listing)
    add_json(listing)

    show = commands.add("show", _show, "show one article")
    show.add_argument("id", metavar="ID", help=_ID)
    show.add_argument("--raw", action="store_true", help="the file as it was read, page furniture included")
    add_json(show)

    edit = commands.add("edit", _edit, "set right what is known of an article")
    edit.add_argument("id", metavar="ID", help=_ID)
    for name in ("title", "outlet", "author", "url"):
        edit.add_argument(f"--{name}", metavar="TEXT", help=f'its {name}; "" for unknown')
    edit.add_argument(
        "--published", "--date", metavar="DATE", help='the day it was published, YYYY-MM-DD; "" for unknown'
    )
    edit.add_argument("--updated", metavar="DATE", help='the day it was last changed, YYYY-MM-DD; "" for unknown')

    remove = commands.add("remove", _remove, "remove articles")
    remove.add_argument("ids", nargs="+", metavar="ID", help="an id, or the beginning of it")


def _list(options: argparse.Namespace) -> int:
    from assistant.answer import article_json
    from index.filters import Filters
    from ui.opening import opened, settings_of
    from ui.printing import article_line

    with flags_named():
        filters = Filters.read(options.since, options.until, options.outlets, options.authors)
        with opened(settings_of(options)) as collection:
            articles = list(collection.articles(filters))
    known = [{**article_json(a), "author": a.author or None, "source": a.source} for a in articles]
    print_result(options.json, known, map(article_line, articles))
    return 0


def _show(options: argparse.Namespace) -> int:
    from assistant.answer import article_json
    from index.ingest import lines_left_out
    from ui.opening import opened, settings_of
    from ui.printing import article_lines

    with opened(settings_of(options)) as collection:
        article = collection.article(options.id)
        text = collection.catalogue.raw(article.id) if options.raw else article.text
        origins = collection.catalogue.origins(article.id)
        left_out = lines_left_out(collection.catalogue, article)
        earlier = collection.catalogue.versions(article.id).get(article.id, [])[:-1]
    known = {
        **article_json(article),
        "author": article.author or None,
        "updated": article.updated.isoformat() if article.updated else None,
        "source": article.source,
        "origins": origins,
        "left_out": left_out,
        "earlier_versions": [_version_json(one) for one in earlier],
        "text": text,
    }
    print_result(options.json, known, [text] if options.raw else article_lines(article, origins, left_out, earlier))
    return 0


def _edit(options: argparse.Namespace) -> int:
    from index.filters import day_written
    from index.ingest import CORRECTABLE
    from ui.opening import open_to_write, settings_of
    from ui.printing import article_line

    corrections = {name: getattr(options, name) for name in CORRECTABLE if getattr(options, name) is not None}
    if not corrections:
        raise SettingsError(f"nothing to edit; give {', '.join(f'--{name}' for name in CORRECTABLE[:-1])} or --updated")
    with flags_named():
        days = {name: day_written(name, corrections[name]) for name in ("published", "updated") if name in corrections}
    corrections |= {name: day.isoformat() if day else "" for name, day in days.items()}
    with open_to_write(settings_of(options)) as collection:
        print(f"edited  {article_line(collection.edit(options.id, corrections))}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from ui.opening import open_to_write, settings_of
    from ui.printing import article_line

    with open_to_write(settings_of(options)) as collection:
        for article in collection.remove(options.ids):
            print(f"removed  {article_line(article)}")
    return 0


def _version_json(one: "KnownVersion") -> dict[str, object]:
    day = one.updated or one.published
    return {
        "version": one.version.number or None,
        "created": one.version.created or None,
        "date": day.isoformat() if day else None,
        "title": one.title or None,
        "note": one.version.note or None,
        "source": one.source,
    }
