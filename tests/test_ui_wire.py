"""An agency's wire as it comes: sixty items in AP's layout with versions, corrections and kills, by `byline add`."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main

Run = Callable[..., tuple[int, str, str]]

PLACES = "Aldmere Birkholt Caddow Dunmarsh Eastry Fenwick Garrowby Hollin Inchmoor Jarrold".split()
PEOPLE = ["Nora Whitlock", "Edwin Sparrow", "Maud Tillery", "Casper Lunn", "Ida Frome", "Otto Bracken"]
THINGS = ["ferry", "library", "orchard", "tramway", "lighthouse", "quarry"]
ENDS = {9: ["canceled"], 19: ["withheld"], 29: ["canceled", "usable"]}
BEGAN = datetime(2024, 9, 2, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """What is right of an item: the facts of the version that stands, or that it is withdrawn; how many came before."""

    item: str
    is_withdrawn: bool
    title: str
    author: str
    published: str
    updated: str
    paragraphs: tuple[str, ...]
    earlier: int


def wire(chance: random.Random) -> tuple[list[dict[str, Any]], list[Told]]:
    """Items of the wire, each version a record of its own, in the order in which they were sent; and what is right."""
    sent: list[tuple[datetime, dict[str, Any]]] = []
    told: list[Told] = []
    for number in range(60):
        place, thing, person = PLACES[number % 10], THINGS[number // 10], PEOPLE[number % 6]
        item = f"{number:04d}c0ffee{number * 7919 % 100003:06d}"
        first = BEGAN + timedelta(hours=5 * number)
        fates = ["usable"] * (1 + number % 3) + ENDS.get(number % 30, [])
        for at, fate in enumerate(fates):
            made = first + timedelta(hours=11 * at)
            paragraphs = (
                f"{place.upper()} (LNW) — The {thing} of {place} reopens in {12 + number + at} days, its keeper said.",
                f"{person} told the council that {40 + 3 * number + at} people had signed a letter & sent it.",
            )
            title = f"{thing.title()} of {place} reopens after {12 + number + at} days"
            sent.append((made, ap(item, at, fate, title, person, first, made, paragraphs)))
        told.append(
            Told(item, fate != "usable", title, person, str(first.date()), str(made.date()), paragraphs, len(fates) - 1)
        )
    chance.shuffle(sent)
    return [record for _, record in sent], told


def ap(
    item: str, at: int, fate: str, title: str, person: str, first: datetime, made: datetime, paragraphs: tuple[str, ...]
) -> dict[str, Any]:
    slug = f"LNW-{title.split()[0]}" + ("" if at == 0 else f",{['', '1st', '2nd', '3rd', '4th'][at]} Ld-Writethru")
    body = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>\n" for paragraph in paragraphs)
    kill = "<p>EDITORS: The story is wrong. Do not use it.</p>"
    return {
        "altids": {"itemid": item, "etag": f"{item}_{at}a1aza0c0", "friendlykey": f"24{at}{item[:4]}"},
        "uri": f"https://api.wire.example/content/{item}?et={at}a1aza0c0",
        "version": at,
        "type": "text",
        "pubstatus": fate,
        "firstcreated": f"{first:%Y-%m-%dT%H:%M:%SZ}",
        "versioncreated": f"{made:%Y-%m-%dT%H:%M:%SZ}",
        "language": "en",
        "headline": title,
        "slugline": slug,
        "bylines": [{"by": f"By {person.upper()}", "name": person, "title": "Lowland News Wire"}],
        "provider": "Lowland News Wire",
        "urgency": 4,
        "body_nitf": body if fate == "usable" else kill,
    }


@pytest.fixture
def byline(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), *arguments])
        return code, *capfd.readouterr()

    return run


def listed(byline: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(byline("list", "--json")[1])
    return found


def check(byline: Run, told: list[Told]) -> None:
    found = {one["title"]: one for one in listed(byline)}
    standing = [one for one in told if not one.is_withdrawn]
    assert sorted(found) == sorted(one.title for one in standing)
    for one in standing:
        facts = found[one.title]
        assert (facts["author"], facts["outlet"], facts["published"]) == (
            one.author,
            "Lowland News Wire",
            one.published,
        )
    for one in standing[::12]:
        shown = json.loads(byline("show", "--json", found[one.title]["article_id"])[1])
        assert (shown["text"], shown["updated"]) == ("\n\n".join(one.paragraphs), one.updated)
        assert len(shown["earlier_versions"]) == one.earlier


def test_sixty_items_of_a_wire(byline: Run, tmp_path: Path) -> None:
    """One file of the feed as the service answers with, then the older half of it again."""
    records, told = wire(random.Random(3))
    assert sum(one.is_withdrawn for one in told) == 4
    path = tmp_path / "feed.json"
    path.write_text(
        json.dumps({"data": {"items": [{"item": one, "meta": {"products": [1]}} for one in records]}}), "utf-8"
    )
    code, _, err = byline("add", str(path))
    assert code == 0, err
    assert "columns not read" not in err
    check(byline, told)
    again = sorted(records, key=lambda one: one["versioncreated"])[:50]
    lines = tmp_path / "again.jsonl"
    lines.write_text("\n".join(json.dumps({"data": {"item": one}}) for one in again), "utf-8")
    code, out, _ = byline("add", str(lines))
    assert code == 0
    assert {line.split()[0] for line in out.splitlines()} <= {"older", "duplicate", "unchanged"}
    check(byline, told)


def test_sync_follows_the_versions_of_a_folder(byline: Run, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / "fair.txt").write_text("The fair at Kettle Down sold 300 cheeses on Sunday, its steward said.", "utf-8")
    records, _ = wire(random.Random(4))
    mine = sorted((r for r in records if r["altids"]["itemid"].startswith("0029")), key=lambda r: r["version"])
    assert [one["pubstatus"] for one in mine] == ["usable", "usable", "usable", "canceled", "usable"]
    titles: list[list[str]] = []
    for order in (1, 3, 0, 2, 4):
        (spool / f"{order}.json").write_text(json.dumps(mine[order]), "utf-8")
        assert byline("sync", str(spool))[0] == 0
        titles.append([one["title"] for one in listed(byline) if one["title"]])
    assert titles == [[mine[1]["headline"]], [], [], [], [mine[4]["headline"]]]
    (spool / "0.json").unlink()
    assert "removed" not in byline("sync", str(spool))[1]
    _, out, _ = byline("show", listed(byline)[0]["article_id"])
    assert "earlier versions  0" not in out
    assert [mine[n]["headline"] in out for n in range(4)] == [True] * 4
    assert "canceled" in out
    (spool / "4.json").unlink()
    assert "removed" in byline("sync", str(spool))[1]
    assert byline("sync", str(spool))[0] == 0
    assert len(listed(byline)) == 1
