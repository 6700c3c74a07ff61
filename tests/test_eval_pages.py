"""`byline eval pages`: two readers over pages whose truth is known, with figures that can be counted by hand."""

import gzip
import json
import lzma
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eval.pages_run import measure_pages, read_pages
from index.errors import SourceError
from ui.cli import main

BODY = [
    "The mill on Candle Street was sold on Monday to a baker from Overby, the town's clerk said in the evening.",
    "Its wheel has stood still since the flood of last year, and the new owner means to let it turn again by May.",
    "Neighbours brought bread and salt to the gate, as is the custom there when an old house gets a new owner.",
]


def page(name: str, truth: Mapping[str, Any], host: str = "overby.example", body: tuple[str, ...] = tuple(BODY)) -> str:
    head = (
        "<title>Mill sold</title><meta property='og:site_name' content='Overby Post'>"
        "<meta name='author' content='Ida Quist'><meta property='article:published_time' content='2023-03-07'>"
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    html = f"<html lang=en><head>{head}</head><body><article><h1>Mill sold</h1>{text}</article></body></html>"
    row = {"id": name, "url": f"https://www.{host}/news/{name}", "truth": truth}
    row["html"] = html.encode().decode("latin-1")
    return json.dumps(row) + "\n"


FULL = {
    "title": "Mill sold",
    "date": "2023-03-07 08:00:00",
    "authors": ["Quist, Ida"],
    "outlet": "overby post",
    "body": [*BODY, "A paragraph of " + " ".join(["nine"] * 7) + " that the page does not have."],
}


def test_words_facts_and_segments_are_counted_as_the_formulas_say(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    segments = {
        "with": ["bread and salt", "never said"],
        "without": ["custom there", "an advert"],
        "date": "2023-03-08",
    }
    file.write_text(page("mill", FULL) + page("mill-again", segments) + page("gone", {"with": ["a ship"]}), "utf-8")
    run = measure_pages(read_pages(file), "pages.jsonl")
    known = run.to_json()
    words = len(" ".join(BODY).replace("'", " ").split())
    for reader in ("byline", "trafilatura"):
        figures = known[reader]
        assert figures["recall"] == pytest.approx(words / (words + 16))
        # 1 of 3 that must be there, 1 of 2 that must not
        assert figures["segment_f1"] == pytest.approx(2 / (2 + 1 + 2))
        assert figures["lost"] == 1
        assert (figures["titles"], figures["authors"], figures["outlets"]) == (1, 1, 1)
        assert (figures["dates_right"], figures["dates_wrong"], figures["errors"]) == (1, 1, 0)
    assert known["byline"]["precision"] == 1.0
    assert known["pages"] == {
        "all": 3, "body": 1, "segments": 2, "text": 3, "title": 1, "author": 1, "outlet": 1, "date": 2,
    }  # fmt: skip
    assert "lost by byline: gone" in list(run.lines())


def test_what_the_truth_does_not_tell_has_no_figure(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text(page("mill", {"body": BODY}), "utf-8")
    known = measure_pages(read_pages(file), "pages.jsonl").to_json()
    assert known["byline"]["recall"] == known["byline"]["precision"] == 1.0
    for name in ("titles", "authors", "outlets", "dates_right", "dates_wrong", "segment_f1"):
        assert known["byline"][name] is None


def test_headings_of_the_article_may_stand_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    truth = {"body": BODY[:2], "heads": [BODY[2]]}
    file.write_text(page("mill", truth), "utf-8")
    known = measure_pages(read_pages(file), "pages.jsonl").to_json()
    assert known["byline"]["precision"] == 1.0


def test_scripts_without_spaces_are_counted_letter_by_letter(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    said = "磨坊在星期一卖给了一位面包师。市政厅的书记员在晚上说，新主人打算让水车在五月重新转动。" * 3
    file.write_text(page("mill", {"body": [said, "磨" * (said.count("") // 2)]}, body=(said,)), "utf-8")
    recall = measure_pages(read_pages(file), "pages.jsonl").to_json()["byline"]["recall"]
    assert 0.6 < recall < 0.75


def test_as_a_command_from_compressed_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = page("mill", FULL).encode()
    for name, data in {"a.jsonl": rows, "a.jsonl.gz": gzip.compress(rows), "a.jsonl.xz": lzma.compress(rows)}.items():
        (tmp_path / name).write_bytes(data)
        arguments = ["eval", "pages", "--data", str(tmp_path / name)]
        assert main([*arguments, "--json", "--save", str(tmp_path / "run.json")]) == 0
        known = json.loads(capfd.readouterr().out)
        assert known["byline"]["titles"] == known["trafilatura"]["titles"] == 1
        assert json.loads((tmp_path / "run.json").read_text("utf-8")) == known
    assert main(["eval", "pages", "--data", str(tmp_path / "a.jsonl")]) == 0
    shown = capfd.readouterr().out
    assert "titles right" in shown
    assert "F1" not in shown


def test_halves_share_no_site(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    rows = [page(f"p{n}", {"body": BODY}, f"site{n % 8}.example") for n in range(24)]
    file.write_text("".join(rows), "utf-8")
    even, odd = read_pages(file, "even"), read_pages(file, "odd")
    assert len(even) + len(odd) == 24
    assert even
    assert odd
    assert not {one.source for one in even} & {one.source for one in odd}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a", "truth": {}}', '"html" must be a text'),
        ('{"html": "\\u20ac", "truth": {}}', 'bytes.decode("latin-1")'),
        ('{"html": "<p>", "truth": {"with": "a"}}', '"with" of the truth must be a list'),
        ('{"html": ', "not valid JSON"),
        ("", "no pages in this file"),
    ],
)
def test_rows_that_are_no_pages_are_told(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text(line + "\n", "utf-8")
    with pytest.raises(SourceError, match=r"pages\.jsonl") as raised:
        read_pages(file)
    assert said in str(raised.value)


def test_options_of_other_measurements_are_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text(page("mill", FULL), "utf-8")
    for arguments, said in {
        ("pages",): "needs --data FILE",
        (
            "pages",
            "--data",
            str(file),
            "--held-out",
        ): "--held-out belongs to `byline eval retrieval` and `byline eval answers`",
        ("retrieval", "--data", str(file), "--half", "odd"): "--half belongs to `byline eval pages`",
    }.items():
        assert main(["eval", *arguments]) == 2
        assert said in capfd.readouterr().err
