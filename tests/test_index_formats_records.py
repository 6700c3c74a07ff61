"""Records as services, libraries and other languages name their parts, read without being told which is which."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.errors import SourceError
from index.formats import read_articles
from index.formats.readings import Reading, ReadOptions
from tests.articles import write

LOCK = (
    "The lock at Hexley will be drained in March for the first time in thirty years. Engineers want to see why barges "
    "wait two hours there, the canal trust said on Monday."
)
OWLS = (
    "Three pairs of owls have nested in the clock tower of Marl Heath. The town has stopped the bells until June so "
    "that the young are not disturbed, and asks visitors to keep off the stairs."
)
DAY, LATER = date(2021, 2, 8), date(2021, 2, 22)


def read(path: Path) -> tuple[list[Reading], list[str]]:
    """The articles of a file, and the lines that were told about it."""
    told: list[str] = []
    found = list(read_articles(path, ReadOptions(tell=told.append)))
    told += [str(one) for one in found if isinstance(one, SourceError)]
    assert all(line.startswith(f"{path}: ") for line in told)
    return [one for one in found if isinstance(one, Reading)], told


def dump(path: Path, value: Any) -> Path:
    return write(path, json.dumps(value, ensure_ascii=False))


def facts(reading: Reading) -> tuple[str, str, str, date | None]:
    article = reading.article
    return article.title, article.author, article.outlet, article.published


# Services and libraries


def test_a_blogs_own_interface(tmp_path: Path) -> None:
    """WordPress: what is shown stands in `rendered`, the author is a number here and a name in what is embedded."""
    post = {
        "id": 812,
        "date": "2021-02-08T09:30:00",
        "modified": "2021-02-09T10:00:00",
        "link": "https://hexley.example/?p=812",
        "guid": {"rendered": "https://hexley.example/?p=812"},
        "title": {"rendered": "Hexley&#8217;s lock to be drained"},
        "content": {"rendered": f"<p>{LOCK}</p>\n<p>{OWLS}</p>", "protected": False},
        "excerpt": {"rendered": "<p>Drained.</p>"},
        "author": 3,
        "_embedded": {"author": [{"id": 3, "name": "Wim Aldous", "link": "https://hexley.example/wim"}]},
    }
    (found,), _ = read(dump(tmp_path / "posts.json", [post]))
    assert facts(found) == ("Hexley’s lock to be drained", "Wim Aldous", "", DAY)
    assert found.article.text == f"{LOCK}\n\n{OWLS}"
    assert (found.article.url, found.article.updated) == (post["link"], date(2021, 2, 9))


def test_an_archive_of_a_newspaper(tmp_path: Path) -> None:
    """As the New York Times gives its archive: docs in a response, a headline and a byline of several parts."""
    doc = {
        "web_url": "https://times.example/lock",
        "abstract": "A lock is drained.",
        "lead_paragraph": LOCK,
        "source": "The Hexley Times",
        "headline": {"main": "Lock to be drained", "kicker": None, "print_headline": "LOCK DRY"},
        "byline": {"original": "By Wim Aldous and Tessa Orme", "person": [{"firstname": "Wim"}]},
        "pub_date": "2021-02-08T05:00:11+0000",
        "_id": "nyt://article/1",
    }
    whole = {"status": "OK", "copyright": "(c)", "response": {"docs": [doc, doc | {"_id": "2"}], "meta": {"hits": 2}}}
    found, _ = read(dump(tmp_path / "nyt.json", whole))
    assert [facts(one) for one in found] == [
        ("Lock to be drained", "Wim Aldous, Tessa Orme", "The Hexley Times", DAY)
    ] * 2
    assert found[0].article.text == LOCK


def test_what_a_crawler_of_publishers_saves(tmp_path: Path) -> None:
    """Fundus: a body of sections with their headlines."""
    article = {
        "title": "Lock to be drained",
        "authors": ["Wim Aldous", "Tessa Orme"],
        "publishing_date": "2021-02-08 07:00:00+01:00",
        "body": {
            "summary": ["Drained in March."],
            "sections": [{"headline": [], "paragraphs": [LOCK]}, {"headline": ["Owls"], "paragraphs": [OWLS]}],
        },
        "topics": ["Canals"],
        "lang": "en",
        "html": {"requested_url": "https://hexley.example/lock", "source_info": {"publisher": "Hexley Gazette"}},
    }
    (found,), _ = read(dump(tmp_path / "fundus.json", [article]))
    assert facts(found) == ("Lock to be drained", "Wim Aldous, Tessa Orme", "Hexley Gazette", DAY)
    assert found.article.text == f"Drained in March.\n\n{LOCK}\n\nOwls\n\n{OWLS}"
    assert found.article.url == "https://hexley.example/lock"


def test_a_dump_of_a_search_engine(tmp_path: Path) -> None:
    hits = [
        {
            "_index": "news",
            "_id": str(n),
            "_source": {"Headline": f"Lock {n}", "articleBody": LOCK, "datePublished": day},
        }
        for n, day in enumerate(["2021-02-08", "2021-02-22"])
    ]
    found, _ = read(dump(tmp_path / "dump.json", {"took": 3, "hits": {"total": {"value": 2}, "hits": hits}}))
    assert [(one.article.title, one.article.published) for one in found] == [("Lock 0", DAY), ("Lock 1", LATER)]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one, two: {"data": [{"type": "story", "attributes": one}, {"type": "story", "attributes": two}]},
        lambda one, two: {
            "result": {"pages": [{"entries": [one]}, {"entries": [two]}]},
            "meta": {"text": "terms of use"},
        },
        lambda one, two: {"politics": [one], "sport": [two], "tags": ["a"]},
        lambda one, two: {"a1": one, "a2": two},
        lambda one, two: [{"page": 1, "stories": [one]}, {"page": 2, "stories": [two]}],
        lambda one, two: {"data": {"items": [{"item": one, "meta": {"score": 1}}, {"item": two}]}},
    ],
)
def test_the_list_is_found_wherever_it_is(tmp_path: Path, wrap: Any) -> None:
    one = {"title": "Lock", "text": LOCK, "related": [{"title": "No", "text": "Not this one."}]}
    found, _ = read(dump(tmp_path / "a.json", wrap(one, {"title": "Owls", "text": OWLS})))
    assert [(one.article.title, one.article.text) for one in found] == [("Lock", LOCK), ("Owls", OWLS)]


@pytest.mark.parametrize("mark", ["… [+1204 chars]", "... [1204 chars]", " [+1,204 characters]"])
def test_a_text_that_the_service_cut_off(tmp_path: Path, mark: str) -> None:
    rows = [{"title": "Lock", "content": LOCK + mark}, {"title": "Owls", "content": OWLS}]
    found, told = read(dump(tmp_path / "a.json", {"articles": rows}))
    assert [one.article.text.rstrip(" .…") for one in found] == [LOCK.rstrip("."), OWLS.rstrip(".")]
    assert [line for line in told if "1 article" in line and "only the beginning of" in line and "record 1" in line]


def test_a_source_that_is_an_address_is_the_url(tmp_path: Path) -> None:
    row = {"source": "https://hexley.example/lock", "sitename": "Hexley Gazette", "hostname": "hexley.example"}
    (found,), _ = read(dump(tmp_path / "a.json", row | {"raw_text": LOCK, "text": LOCK}))
    assert (found.article.url, found.article.outlet) == (row["source"], "Hexley Gazette")


# Columns in other languages


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("titre;texte;date de publication;auteur;journal", ";"),
        ("Título\tContenido\tFecha de publicación\tAutor\tFuente", "\t"),
        ("BAŞLIK;İÇERİK;YAYIN TARİHİ;YAZAR;KAYNAK", ";"),
        ("Überschrift|Volltext|Veröffentlichungsdatum|Verfasser|Zeitung", "|"),
        ("titolo;testo;data di pubblicazione;autore;testata", ";"),
        ("manchete;corpo;data de publicação;autores;veículo", ";"),
        ("kop;tekst;publicatiedatum;auteur;krant", ";"),
    ],
)
def test_names_of_columns_in_other_languages(tmp_path: Path, header: str, delimiter: str) -> None:
    rows = [["Schleuse", LOCK, "08/02/2021", "Wim Aldous", "Hexley Gazette"], ["Eulen", OWLS, "05/02/2021", "", ""]]
    lines = [header, *(delimiter.join(row) for row in rows)]
    found, told = read(write(tmp_path / "a.csv", "\n".join(lines)))
    assert facts(found[0]) == ("Schleuse", "Wim Aldous", "Hexley Gazette", DAY)
    assert (found[1].article.published, found[1].article.text) == (date(2021, 2, 5), OWLS)
    assert not told


def test_columns_of_no_known_name_are_known_by_what_they_hold(tmp_path: Path) -> None:
    rows = [
        ["zk", "izenburua", "gorputza", "eguna", "helbidea", "egilea"],
        ["1", "Esklusa hustuko da", LOCK, "2021-02-08", "https://hexley.example/1", "Wim Aldous"],
        ["2", "Hontzak dorrean bizi", OWLS, "2021-02-22", "https://hexley.example/2", "Tessa Orme"],
    ]
    found, told = read(write(tmp_path / "a.tsv", "\n".join("\t".join(row) for row in rows)))
    assert [(one.article.title, one.article.text, one.article.published) for one in found] == [
        ("Esklusa hustuko da", LOCK, DAY),
        ("Hontzak dorrean bizi", OWLS, LATER),
    ]
    assert found[0].article.url == "https://hexley.example/1"
    assert [line for line in told if "known by what they hold" in line and "gorputza (text)" in line]
    assert [line for line in told if "columns not read: zk, egilea" in line]


# Dates


def test_one_row_tells_the_order_of_all(tmp_path: Path) -> None:
    days = ["02/08/2021", "03/04/2021", "02/22/2021 10:00"]
    rows = [{"text": LOCK, "date": day} for day in days]
    found, told = read(write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert [one.article.published for one in found] == [DAY, date(2021, 3, 4), LATER]
    assert not told
    days = ["08/02/21", "04.03.2021", "22/02/21"]
    found, _ = read(write(tmp_path / "b.csv", "\n".join(["text,date", *(f'"{LOCK}",{day}' for day in days)])))
    assert [one.article.published for one in found] == [DAY, date(2021, 3, 4), LATER]


def test_rows_that_contradict_one_another(tmp_path: Path) -> None:
    days = ["02/08/2021", "02/22/2021", "22/03/2021", "05/05/2021", "soon"]
    rows = [f'"{LOCK}",{day}' for day in days]
    found, told = read(write(tmp_path / "a.csv", "\n".join(["text,date", *rows])))
    assert [one.article.published for one in found] == [None, LATER, date(2021, 3, 22), date(2021, 5, 5), None]
    (line,) = told
    assert "column date" in line
    assert "02/08/2021" in line
    assert "2 dates" in line


# What is not read


def test_columns_that_mean_nothing_are_told_once(tmp_path: Path) -> None:
    rows = [{"text": LOCK, "Title": "Lock", "mood": "grave", "score": n, "empty": ""} for n in range(3)]
    found, told = read(write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert len(found) == 3
    assert [line.split(": ", 1)[1] for line in told] == [
        "columns not read: mood, score; name those that matter with --map FIELD=COLUMN"
    ]


def test_a_summary_is_the_text_where_there_is_no_other(tmp_path: Path) -> None:
    rows = [{"headline": "Lock", "description": LOCK}, {"headline": "Owls", "description": OWLS}]
    found, told = read(write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert [one.article.text for one in found] == [LOCK, OWLS]
    assert [line for line in told if "description" in line and "for want of the whole text" in line]


def test_cells_made_of_parts(tmp_path: Path) -> None:
    """Dates and texts as databases and editors keep them, and what a table's maker flattened with dots."""
    rich = [
        {"type": "paragraph", "content": [{"type": "text", "text": "Hexley "}, {"type": "text", "text": "is dry."}]},
        {"type": "image", "caption": "The lock."},
        {"type": "paragraph", "content": [{"type": "text", "text": LOCK}]},
    ]
    rows = [
        {"title": "Lock", "body": {"type": "doc", "content": rich}, "date": {"$date": "2021-02-08T10:00:00Z"}},
        {"fields": {"title": "Lock", "body": f"Hexley is dry.\n\n{LOCK}", "date": {"created": "2021-02-08"}}},
        {"headlines": {"basic": "Lock"}, "content_elements": [{"type": "text", "content": "Hexley is dry."}]},
    ]
    found, _ = read(dump(tmp_path / "a.json", rows))
    assert [one.article.title for one in found] == ["Lock"] * 3
    assert [one.article.text for one in found] == [f"Hexley is dry.\n\n{LOCK}"] * 2 + ["Hexley is dry."]
    assert [one.article.published for one in found] == [DAY, DAY, None]
    flat = f'source.name,title,publishedAt,content\nHexley Gazette,Lock,2021-02-08T10:00:00Z,"{LOCK}"\n'
    (one,), told = read(write(tmp_path / "a.csv", flat))
    assert facts(one) == ("Lock", "", "Hexley Gazette", DAY)
    assert not told


def test_a_text_that_is_named_like_a_table_is_no_table(tmp_path: Path) -> None:
    paragraph = " ".join(["The ferry was late because its cook had been left behind at the quay said the mate"] * 2)
    file = write(tmp_path / "a.csv", f"{paragraph}.\n\n{paragraph} again.\n\n{paragraph} twice.\n")
    with pytest.raises(SourceError, match="no column of article text"):
        read(file)
