"""Files in, articles out."""

import codecs
import os
import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from index.errors import SourceError
from index.formats import PassedFiles, Reading, ReadOptions, find_files, read_articles, read_file
from index.text.decoding import printable
from tests.articles import write

# In the shape of an agency's page: a date in front, wide paragraphs between empty lines, links below.
AGENCY = (
    " date 2020-10-06 Norway announced Monday the end of ferry subsidies to the island of Hitra as Oslo reviews the "
    "alleged misuse of public funds by two shipping lines that serve the western coast of the country.\n"
    "\n"
    '"In line with our rules and due to the open audit, I have ended the grants," Transport Minister Kari Berg said '
    "in a statement.\n"
    "\n"
    "Also see: Ferries collide off Bergen\n"
    "\n"
    "The grants were frozen once before, in 2019.\n"
)
# In the shape of a broadcaster's page: one line a paragraph, curly quotes, links between and furniture at the end.
BROADCASTER = (
    "Norway’s decision to end grants over claims of misuse shows a double standard, the shipping line has said.\n"
    "“We expect Oslo to act without being influenced by rivals,” the company said on Tuesday.\n"
    "READ MORE: Islanders block the harbour as anger grows\n"
    "Anger grows over silent harbour\n"
    "Oslo announced in October 2019 a freeze of the grants.The freeze was lifted in May, while … nothing changed.\n"
    "Ferry tech\n"
    "A group named Project Wave breakers says the engines were made by Hav Marine Technologies Inc .\n"
    "READ MORE: How ferries are changing the course of the fjord\n"
    "Discussion about this post"
)


def read(folder: Path, text: str, name: str = "a.txt", encoding: str = "utf-8") -> tuple[str, str, date | None]:
    article = read_file(write(folder / name, text, encoding)).article
    return article.title, article.text, article.published


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_file(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


# Text files


def test_a_leading_date_is_the_date_and_not_text(tmp_path: Path) -> None:
    title, text, published = read(tmp_path, AGENCY)
    assert title == ""
    assert published == date(2020, 10, 6)
    assert text.startswith("Norway announced Monday")
    assert text.endswith("frozen once before, in 2019.")
    assert "Also see" not in text


def test_an_impossible_leading_date_stays_text(tmp_path: Path) -> None:
    _, text, published = read(tmp_path, " date 2020-13-45 Norway announced it.")
    assert text == "date 2020-13-45 Norway announced it."
    assert published is None


def test_furniture_goes_and_the_article_stays_as_it_is_written(tmp_path: Path) -> None:
    title, text, published = read(tmp_path, BROADCASTER)
    lines = BROADCASTER.split("\n")
    assert text.split("\n") == [lines[0], lines[1], lines[4], lines[5], lines[6]]
    assert (title, published) == ("", None)


def test_a_headline_is_set_off_by_an_empty_line(tmp_path: Path) -> None:
    assert read(tmp_path, "Ferries collide off Bergen\n\nTwo ferries met. Nobody was hurt.")[:2] == (
        "Ferries collide off Bergen",
        "Two ferries met. Nobody was hurt.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Two ferries met.\n\nNobody was hurt.",
        "“Two ferries met.”\n\nNobody was hurt.",
        "Two ferries met\nNobody was hurt.",
        "Two ferries met\n\n",
        "Two ferries met " * 10 + "\n\nNobody was hurt.",
    ],
)
def test_a_first_line_that_is_no_headline_stays_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text)[:2] == ("", text.strip())


def test_furniture_at_the_top_is_no_headline(tmp_path: Path) -> None:
    assert read(tmp_path, "Advertisement\n\nTwo ferries met.")[:2] == ("", "Two ferries met.")


