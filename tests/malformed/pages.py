"""Malformed HTML, plain text and Markdown."""

import gzip
import json
from collections.abc import Iterator

from tests.malformed.case import SPOILED, Case, page_of, refused, text_of


def pages() -> Iterator[Case]:
    yield from _too_much()
    yield from _unclosed()
    yield from _texts()


def _too_much() -> Iterator[Case]:
    for tag in ("p", "div", "b", "x"):
        many = page_of(SPOILED, body=f"<{tag}>" * 1_000_000)
        yield refused(f"million-{tag}.html.gz", "HTML of 10^6 tags", gzip.compress(many.encode(), 1))
    closed = page_of(SPOILED, body="<p>a</p>" * 1_000_000)
    yield refused("million-closed.html.gz", "HTML of 10^6 tags", gzip.compress(closed.encode(), 1))
    for tag in ("div", "span", "table", "ul", "blockquote", "font", "section", "svg"):
        yield Case(f"deep-{tag}.html", "deep HTML", page_of(SPOILED, body=f"<{tag}>" * 20_000).encode())
    yield Case("closing.html", "deep HTML", page_of(SPOILED, body="</div>" * 200_000).encode())
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    yield Case("attributes.html", "huge attributes", page_of(SPOILED, body=f"<p {attributes}>a</p>").encode())
    yield Case("attribute.html", "huge attributes", page_of(SPOILED, body=f'<p a="{"y" * 9_000_000}">').encode())
    yield Case("style.html", "huge attributes", page_of(SPOILED, head=f"<style>{'a{} ' * 900_000}</style>").encode())
    yield refused("20-mb.html.gz", "100 MB line", gzip.compress(page_of(SPOILED, body="y" * 100_000_000).encode(), 1))
    yield Case("long-text.html.gz", "1 MB of text", gzip.compress(page_of(SPOILED, body="y " * 500_000).encode()))
    data = json.dumps({"@type": "NewsArticle", "headline": "T", "datePublished": "2026-05-01"})
    blocks = f'<script type="application/ld+json">{data}</script>' * 5_000
    yield Case("linked.html", "many JSON-LD blocks", page_of(SPOILED, head=blocks).encode())
    deep = '<script type="application/ld+json">' + '{"a":[' * 50_000 + "</script>"
    yield Case("deep-linked.html", "deep JSON-LD", page_of(SPOILED, head=deep).encode())
    for name, value in {"types": "[1, {}, null]", "number": "9" * 5000, "list": "[[[[[]]]]]", "nan": "NaN"}.items():
        odd = f'<script type="application/ld+json">{{"@type": {value}, "datePublished": {value}}}</script>'
        yield Case(f"linked-{name}.html", "odd JSON-LD", page_of(SPOILED, head=odd).encode())
    metas = '<meta property="article:published_time" content="99999-99-99">' * 50_000
    yield Case("metas.html", "many meta tags", page_of(SPOILED, head=metas).encode())
    yield Case("bases.html", "odd addresses", page_of(SPOILED, head='<base href="http://[::1">' * 1000).encode())
    link = '<link rel="canonical" href="javascript:alert(1)"><link rel="canonical" href="file:///etc/passwd">'
    yield Case("canonical.html", "odd addresses", page_of(SPOILED, head=link).encode())


