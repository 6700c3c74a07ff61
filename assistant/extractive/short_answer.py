"""The short answer: the words of a quoted sentence that answer, alone, as a person would say them.

Amounts and quotations are made whole, and a country is named for its people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.english.corrections import tells_an_earlier_version
from assistant.english.parsing import quotations, sentence_of
from assistant.english.states import state_in
from assistant.english.values import values_of, with_date
from assistant.extractive.candidates import Candidate
from assistant.extractive.read_features import Floats, Readings, best_in, is_part, key_of, said, spelled
from assistant.extractive.speech_ranking import SpeechRanking
from assistant.question.focus import Focus
from assistant.speech.reporting import is_agent, noun_phrase
from index.span_model.passage_reading import PassageReading, Span
from index.text.analysis import STOP_WORDS

Place = tuple[int, int]
"""Where words begin and end in their sentence."""

_CUT_OFF = 30  # characters of a quotation that are added
_WHO_IS = re.compile(r"^\s*(?:who|what) (?:is|was|are|were) (?P<name>(?:the )?[A-Z0-9][^,;]*?)\s*\??$", re.IGNORECASE)
_APPOSED = re.compile(r"(?:,|\s[–—-]|\s(?:is|was|are|were)|\s\()\s?(?P<what>(?:the|an?|one of)\s[^,;.()–—]+)")
_MOST_WORDS = 12
_ROLE = re.compile(r"(?P<noun>[\w-]+)\s+(?:[A-Z][\w’'.-]*\s+)??$")
_ASKS_COUNTRY = re.compile(r"\b(?:which|what)\s(?:\w+\s){0,2}?(?:country|nation)\b", re.IGNORECASE)
_NOUN = r"(?!(?:is|are|was|were|has|have|do|does|did|had|can|will|his|its|this|the|an?)\b)\w+"  # or a word before it
_LIST = re.compile(
    r"\bwho\s+(?:are|were)\b"
    rf"|(?:\b(?:which|what)|^\s*(?:name|list))\s+(?:{_NOUN}\s){{0,2}}{_NOUN}[^\Wsiu]s\b(?!\s*['’])"
    r"|\b(?:list|name) (?:the|all)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_EXPLAINED = frozenset(("why", "how"))  # answered by a sentence that explains, whatever the span
_COORDINATED = re.compile(r"[\s,;]*(?:(?:and|or|&)\s+)?(?:(?:the|an?)\s+)?")  # what stands between members
_LIKELY = 0.0  # log odds from which what stands beside a member is one
_MOST = 5


@dataclass(frozen=True, slots=True)
class Told:
    """The span of a sentence that answers best, in characters of its passage; the higher the score the likelier."""

    candidate: Candidate
    span: Span
    score: float

    @property
    def words(self) -> str:
        return self.candidate.found.passage.text[self.span.start : self.span.end]

    def says_other_than(self, other: "Told") -> bool:
        return not is_part(said(self.candidate, self.span), said(other.candidate, other.span))


def told(part: Focus, sentences: Sequence[tuple[Candidate, float]], readings: Readings, weights: Floats) -> list[Told]:
    """The best span of each of the sentences, given with their scores, that was read and has one; the best first.

    `weights` are those of its log odds, of its passage's score in search and of its sentence's score.

    None for a question of yes or no, whose answer no words of an article are, nor from what an outlet says that it had
    wrong. To "who is X" only what a sentence says that X is.
    """
    if part.kind == "yes/no":
        return []
    found = []
    for one, score in sentences:
        reading = None if tells_an_earlier_version(one.text) else readings.get(key_of(one.found))
        span = _span(part, one, reading) if reading else None
        if span and said(one, span):
            found.append(Told(one, span, float(weights @ (span.logit, one.found.score, score))))
    return sorted(found, key=lambda row: -row.score)


def is_quoted_first(part: Focus) -> bool:
    """Whether the sentence of the likeliest span is: not for why and how, nor for questions about speech."""
    return part.kind not in _EXPLAINED and not part.speech.kind


def short_answer(part: Focus, rows: Sequence[Told], readings: Readings, speech: SpeechRanking | None = None) -> str:
    """The words that answer, of a list all members that stand together; "" where there are none.

    To a question about speech the speakers answer.
    """
    by_network = _by_network(part, rows, readings) if rows else ""
    by_speaker = speech.short([row.candidate for row in rows], by_network) if speech else None
    return by_network if by_speaker is None else by_speaker


def _span(part: Focus, one: Candidate, reading: PassageReading) -> Span | None:
    best = best_in(reading, one.place)
    if best is None:
        return None
    if name := asked_name(part.text):
        what = what_it_is(name, one.text)
        return replace(best, start=one.place[0] + what[0], end=one.place[0] + what[1]) if what else None
    if not _repeats(part, said(one, best)):
        return best
    text = one.found.passage.text

    def accepts(span: Span) -> bool:
        return (span.end <= best.start or span.start >= best.end) and not _repeats(part, text[span.start : span.end])

    return reading.best_of(accepts, *one.place)


def _repeats(part: Focus, words: str) -> bool:
    """Whether it says nothing but words of the question, which offers no choice among them."""
    asked = {*STOP_WORDS, *spelled(part.text).split()}
    return part.kind != "why" and not _OR.search(part.text) and asked.issuperset(spelled(words).split())


def _by_network(part: Focus, rows: Sequence[Told], readings: Readings) -> str:
    chosen = _members(part, rows[0], readings) if _LIST.search(part.text) else rows[:1]
    named: dict[str, str] = {}
    for row in chosen:
        words = said(row.candidate, row.span)
        if not any(is_part(words, other) for other in named):
            named[words] = _said_alone(part, row)
    return ", ".join(list(named.values())[:_MOST])


def _members(part: Focus, row: Told, readings: Readings) -> list[Told]:
    """The span of a sentence, with those that stand beside it as members of one list."""
    text, spans = row.candidate.found.passage.text, [row.span]

    def is_beside(span: Span) -> bool:
        gaps = text[span.end : spans[0].start], text[spans[-1].end : span.start]
        beside = any(gap.strip() and _COORDINATED.fullmatch(gap) for gap in gaps)
        return beside and not _repeats(part, text[span.start : span.end])

    reading = readings[key_of(row.candidate.found)]
    while len(spans) < _MOST and (span := reading.best_of(is_beside, *row.candidate.place, least=_LIKELY)):
        spans = sorted([*spans, span], key=lambda one: one.start)
    return [replace(row, span=span) for span in spans]


def _said_alone(part: Focus, row: Told) -> str:
    sentence, offset = row.candidate.text, row.candidate.place[0]
    start, end = whole(sentence, (row.span.start - offset, row.span.end - offset))
    words = as_country(part.text, sentence[start:end])
    if part.kind == "when":
        words = with_date(words, sentence, row.candidate.found.article.published)
    return " ".join(words.split()).strip(" ,;:")


def whole(sentence: str, span: Place) -> Place:
    """The span with the rest of an amount or of a quotation that it cuts."""
    start, end = span
    if torn := re.match(r"-[A-Z]\w*", sentence[end:]) if "-" in sentence[start:end].split()[-1] else None:
        end += torn.end()  # Chick-fil-A
    for value in values_of(sentence):
        if value.kind == "number" and value.start < end and start < value.end:
            start, end = min(start, value.start), max(end, value.end)
            start -= len(re.search(r"[A-Z]*$", sentence[:start])[0]) if sentence[start] in "$€£¥" else 0  # type: ignore[index] # US$
    for opening, closing in quotations(sentence):
        if opening < start < closing < end and start - opening <= _CUT_OFF:
            start = opening
        elif start <= opening < end < closing <= end + _CUT_OFF:
            end = closing
    if (start, end) in quotations(sentence):
        return start + 1, end - 1
    return start, end


def as_country(question: str, words: str) -> str:
    """The country for its people, where a country is asked for."""
    state = state_in(words) if _ASKS_COUNTRY.search(question) else None
    names = "|".join(re.escape(name.removeprefix("the ")) for name in state.names) if state else ""
    return state.names[0] if state and not re.search(rf"\b(?:{names})\b", words) else words


def asked_name(question: str) -> str:
    """X of "who is X" and "what is X", "" for other questions."""
    asked = _WHO_IS.match(question)
    name = asked["name"] if asked else ""
    words = [word for word in name.split() if word.lower() not in {"the", "of", "and", "de", "van", "von", "al", "bin"}]
    return name if words and all(word[0].isupper() or word[0].isdigit() for word in words) else ""


def what_it_is(name: str, sentence: str) -> Place | None:
    """What a sentence says that someone or something is: his title before the name, or what stands behind it."""
    for found in re.finditer(rf"\b{re.escape(name)}\b(?!['’]s)", sentence):
        behind = _APPOSED.match(sentence, found.end())
        if behind and len(behind["what"].split()) <= _MOST_WORDS:
            return behind.span("what")
        role = _ROLE.search(sentence, 0, found.start())
        if role and is_agent(role["noun"]):
            read = sentence_of(sentence)
            noun = next(i for i, word in enumerate(read.words) if word.end >= found.end())
            first = read.words[noun_phrase(read, noun)[0]].start
            if first <= role.start("noun"):
                return first, role.end("noun")
    return None