def test_the_raw_text_is_the_whole_file(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.txt", BROADCASTER)).raw == BROADCASTER


def test_the_source_is_the_files_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", "Two ferries met.")
    monkeypatch.chdir(tmp_path)
    assert read_file(Path("a.txt")).article.source == str(tmp_path / "a.txt")


def test_one_text_has_one_id_wherever_it_lies(tmp_path: Path) -> None:
    first = read_file(write(tmp_path / "a" / "one.txt", AGENCY)).article
    second = read_file(write(tmp_path / "b" / "two.txt", AGENCY)).article
    assert first.id == second.id
    assert len(first.id) == 12


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_file_names_that_are_not_utf_8_have_sources_of_their_own(tmp_path: Path) -> None:
    names = [b"caf\xe9.txt", b"caf\xe8.txt"]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(b"Two ferries met.")
    sources = {read_file(path).article.source for path in find_files(tmp_path)}
    assert len(sources) == 2
    assert all(source.encode() for source in sources)


# Markdown


FRONT_MATTER = """---
title: "Toll: raised"
outlet: Harbour Post
author: [Kari Berg, Ola Nes]
published: 2026-05-01
url: https://harbour.example/toll
section: economy
---
# Not this one

The toll was raised. See *below*.
"""


def test_front_matter_tells_about_the_article(tmp_path: Path) -> None:
    article = read_file(write(tmp_path / "a.md", FRONT_MATTER)).article
    assert article.title == "Toll: raised"
    assert article.outlet == "Harbour Post"
    assert article.author == "Kari Berg, Ola Nes"
    assert article.url == "https://harbour.example/toll"
    assert article.published == date(2026, 5, 1)
    assert article.text == "The toll was raised. See *below*."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ('"2026-05-01"', date(2026, 5, 1)),
        ("2026-05-01T23:59:00Z", date(2026, 5, 1)),
        ("2026-05-01 10:00:00", date(2026, 5, 1)),
        ("20260501", date(2026, 5, 1)),
        ("", None),
        ("null", None),
        ("~", None),
        ('""', None),
    ],
)
def test_dates_in_front_matter(tmp_path: Path, written: str, meant: date | None) -> None:
    assert read(tmp_path, f"---\npublished: {written}\n---\nText.", "a.md")[2] == meant


@pytest.mark.parametrize("written", ["2026-13-45", "yesterday", "[2026-05-01]", "0"])
def test_a_date_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    path = write(tmp_path / "a.md", f"---\npublished: {written}\n---\nText.")
    assert "YYYY-MM-DD" in refusal(path)


@pytest.mark.parametrize("title", ["No", "2020", "1e3", "on", "12:30", "0x1F"])
def test_a_title_stays_as_it_was_written(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f"---\ntitle: {title}\n---\nText.", "a.md")[0] == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Correction: height of the weir", "Correction: height of the weir"),
        ("title: Weir: what next: a guide", "Weir: what next: a guide"),
        ('title: "Weir" is a dam, says mayor', '"Weir" is a dam, says mayor'),
        ("title: [Live] The weir is open", "[Live] The weir is open"),
        ("title: *Exclusive* The weir is shut", "*Exclusive* The weir is shut"),
        ("title: @weirkeeper leaves", "@weirkeeper leaves"),
        ("title: 'The weir's keeper leaves'", "The weir's keeper leaves"),
        ("title: 100% of: all weirs", "100% of: all weirs"),
        ("headline: Weir: open\ntags:\n\t- water", "Weir: open"),
        ("title: 'open", "'open"),
        ("Title : Weir\nnote: a: b", "Weir"),
    ],
)
def test_a_title_that_yaml_would_take_apart(tmp_path: Path, line: str, title: str) -> None:
    text = f"---\n{line}\nauthors:\n  - Kari Berg\n  - Ola Nes\nsource: Harbour Post\ndate: 6 May 2024\n---\nText."
    article = read_file(write(tmp_path / "a.md", text)).article
    assert (article.title, article.author, article.outlet) == (title, "Kari Berg, Ola Nes", "Harbour Post")
    assert (article.published, article.text) == (date(2024, 5, 6), "Text.")


@pytest.mark.parametrize("broken", ["title: &a *b\nall of it", "a: 1\n b: 2\n???", "[" * 1000])
def test_front_matter_that_cannot_be_read_is_told(tmp_path: Path, broken: str) -> None:
    told: list[str] = []
    path = write(tmp_path / "a.md", f"---\n{broken}\n---\nText.")
    (found,) = read_articles(path, ReadOptions(tell=told.append))
    assert isinstance(found, Reading)
    assert found.article.text == "Text."
    assert [line.startswith(f"{path}: ") and "not valid YAML; not read of it" in line for line in told] == [True]


