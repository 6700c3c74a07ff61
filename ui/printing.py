"""Answers, articles, and passages with why they were found, as lines for the terminal."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from assistant.answer import CANNOT_ANSWER, Answer, Citation, Sentence
from assistant.layout import Said
from assistant.request import Request
from index.article import Article
from index.collection import Collection
from index.search.explaining import Explanation, MatchedWord, explain, explain_merged
from index.search.result import Results, Retrieved
from index.text.analysis import words_of
from index.text.decoding import printable, storable
from index.times import TimeExpression
from index.versions import KnownVersion
from ui import wording
from ui.wording import origin, outlet_of

_WIDTH = 100
_BEGINNING = re.compile(r" *(?:- |[0-9]{1,9}\. )?(?=\S)")


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer with its marks and what stands around it, then the sources; a refusal with the nearest articles.

    That a language model failed, and why, was a notice before.
    """
    above, told = list(_head_lines(answer)), list(_told_lines(answer))
    for place, line in enumerate(above):
        yield from _wrapped(line)
        if told or place < len(above) - 1:
            yield ""
    yield from told
    if answer.answerable:
        for line in _open_lines(answer):
            yield from ["", *_wrapped(line)]
        for citation in wording.shown_citations(answer):
            yield from ["", *_citation_lines(citation)]
    elif answer.nearest:
        yield ""
        yield "Nearest articles:"
        for found in answer.nearest:
            yield f"  {article_line(found.article)}"
    if author := wording.written_by(answer):
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


def explanations(
    collection: Collection, request: Request, found: Results, shown: Sequence[Retrieved]
) -> list[Explanation]:
    """Why search found each of the passages `shown`, which are those `found` with neighbours merged."""
    stems, (_, total) = set(words_of(storable(request.question))), collection.catalogue.count()
    explained = explain(request.question, found, collection.frequency(stems), total, request.day, found.time)
    return explain_merged(shown, found, explained)


def explained_lines(why: Explanation) -> Iterator[str]:
    """A line for each part of the score, with what it rests on."""
    for name, value in why.parts.items():
        basis = _basis(name, why)
        yield f"{name} {value:.3f}{': ' if basis else ''}{basis}"
    if why.time and "time" not in why.parts:
        yield f"time: {_meant(why.time)}"


def article_line(article: Article) -> str:
    day = article.published.isoformat() if article.published else "undated"
    return printable(f"{article.id}  {day:10}  {outlet_of(article)}  {article.heading}")


def article_lines(
    article: Article, origins: Mapping[str, str], left_out: Sequence[str], earlier: Sequence[KnownVersion] = ()
) -> Iterator[str]:
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
    yield _fact("id", article.id)
    yield from (_fact(name, str(value), origins.get(name)) for name, value in known.items() if value)
    yield _fact("source", article.source)
    for line in left_out:
        shortened = textwrap.shorten(line, 80, placeholder=" …")
        yield _fact("left out", shortened, "recurs in this outlet's articles")
    for at, one in enumerate(earlier):
        yield _fact("earlier versions" if at == 0 else "", _version_line(one))
    yield from ["", article.text]


def _version_line(one: KnownVersion) -> str:
    """A version of an item that was replaced: its number or time, its day, its title, what its agency calls it."""
    version, day = one.version, one.updated or one.published
    words = (str(version.number or ""), day.isoformat() if day else version.created[:10], one.title, version.note)
    return printable("  ".join(each for each in words if each))


def _head_lines(answer: Answer) -> Iterator[str]:
    if answer.standalone:
        yield f"{wording.UNDERSTOOD_AS}: {answer.standalone}"
    if answer.reply or not answer.answerable:
        yield answer.reply or CANNOT_ANSWER
    if answer.answerable and answer.short_answer:
        yield answer.short_answer + "".join(f" [{citation.n}]" for citation in answer.verdict_citations)


def _sentence_words(sentence: Sentence, said: Said) -> str:
    """For example `The ban hit 270 firms. [1] — the ministry (? partly supported; not in the source: 270)`."""
    words = " ".join(sentence.words(said).split())
    if not said.ends:
        return f"{words} {sentence.marks(said)}".strip()
    speaker, doubted = wording.attribution(sentence), wording.doubt(sentence)
    pieces = (words, sentence.marks(said), speaker and f"— {speaker}", doubted and f"(? {doubted})")
    return " ".join(piece for piece in pieces if piece)


