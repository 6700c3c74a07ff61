"""Two amounts that a question compares or adds: which is more, by how much, how many times as much, how much together.

The question is asked anew for each of the two, and the number read as `happened` reads a day: by what the reader's
network makes of each number of a fitting kind that the sentences found have.
"""

import math
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import sentence_of
from assistant.english.values import Value, values_of
from assistant.events import Event, Step, Token
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.read_features import key_of, readings_of
from assistant.layout import Place, Row
from assistant.plans.beside import deeds_of, doer_of, is_by_another, is_to_come, tells_of, word_at, words_over
from assistant.plans.measures import Measures, measures_asked
from assistant.plans.order import NOT_SURE
from assistant.plans.phrases import names_of
from assistant.plans.tools import Tools
from assistant.plans.votes import totals
from index.english import lexicon
from index.text.analysis import words_of
from index.times.calendar import MONTHS, WEEKDAYS

HEADER = ("What", "Amount", "What the article says")
_APART, _TO_COME = 4.0, 1.5  # log odds, less of a number that the sentence tells of something else, or of what is to be
_PARSED = 20  # numbers of sentences whose grammar is read
_TIME = frozenset(words_of(lexicon("compared").pattern("units")))
_COUNTED = 1  # words behind "How many" that say what is counted, and tell one sentence from no other
_LIGHT = ("be", "do", "have")
_SHOWN = -3.0  # of an amount that is shown as not sure
_LEAST, _OF_LEAD = 1.75, 0.3  # of an amount that is told, to which a share of its lead over any other adds
_AHEAD, _FAR_AHEAD = 1.0, 6.0  # the least lead, and the greatest that counts
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_MILLION = 1e6
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (_MILLION, "million"))


@dataclass(frozen=True, slots=True)
class Amount:
    """One of the two: what it is of, as the question names it, its value, and the sentence that tells it."""

    of: str
    value: Value
    told: Candidate
    sure: bool = True

    @property
    def written(self) -> str:
        """The value as the article writes it, with the days or years that it counts, and how exact it is."""
        counted = re.match(r"[\s-]\w+", self.told.text[self.value.end :]) if self.value.unit in _TIME else None
        return _hedge(self.value.hedge) + self.value.text + (counted[0] if counted else "")


