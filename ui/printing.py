"""Answers, passages and articles as lines for the terminal."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from assistant.answer import Answer, Citation, Sentence
from assistant.layout import Said
from index.article import Article
from index.search.explaining import Explanation
from index.search.result import Retrieved
from index.text.decoding import printable
from index.versions import KnownVersion
from ui.explained import explained_lines
from ui.wording import (
    CONFIDENCE,
    NOT_COVERED,
    SOURCES_DIFFER,
    UNDERSTOOD_AS,
    confidence,
    doubt,
    origin,
    outlet_of,
    said_by,
    shown_citations,
    uncovered,
    value_told,
    written_by,
)

_WIDTH = 100
_BEGINNING = re.compile(r" *(?:- |[0-9]{1,9}\. )?(?=\S)")


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer with its marks and what stands around it, then the sources; a refusal with the nearest articles.

    That a language model failed, and why, was a notice before.
    """
    for line in _head_lines(answer):
        yield from [*_wrapped(line), ""]
    for line in answer.written(_said).split("\n"):
        yield from _wrapped_in_list(line)
    if answer.answerable:
        for line in _open_lines(answer):
            yield from ["", *_wrapped(line)]
        for citation in shown_citations(answer):
            yield from ["", *_citation_lines(citation)]
    elif answer.nearest:
        yield ""
        yield "Nearest articles:"
        for found in answer.nearest:
            yield f"  {article_line(found.article)}"
    if author := written_by(answer):
        yield from ["", *_wrapped(author)]


def found_lines(found: Sequence[Retrieved], explanations: Sequence[Explanation] = ()) -> Iterator[str]:
    """Passages with their rank and the parts of their score; with an explanation for each, what these rest on."""
    for rank, one in enumerate(found, 1):
        parts = " + ".join(f"{name} {value:.2f}" for name, value in one.parts.items())
        yield printable(f"{rank}. {origin(one.article)}: {one.article.heading} ({one.article.id})")
        yield f"   {one.score:.2f} = {parts}"
        for line in explained_lines(explanations[rank - 1]) if explanations else ():
            yield from textwrap.wrap(line, _WIDTH, initial_indent="     ", subsequent_indent="       ")
        yield from _wrapped(one.passage.text, "   ")
        yield ""


def article_line(article: Article) -> str:
    day = article.published.isoformat() if article.published else "undated"
    return printable(f"{article.id}  {day:10}  {outlet_of(article)}  {article.heading}")


def plain_article(
    article: Article, origins: Mapping[str, str], left_out: Sequence[str], earlier: Sequence[KnownVersion] = ()
) -> str:
    """The whole article under a head of what is known about it, and from where, and of what was left out of it.

    `earlier` are the versions of it that this one replaced.
    """
    known = {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "updated": article.updated,
        "url": article.url,
    }
    facts = [_fact(name, str(value), origins.get(name)) for name, value in known.items() if value]
    lines = [
        _fact("left out", textwrap.shorten(line, 80, placeholder=" …"), "recurs in this outlet's articles")
        for line in left_out
    ]
    lines += [_fact("earlier versions" if at == 0 else "", version_line(one)) for at, one in enumerate(earlier)]
    return "\n".join([_fact("id", article.id), *facts, _fact("source", article.source), *lines, "", article.text])


def version_line(one: KnownVersion) -> str:
    """A version of an item that was replaced: its number or time, its day, its title, what its agency calls it."""
    version, day = one.version, one.updated or one.published
    told = (str(version.number or ""), day.isoformat() if day else version.created[:10], one.title, version.note)
    return printable("  ".join(each for each in told if each))


def _head_lines(answer: Answer) -> Iterator[str]:
    if answer.standalone:
        yield f"{UNDERSTOOD_AS}: {answer.standalone}"
    if answer.answerable and answer.short_answer:
        yield answer.short_answer


def _said(sentence: Sentence, said: Said) -> str:
    """For example `The ban hit 270 firms. [1] — the ministry (? partly supported; not in the source: 270)`."""
    words = " ".join(sentence.words(said).split())
    if not said.ends:
        return words
    speaker, doubted = said_by(sentence), doubt(sentence)
    pieces = (words, sentence.marks, speaker and f"— {speaker}", doubted and f"(? {doubted})")
    return " ".join(piece for piece in pieces if piece)


def _wrapped_in_list(line: str) -> list[str]:
    """A line of an answer, in lines that stand below its own beginning where it is an item of a list."""
    beginning = _BEGINNING.match(line)
    indent = " " * (beginning.end() if beginning else 0)
    first = line[: len(indent)] if beginning else ""
    return textwrap.wrap(printable(line[len(indent) :]), _WIDTH, initial_indent=first, subsequent_indent=indent) or [""]


def _open_lines(answer: Answer) -> Iterator[str]:
    for versions in answer.disagreements:
        told = " · ".join(f"{value_told(version)} [{version.citation.n}]" for version in versions)
        yield f"{SOURCES_DIFFER}: {told}"
    if parts := uncovered(answer):
        yield f"{NOT_COVERED}: {parts}"
    if words := confidence(answer):
        yield f"{CONFIDENCE}: {words}"
    unchecked = sum(sentence.status == "unchecked" for sentence in answer.sentences)
    if doubted := sum(bool(doubt(sentence)) for sentence in answer.sentences) - unchecked:
        yield f"(?) marks what the sources do not bear out: {doubted} of {len(answer.sentences)} sentences."
    if unchecked:
        yield f"Not checked, for the check reads English alone: {unchecked} of {len(answer.sentences)} sentences."


def _citation_lines(citation: Citation) -> Iterator[str]:
    yield printable(f"[{citation.n}] {origin(citation.article)}: {citation.article.heading} ({citation.article.id})")
    yield from _wrapped(f"“{citation.quote}”", "    ")
    if citation.also_in:
        yield from _wrapped(f"also in {', '.join(map(origin, citation.also_in))}", "    ")


def _fact(name: str, value: str, where: str | None = None) -> str:
    return f"{name:9}  {value}  ({where})" if where else f"{name:9}  {value}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    """The text, without what would steer the terminal, in lines."""
    text = printable(" ".join(text.split()))
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
