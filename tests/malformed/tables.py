"""Malformed JSON, JSON Lines and CSV."""

import gzip
import json
from collections.abc import Iterator

from tests.malformed.case import SPOILED, Case, partly, refused, text_of

TEXT = text_of(SPOILED)
RECORD = json.dumps({"title": "T", "text": TEXT})


def tables() -> Iterator[Case]:
    yield from _json()
    yield from _of_either_json()
    yield from _json_lines()
    yield from _csv()


def _json() -> Iterator[Case]:
    for name, body in {
        "number": "7",
        "text": '"a text"',
        "null": "null",
        "true": "true",
        "nan": "NaN",
        "infinity": "-Infinity",
        "empty-array": "[]",
        "empty-object": "{}",
        "array-of-arrays": "[[[]]]",
        "array-of-numbers": "[1]",
        "no-text": '{"title": "T"}',
        "comment": f"// mine\n{RECORD}",
        "single-quotes": RECORD.replace('"', "'"),
        "unclosed": RECORD[:-1],
        "comma": RECORD[:-1] + ",}",
        "word": "nul",
        "javascript": f"var a = {RECORD};",
        "page": "<html></html>",
    }.items():
        yield refused(f"{name}.json", "JSON of another shape", body.encode())
    two = b'{"a": [{"text": "x"}], "b": [{"text": "y"}]}'
    yield partly("two-arrays.json", "JSON of another shape", two, 2, 0)
    yield refused("deep-object.json", "deep JSON", b'{"a":' * 200_000)
    yield refused("deep-array.json", "deep JSON", b"[" * 500_000)
    yield refused("deep-whole.json", "deep JSON", b"[" * 100_000 + b"]" * 100_000)
    yield partly("deep-later.json", "deep JSON", f"[{RECORD}, {'[' * 100_000}".encode(), 1, 1)
    yield partly("broken-later.json", "JSON array broken off", f"[{RECORD}, {RECORD[:-9]}".encode(), 1, 1)
    yield partly("no-comma.json", "JSON array broken off", f"[{RECORD} {RECORD}]".encode(), 1, 1)
    yield partly("more.json", "JSON array broken off", f"[{RECORD}] and more".encode(), 1, 1)
    yield partly("two-tops.json", "JSON array broken off", f"[{RECORD}][{RECORD}]".encode(), 1, 1)
    yield partly("mixed.json", "JSON of another shape", f'[{RECORD}, 7, null, "a", []]'.encode(), 1, 4)
    many = b"[" + b"[]," * 6_000_000
    yield refused("many-arrays.json.gz", "JSON of 10^6 values", gzip.compress(b'{"articles": ' + many))
    yield Case("many-objects.json.gz", "JSON of 10^6 values", gzip.compress(b"[" + b"[]," * 20_000 + b"[]]"), 0, None)
    yield refused("long-text.json.gz", "JSON text of 100 MB", gzip.compress(b'[{"text": "' + b"x" * 100_000_000, 1))


def _of_either_json() -> Iterator[Case]:
    for suffix in (".json", ".jsonl"):
        for name, value in {
            "long-number": "9" * 5000,
            "number": "5",
            "empty": '""',
            "null": "null",
            "nan": "NaN",
            "object": "{}",
            "mixed-list": '["a", 1]',
            "nul": '"\\u0000 and \\u0000"',
            "only-furniture": '"Advertisement"',
            "false": "false",
            "nothing": '"nan"',
            "controls": '"\\u0001\\u0002\\u0003\\u0004"',
        }.items():
            yield refused(f"text-{name}{suffix}", "JSON of odd values", f'{{"title": "T", "text": {value}}}'.encode())
        yield Case(f"surrogate{suffix}", "lone surrogates", RECORD.replace(" was", " \\ud800was").encode(), 1, 0)
        yield Case(f"twice{suffix}", "duplicate keys", f'{{"text": "first", {RECORD[1:]}'.encode(), 1, 0)
        odd = {"text": TEXT, "title": {"a": [1]}, "author": [[], {}, None], "url": 5, "id": {}, "published": [1e308]}
        yield Case(f"odd-facts{suffix}", "JSON of odd values", json.dumps(odd).encode(), 1, 0)
        huge = '{"published": 1e999, "updated": -1e999, "id": 1e400, ' + RECORD[1:]
        yield Case(f"huge-facts{suffix}", "huge numbers", huge.encode(), 1, 0)
        keys = {f"column {number}": number for number in range(50_000)} | {"text": TEXT}
        yield Case(f"columns{suffix}", "10^4 columns", json.dumps(keys).encode(), 1, 0)
        long = json.dumps({"x" * 5_000_000 + "\ud800\n\x1b": "y"})
        yield refused(f"long-key{suffix}", "huge key", long.encode())
        surrogates = json.dumps({"text": TEXT, "id": "\ud800\udfff\n\x1b[31m", "title": "\x1b]0;x\x07\ud800"})
        yield Case(f"odd-id{suffix}", "lone surrogates", surrogates.encode(), 1, 0)
        for name, markup in {
            "comments": "<p>a</p><p>b</p>-->" + "<!--" * 100_000,
            "tags": "<b></b>" * 500_000,
            "open-tags": "<p><br>" + "<p " * 50_000,
            "entities": "<p>a</p><p>" + "&amp" * 50_000,
            "ampersands": "<p>a</p><p>" + "&" * 100_000,
            "scripts": "<p>a</p><p>b</p>" + "<script>" * 300_000,
            "attribute": f'<p>a</p><p title="{"y" * 200_000}',
        }.items():
            data = json.dumps({"title": "T", "text": f"{TEXT} {markup}"}).encode()
            yield Case(f"cell-{name}{suffix}.gz", "HTML of 10^6 tags in a cell", gzip.compress(data, 1), 1, 0)


