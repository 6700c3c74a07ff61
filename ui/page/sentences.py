"""A sentence of an answer as HTML: its words, its marks, who said it, and what of it its source does not bear out."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Sentence
from assistant.layout import Said
from ui.page.html_pieces import Span, escaped, mark
from ui.wording import doubt, said_by

ALL = Said(0)

_TAGS = ("u", "strong", "em", "code")  # the outermost first
_CODE = re.compile(r"`[^`\n]+`")


def sentence_html(sentence: Sentence, said: Said = ALL) -> str:
    """What is in doubt is underlined, and said in a note: seen, spoken, and there without a pointer to hover with.

    Of a table's row it is one cell; the marks and the note stand in the last.
    """
    if not said.ends:
        return _words(sentence, said)
    marks = "".join(map(mark, sentence.citations))
    return _words(sentence, said) + marks + _speaker(said_by(sentence)) + _note(sentence)


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


def _words(sentence: Sentence, said: Said) -> str:
    text = sentence.words(said)
    spans: list[tuple[int, int, str]] = [*sentence.emphasis] if text == sentence.text else []
    spans += [(*code.span(), "code") for code in _CODE.finditer(text)]
    if not doubt(sentence):
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
    line = doubt(sentence)
    sign = '<span aria-hidden="true">?</span>'
    return f' <span class="doubt {sentence.status}">{sign} {escaped(line)}</span>' if line else ""
