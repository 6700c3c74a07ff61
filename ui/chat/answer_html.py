"""The conversation as HTML, sentence by sentence, and the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Answer, Sentence, Version
from assistant.layout import Said
from index.collection import Status
from index.search.result import Retrieved
from ui import wording
from ui.chat.article_html import Span, escaped, facts, link, mark
from ui.wording import short_date

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_OPENING, _CLOSING = "\ue000", "\ue001"  # around the number of a sentence that is yet to be put in
_PLACE = re.compile(rf"{_OPENING}([0-9]+){_CLOSING}")
_OFF = ["html_block", "html_inline", "image", "link", "autolink", "reference", "entity", "lheading", "code", "hr"]
_TAGS = ("u", "strong", "em", "code")  # of a sentence, the outermost first
_CODE = re.compile(r"`[^`\n]+`")
_HIGHEST, _LOWEST = 3, 6  # headings on the page: those above are the page's own


def turn(question: str, answer: str, notices: Iterable[str] = (), below: str = "") -> str:
    """One question with the HTML of what answers it; `below` is the HTML between the two."""
    lines = "".join(f'<p class="notice">{escaped(notice)}</p>' for notice in notices)
    return f'<article class="turn"><h2 class="question">{escaped(question)}</h2>{below}{answer}{lines}</article>'


def draft(text: str, doing: str) -> str:
    """An answer that is still being made; as long as nothing of it is there, what is being done."""
    if not text:
        dots = '<span class="dots" aria-hidden="true"></span>'
        return f'<p class="answer searching">{escaped(doing)}{dots}</p>'
    return f'<div class="answer draft">{markdown_html(text)}</div>'


def answer(answer: Answer) -> str:
    """A finished answer with all that stands around it; where there is none, the nearest articles instead."""
    html = _sentences(answer) if answer.answerable else _refusal(answer.text, answer.nearest)
    return html + after(answer)


def stopped(text: str) -> str:
    """What there was of an answer when it was stopped."""
    beginning = f'<div class="answer unfinished">{markdown_html(text)}</div>' if text else ""
    return beginning + '<p class="notice">Stopped.</p>'


def failure(line: str) -> str:
    """A failure, as one line for a person."""
    return f'<p class="failure" role="alert">{escaped(line)}</p>'


def masthead(status: Status) -> str:
    """The name of the paper, as it were, and what is in it."""
    return (
        '<div class="masthead"><h1>Byline</h1>'
        '<p class="motto">Ask the articles. Every sentence carries its source.</p>'
        f'<p class="extent">{_extent(status)}</p></div>'
    )


def sample_notice() -> str:
    command = "<code>byline add FOLDER</code>"
    return f'<p class="sample">This is the sample collection. Add your own articles: {command}</p>'


def welcome(status: Status) -> str:
    """What stands where the conversation will be."""
    if not status.articles:
        command = "<code>byline add FOLDER</code>"
        return f'<div class="welcome"><h2>No articles yet</h2><p>Add some: {command}</p></div>'
    return (
        '<div class="welcome"><h2>What would you like to know?</h2>'
        "<p>The answer is drawn from the articles of this collection alone. "
        "Click a number to read the very words it rests on.</p></div>"
    )


def _sentences(answer: Answer) -> str:
    """The sentences in the HTML of their layout: each is put in its place when the rest is made."""
    reply = "".join(f'<p class="reply">{escaped(line)}</p>' for line in answer.reply.splitlines() if line)
    marks = "".join(map(mark, answer.verdict_citations))
    short = f'<p class="short-answer">{escaped(answer.short_answer)}{marks}</p>' if answer.short_answer else ""
    if not answer.sentences:
        return reply + short
    sentences: list[str] = []

    def place(sentence: Sentence, where: Said) -> str:
        sentences.append(sentence_html(sentence, where))
        return f"{_OPENING}{len(sentences) - 1}{_CLOSING}"

    html = markdown_html(answer.written(place))
    html = _PLACE.sub(lambda found: sentences[int(found[1])], html)
    shape = " timeline" if answer.form == "timeline" else ""
    return f'{reply}{short}<div class="answer{shape}">{html}</div>'


def _refusal(line: str, nearest: Iterable[Retrieved]) -> str:
    items = "".join(f"<li>{_nearest_link(found)}</li>" for found in nearest)
    offered = f'<div class="nearest"><p>Nearest articles:</p><ul>{items}</ul></div>' if items else ""
    return f'<p class="answer refusal">{escaped(line)}</p>{offered}'


def _nearest_link(found: Retrieved) -> str:
    passage = found.passage
    target = link(found.article.id, (passage.start, passage.end), passage.text)
    return f'<a class="cite" {target}>{escaped(found.article.heading)}</a> <span>{facts(found.article)}</span>'


def _extent(status: Status) -> str:
    count = "article" if status.articles == 1 else "articles"
    days = sorted({day for day in (status.first, status.last) if day})
    between = f" · {' – '.join(short_date(day) for day in days)}" if days else ""
    return f"{status.articles:,} {count}{between}"


def markdown_html(text: str) -> str:
    """HTML whose only tags are those of blocks, emphasis and code, without line breaks between the blocks."""
    return str(_markdown().render(text)).replace("\n", " ").strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)
    markdown.core.ruler.push("headings_below_the_page", _lowered)
    return markdown


def _lowered(state: StateCore) -> None:
    for token in state.tokens:
        if token.type.startswith("heading_"):
            token.tag = f"h{min(_LOWEST, max(_HIGHEST, int(token.tag[1:]) + 1))}"


def understood(standalone: str) -> str:
    """The question as it was understood; "" where it was taken as it stands."""
    return _line("understood", wording.UNDERSTOOD_AS, standalone)


def after(answer: Answer) -> str:
    """What the answer leaves open or undecided, how sure it is, and who wrote it."""
    differ = "".join(map(_disagreement, answer.disagreements)) if answer.answerable else ""
    author = wording.written_by(answer)
    written = f'<p class="written">{escaped(author)}</p>' if author else ""
    sure = _line("confidence", wording.CONFIDENCE, wording.confidence(answer))
    asked = _line("steps", wording.ASKED_FOR_IT, " · ".join(answer.steps))
    return differ + asked + _line("uncovered", wording.NOT_COVERED, wording.uncovered(answer)) + sure + written


def _line(kind: str, label: str, words: str) -> str:
    return f'<p class="remark {kind}"><b>{label}:</b> {escaped(words)}</p>' if words else ""


def _disagreement(versions: Sequence[Version]) -> str:
    items = "".join(
        f"<li>{escaped(wording.version_words(version))} {mark(version.citation)}</li>" for version in versions
    )
    return f'<div class="remark differing"><b>{wording.SOURCES_DIFFER}:</b> <ul>{items}</ul></div>'


def sentence_html(sentence: Sentence, said: Said) -> str:
    """What is in doubt is underlined, and named in a note: seen, spoken, and there without a pointer to hover with.

    Of a table's row it is one cell; the marks and the note stand in the last.
    """
    marks = "".join(map(mark, sentence.cited_at(said)))
    if not said.ends:
        return _words_html(sentence, said) + marks
    return _words_html(sentence, said) + marks + _speaker(wording.attribution(sentence)) + _note(sentence)


def doubted_spans(sentence: str, doubts: Sequence[str]) -> list[Span]:
    """Where the doubted words stand in a sentence, as (start, end) in order, none over another.

    They are found as whole words whatever their case and spaces; `270` is not found in `1,270`.
    """
    spans = sorted(span for words in doubts for span in _occurrences(sentence, words))
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            first, last = joined.pop()
            start, end = first, max(last, end)
        joined.append((start, end))
    return joined


def _occurrences(sentence: str, words: str) -> Iterator[Span]:
    pieces = r"\s+".join(map(re.escape, words.split()))
    if pieces:
        whole = rf"(?<!\w)(?<!\d[.,]){pieces}(?!\w)(?![.,]\d)"
        yield from (found.span() for found in re.finditer(whole, sentence, re.IGNORECASE))


def _words_html(sentence: Sentence, said: Said) -> str:
    text = sentence.words(said)
    spans: list[tuple[int, int, str]] = [*sentence.emphasis] if text == sentence.text else []
    spans += [(*code.span(), "code") for code in _CODE.finditer(text)]
    if not wording.doubt(sentence):
        return _tagged(text, spans)
    doubted = doubted_spans(text, sentence.doubts)
    if sentence.status != "unchecked" and not (doubted or doubted_spans(sentence.text, sentence.doubts)):
        doubted = [(0, len(text))]
    return f'<span class="{sentence.status}">{_tagged(text, [*spans, *((*span, "u") for span in doubted)])}</span>'


def _tagged(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The text as HTML, each of the spans in the element of its name; where they overlap, one within the other."""
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    html = ""
    for first, last in zip(edges, edges[1:], strict=False):
        names = [
            name for name in _TAGS if any(start <= first and last <= end for start, end, of in spans if of == name)
        ]
        piece = text[first:last].replace("`", "") if "code" in names else text[first:last]
        html += "".join(f"<{name}>" for name in names) + escaped(piece) + "".join(f"</{name}>" for name in names[::-1])
    return html


def _speaker(name: str) -> str:
    return f' <span class="speaker">— {escaped(name)}</span>' if name else ""


def _note(sentence: Sentence) -> str:
    line = wording.doubt(sentence)
    sign = '<span aria-hidden="true">?</span>'
    return f' <span class="doubt {sentence.status}">{sign} {escaped(line)}</span>' if line else ""