def _unclosed() -> Iterator[Case]:
    for name, start in {
        "comment": "<!--",
        "script": "<script>",
        "style": "<style>",
        "title": "<title>",
        "textarea": "<textarea>",
        "cdata": "<![CDATA[",
        "doctype": "<!doctype",
        "attribute": '<p title="',
        "tag": "<p",
        "pi": "<?xml",
        "template": "<template>",
        "select": "<select>",
        "noscript": "<noscript>",
        "plaintext": "<plaintext>",
        "iframe": "<iframe>",
        "svg": "<svg><script>",
        "math": "<math><mi>",
    }.items():
        yield Case(f"open-{name}.html", "unclosed HTML", page_of(SPOILED, head=start).encode())
        yield Case(f"open-{name}s.html", "unclosed HTML", page_of(SPOILED, body=start * 20_000).encode())
    for name, text in {
        "unknown": "&nosuch; " * 50_000,
        "open": "&amp" * 100_000,
        "huge": f"&#{'9' * 5000};",
        "nul": "&#0;&#x0;",
        "surrogate": "&#xD800;&#xDFFF;",
        "bare": "& " * 200_000,
        "hex": "&#x" * 100_000,
    }.items():
        yield Case(f"entity-{name}.html", "broken entities", page_of(SPOILED, body=f"<p>{text}</p>").encode())
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    page = page_of(SPOILED, body="<p>&a9;</p>").replace(
        "<!doctype html>", f'<!DOCTYPE html [<!ENTITY a0 "ha">{laughs}]>'
    )
    yield Case("laughs.html", "entity bomb", page.encode())
    yield Case("laughs.htm", "entity bomb", page.replace("html>", "html>\n", 1).encode())
    yield Case("prolog.html", "comments before the page", ("<!-- a -->" * 50_000 + page_of(SPOILED)).encode())
    for name, body in {
        "feed": "<rss><channel/></rss>",
        "xml": '<?xml version="1.0"?><a/>',
        "text": "no tags",
        "json": '{"text": "a"}',
        "empty-page": "<html></html>",
        "one-tag": "<p>",
        "less": "<" * 100_000,
        "greater": ">" * 100_000,
        "only-script": "<html><script>var a = 1;</script></html>",
        "frames": "<frameset><frame src=a></frameset>",
    }.items():
        yield refused(f"{name}.html", "HTML without an article", body.encode())
    for name in ("utf-7", "no-such", "utf-16", "base64", "idna", "rot13", "\x00", "x" * 3000, "unicode_escape"):
        lie = page_of(SPOILED, head=f'<meta charset="{name}">')
        yield Case(f"charset-{name[:9].strip(chr(0))}.html", "charset lies", lie.encode() + b"\xe5\xff")


def _texts() -> Iterator[Case]:
    text = text_of(SPOILED)
    for suffix in (".txt", ".md"):
        yield refused(f"100-mb{suffix}.gz", "100 MB line", gzip.compress(b"x" * 100_000_000, 1))
        yield Case(f"1-mb{suffix}.gz", "1 MB of text", gzip.compress(b"word " * 200_000, 1), 1, 0)
        yield Case(f"lines{suffix}.gz", "10^6 lines", gzip.compress(b"a b\n" * 100_000, 1), 1, 0)
        yield Case(f"blank-lines{suffix}.gz", "10^6 lines", gzip.compress(text.encode() + b"\n" * 3_000_000, 1), 1, 0)
        yield refused(f"controls{suffix}", "control characters", bytes(range(1, 32)) * 100)
        yield refused(f"only-furniture{suffix}", "no article text", b"Advertisement\n")
        yield refused(f"rich-text{suffix}", "wrong suffix", rb"{\rtf1\ansi{\fonttbl\f0 Helvetica;}\f0 " + text.encode())
        yield refused(f"only-date{suffix}", "no article text", b"date 2026-05-01")
    for name, front in {
        "open": "title: [a",
        "tabs": "\ttitle: a",
        "alias": "a: &a [*a, *a]\ntitle: *a",
        "date": "published: soon",
        "unknown-alias": "title: *b",
        "tag": "title: !!python/object/apply:os.system ['true']\nb: [",
        "bad-date": "published: 2026-13-45",
        "many-dates": "published: [2026-05-01, 2026-05-02]",
        "nul": "title: \0",
        "deep": "a: " + "[" * 5000,
        "brackets": "a: " + "{" * 900 + "}" * 900 + "\npublished: no",
    }.items():
        yield Case(f"front-{name}.md", "broken front matter", f"---\n{front}\n---\n{text}".encode())
    nine = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    yield Case("front-laughs.md", "entity bomb", f"---\na0: &a0 ha\n{nine}title: *a9\n---\n{text}".encode())
    yield Case("front-open.md", "broken front matter", f"---\ntitle: a\n{text}".encode(), 1, 0)
    yield refused("front-only.md", "no article text", b"---\ntitle: a\n---\n")
