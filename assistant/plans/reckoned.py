"""What a question asks to reckon of two numbers, whatever its form, and such as one sentence sets side by side.

"118 votes to 93" has a majority in it, "of the 30,000 tonnes 21,500 have been shipped" a rest, "sugar for 84 million
crowns and dairy products for 120 million" a sum. A number that a sentence tells alone is no such answer, unless the
sentence itself says that it is the difference, the rest or the sum.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Literal

from assistant.answer import Answer, numbered
from assistant.english.parsing import Word, sentence_of
from assistant.english.values import Value, numbers_in, values_of
from assistant.events import Event, Token
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.read_features import Readings, key_of, readings_of
from assistant.layout import Place, Row
from assistant.plans.amounts import HEADER, kind_of, written
from assistant.plans.beside import is_to_come, word_at
from assistant.plans.measures import measures_asked
from assistant.plans.phrases import names_of, stripped
from assistant.plans.tools import Tools
from index.english import lexicon
from index.text.analysis import STOP_WORDS, words_of

Operation = Literal["sum", "difference", "change", "rest"]

_WORDS = lexicon("compared")
_LEAST, _AHEAD = 1.0, 1.0  # log odds of a pair that is told, and its lead over any other
# Log odds for all words of the question around a sentence, for one just before a pair, and less for each further pair.
_OF_WORDS, _BESIDE, _BESIDES = 6.0, 2.0, 1.0
_AGAINST = re.compile(r"(?:(?:\s+\w+){0,3}\s+(?:to|against)\s+(?:\S+['’]s\s+)?|\s*[-–—]\s*)", re.IGNORECASE)
_OF = re.compile(r"\bof\s+(?:(?:the|its|his|her|their|these|those|some)\s+)?\Z", re.IGNORECASE)
_BETWEEN: dict[Operation, str] = {"sum": " and ", "difference": " to ", "rest": ", of which "}
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|them|these|those)\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers that one sentence sets side by side, what the operation makes of them, and the log odds of it."""

    told: Candidate
    one: Value
    other: Value
    result: float
    score: float = 0.0


def operation_asked(question: str) -> Operation | None:
    """What a question asks to reckon; None of one that asks for nothing of the kind."""
    words = sentence_of(stripped(question)).words
    low = f" {' '.join(word.low for word in words)} "
    how = next((at for at, word in enumerate(words) if word.low == "how" and _counts(words[at + 1 : at + 2])), None)
    between = " between " in low or (" from " in low and " to " in low)
    is_change = any(f" {word} " in low for word in _WORDS.listed("changes")) and between
    if how is not None and _sums(low, words):
        return "sum"
    if _asks_margin(words):
        return "difference"
    if how is None:
        return None
    if any(f" {word} " in low for word in _WORDS.listed("remains")):
        return "rest"
    if is_change or any(_is_comparative(word) for word in words[how + 2 : how + 3]):
        return "change"
    is_by = how > 0 and words[how - 1].low == "by"
    return "difference" if is_by or any(word.low == "more" for word in words[how + 2 : how + 3]) else None