def test_front_matter_in_toml(tmp_path: Path) -> None:
    front = '+++\ntitle = "Weir: open"\ndate = 2024-05-06T10:00:00Z\nauthors = ["Kari Berg"]\n+++\nText.'
    article = read_file(write(tmp_path / "a.md", front)).article
    assert (article.title, article.author, article.published) == ("Weir: open", "Kari Berg", date(2024, 5, 6))
    assert article.text == "Text."


@pytest.mark.parametrize(
    "front",
    [
        "date: 2024-05-06T10:00:00+02:00\nlastmod: 2024-05-07",
        "publishDate: May 6, 2024\nupdated: 2024-05-07 08:00",
        "Datum: 06.05.2024\nAktualisiert: 07.05.2024",
    ],
)
def test_days_in_front_matter_as_sites_call_them(tmp_path: Path, front: str) -> None:
    article = read_file(write(tmp_path / "a.md", f"---\n{front}\n---\nText.")).article
    assert (article.published, article.updated) == (date(2024, 5, 6), date(2024, 5, 7))


def test_two_rules_around_a_text_are_no_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path, "---\nJust a text\n---\nText.", "a.md")[1] == "---\nJust a text\n---\nText."


@pytest.mark.parametrize("empty", ["---\n---\nText.", "---\n\n---\nText.", "---\n# a comment\n---\nText."])
def test_empty_front_matter_says_nothing(tmp_path: Path, empty: str) -> None:
    assert read(tmp_path, empty, "a.md")[1] == "Text."


def test_a_heading_is_the_title(tmp_path: Path) -> None:
    assert read(tmp_path, "# Toll raised #\n\nThe toll was raised.", "a.md")[:2] == (
        "Toll raised",
        "The toll was raised.",
    )


def test_a_leading_date_below_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: Toll\n---\ndate: 2026-05-01\nThe toll was raised."
    assert read(tmp_path, text, "a.md") == ("Toll", "The toll was raised.", date(2026, 5, 1))


def test_a_rule_later_in_the_text_is_no_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path, "Text.\n---\ntitle: x\n---\nMore.", "a.md")[1] == "Text.\n---\ntitle: x\n---\nMore."


# Bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "“Café” – it’s € 3.", encoding=encoding)[1] == "“Café” – it’s € 3."


def test_utf_16_of_the_other_order(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + "Γειά σου.".encode("utf-16-be"))
    assert read_file(path).article.text == "Γειά σου."


def test_windows_line_ends(tmp_path: Path) -> None:
    title, text, _ = read(tmp_path, BROADCASTER.replace("\n", "\r\n"))
    lines = BROADCASTER.split("\n")
    assert text.split("\r\n") == [lines[0], lines[1], lines[4], lines[5], lines[6]]
    assert title == ""
    front = read_file(write(tmp_path / "b.md", FRONT_MATTER.replace("\n", "\r\n"))).article
    assert (front.title, front.text) == ("Toll: raised", "The toll was raised. See *below*.")


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(4000),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200),
        b"Text\0with a NUL",
        "Text without a mark".encode("utf-16-le"),
        "Text".encode("utf-32"),
        codecs.BOM_UTF16_LE + b"odd",
        b"\x01\x02\x03\x04 text",
    ],
)
def test_binary_content_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert "binary" in refusal(tmp_path / "a.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u2003\n".encode()])
def test_nothing_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert re.search("the file is empty|no article text is left", refusal(tmp_path / "a.txt"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "READ MORE: Ferries collide\nDiscussion about this post"),
        ("a.txt", " date 2020-10-06 "),
        ("a.md", "# Only a title"),
        ("a.md", "---\ntitle: x\n---\n"),
    ],
)
def test_furniture_and_headings_alone_are_refused(tmp_path: Path, name: str, text: str) -> None:
    assert "no article text" in refusal(write(tmp_path / name, text))


# Paths


def complaint(source: Path) -> str:
    with pytest.raises(SourceError) as caught:
        find_files(source)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_files_of_a_folder_are_found_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "deep/er/c.TXT", ".hidden.txt", ".git/d.txt", "picture.png", "notes.rst"]:
        write(tmp_path / name, "x")
    assert find_files(tmp_path) == [tmp_path / "a.md", tmp_path / "b.txt", tmp_path / "deep" / "er" / "c.TXT"]
    assert find_files(tmp_path / "b.txt") == [tmp_path / "b.txt"]