def _told_lines(answer: Answer) -> Iterator[str]:
    """The sentences in their lists and paragraphs, or row by row."""
    if answer.form in ("timeline", "table"):
        for sentence in answer.sentences:
            yield from _row_lines(sentence)
    elif answer.sentences:
        for line in answer.written(_sentence_words).split("\n"):
            yield from _wrapped_in_list(line)


def _row_lines(sentence: Sentence) -> Iterator[str]:
    """A row of a time line or a table, its first cell as a line above the others, which have the names of columns."""
    row = sentence.place.row
    if not row:
        yield from _wrapped(_sentence_words(sentence, Said(0)))
        return
    last = len(row.cells) - 1
    for at, (name, cell) in enumerate(zip(row.header, row.cells, strict=True)):
        words = _sentence_words(sentence, Said(0, at, ends=at == last, marked=bool(row.cited) or at == last))
        if at and cell:
            yield from _wrapped(f"{name}: {words}" if last > 1 else words, "    ")
        elif cell:
            yield from _wrapped(words)


def _wrapped_in_list(line: str) -> list[str]:
    """A line of an answer, in lines that stand below its own beginning where it is an item of a list."""
    beginning = _BEGINNING.match(line)
    indent = " " * (beginning.end() if beginning else 0)
    first = line[: len(indent)] if beginning else ""
    return textwrap.wrap(printable(line[len(indent) :]), _WIDTH, initial_indent=first, subsequent_indent=indent) or [""]


def _open_lines(answer: Answer) -> Iterator[str]:
    for versions in answer.disagreements:
        words = " · ".join(f"{wording.version_words(version)} [{version.citation.n}]" for version in versions)
        yield f"{wording.SOURCES_DIFFER}: {words}"
    if answer.steps:
        yield f"{wording.ASKED_FOR_IT}: {' · '.join(answer.steps)}"
    if parts := wording.uncovered(answer):
        yield f"{wording.NOT_COVERED}: {parts}"
    if words := wording.confidence(answer):
        yield f"{wording.CONFIDENCE}: {words}"
    unchecked = sum(sentence.status == "unchecked" for sentence in answer.sentences)
    if doubted := sum(bool(wording.doubt(sentence)) for sentence in answer.sentences) - unchecked:
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


def _basis(part: str, why: Explanation) -> str:
    """What a part of the score rests on."""
    match part:
        case "words":
            return _words(why)
        case "vectors":
            return "" if why.cosine is None else f"nearness in meaning, a cosine of {why.cosine:.2f}"
        case "recency":
            return _recency(why)
        case "time":
            return _meant(why.time) if why.time else ""
        case "same article":
            return "better passages of this article came before"
        case "reranker":
            return "the second stage's, which read the passage with the question; 0 for the worst that it read"
    return ""


def _words(why: Explanation) -> str:
    there = [_word(word) for word in why.words]
    if why.unexplained:
        there.append(f"words like those asked for {why.unexplained:.3f}")
    words = " + ".join(there) or "none of the words asked for"
    return f"{words}; missing: {', '.join(why.missing)}" if why.missing else words


def _word(word: MatchedWord) -> str:
    others = ", ".join(f"“{form}”" for form in word.forms if form.casefold() != word.asked.casefold())
    return f"{word.asked} ({others}) {word.share:.3f}" if others else f"{word.asked} {word.share:.3f}"


def _recency(why: Explanation) -> str:
    if why.days is None:
        return "undated"
    days = {0: "on", 1: "1 day before"}.get(why.days, f"{why.days} days before")
    return f"published {days} the day of the question"


def _meant(time: TimeExpression) -> str:
    first, last = time.window.first, time.window.last
    if time.kind == "newest":
        days = "the newest first"
    elif first and last:
        days = f"{first}" if first == last else f"{first} to {last}"
    else:
        days = f"from {first}" if first else f"until {last}" if last else "any day"
    return f"“{time.text}” is read as {days}{', and nothing else is found' if time.kind == 'within' else ''}"