def reckoned(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """What two numbers of one sentence come to; None for another question, or where no sentence tells both."""
    operation = operation_asked(question)
    if operation in (None, "change") or (operation == "difference" and measures_asked(question)):  # see values_by_day
        return None
    found = tools.search(question).passages
    yield Token("")
    pair = _likeliest(list(_pairs(question, operation, candidates(found), readings_of(question, found))))
    if pair is None:
        return None
    sentence = quoted(pair.told)
    both = f"{pair.one.text}{_BETWEEN[operation]}{pair.other.text}"
    row = replace(sentence, place=Place(0, row=Row(HEADER[1:], (both, sentence.text), ((0,), (0,)))))
    like = next((one for one in (pair.one, pair.other) if kind_of(one)), pair.one)
    result = written(pair.result, like).replace("percent", "percentage points" if operation != "sum" else "percent")
    answer = tools.composed(question, numbered([row]))
    return replace(answer, form="table", short_answer=f"{result} ({both})", rests_on=(1,))


def tells_itself(operation: Operation, sentence: str, number: str) -> bool:
    """Whether a sentence says of its number that it is the difference, the rest or the sum that is asked for."""
    low = sentence.lower()
    at = low.find(number.lower())
    if at < 0 or len(list(numbers_in(number))) > 1:
        return False
    if operation == "sum":
        return any(re.search(rf"\b{word}\b", low) for word in ("total", *_WORDS.listed("in_all")))
    if operation == "rest":
        return any(re.search(rf"\b{word}\b", low) for word in _WORDS.listed("remains"))
    behind = sentence_of(sentence[at + len(number) :]).words[:3]
    is_by = bool(re.search(r"\bby\s+(?:\w+\s+)?\Z", low[:at])) and not _AGAINST.match(low, at + len(number))
    return is_by or any(word.tag in ("JJR", "RBR") or word.lemma in _WORDS.words("margins") for word in behind)


def _counts(words: Sequence[Word]) -> bool:
    return any(word.low in ("much", "many", "far") for word in words)


def _is_comparative(word: Word) -> bool:
    """Whether a word behind "how much" says how something has changed: dearer, not more."""
    return word.low in _WORDS.table("measured_by") or (word.low != "more" and word.tag in ("JJR", "RBR"))


def _sums(low: str, words: Sequence[Word]) -> bool:
    in_all = [word for word in _WORDS.listed("in_all") if f" {word} " in low]
    return any(word not in ("in total", "in all") for word in in_all) or bool(in_all and _operands(words))


def _asks_margin(words: Sequence[Word]) -> bool:
    """Whether it asks what a majority, a lead or a difference was, and not who has one."""
    if any(word.low.startswith("who") or word.low == "which" for word in words):
        return False
    margins = [at for at, word in enumerate(words) if word.lemma in _WORDS.words("margins")]
    return any(word.low in ("what", "how") for at in margins[:1] for word in words[max(0, at - 6) : at]) or (
        bool(margins) and margins[0] < 2
    )


def _operands(words: Sequence[Word]) -> tuple[frozenset[str], ...]:
    """The stems of the two things that "and" or "plus" joins."""
    for at, word in enumerate(words[1:-1], 1):
        if word.low in ("plus", "and"):
            before = next((one for one in reversed(words[:at]) if one.tag.startswith("NN")), None)
            behind = next((one for one in words[at + 1 :] if one.tag.startswith("NN")), None)
            if before and behind:
                return frozenset(words_of(before.text)), frozenset(words_of(behind.text))
    return ()


def _pairs(question: str, operation: Operation, told: Sequence[Candidate], readings: Readings) -> Iterator[Pair]:
    """The pairs of the sentences that have the question's names and numbers about them, with the log odds of each."""
    names, asking = names_of(question), frozenset(words_of(_WORDS.pattern("margins", "remains", "in_all")))
    words = frozenset(words_of(question)) - frozenset(STOP_WORDS) - asking
    numbers = frozenset(filter(str.isdigit, words))
    operands = _operands(sentence_of(stripped(question)).words) if operation == "sum" else ()
    for one in told:
        around = frozenset(words_of(f"{one.found.article.title} {one.before.text if one.before else ''} {one.text}"))
        missing, reading = len(names - around), readings.get(key_of(one.found))
        if reading is None or 2 * missing > len(names) or not numbers <= around:
            continue
        pairs = [pair for pair in _side_by_side(operation, one, operands, words) if not _is_to_be(operation, pair)]
        for pair in pairs:
            start, end = pair.one.start + one.place[0], pair.other.end + one.place[0]
            span = reading.best_of(lambda its, a=start, b=end: its.start < b and its.end > a, *one.place)  # type: ignore[misc]
            beside = words & {*words_of(one.text[: pair.one.start])[-1:]}
            share = len(words & around) / max(1, len(words))
            score = _OF_WORDS * share + _BESIDE * len(beside) - _BESIDES * (len(pairs) - 1) - missing
            if span:
                yield replace(pair, score=span.logit + score)


def _is_to_be(operation: Operation, pair: Pair) -> bool:
    """Whether the sentence says that it will be, or would be."""
    read = sentence_of(pair.told.text)
    return is_to_come(read, word_at(read, (pair.other if operation == "rest" else pair.one).start))


def _side_by_side(
    operation: Operation, told: Candidate, operands: Sequence[frozenset[str]], words: frozenset[str]
) -> Iterator[Pair]:
    """The pairs of a sentence's numbers that the operation takes."""
    text = told.text
    numbers = [value for value in values_of(text) if value.kind == "number" and not value.hedge]
    if operation == "sum":
        counts = not any(map(kind_of, numbers))
        alike = [value for value in numbers if kind_of(value) or counts]
        is_counted = not counts or any(value.unit in words for value in alike)
        if len(alike) == 2 and is_counted and operands and all(one & told.vocabulary for one in operands):
            yield Pair(told, alike[0], alike[1], alike[0].amount + alike[1].amount)
        return
    for one, other in pairwise(numbers) if operation != "rest" else combinations(numbers, 2):
        if kind_of(one) and kind_of(other) and kind_of(one) != kind_of(other):
            continue
        if _is_pair(operation, text, one, other):
            yield Pair(told, one, other, abs(one.amount - other.amount))


def _is_pair(operation: Operation, text: str, one: Value, other: Value) -> bool:
    """Whether they are a score, winner first, or a whole and a part."""
    between = text[one.end : other.start]
    if operation == "difference":
        goes_on = words_of(text[other.end :])[:1]  # a 2-0 lead is not yet how it ended
        is_score = one.amount > other.amount and kind_of(one) == kind_of(other) and bool(_AGAINST.fullmatch(between))
        return is_score and _WORDS.words("margins").isdisjoint(goes_on)
    is_of = bool(_OF.search(text[: one.start])) or bool(_OF_WHICH.search(between))
    is_rest = any(re.search(rf"\b{word}\b", text.lower()) for word in _WORDS.listed("remains"))
    return is_of and one.amount > other.amount and not is_rest


def _likeliest(pairs: Sequence[Pair]) -> Pair | None:
    """The likeliest pair, where none that comes to another number is about as likely."""
    best = max(pairs, key=lambda one: one.score, default=None)
    if best is None or best.score < _LEAST:
        return None
    others = [one.score for one in pairs if one.result != best.result]
    return best if best.score - max(others, default=-100.0) >= _AHEAD else None
