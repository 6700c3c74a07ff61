"""Keeping a collection from the command line: formats, web pages, sync and edit."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.web_server import Reply, WebServer
from ui.cli import main

STORM = "A storm cut power to 12,000 homes in Marlow Bay on Wednesday night. Three roads were flooded."
FERRY = "The Marlow ferry sails again on Friday after a month of repairs to its bow, the port authority said."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def byline(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), *arguments])
        return code, *capfd.readouterr()

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "storm.txt").write_text(STORM, "utf-8")
    (made / "ferry.txt").write_text(FERRY, "utf-8")
    return made


def listed(byline: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(byline("list", "--json")[1])
    return found


def table(path: Path, *rows: dict[str, str]) -> Path:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_a_gzipped_table_is_added_and_names_its_origins(byline: Run, tmp_path: Path) -> None:
    row = {"headline": "Storm", "body": STORM, "publish_date": "2021-03-04", "source": "Coastal Herald"}
    code, out, _ = byline("add", str(table(tmp_path / "news.jsonl.gz", row, row | {"body": FERRY})))
    assert code == 0
    assert out.count("added") == 2
    article = json.loads(byline("show", "--json", listed(byline)[0]["article_id"])[1])
    assert article["outlet"] == "Coastal Herald"
    assert article["published"] == "2021-03-04"
    assert set(article["origins"]) == {"title", "outlet", "published"}


def test_columns_can_be_mapped(byline: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f'kop,verhaal\nStorm,"{STORM}"\n', "utf-8")
    code, _, err = byline("add", str(path))
    assert code == 3
    assert "--map text=COLUMN" in err
    assert byline("add", str(path), "--map", "text=verhaal", "--map", "title=kop")[0] == 0
    assert listed(byline)[0]["title"] == "Storm"
    code, _, err = byline("add", str(path), "--map", "verhaal")
    assert (code, len(err.splitlines())) == (2, 1)


def test_sync_reads_tables_as_they_were_mapped(byline: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    path = folder / "news.csv"
    path.write_text(f'kicker,tale\nStorm,"{STORM}"\n', "utf-8")
    assert byline("add", str(path), "--map", "text=tale", "--map", "title=kicker")[0] == 0
    with path.open("a", encoding="utf-8") as file:
        file.write(f'Ferry,"{FERRY}"\n')
    (folder / "more.jsonl").write_text(json.dumps({"headline": "Mast", "text": "The mast of Marlow fell."}), "utf-8")
    code, _, err = byline("sync", str(folder))
    assert code == 0, err
    assert "--map text=tale --map title=kicker, as when they were added" in err
    assert sorted(one["title"] for one in listed(byline)) == ["Ferry", "Mast", "Storm"]
    assert byline("sync", str(folder), "--map", "title=tale", "--map", "text=tale")[0] == 3  # more.jsonl has none
    assert sorted(one["title"] for one in listed(byline)) == sorted(["Mast", STORM, FERRY])


def test_standard_input_is_a_source(byline: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORM.encode())))
    assert byline("add", "-")[0] == 0
    assert "storm" in byline("ask", "How many homes lost power in Marlow Bay?")[1]


def test_a_page_is_fetched_once_and_known_the_second_time(byline: Run) -> None:
    body = f"<html><head><title>Storm</title></head><body><article><p>{STORM}</p><p>{FERRY}</p></article></body></html>"
    page = Reply(body.encode(), headers={"ETag": '"one"'})
    with WebServer() as server:
        server.routes["/storm.html"] = lambda asked: Reply(b"", 304) if asked.headers["If-None-Match"] else page
        address = server.url("/storm.html")
        code, _, err = byline("add", address)
        assert code == 3
        assert "--allow-private" in err
        assert byline("add", address, "--allow-private")[0] == 0
        code, out, err = byline("add", address, "--allow-private")
    assert (code, out) == (0, "")
    assert "1 unchanged" in err
    assert "12,000" in byline("ask", "How many homes lost power in Marlow Bay?")[1]


def test_sync_follows_a_folder(byline: Run, folder: Path) -> None:
    assert byline("sync", str(folder))[0] == 0
    (folder / "ferry.txt").unlink()
    (folder / "storm.txt").write_text(STORM.replace("12,000", "14,500"), "utf-8")
    code, out, err = byline("sync", str(folder))
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["changed", "removed"]
    assert "1 changed, 1 removed" in err
    found = json.loads(byline("search", "ferry storm", "--json")[1])
    assert ["14,500" in one["text"] for one in found] == [True]


def test_sync_removes_what_has_gone_where_all_else_is_as_it_was(byline: Run, folder: Path) -> None:
    byline("sync", str(folder))
    (folder / "ferry.txt").unlink()
    assert "1 removed, 1 unchanged" in byline("sync", str(folder))[2]
    assert len(listed(byline)) == 1


def test_sync_keeps_what_cannot_be_read_this_time(byline: Run, folder: Path) -> None:
    byline("sync", str(folder))
    (folder / "ferry.txt").write_bytes(b"")
    code, _, err = byline("sync", str(folder))
    assert code == 3
    assert "ferry.txt: the file is empty" in err
    assert len(listed(byline)) == 2


def test_sync_of_an_empty_or_missing_folder_removes_nothing(byline: Run, folder: Path) -> None:
    byline("sync", str(folder))
    for file in folder.iterdir():
        file.unlink()
    assert byline("sync", str(folder))[0] == 3
    folder.rmdir()
    assert byline("sync", str(folder))[0] == 3
    assert len(listed(byline)) == 2


def test_an_edit_survives_a_new_reading(byline: Run, folder: Path) -> None:
    byline("add", str(folder))
    storm = next(a["article_id"] for a in listed(byline) if a["source"].endswith("storm.txt"))
    code, out, _ = byline("edit", storm, "--date", "2021-03-04", "--outlet", "Coastal Herald")
    assert code == 0
    assert "2021-03-04  Coastal Herald" in out
    assert "2 unchanged" in byline("add", str(folder))[2]
    (folder / "storm.txt").write_text(STORM + " Nobody was hurt.", "utf-8")
    byline("add", str(folder))
    article = json.loads(byline("show", "--json", storm)[1])
    assert (article["published"], article["outlet"]) == ("2021-03-04", "Coastal Herald")
    assert article["origins"]["published"] == "edited"
    assert "Nobody was hurt" in article["text"]


@pytest.mark.parametrize(
    ("arguments", "words"), [([], "nothing to edit"), (["--date", "soon"], "YYYY-MM-DD"), (["--updated", "1"], "YYYY")]
)
def test_an_edit_without_sense_is_refused(byline: Run, folder: Path, arguments: list[str], words: str) -> None:
    byline("add", str(folder))
    code, _, err = byline("edit", listed(byline)[0]["article_id"], *arguments)
    assert code == 2
    assert words in err


@pytest.mark.parametrize("command", ["add", "sync"])
def test_files_that_are_no_articles_are_told_by_suffix(byline: Run, folder: Path, command: str) -> None:
    for name in ("a.xyz", "b.xyz", "picture.png", "notes"):
        (folder / name).write_text("x", "utf-8")
    code, _, err = byline(command, str(folder))
    assert code == 0
    assert f"byline: {folder}: passed over: 2 .xyz, 1 .png, 1 without a suffix\n" in err
    code, out, _ = byline(command, str(folder), "--json")
    assert json.loads(out)["passed_over"] == {".xyz": 2, ".png": 1, "none": 1}


def test_links_out_of_a_folder_are_followed_where_asked(byline: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text("The pier of Marlow Bay is closed until May, its keeper said.", "utf-8")
    (folder / "pier.txt").symlink_to(tmp_path / "pier.txt")
    code, out, err = byline("add", str(folder))
    assert (code, out.count("added")) == (0, 2)
    assert "links not followed: 1 to files outside of it (--follow-links reads those)" in err
    code, out, err = byline("sync", str(folder), "--follow-links")
    assert (code, out.count("added  ")) == (0, 1)
    assert "links not followed" not in err


def test_what_is_attached_to_a_letter_is_told_and_no_failure(byline: Run, tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = (
        "Coastal Herald <a@b.example>",
        "Storm",
        "Thu, 4 Mar 2021 06:00:00 +0000",
    )
    made.set_content(STORM)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="map.pdf")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    code, out, err = byline("add", str(tmp_path / "a.eml"))
    assert (code, out.count("added")) == (0, 1)
    assert "attached to the letter and passed over: map.pdf" in err
    assert listed(byline)[0]["outlet"] == "Coastal Herald"


def test_an_export_that_lost_an_article_loses_it_in_a_sync(byline: Run, tmp_path: Path) -> None:
    head = "\n\n{n} of 2 DOCUMENTS\n\nCoastal Herald\n\nMarch {n}, 2021 Monday\n\nTitle {n}\n\nLENGTH: 20 words\n\n"
    parts = [f"{head.format(n=n)}{text}\n" for n, text in ((1, STORM), (2, FERRY))]
    path = tmp_path / "news" / "export.txt"
    path.parent.mkdir()
    path.write_text("".join(parts), "utf-8")
    assert byline("sync", str(path.parent))[1].count("added") == 2
    path.write_text(parts[1], "utf-8")
    _, out, _ = byline("sync", str(path.parent))
    assert [article["title"] for article in listed(byline)] == ["Title 2"]
    assert "removed" in out
