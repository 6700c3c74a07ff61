"""The short answer: the words of a quoted sentence that answer, alone."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.focus import Focus
from assistant.read_features import Readings, best_span, is_part, said

_NOUN = r"(?!(?:is|was|has|does|did|had|his|its|this|the|an?)\b)\w+"  # or a word before it
_LIST = re.compile(
    r"\b(?:which|what|who)\s+(?:are|were)\b"
    rf"|(?:\b(?:which|what)|^\s*(?:name|list))\s+(?:{_NOUN}\s){{0,2}}{_NOUN}[^\Wsiu]s\b(?!\s*['’])"
    r"|\b(?:list|name) (?:the|all)\b",
    re.IGNORECASE,
)
_SCORE = 2.0  # times a sentence's score is added to its span's log odds
_BEHIND = 1.5  # of log odds, behind the best, within which a further span of a list counts
_MOST = 5


def short_answer(part: Focus, sentences: Sequence[tuple[Candidate, float]], readings: Readings) -> str:
    """The best span of sentences with their scores; of a list also those of the others that are nearly as likely.

    "" for a question of yes or no, whose answer no words of an article are, and where no sentence was read.
    """
    if part.kind == "yes/no":
        return ""
    spans = [
        (span.logit, _SCORE * score, one, span)
        for one, score in sentences
        if (span := best_span(one, readings)) and said(one, span)
    ]
    if not spans:
        return ""
    best, *others = sorted(spans, key=lambda row: -row[0] - row[1])
    chosen = [best]
    if _LIST.search(part.text):
        chosen += [row for row in others if row[0] >= max(0.0, best[0] - _BEHIND)]
    told: dict[str, str] = {}
    for _, _, one, span in chosen:
        words = said(one, span)
        if not any(is_part(words, other) for other in told):
            told[words] = _tidy(one.found.passage.text[span.start : span.end])
    return ", ".join(list(told.values())[:_MOST])


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:")