def measured(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a question that compares or adds two amounts; None for another question."""
    asked = measures_asked(question)
    if asked is None:
        return None
    found = []
    for side, beside, own in zip(asked.sides, asked.sides[::-1], asked.questions, strict=True):
        found.append((yield from amount(side, own, tools, beside)))
    one, other = found
    lacking = [own for own, told in zip(asked.questions, found, strict=True) if not (told and told.sure)]
    if one is None or other is None:
        return replace(tools.composed(question), reply=_lacking(lacking))
    if one.told.text == other.told.text and one.value.start == other.value.start:  # it cannot be that of both
        return replace(tools.composed(question), reply=_lacking(asked.questions))
    is_alike = _measure(one.value) == _measure(other.value)
    verdict = _verdict(asked, one, other) if is_alike and not lacking else None
    answer = _told(question, (one, other), verdict, tools)
    reply = _lacking(lacking) if lacking else ""
    return answer if verdict else replace(answer, reply=reply, confidence=NOT_SURE)


def _told(question: str, amounts: Sequence[Amount], verdict: str | None, tools: Tools) -> Answer:
    """The verdict over a table of the amounts, each with the sentence that tells it."""
    rows = numbered(_row(told, block) for block, told in enumerate(amounts))
    rests_on = tuple(range(1, len(rows) + 1)) if verdict else ()
    return replace(tools.composed(question, rows), form="table", short_answer=verdict, rests_on=rests_on)


def _lacking(questions: Sequence[str]) -> str:
    return f"The articles that were found do not tell clearly: {' '.join(questions)}"


def amount(of: str, question: str, tools: Tools, beside: str = "") -> Generator[Event, None, Amount | None]:
    """The number that answers the question, None where the articles leave it open or the time of the plan is over.

    What a sentence tells that names the thing `beside` alone, and not that asked about, is not taken. Where none is
    sure, the likeliest is told as not sure, if it is likely at all.
    """
    own, others = (frozenset(words_of(words)) for words in (of, beside))
    told = yield from amounts_told(of, question, tools)
    told = [each for each in told if not _is_beside(each[0].told.vocabulary, own - others, others - own)]
    likeliest, best = _likeliest(told), max(told, key=lambda each: each[1], default=None)
    if likeliest is None:
        return replace(best[0], sure=False) if best and best[1] >= _SHOWN else None
    same = [one for one, _ in told if one.value.amount == likeliest.value.amount and _is_of_name(one, names_of(of))]
    raised = any(_raises(one, likeliest) and score >= _SHOWN for one, score in told)
    return replace(same[0] if same else likeliest, sure=bool(same) and not raised)


def _is_of_name(one: Amount, names: frozenset[str]) -> bool:
    """Whether the name nearest to the number is that of the thing, where this has one."""
    read = sentence_of(one.told.text)
    at = word_at(read, one.value.start)
    proper = [its for its, word in enumerate(read.words) if word.is_proper and word.low not in _CALENDAR]
    nearest = min((abs(its - at) for its in proper), default=0)
    stems = words_of(" ".join(read.words[its].text for its in proper if abs(its - at) <= nearest + 1))
    return not names or not names.isdisjoint(stems)


def _raises(one: Amount, other: Amount) -> bool:
    """Whether it is a higher count of the dead or hurt, of a later day: the first counts are seldom the last."""
    days = one.told.found.article.published, other.told.found.article.published
    later = days[0] is not None and days[1] is not None and days[0] > days[1]
    return bool(later and one.value.deed and one.value.is_of(other.value) and one.value.amount > other.value.amount)


def _is_beside(words: frozenset[str], own: frozenset[str], others: frozenset[str]) -> bool:
    return words.isdisjoint(own) and not words.isdisjoint(others)


def amounts_told(of: str, question: str, tools: Tools) -> Generator[Event, None, list[tuple[Amount, float]]]:
    """The numbers that may answer the question, with the log odds of each; none once the time of the plan is over."""
    if tools.is_late:
        return []
    tools.steps.append(question)
    yield Step(question)
    found = tools.search(question).passages
    readings, names = readings_of(question, found), names_of(of)
    yield Token("")
    numbers = _Numbers(question)
    told: list[tuple[Amount, float]] = []
    for one in candidates(found):
        around = frozenset(words_of(f"{one.found.article.title} {one.before.text if one.before else ''} {one.text}"))
        reading = readings.get(key_of(one.found))
        missing = len(names - around)
        if reading is None or 2 * missing > len(names):
            continue
        for value in filter(numbers.fits, values_of(one.text)):
            first, last = value.start + one.place[0], value.end + one.place[0]
            span = reading.best_of(lambda its, a=first, b=last: its.start < b and its.end > a, *one.place)  # type: ignore[misc]
            if span:
                told.append((Amount(of, value, one), span.logit - missing))
    likely = sorted(told, key=lambda each: -each[1])[:_PARSED]
    return [(one, score - numbers.apart(one.told.text, one.value)) for one, score in likely]


class _Numbers:
    """What a question asks a number of, and which numbers can answer it."""

    def __init__(self, question: str) -> None:
        read = sentence_of(question)
        counted = [word.text for word in read.words[2 : 2 + _COUNTED]] if question.startswith("How many") else []
        verbs = [word.lemma for word in read.words if word.is_verb and word.lemma not in _LIGHT]
        nouns = [word.text for word in read.words if word.tag in ("NN", "NNS") and word.text not in counted]
        self._deeds = deeds_of(" ".join(verbs or nouns))
        self._doer = doer_of(question)
        self._counts = question.startswith("How many")
        self._is_time = question.startswith("How long")
        self._in_time = self._is_time or bool(_TIME & frozenset(words_of(question)))

    def fits(self, value: Value) -> bool:
        """Whether the value is a number of the kind asked for: a count, or an amount of something."""
        if value.kind != "number" or (value.unit in _TIME and not self._in_time):
            return False
        if self._is_time:
            return value.unit in _TIME
        return not kind_of(value) if self._counts else bool(kind_of(value) or value.unit)

    def apart(self, sentence: str, value: Value) -> float:
        """What it takes that the sentence tells by its grammar of something else, or of a part of what is asked."""
        read = sentence_of(sentence)
        at = word_at(read, value.end - 1)
        over = words_over(read, at)
        counted = read.words[at].head
        is_part = any(read.words[one].tag == "CD" or read.words[one].low == "%" for one in over if one != counted)
        beside = [child for one in over[:1] for child in read.children(one, "conj")]
        is_part |= any(read.words[one].tag == "CD" for each in beside for one in read.subtree(each))
        is_part |= bool(read.words[counted].role == "conj" and read.children(read.words[counted].head, "nummod"))
        if is_part or not tells_of(read, at, self._deeds) or is_by_another(read, at, self._doer):
            return _APART
        return _TO_COME if is_to_come(read, at) else 0.0


def _likeliest(told: list[tuple[Amount, float]]) -> Amount | None:
    scores = totals(((one.value.amount, _measure(one.value)), one.told.found.article.id, score) for one, score in told)
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    if not ranked:
        return None
    lead = min(scores[ranked[0]] - (scores[ranked[1]] if len(ranked) > 1 else -math.inf), _FAR_AHEAD)
    if lead < _AHEAD or scores[ranked[0]] + _OF_LEAD * lead < _LEAST:
        return None
    own = [(one, score) for one, score in told if (one.value.amount, _measure(one.value)) == ranked[0]]
    return max(own, key=lambda each: each[1])[0]


def kind_of(value: Value) -> str:
    """What a number is measured in: a currency, percent, another written unit; "" for a count."""
    numbers = lexicon("numbers")
    units = {*numbers.table("currencies").values(), *numbers.listed("units")}
    return value.unit if value.unit in units else ""


def _measure(value: Value) -> str:
    """What it is measured in, days and years too."""
    return value.unit if value.unit in _TIME else kind_of(value)


def _verdict(asked: Measures, one: Amount, other: Amount) -> str | None:
    a, b = one.value, other.value
    match asked.asks:
        case "sum":
            hedge = _hedge(a.hedge or b.hedge) if {a.hedge, b.hedge} - {""} in ({"more"}, {"about"}, set()) else None
            return None if hedge is None else hedge + written(a.amount + b.amount, a)
        case "times":
            return (
                f"{a.amount / b.amount:.1f} times".replace(".0", "") if b.amount and not (a.hedge or b.hedge) else None
            )
    greater, smaller = (one, other) if a.amount >= b.amount else (other, one)
    if smaller.value.hedge == "more" or greater.value.hedge == "less":  # it may be as much, or more
        return None
    if a.amount == b.amount:
        return None if a.hedge or b.hedge else f"The same: {a.text}"
    difference = _difference(greater.value, smaller.value)
    if asked.asks == "which":
        chosen = smaller if asked.less else greater
        against = greater if asked.less else smaller
        return f"{chosen.of[:1].upper()}{chosen.of[1:]}, {chosen.written} to {against.written}"
    is_more = greater is one
    word = "more" if is_more else "less"
    if asked.asks == "whether":
        return f"{'Yes' if is_more != asked.less else 'No'}, {a.text} to {b.text}"
    return f"{difference} {word}" + ("" if is_more != asked.less else f", not {'less' if is_more else 'more'}")


def _difference(greater: Value, smaller: Value) -> str:
    hedged = greater.hedge or smaller.hedge
    return _hedge(hedged) + written(greater.amount - smaller.amount, greater)


def _hedge(hedge: str) -> str:
    return {"more": "at least ", "less": "at most ", "about": "about "}.get(hedge, "")


def written(number: float, like: Value) -> str:
    """A number as articles write one, in the unit of another.

    >>> written(240e6, values_of("$1.2 billion")[0])
    '$240 million'
    """
    scale, name = next(((size, name) for size, name in _SCALES if abs(number) >= size), (1.0, ""))
    digits = f"{number / scale:,.3f}".rstrip("0").rstrip(".")
    sign = like.text[0] if not like.text[0].isalnum() else ""
    unit = like.unit if kind_of(like) and not sign else ""
    return " ".join(filter(None, (f"{sign}{digits}", name, unit)))


def _row(one: Amount, block: int) -> Sentence:
    sentence = quoted(one.told)
    cells = (one.of[:1].upper() + one.of[1:], one.written + " (not sure)" * (not one.sure), sentence.text)
    return replace(sentence, place=Place(block, row=Row(HEADER, cells, ((), (0,), (0,)))))
