"""JSON Lines, JSON and CSV in, articles out."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from index.article import article_id
from index.english import lexicon
from index.errors import SettingsError, SourceError
from index.formats import csv_files, nested_records, read_articles, records
from index.formats.readings import Reading, ReadOptions
from index.times.written_dates import parse_date
from tests.articles import write

FERRIES = {
    "title": "Ferries collide",
    "text": "Two ferries met off Bergen.\n\nNobody was hurt.",
    "published": "2026-05-01",
    "updated": "2026-05-02T10:00:00Z",
    "url": "https://fjord.example/ferries",
    "outlet": "Fjord Post",
    "author": "Kari Berg",
}


def read(path: Path, **columns: str) -> list[Reading | SourceError]:
    return list(read_articles(path, ReadOptions(columns)))


def articles(path: Path, **columns: str) -> list[Reading]:
    found = read(path, **columns)
    assert all(isinstance(one, Reading) for one in found), found
    return [one for one in found if isinstance(one, Reading)]


def refusal(path: Path, **columns: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(path, **columns)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def jsonl(path: Path, *rows: Any) -> Path:
    return write(path, "".join(json.dumps(row) + "\n" for row in rows))


def table(path: Path, *rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def one(tmp_path: Path, **cells: Any) -> Reading:
    (found,) = articles(jsonl(tmp_path / "a.jsonl", {"text": "Two ferries met.", **cells}))
    return found


# The three kinds


@pytest.mark.parametrize("kind", ["a.jsonl", "a.json", "one.json", "inside.json", "lines.json", "a.csv"])
def test_every_field_arrives(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    match kind:
        case "a.jsonl" | "lines.json":
            jsonl(path, FERRIES, FERRIES)
        case "a.json":
            write(path, json.dumps([FERRIES], indent=2))
        case "one.json":
            write(path, json.dumps(FERRIES))
        case "inside.json":
            write(path, json.dumps({"status": "ok", "tags": ["x"], "articles": [FERRIES]}))
        case _:
            table(path, list(FERRIES), list(FERRIES.values()))
    found = articles(path)[0]
    article = found.article
    assert (article.title, article.text, article.outlet) == ("Ferries collide", FERRIES["text"], "Fjord Post")
    assert (article.author, article.url) == ("Kari Berg", FERRIES["url"])
    assert (article.published, article.updated) == (date(2026, 5, 1), date(2026, 5, 2))
    assert article.source == f"{path.resolve()}#{FERRIES['url']}"
    assert article.id == article_id("", url=FERRIES["url"])
    assert found.raw == FERRIES["text"]
    assert found.origins == {f: f"column {f}" for f in ("title", "published", "updated", "url", "outlet", "author")}


NAMES = lexicon("columns", "index.formats").table("english")


@pytest.mark.parametrize("field", [field for field in NAMES if field not in ("text", "id")])
def test_usual_names(tmp_path: Path, field: str) -> None:
    value = {"published": "2026-05-01", "updated": "2026-05-01", "url": "https://a.example/b"}.get(field, "Fjord")
    dresses = (str, str.upper, lambda name: name.replace("_", " ").title())
    columns = [dress(name) for name in NAMES[field].split() for dress in dresses]
    path = jsonl(tmp_path / "a.jsonl", *({"text": "Two ferries met.", column: value} for column in columns))
    for column, found in zip(columns, articles(path), strict=True):
        assert str(getattr(found.article, field)) == value
        assert found.origins == {field: f"column {column}"}


def test_usual_names_of_the_text(tmp_path: Path) -> None:
    columns = [name.upper() for name in NAMES["text"].split()]
    path = jsonl(tmp_path / "a.jsonl", *({column: "Two ferries met."} for column in columns))
    assert [found.article.text for found in articles(path)] == ["Two ferries met."] * len(columns)


def test_an_empty_column_leaves_the_next_name_its_turn(tmp_path: Path) -> None:
    assert one(tmp_path, title=" ", headline="Ferries", outlet="nan", source="Post").article.title == "Ferries"


@pytest.mark.parametrize(
    ("value", "author"),
    [
        (["Kari Berg", "Ola  Nes"], "Kari Berg, Ola Nes"),
        ([{"name": "Kari Berg"}, {"@type": "Person", "Name": "Ola Nes"}, {"id": 3}, None], "Kari Berg, Ola Nes"),
        ({"name": "Kari Berg"}, "Kari Berg"),
        ("['Kari Berg', 'Ola Nes']", "Kari Berg, Ola Nes"),
        ("[Kari Berg", "[Kari Berg"),
        ("[" * 1000, "[" * 1000),
        ("Kari\n Berg", "Kari Berg"),
        ("None", ""),
        ("Kari\0Berg", "Kari\ufffdBerg"),
        (True, ""),
        (None, ""),
        ({"a": {"b": 1}}, ""),
    ],
)
def test_authors(tmp_path: Path, value: object, author: str) -> None:
    assert one(tmp_path, author=value).article.author == author


def test_an_outlet_may_be_an_object(tmp_path: Path) -> None:
    assert one(tmp_path, source={"id": None, "name": "Fjord Post"}).article.outlet == "Fjord Post"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "fjord.example", 7, "https://a b"])
def test_what_is_no_address_is_no_url(tmp_path: Path, url: object) -> None:
    assert one(tmp_path, url=url).article.url == ""


def test_the_key_of_a_record_is_its_url_else_its_id_else_its_row(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", FERRIES, {"text": "B.", "id": 17}, {"text": "C."})
    keys = [found.article.source.split("#", 1)[1] for found in articles(path)]
    assert keys == [FERRIES["url"], "17", "3"]


def test_furniture_goes_and_the_original_is_kept(tmp_path: Path) -> None:
    found = one(tmp_path, text="Two ferries met.\nREAD MORE: Toll raised\n")
    assert (found.article.text, found.raw) == ("Two ferries met.", "Two ferries met.\nREAD MORE: Toll raised\n")


def test_paragraphs_in_a_list(tmp_path: Path) -> None:
    assert one(tmp_path, text=["One.", "Two."]).article.text == "One.\n\nTwo."


# HTML in a cell


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<p>Two &amp; more\nferries <b>met</b>.</p><p>Nobody&nbsp;was hurt.</p>",
            "Two & more ferries met.\n\nNobody was hurt.",
        ),
        ("One.<br/>Two.<br>Three.", "One.\nTwo.\nThree."),
        ("<p>One.</p><script>if (a < b) x('<p>no</p>')</script><style>p {}</style><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<!-- <p>no</p> --></p>", "One."),
        ("<p>One.</p><figure><figcaption>no</figcaption></figure><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One <b>and</b>\n two.</p><script>x()</script>Three &amp; four", "One and two.\n\nThree & four"),
        ("<p>One.</p><!-- a -->" + "<!--" * 100_000, "One.\n\n" + "<!--" * 100_000),
        ("5 < 6 and 7 > 6. Use <b> once.", "5 < 6 and 7 > 6. Use <b> once."),
        ("Mail <kari@fjord.example> or <ola@fjord.example>.", "Mail <kari@fjord.example> or <ola@fjord.example>."),
    ],
)
def test_markup_becomes_paragraphs(tmp_path: Path, markup: str, text: str) -> None:
    found = one(tmp_path, text=markup)
    assert (found.article.text, found.raw) == (text, markup)


# --map


def test_map_names_a_column(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ["Kopf", "Inhalt", "text"], ["Toll", "Two ferries met.", "no"])
    (found,) = articles(path, text="inhalt", title="Kopf")
    assert (found.article.title, found.article.text) == ("Toll", "Two ferries met.")
    assert found.origins == {"title": "column Kopf"}


def test_a_mapped_column_serves_no_other_field(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"body": "Two ferries met.", "title": "desk 4", "kicker": "Toll"})
    (found,) = articles(path, title="kicker", id="title")
    assert (found.article.title, found.article.source[-7:]) == ("Toll", "#desk 4")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_mapped_column_that_no_record_has(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.csv":
        table(path, ["titel", "inhalt"], ["a", "b"])
    else:
        jsonl(path, {"titel": "a", "inhalt": "b"})
    message = refusal(path, text="body")
    assert "no column 'body'" in message
    assert "titel, inhalt" in message


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_no_column_of_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.csv":
        table(path, ["rank", "points"], ["a", "b"])
    else:
        jsonl(path, {"rank": "a", "points": "b"})
    message = refusal(path)
    assert "rank, points" in message
    assert "--map text=COLUMN" in message


def test_a_mapped_column_may_come_late(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", *[{"text": "A."}] * 50, {"text": "B.", "kicker": "Toll"})
    found = articles(path, title="kicker")
    assert (len(found), found[-1].article.title) == (51, "Toll")


def test_the_look_ahead_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LOOK_AHEAD", 10)
    assert "no column 'x'" in refusal(jsonl(tmp_path / "a.jsonl", *[{"text": "A."}] * 50), title="x")


def test_a_field_that_is_none() -> None:
    with pytest.raises(SettingsError, match="use one of title, text"):
        ReadOptions({"body": "text"})


# Records that are none


def test_bad_records_are_named_and_the_others_read(tmp_path: Path) -> None:
    lines = [
        '{"text": "A."}',
        "{broken",
        "[1]",
        "7",
        '{"text": ""}',
        '{"title": "x"}',
        '{"text": "B\\u0000"}',
        '{"text": "C."}',
    ]
    found = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [isinstance(one, Reading) for one in found] == [True, *[False] * 6, True]
    for number, bad in enumerate(found[1:-1], 2):
        assert str(bad).startswith(f"{tmp_path / 'a.jsonl'}: line {number}: ")


def test_rows_are_counted_as_in_a_spreadsheet(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", ["title", "text"], ["a", "One\nline,\nmore."], [], ["b", ""], ["c", "C.", "d"], ["d", "D."]
    )
    found = read(path)
    assert [isinstance(one, Reading) for one in found] == [True, False, False, True]
    assert ": row 4: no article text" in str(found[1])
    assert ": row 5: 3 cells where the header has 2" in str(found[2])


def test_a_short_row_lacks_its_last_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text,title,url\nA.\nB.,Toll,,,\n")
    assert [found.article.title for found in articles(path)] == ["", "Toll"]


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'title,text\na,A.\nb,"B.\nc,C.\nd,D.\n')
    first, second = read(path)
    assert isinstance(first, Reading)
    assert ": row 3: its quotation mark is never closed" in str(second)


def test_a_long_line_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MAX_LINE_BYTES", 1000)
    long = "x" * 5000
    found = read(jsonl(tmp_path / "a.jsonl", {"text": "A."}, {"text": long}, {"text": "B."}))
    assert [isinstance(one, Reading) for one in found] == [True, False, True]
    assert ": line 2: longer than 1000 bytes, skipped" in str(found[1])
    found = read(table(tmp_path / "a.csv", ["text"], ["A."], [long], ["B."]))
    assert [isinstance(one, Reading) for one in found] == [True, False, True]
    assert ": row 3: longer than 1000 bytes" in str(found[1])


# The dress of CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Title", "Text"], ["Café, “x”", 'He said "no";\nand, then | left – for € 3.']]
    (found,) = articles(table(tmp_path / "a.csv", *rows, delimiter=delimiter, encoding=encoding))
    assert [found.article.title, found.article.text] == rows[1]


def test_excel_names_its_delimiter(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.csv", "sep=;\ntext;title\nA, b.;T\n"))[0].article.text == "A, b."


def test_one_column(tmp_path: Path) -> None:
    assert [r.article.text for r in articles(write(tmp_path / "a.csv", "text\nA.\nB.\n"))] == ["A.", "B."]


def test_the_first_of_two_equal_columns(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.csv", "text,text\nA.,B.\n"))[0].article.text == "A."


# Dates


@pytest.mark.parametrize(
    "value",
    [
        "2020-10-06", "2020-10-06T12:30:00Z", "2020-10-06T23:30:00.123-05:00", "2020-10-06 12:30:00",
        "20201006", 20201006,
        "2020-10-06 12:30:00 UTC", "20201006T123000Z", "Tue, 06 Oct 2020 12:30:00 +0000",
        "Tue, 06 Oct 2020 12:30:00 GMT",
        "6 October 2020", "6th of October, 2020", "Oct 6, 2020", "Oct. 6th, 2020", "October 6, 2020 at 5:30 p.m. EDT",
        "Tuesday, October 6, 2020", "2020/10/06", "2020.10.6", "06-Oct-2020", "Tue Oct 06 12:30:00 +0000 2020",
        1601942400, 1601942400000, "1601942400", "1601942400000", 1601942400.5,
        datetime(2020, 10, 6, 3), date(2020, 10, 6),
    ],
)  # fmt: skip
def test_dates(value: object) -> None:
    assert parse_date(value) == date(2020, 10, 6)


@pytest.mark.parametrize(
    "value",
    [
        "06/10/2020", "10.06.2020", "October 2020", "2020", 2020, "2020-10", "Oct 6", "yesterday", "2020-13-45",
        "30 February 2020", "2020-10-06 to 2020-10-09", "nan", "", None, True, [], {}, float("nan"), 1e300, -5, 12345,
        "0001-01-01", "x" * 10_000, "1" * 10_000, "2020-10-06 " * 2000,
    ],
)  # fmt: skip
def test_what_is_no_date_is_unknown(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(("value", "day"), [("25/12/2020", 25), ("12/25/2020", 25), ("12.12.2020", 12)])
def test_numbers_that_can_be_read_one_way(value: str, day: int) -> None:
    assert parse_date(value) == date(2020, 12, day)


def test_a_date_that_is_none_is_unknown_and_no_error(tmp_path: Path) -> None:
    found = one(tmp_path, published="06/10/2020")
    assert found.article.published is None
    assert found.origins == {}


def test_a_future_date_is_kept(tmp_path: Path) -> None:
    assert one(tmp_path, published="2099-01-01").article.published == date(2099, 1, 1)


# Broken off


@pytest.mark.parametrize("tail", ['{"text": "C', '{"text": "C."} {"text": "D."}]', '{"text": nul}]', "[" * 100_000])
def test_a_broken_array_keeps_what_came_before(tmp_path: Path, tail: str) -> None:
    found = iter(read_articles(write(tmp_path / "a.json", f'[{{"text": "A."}},\n{{"text": "B."}}, {tail}')))
    first, second = next(found), next(found)
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    with pytest.raises(SourceError, match=r"record [34]: not .*JSON .*nothing from there on was read"):
        list(found)


def test_what_follows_an_array_is_told(tmp_path: Path) -> None:
    found = iter(read_articles(write(tmp_path / "a.json", '[{"text": "A."}] {"text": "B."}')))
    assert isinstance(next(found), Reading)
    with pytest.raises(SourceError, match="something follows the array after record 1"):
        next(found)


@pytest.mark.parametrize(
    "encoding", ["utf-8", *(pytest.param(one, marks=pytest.mark.slow) for one in ("utf-8-sig", "utf-16", "cp1252"))]
)
def test_an_array_is_longer_than_what_is_held(tmp_path: Path, encoding: str) -> None:
    rows = [{"text": f"Café number {number} – open.", "n": number} for number in range(20_000)]
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps(rows, ensure_ascii=False).encode(encoding))
    assert [found.article.text for found in articles(path)] == [row["text"] for row in rows]


def test_a_record_that_is_too_long_ends_an_array(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested_records, "MAX_LINE_BYTES", 300_000)
    found = iter(read_articles(write(tmp_path / "a.json", json.dumps([{"text": "A."}, {"text": "x" * 999_999}]))))
    assert isinstance(next(found), Reading)
    with pytest.raises(SourceError, match=r"record 2: not valid JSON .longer than"):
        next(found)


def test_one_object_of_everything_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested_records, "MAX_OBJECT_CHARACTERS", 1000)
    body = json.dumps({"articles": [{"text": "x" * 300_000}]})
    assert "in one object; save the articles as JSON Lines" in refusal(write(tmp_path / "a.json", body))


def test_a_cell_without_an_end_ends_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows is the middle of a text, and must not pass for rows."""
    monkeypatch.setattr(csv_files, "MAX_LINE_BYTES", 10_000)
    rows = "".join(f"t{n},T{n}.\n" for n in range(30_000))
    first, second = read(write(tmp_path / "a.csv", f'title,text\na,A.\nb,"B.\n{rows}'))
    assert isinstance(first, Reading)
    assert ": row 3: a cell of more than" in str(second)


def test_a_line_separator_within_a_text_is_no_end_of_a_line(tmp_path: Path) -> None:
    body = 'title,text\nT,One\u2028two and\x85three.\n{"a'
    (found, _) = read(write(tmp_path / "a.csv", body, "utf-16"))
    assert isinstance(found, Reading)
    assert "three" in found.article.text
