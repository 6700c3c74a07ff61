"""Two sides beside one another: the same question is asked of each, and its answers stand in one table.

No verdict is given: what the sides differ in, or have in common, is for the reader to see.
"""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event
from assistant.extractive.candidates import quoted
from assistant.layout import Place, Row
from assistant.plans.happened import happened
from assistant.plans.phrases import halves, stripped
from assistant.plans.tools import Tools
from index.english import lexicon

HEADER = ("Side", "Asked", "What the article says")
_SENTENCES = 2  # of each answer


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides and what they are compared about, "" where the question names nothing; whether it is what they say
    that is compared, and not what they are."""

    one: str
    other: str
    topic: str
    speak: bool

    def asked(self, side: str, other: str) -> str:
        """The question for one side."""
        if self.speak:
            return f"What did {side} say about {self.topic or other}?"
        return f"Why was {side}?"


def compared(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a question for two sides; None for another question, or where nothing is found of either."""
    asked = sides_asked(question)
    if asked is None:
        return None
    rows: list[tuple[str, str, Sentence]] = []
    missing = []
    for side, other in ((asked.one, asked.other), (asked.other, asked.one)):
        if not asked.speak:
            when = yield from happened(side, tools)
            rows += [(side, f"When? {when.written}", quoted(when.told))] if when else []
        own = asked.asked(side, other)
        told = yield from tools.ask(own)
        found = told.sentences[:_SENTENCES] if told and told.answerable else ()
        known = [row[2].text for row in rows if row[0] == side]
        rows += [(side, own, sentence) for sentence in found if sentence.text not in known]
        if all(row[0] != side for row in rows):
            missing.append(own)
    if not rows:
        return replace(tools.composed(question), reply=_lacking(missing)) if asked.speak else None
    return replace(tools.composed(question, _table(rows, asked.speak)), form="table", reply=_lacking(missing))


def sides_asked(question: str) -> Sides | None:
    """The sides of a question that compares what they say, or what they are; None for another question."""
    text = stripped(question)
    for pattern, says in _forms():
        found = pattern.fullmatch(text)
        if not found:
            continue
        given = {name: words or "" for name, words in found.groupdict().items()}
        pair = halves(given["both"], "(?:and|with|to|versus|vs\\.?)")
        if pair:
            one, other, topic = *pair, given.get("topic", "")
            return Sides(one, other, topic.strip(), says or (_is_name(one) and _is_name(other)))
    return None


def _table(rows: Sequence[tuple[str, str, Sentence]], speak: bool) -> tuple[Sentence, ...]:
    """A row for each sentence, with its side and, where that is not the same for all, what was asked."""
    told = []
    for block, (side, own, sentence) in enumerate(rows):
        name = side[:1].upper() + side[1:]
        cells = (name, sentence.text) if speak else (name, own, sentence.text)
        header = (HEADER[0], HEADER[-1]) if speak else HEADER
        places = (*[()] * (len(cells) - 1), tuple(range(len(sentence.citations))))
        told.append(replace(sentence, emphasis=(), place=Place(block, row=Row(header, cells, places))))
    return numbered(told)


def _lacking(missing: Sequence[str]) -> str:
    return f"The articles that were found do not tell clearly: {' '.join(missing)}" if missing else ""


def _is_name(side: str) -> bool:
    """Whether it is a name, or people: not what happened, nor what has an article and a year."""
    read = sentence_of(side)
    head = next((word for word in read.words if word.role == "ROOT"), None)
    return (
        head is not None and (head.is_proper or head.tag == "NNS" or side[:1].isupper()) and not side.startswith("the ")
    )


@cache
def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The forms of such questions, each with whether they ask for what the sides say."""
    words, says = lexicon("compared"), lexicon("questions").pattern("say", "said")
    about = r"(?:\s+(?:about|on|over|to|of|in|regarding|concerning)\s+(?P<topic>.+?))?"
    between = rf"(?:between|of)\s+(?P<both>.+?\s+and\s+.+?){about}"
    compare, views, differ = words.pattern("compare"), words.pattern("views"), words.pattern("differ", "alike")
    differences = words.pattern("differences", "likeness")
    asks = r"(?:how|where|what|on what|in what way)\s+(?:do|does|did)"
    forms = (
        (rf"{compare}\s+(?:what|how)\s+(?P<both>.+?\s+and\s+.+?)\s+{says}s?{about}", True),
        (rf"{compare}\s+(?:the\s+)?(?:\w+\s+)?{views}\s+{between}", True),
        (rf"{asks}\s+the\s+{views}\s+of\s+(?P<both>.+?\s+and\s+.+?){about}\s+{differ}", True),
        (rf"{asks}\s+(?P<both>.+?\s+and\s+.+?)\s+(?:disagree|agree)(?:\s+about)?{about}", True),
        (rf"(?:what\s+(?:are|is|were|was)\s+)?(?:the\s+)?(?:main\s+|key\s+)?{differences}\s+{between}", False),
        (rf"{asks}\s+(?P<both>.+?\s+and\s+.+?)\s+{differ}{about}", False),
        (r"what\s+(?:have|has|had|do|does|did)\s+(?P<both>.+?\s+and\s+.+?)\s+(?:have\s+)?in\s+common", False),
        (r"how\s+(?:are|were|is)\s+(?P<both>.+?\s+and\s+.+?)\s+(?:different|similar|alike|the same)", False),
        (rf"{compare}\s+(?P<both>.+?\s+(?:and|with|to|versus|vs\.?)\s+.+)", False),
        (r"how\s+(?:do|does|did)\s+(?P<both>.+?\s+and\s+.+?)\s+compare", False),
    )
    return tuple((re.compile(form, re.IGNORECASE), says) for form, says in forms)