@pytest.mark.parametrize("name", ["missing", "missing.txt", "file.txt/below.txt", "n" * 300 + ".txt", "nul\0.txt"])
def test_a_path_that_leads_nowhere(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file.txt", "x")
    assert printable(str(tmp_path / name)) in complaint(tmp_path / name)


def test_a_folder_without_articles(tmp_path: Path) -> None:
    write(tmp_path / "folder.txt" / "picture.png", "x")
    assert str(tmp_path / "folder.txt") in complaint(tmp_path / "folder.txt")


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rst", "x")
    assert f"{path}: not an article file" in complaint(path)


def test_a_link_to_nothing(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert f"{link}: no such file" in complaint(link)
    assert find_files(tmp_path) == [link]
    assert "cannot be read (No such file or directory)" in refusal(link)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "not a regular file" in refusal(tmp_path / "a.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in refusal(tmp_path / "a.txt")


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("permissions are another matter on this system")
    path = write(tmp_path / "a.txt", "Two ferries met.")
    if os.getuid() != 0:
        path.chmod(0)
        assert "cannot be read (Permission denied)" in refusal(path)
        return
    # The superuser may read everything: ask as nobody.
    code = (
        "import os, sys, pathlib\n"
        "from index.formats import read_file, SourceError\n"
        "os.setuid(65534)\n"
        "try: read_file(pathlib.Path(sys.argv[1]))\n"
        "except SourceError as error: print(error)\n"
    )
    path.chmod(0)
    found = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert found.stdout == f"{path}: cannot be read (Permission denied)\n"


def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt", "A")
    write(tmp_path / "news" / "locked" / "b.txt", "B")
    failed: list[tuple[Path, SourceError]] = []
    with pytest.MonkeyPatch.context() as patch:
        scandir = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("locked"):
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        patch.setattr(os, "scandir", refuse)  # root reads everything
        found = find_files(tmp_path / "news", lambda folder, error: failed.append((folder, error)))
    assert found == [tmp_path / "news" / "a.txt"]
    assert [(folder.name, "Permission denied" in str(error)) for folder, error in failed] == [("locked", True)]


def test_what_a_folder_holds_beside_articles_is_counted(tmp_path: Path) -> None:
    names = "a.txt a.png b.PNG b.xyz c.xyz.gz d.tar.gz README Mr._Smith's_notes.of.March_8 .hidden d/e.xyz".split()
    for name in names:
        write(tmp_path / name, "x")
    passed = PassedFiles()
    assert find_files(tmp_path, passed=passed) == [tmp_path / "a.txt"]
    assert passed.lines == ["passed over: 2 .png, 2 .xyz, 1 .march_8, 1 .tar.gz, 1 .xyz.gz, 1 without a suffix"]


def test_a_folder_of_other_files_only_says_what_it_holds(tmp_path: Path) -> None:
    write(tmp_path / "a.xyz", "x")
    assert "no articles in this folder (passed over: 1 .xyz; Byline reads .txt" in complaint(tmp_path)


def test_many_kinds_of_files_are_told_in_one_line(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path / f"a.x{number}", "x")
    passed = PassedFiles()
    with pytest.raises(SourceError):
        find_files(tmp_path, passed=passed)
    assert passed.lines[0].endswith(", 18 of other kinds")


def test_links_lead_out_of_a_folder_only_where_asked(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere" / "secret.txt", "x")
    folder = tmp_path / "news"
    kept = write(folder / "a.txt", "x")
    (folder / "inside.txt").symlink_to(kept)
    (folder / "out.txt").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "news-of-others").mkdir()
    (folder / "sibling.txt").symlink_to(write(tmp_path / "news-of-others" / "b.txt", "x"))
    passed = PassedFiles()
    assert find_files(folder, passed=passed) == [kept, folder / "inside.txt"]
    assert passed.lines == [
        "links not followed: 2 to files outside of it (--follow-links reads those), 1 to folders",
    ]
    found = find_files(folder, follow_links=True)
    assert found == [kept, folder / "inside.txt", folder / "out.txt", folder / "sibling.txt"]
    (tmp_path / "link.txt").symlink_to(secret)
    assert find_files(tmp_path / "link.txt") == [tmp_path / "link.txt"]