def _json_lines() -> Iterator[Case]:
    bad = ["{", "[1]", "7", '{"text": ""}', '{"title": "x"}', '{"text": "B\\u0000"}', "{'text': 'a'}", "[" * 50_000]
    lines = "\n".join([RECORD, *bad, RECORD])
    yield partly("bad-lines.jsonl", "JSON Lines with bad lines", lines.encode(), 2, len(bad))
    yield refused("100-mb-line.jsonl.gz", "100 MB line", gzip.compress(b'{"text": "' + b"x" * 100_000_000, 1))
    between = f"{RECORD}\n".encode() + b"x" * 25_000_000 + f"\n{RECORD}\n".encode()
    yield partly("25-mb-line.jsonl.gz", "100 MB line", gzip.compress(between, 1), 2, 1)
    yield refused("deep.jsonl", "deep JSON", b'{"text":' * 100_000)
    yield partly("nul-lines.jsonl", "NUL bytes", f"{RECORD}\n".encode() + bytes(50) + b"\n", 1, 1)
    yield partly("returns.jsonl", "wrong line ends", f"{RECORD}\r{RECORD}\r".encode(), 0, 1)
    values = gzip.compress(b'{"text": [' + b"[]," * 6_000_000, 1)
    yield refused("many-values.jsonl.gz", "JSON of 10^6 values", values)


def _csv() -> Iterator[Case]:
    for name, body in {
        "header": "title,text\n",
        "header-semicolons": "title;text\n\n\n",
        "other-columns": "a,b\n1,2\n",
        "sentence": "just a line",
        "commas": ",,,\n,,,\n",
        "excel": "sep=;\n",
        "excel-header": "sep=;\ntext;title\n",
        "blank-rows": "text,title\n,\n,\n",
        "open-header": '"text',
        "open-first": 'text\n"never closed',
        "long-rows": "text\nx,y,z\n",
        "only-lines": "\n" * 10_000,
        "nothing-but-quotes": '""\n""\n',
        "tab": "\t\n\t\n",
        "quotes": '"' * 1001,
        "returns": f"title,text\rT,{TEXT}\r".replace("\n", " "),
    }.items():
        yield refused(f"{name}.csv", "CSV without a table", body.encode())
    quoted = TEXT.replace("\n", " ")
    row = f'T,"{quoted}"\n'
    yield partly("open-later.csv", "unbalanced quotes", f'title,text\n{row}T,"{quoted}\n{row}'.encode(), 1, 1)
    yield Case("quote-within.csv", "unbalanced quotes", f'title,text\nT,{quoted} said "no\n'.encode(), 1, 0)
    yield partly("delimiter-within.csv", "wrong delimiter", f"title,text\n{row}T,a,b,c\n{row}".encode(), 2, 1)
    yield Case("mixed-delimiters.csv", "wrong delimiter", f'title;text\nT;"{quoted}"\n'.encode(), 1, 0)
    yield partly("rows-of-other-delimiter.csv", "wrong delimiter", f"title,text\nT;{quoted}\n".encode(), 0, 1)
    yield partly("nul-cell.csv", "NUL bytes", f"title,text\n{row}T,a\0b\n{row}".encode(), 2, 1)
    yield refused("wide.csv.gz", "10^6 columns", gzip.compress(b"a," * 9_000_000, 1))
    yield refused("names.csv.gz", "10^6 columns", gzip.compress(",".join(map(str, range(2_000_000))).encode(), 1))
    yield refused("header.csv.gz", "100 MB line", gzip.compress(b"title,text" + b"x" * 100_000_000, 1))
    huge = b"title,text\n" + row.encode() + b"T," + b"x" * 100_000_000 + b"\n" + row.encode()
    yield partly("100-mb-line.csv.gz", "100 MB line", gzip.compress(huge, 1), 2, 1)
    lines = b"title,text\n" + row.encode() + b'T,"' + b"a,b\n" * 7_000_000
    yield partly("open-for-ever.csv.gz", "unbalanced quotes", gzip.compress(lines, 1), 1, 1)
    empty = b"title,text\n" + b",\n" * 3_000_000
    yield refused("3-million-empty-rows.csv.gz", "3 million empty rows", gzip.compress(empty, 1))
    name = "\x1b[31m" + "n" * 3_000_000
    yield refused("long-names.csv", "huge key", f"{name},{name}\n1,2\n".encode())
