"""The dates that texts state of themselves, outside of front matter."""

import io
from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.errors import SourceError
from index.formats.readings import Reading, ReadOptions
from index.formats.text_files import read_markdown, read_text

DAY = date(2020, 10, 6)


def read(text: str) -> Reading:
    (reading,) = read_text(io.BytesIO(text.encode()), "mill.txt", ReadOptions())
    assert isinstance(reading, Reading)
    return reading


def article(text: str) -> Article:
    return read(text).article


@pytest.mark.parametrize(
    "line",
    [
        "6 October 2020",
        "Tuesday, October 6, 2020",
        "Published: 6 October 2020",
        "First published on Oct. 6, 2020, 9:30 a.m. EDT",
        "Posted 2020-10-06 09:30",
        "Veröffentlicht am 6. Oktober 2020 um 9.30 Uhr",
    ],
)
@pytest.mark.parametrize("place", ["{}\n\nMill sold\n\nThe mill was sold.", "Mill sold\n\n{}\n\nThe mill was sold."])
def test_a_line_that_is_a_date_is_the_date_and_not_text(line: str, place: str) -> None:
    reading = read(place.format(line))
    assert (reading.article.title, reading.article.text) == ("Mill sold", "The mill was sold.")
    assert (reading.article.published, reading.origins["published"]) == (DAY, "dateline")


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("By Inga Moll, 6 October 2020", "Inga Moll", DAY),
        ("By Inga Moll and Per Lind | Oct. 6, 2020", "Inga Moll, Per Lind", DAY),
        ("Von Inga Moll, Combe, 6. Oktober 2020", "Inga Moll", DAY),
        ("Autorin: Inga Moll", "Inga Moll", None),
        ("Yazan: İnci Mol", "İnci Mol", None),
        ("Posted on October 6, 2020 by Inga Moll", "Inga Moll", DAY),
        ("*By Inga Moll*", "Inga Moll", None),
        ("By Inga Moll, Staff Writer", "Inga Moll", None),
        ("By Inga Moll in Combe", "Inga Moll", None),
    ],
)
@pytest.mark.parametrize("place", ["Mill sold\n\n{}\n\nThe mill was sold.", "Mill sold\n{}\n\nThe mill was sold."])
def test_a_byline_gives_the_author_and_is_not_text(line: str, author: str, day: date | None, place: str) -> None:
    reading = read(place.format(line))
    found = reading.article
    assert (found.title, found.text, found.author, found.published) == ("Mill sold", "The mill was sold.", author, day)
    assert reading.origins["author"] == "byline"


@pytest.mark.parametrize(
    "line",
    ["By Monday the mill was sold", "By Inga Moll for the first time", "Inga Moll", "Von Combe nach Upper Combe", "By"],
)
def test_what_is_no_byline_stays(line: str) -> None:
    found = article(f"Mill sold\n\n{line}\n\nThe mill was sold.")
    assert (found.author, line in found.text) == ("", True)


def test_a_byline_in_markdown_below_the_title() -> None:
    text = "# Mill sold\n\n**By Inga Moll** | 6 October 2020\n\nThe mill was sold."
    (reading,) = read_markdown(io.BytesIO(text.encode()), "mill.md", ReadOptions())
    assert isinstance(reading, Reading)
    assert (reading.article.author, reading.article.published) == ("Inga Moll", DAY)
    assert reading.article.text == "The mill was sold."


@pytest.mark.parametrize(
    "opening",
    [
        "COMBE, Oct. 6, 2020 (LNA) — ",
        "COMBE (October 6, 2020) – ",
        "LOWER COMBE, Wessex, 6 October 2020 - ",
        "Combe, le 6 octobre 2020 (LNA) – ",
        "Combe, 6. Oktober 2020 (LNA) – ",
    ],
)
def test_a_dateline_gives_the_date_and_stays(opening: str) -> None:
    reading = read(opening + "The mill was sold.")
    assert reading.article.text == opening + "The mill was sold."
    assert (reading.article.published, reading.origins["published"]) == (DAY, "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "On 6 October 2020 the mill was sold.",
        "On Tuesday, 6 October 2020 – a day of rain – the mill was sold.",
        "COMBE — The mill was sold on Oct. 6, 2020 — at last.",
        "The mill was sold.\n\nIt had been built on\n6 October 2020\nby two brothers.",
        "The mill was sold.\n\nIt is old.\n\n6 October 2020",
        "Mill sold\n\nPublished: 6 October 2999\n\nThe mill was sold.",
        "Updated figures of 6 October 2020 show that the mill was sold.",
        "Mill sold\n\nPublished: 06/10/2020\n\nThe mill was sold.",
    ],
)
def test_other_dates_are_not_the_articles(text: str) -> None:
    found = article(text)
    assert (found.published, found.updated) == (None, None)
    assert text.endswith(found.text)


@pytest.mark.parametrize(
    "line", ["Updated 8 October 2020", "Last modified: 2020-10-08 09:30", "Last updated at 9:30 a.m. on Oct. 8, 2020"]
)
def test_updated_at_the_head_or_the_foot(line: str) -> None:
    for text in (f"Mill sold\n\n{line}\n\nThe mill was sold.", f"Mill sold\n\nThe mill was sold.\n\n{line}"):
        reading = read(text)
        assert reading.article.text == "The mill was sold."
        assert (reading.article.updated, reading.origins["updated"]) == (date(2020, 10, 8), "dateline")
        assert reading.article.published is None


def test_both_dates_in_one_line() -> None:
    found = article("Mill sold\n\nPublished: Oct. 6, 2020 | Updated: Oct. 8, 2020\n\nThe mill was sold.")
    assert (found.published, found.updated, found.text) == (DAY, date(2020, 10, 8), "The mill was sold.")


def test_front_matter_outweighs_the_text(tmp_path: Path) -> None:
    text = b"---\npublished: 2020-10-05\nupdated: 2020-10-09\n---\n*Published 6 October 2020*\n\nThe mill was sold."
    (reading,) = read_markdown(io.BytesIO(text), "mill.md", ReadOptions())
    assert isinstance(reading, Reading)
    found = reading.article
    assert (found.published, found.updated, found.text) == (date(2020, 10, 5), date(2020, 10, 9), "The mill was sold.")
    assert (reading.origins["published"], reading.origins["updated"]) == ("front matter", "front matter")


def test_a_wrong_date_in_front_matter_is_told() -> None:
    with pytest.raises(SourceError, match="updated is 'soon', which is no date"):
        list(read_markdown(io.BytesIO(b"---\nupdated: soon\n---\nThe mill was sold."), "mill.md", ReadOptions()))
