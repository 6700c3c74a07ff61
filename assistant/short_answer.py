"""The short answer: the words of a quoted sentence that answer, alone."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.focus import Focus
from assistant.read_features import Readings, best_span, is_part, key_of, said
from assistant.short.causes import asks_cause, cause_of
from assistant.short.first_person import does_it_himself
from assistant.short.kinds import UNFIT, fits, fitting_span
from assistant.short.names import as_name, asks_person, country_of
from assistant.short.quoted import with_whole_marks
from assistant.speech_ranking import SpeechRanking
from index.reader_model.reading import Span

_NOUN = r"(?!(?:is|was|has|does|did|had|his|its|this|the|an?)\b)\w+"  # or a word before it
_LIST = re.compile(
    r"\b(?:which|what|who)\s+(?:are|were)\b"
    rf"|(?:\b(?:which|what)|^\s*(?:name|list))\s+(?:{_NOUN}\s){{0,2}}{_NOUN}[^\Wsiu]s\b(?!\s*['’])"
    r"|\b(?:list|name) (?:the|all)\b",
    re.IGNORECASE,
)
_SCORE = 0.5  # times a sentence's score is added to its span's log odds
_SEARCH = 8.0  # the same of its passage's score in search
_EXPLAINED = frozenset(("why", "how"))  # answered by a sentence that explains, whatever the span
_BEHIND = 1.5  # of log odds, behind the best, within which a further span of a list counts
_MOST = 5


def short_answer(
    part: Focus, sentences: Sequence[tuple[Candidate, float]], readings: Readings, speech: SpeechRanking | None = None
) -> str:
    """The words of sentences with their scores that answer; of a list also those that are nearly as likely.

    To a question about speech the speakers answer, to any other the best span of the right kind, as the rules in
    `assistant/short/` make it whole. "" for a question of yes or no, whose answer no words of an article are, where no
    sentence was read, and where no one says what someone is asked to say.
    """
    spans = [] if part.kind == "yes/no" else _spans(part, sentences, readings)
    by_network = _by_network(part, spans, readings, speech) if spans else ""
    by_speaker = speech.short([one for one, _ in sentences], by_network) if speech else None
    return by_network if by_speaker is None else by_speaker


def telling(part: Focus, sentences: Sequence[tuple[Candidate, float]], readings: Readings) -> Candidate | None:
    """The sentence whose span is the likeliest short answer; None where none was read, for questions of yes or no, for
    those about speech, and for why and how.
    """
    if part.kind == "yes/no" or part.kind in _EXPLAINED or part.speech.kind:
        return None
    known = [(one, score, span) for one, score in sentences if (span := best_span(one, readings))]
    bounds = [_score(one, score, span) for one, score, span in known]  # a span that fits better is no likelier
    found: list[tuple[float, int]] = []  # of equal ones the first counts
    for at in sorted(range(len(known)), key=lambda at: -bounds[at]):
        if found and max(found)[0] > bounds[at]:
            break
        one, score, _ = known[at]
        if row := _row(part, one, score, readings):
            found.append((row[0], -at))
    return known[-max(found)[1]][0] if found else None


_Row = tuple[float, Candidate, Span]
"""A sentence with its span, and their score."""


def _spans(part: Focus, sentences: Sequence[tuple[Candidate, float]], readings: Readings) -> list[_Row]:
    """The span of each sentence that was read and has words, the best first; one that fits before its likes."""
    rows = [_row(part, one, score, readings) for one, score in sentences]
    return sorted(filter(None, rows), key=lambda row: -row[0])


def _row(part: Focus, one: Candidate, score: float, readings: Readings) -> _Row | None:
    reading = readings.get(key_of(one.found))
    span = fitting_span(part, one, reading) if reading else None
    if not span or not said(one, span):
        return None
    unfit = UNFIT * (not fits(part, one.found.passage.text[span.start : span.end]))
    return _score(one, score, span) - unfit, one, span


def _score(one: Candidate, score: float, span: Span) -> float:
    return span.logit + _SEARCH * one.found.score + _SCORE * score


def _by_network(part: Focus, spans: Sequence[_Row], readings: Readings, speech: SpeechRanking | None) -> str:
    _, one, span = spans[0]
    if speech and does_it_himself(part.text, one.text) and (name := speech.speaker(one).name):
        return name
    if asks_cause(part.text) and (cause := _cause(part, one, span, readings)):
        return _tidy(cause)
    chosen = [spans[0]]
    if _LIST.search(part.text):
        chosen += [row for row in spans[1:] if row[2].logit >= max(0.0, span.logit - _BEHIND)]
    told: dict[str, str] = {}
    for _, one, span in chosen:
        words = said(one, span)
        if not any(is_part(words, other) for other in told):
            told[words] = _tidy(_said_alone(part, one, span, speech))
    return ", ".join(list(told.values())[:_MOST])


def _said_alone(part: Focus, one: Candidate, span: Span, speech: SpeechRanking | None) -> str:
    start = one.place[0]
    whole = as_name(part, one.text, (span.start - start, span.end - start))
    words = one.text[slice(*whole)]
    full = speech.full_name(one, words, whole[0]) if speech and asks_person(part) else ""
    return full or country_of(part, words) or with_whole_marks(one.text, whole)


def _cause(part: Focus, one: Candidate, span: Span, readings: Readings) -> str:
    """The words of the clause that tells the cause, "" where none does."""
    start = one.place[0]
    reading = readings[key_of(one.found)]

    def mass(begin: int, stop: int) -> float:
        return reading.mass(start + begin, start + stop)

    found = cause_of(part.text, one.text, (span.start - start, span.end - start), mass)
    return with_whole_marks(one.text, found) if found else ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:")
