"""Two sides beside one another: what articles tell of each, as to what they are compared in, in one table.

No verdict is given: what the sides differ in, or have in common, is for the reader to see.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import Sentence as Read
from assistant.english.parsing import sentence_of
from assistant.events import Event
from assistant.extractive.candidates import quoted
from assistant.layout import Place, Row
from assistant.plans.claims import choice_of, claim_of
from assistant.plans.covering import covering, subject_asked
from assistant.plans.phrases import stripped, with_owner
from assistant.plans.tools import Tools
from index.english import lexicon

_HEADER = ("Side", "What the article says")
_OF_EACH = 2  # sentences
_NOUNS = ("NN", "CD")
_JOINING = ("CC", "IN", "WP", "WDT", "RB")


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides and what they are compared about, "" where the question names nothing; whether it is what they say
    that is compared, and not what they are."""

    one: str
    other: str
    topic: str
    speak: bool


def compared(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """What is told of each of two sides, with a line on the side of which nothing is; None where nothing is of either,
    or the question names no two."""
    asked = sides_asked(question, tools)
    if asked is None:
        return None
    rows: list[tuple[str, Sentence]] = []
    missing = []
    for side, other in ((asked.one, asked.other), (asked.other, asked.one)):
        told = yield from _told_of(side, other, asked, tools)
        known = {sentence.text for _, sentence in rows}
        rows += [(side, sentence) for sentence in told if sentence.text not in known]
        missing += [] if told else [side]
    if not rows or (missing and not tools.sure):
        return None
    reply = f"The articles that were found do not tell this of {missing[0]}." if missing else ""
    return replace(tools.composed(question, numbered(map(_row, range(len(rows)), rows))), form="table", reply=reply)


def sides_asked(question: str, tools: Tools) -> Sides | None:
    """The sides that a question names, and the rest of what it is about; None where it names no two."""
    text = stripped(question)
    both = None if claim_of(question) and choice_of(question) else _joined(text)
    if both is None:
        return None
    one, other = both[0], with_owner(both[1], both[0])
    topic = subject_asked(question, tools, left_out=f"{one} {other}")
    low = {form for word in sentence_of(text).words for form in (word.low, word.lemma)}
    return Sides(one, other, topic, bool(low & _speaking()))


def _told_of(side: str, other: str, asked: Sides, tools: Tools) -> Generator[Event, None, Sequence[Sentence]]:
    """What is told of a side: in its own words, where these are compared and the articles have them."""
    if asked.speak:
        said = yield from tools.ask(f"What did {side} say about {asked.topic or other}?")
        if said and said.answerable:
            return said.sentences[:_OF_EACH]
    return [quoted(one) for one in covering(side, tools, _OF_EACH, asked.topic)]


def _row(place: int, told: tuple[str, Sentence]) -> Sentence:
    side, sentence = told
    cells = (side[:1].upper() + side[1:], sentence.text)
    row = Row(_HEADER, cells, ((), tuple(range(len(sentence.citations)))))
    return replace(sentence, emphasis=(), place=Place(place, row=row))


def _joined(text: str) -> tuple[str, str] | None:
    """Two nouns with what belongs to them, which a conjunction joins or a preposition sets apart."""
    read = sentence_of(text)
    for at, word in enumerate(read.words):
        for joined in read.children(at, "conj"):
            if word.tag.startswith(_NOUNS) and not (read.words[joined].is_verb and word.role == "ROOT"):
                return _parted(read, at, joined)
    sets = any(word.lemma in _setting() for word in read.words)
    for at, word in enumerate(read.words):
        again = at > 0 and read.words[at - 1].tag == "CC"  # in Marl and in Dunby
        one = next((its for its in reversed(range(at)) if read.words[its].tag.startswith(_NOUNS)), None)
        other = next((its for its in read.children(at, "pobj") if read.words[its].tag.startswith(_NOUNS)), None)
        if (again or (sets and word.low in _against())) and one is not None and other is not None:
            return _parted(read, one if again else _outermost(read, one), other)
    return None


def _outermost(read: Read, at: int) -> int:
    """The noun that a phrase is of: the inflation, in "the inflation in Britain"."""
    while read.words[at].role in ("pobj", "prep", "compound") and read.words[at].head < at:
        at = read.words[at].head
    return at


def _parted(read: Read, one: int, other: int) -> tuple[str, str]:
    last = sorted(read.subtree(other))
    return _text(read, [at for at in sorted(read.subtree(one)) if at < last[0]]), _text(read, last)


def _text(read: Read, places: Sequence[int]) -> str:
    """The words at these places without what joins them to others."""
    words = [(at, read.words[at]) for at in places]
    kept = [at for at, word in words if not (word.is_mark or word.tag in _JOINING or word.low in _asking())]
    return read.written(kept[0], kept[-1] + 1) if kept else ""


@cache
def _asking() -> frozenset[str]:
    return lexicon("sequence").words("several") | lexicon("compared").words("compare", "differ", "setting")


@cache
def _setting() -> frozenset[str]:
    return lexicon("compared").words("compare", "differ", "differences", "setting")


@cache
def _against() -> frozenset[str]:
    return lexicon("compared").words("against")


@cache
def _speaking() -> frozenset[str]:
    return lexicon("questions").words("say") | lexicon("compared").words("views", "opposed")
