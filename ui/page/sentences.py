"""A sentence of an answer as HTML: its words, its marks, who said it, and what of it its source does not bear out."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Sentence
from ui.page.markup import Span, escaped, mark
from ui.wording import doubt, said_by


def sentence_html(sentence: Sentence) -> str:
    """What is in doubt is underlined, and said in a note: seen, spoken, and there without a pointer to hover with."""
    marks = "".join(map(mark, sentence.citations))
    return _words(sentence) + marks + _speaker(said_by(sentence)) + _note(sentence)


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


def _words(sentence: Sentence) -> str:
    if not doubt(sentence):
        return escaped(sentence.text)
    html, at = "", 0
    spans = doubted_spans(sentence.text, sentence.doubts) or [(0, len(sentence.text))]
    for start, end in spans:
        html += f"{escaped(sentence.text[at:start])}<u>{escaped(sentence.text[start:end])}</u>"
        at = end
    return f'<span class="{sentence.status}">{html}{escaped(sentence.text[at:])}</span>'


def _speaker(name: str) -> str:
    return f' <span class="speaker">— {escaped(name)}</span>' if name else ""


def _note(sentence: Sentence) -> str:
    line = doubt(sentence)
    sign = '<span aria-hidden="true">?</span>'
    return f' <span class="doubt {sentence.status}">{sign} {escaped(line)}</span>' if line else ""
