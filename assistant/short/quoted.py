"""A span that cuts a quotation in two, made whole."""

from assistant.short.clauses import Span
from assistant.speech.quotations import quotations

_MARKS = "\"'“”„‘’«»"
_FARTHEST = 4  # words of a quotation that are added


def with_whole_marks(sentence: str, span: Span) -> str:
    """The span's words, with the rest of a quotation that it cuts where that is short; a quotation alone is bare."""
    start, end = span
    for opening, closing in quotations(sentence):
        if opening < start < closing < end:
            start = opening if _is_short(sentence[opening:start]) else start
        elif start <= opening < end < closing:
            end = closing if _is_short(sentence[end:closing]) else end
        elif (opening + 1, closing) == (start, end):
            start = opening
        if (opening, closing) == (start, end):  # nothing but the quotation
            return sentence[opening:closing].strip(_MARKS)
    return sentence[start:end]


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FARTHEST
