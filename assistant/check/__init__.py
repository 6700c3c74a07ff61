"""Holds a sentence against the words that it is cited to: word for word, else by a network of 33 million parameters.

The network reads it beside those sentences of the sources that share most of its rare words.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.answer import Status
from assistant.english.values import day_in_words, with_dates_behind
from assistant.injection import is_command, without_commands
from index.embedders import word_rank
from index.search.result import Retrieved
from index.text.analysis import placed_words, words_of
from index.text.decoding import storable
from index.text.passages import Span, sentence_spans, told_sentences

if TYPE_CHECKING:
    from assistant.check.network import CheckNetwork

MOST_WORDS = 100  # of the sources, that the network reads beside a sentence
_COMMON = 50  # rank of the most common words that weigh anything
_SHARED_AGAIN = 0.3  # of a word's weight, when a sentence that was chosen before has it
_LONGEST = 60  # words of one sentence; more of it is cut off
SURE = 20.0  # log odds of what stands there word for word; less this, of what has no source
_ANY, _ENOUGH = 1e-9, 0.12  # of a sentence's weight, that what supports it has, and that a further sentence adds
_WORD = re.compile(r"[$€£]?\w+(?:[’'.,:-]\w+)*%?")  # with what is written into one: "$1.2", "9:30", "well-known"
_NAME = re.compile(r"[\w .,&'’()/+-]*")  # as outlets and authors are called
_STATUSES: tuple[Status, ...] = ("unsupported", "partly", "supported")
# Words, numbers, and signs that are no punctuation: 5 % is not 5 $.
_BARE_WORD = re.compile(r"\w+|[^\w\s.,;:!?…'’‘`\"“”„«»()\[\]‐‑‒–—―-]")

Place = tuple[int, int, int]
"""The number of a text, and the characters of it from and to."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that may support a sentence, with what is known of its article."""

    text: str
    published: date | None = None
    title: str = ""
    outlet: str = ""
    author: str = ""

    @property
    def heading(self) -> str:
        """What stands over the article, as sentences: its title, and who published it on what day; "" if unknown."""
        day = day_in_words(self.published) if self.published else ""
        published = ", ".join(filter(None, (self.author, self.outlet, day)))
        return " ".join(part if part[-1] in ".!?" else f"{part}." for part in (self.title.strip(), published) if part)

    @classmethod
    def of(cls, found: Retrieved) -> "Source":
        """A passage with its article; lines that command whoever reads them support nothing."""
        article = found.article
        title, outlet, author = (
            "" if is_command(field) else field for field in (article.title, article.outlet, article.author)
        )
        outlet, author = (name if _NAME.fullmatch(name) else "" for name in (outlet, author))
        return cls(without_commands(found.passage.text), article.published, title, outlet, author)


@dataclass(frozen=True, slots=True)
class Support:
    """The characters `start` to `end` of the text of the source of this number."""

    source: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the status, what supports the sentence, the words of it that its sources do not bear out.

    `odds` are the log odds that the sources bear it out, from -SURE to SURE.
    """

    status: Status
    supports: tuple[Support, ...]
    doubts: tuple[str, ...]
    odds: float


def check(sentence: str, sources: Sequence[Source], network: "CheckNetwork | None" = None) -> Checked:
    """Whether the sources together say what the sentence says; of several sentences, whether they say each.

    What stands in a source word for word is supported. Any other sentence is judged by the network, beside the words of
    the sources, and of what stands over their articles, that share most with it; "Monday" and "last week" are read with
    their dates. "partly" is what is not surely unsaid and has most of its words from there, or what is said in one
    sentence and not in another. `supports` is empty where no source shares a word with it: what claims nothing ("Let me
    know.") may be called supported all the same. `network` is Byline's own, if none is given.

    Raises:
        ModelError: the network's files are missing or damaged.
    """
    parts = list(told_sentences(sentence))
    if not sources or not parts:
        return Checked("unsupported", (), (), -SURE)
    read = _Read.of(sources)
    found = [_check(sentence[start:end], read, network) for start, end in parts]
    return found[0] if len(found) == 1 else _together(found)


def words_of_sources(sentence: str, sources: Sequence[Source], most_words: int = MOST_WORDS) -> str:
    """The words of the sources, and of what stands over their articles, that the network reads a sentence beside."""
    read = _Read.of(sources)
    return read.written(sorted(place for place, _ in read.nearest(storable(sentence), most_words)))


def nearest_sentences(sentence: str, texts: Sequence[str], most_words: int = MOST_WORDS) -> tuple[Place, ...]:
    """The sentences of the texts, about `most_words` words in all, that share most rare words with the sentence.

    They are chosen one by one, each for the weight that it adds (a word that is there already weighs less), and given
    in the order of the texts. One that has no other words than one that was chosen is passed over: passages of the web
    say much twice. Where nothing is shared the texts' beginning is given.
    """
    return tuple(sorted(place for place, _ in ranked_sentences(sentence, texts, most_words)))


def ranked_sentences(
    sentence: str, texts: Sequence[str], most_words: int = MOST_WORDS
) -> tuple[tuple[Place, float], ...]:
    """The same as they are chosen, each with the share of the sentence's weight that it is the first to have."""
    weights = {word.stem: _weight_of(word.written) for word in placed_words(sentence)}
    whole = sum(weights.values()) or 1.0
    found = [(number, place, stems) for number, text in enumerate(texts) for place, stems in _sentences_of(text)]
    shared = [frozenset(stem for stem in stems if stem in weights) for _, _, stems in found]
    lengths = [min(_LONGEST, place[2]) for _, place, _ in found]
    left, room = dict(weights), most_words
    chosen: list[tuple[int, float]] = []
    open_places = list(range(len(found)))
    while room > 0 and open_places:
        gains = {at: sum(left[stem] for stem in shared[at]) for at in open_places}
        best = max(open_places, key=lambda at: (gains[at], -at))
        if not gains[best]:
            best = _beside([at for at, _ in chosen], open_places)
        new = sum(weights[stem] for stem in shared[best] if left[stem] == weights[stem])
        chosen.append((best, new / whole))
        room -= lengths[best]
        for stem in shared[best]:
            left[stem] = _SHARED_AGAIN * weights[stem]
        said = found[best][2]
        open_places = [at for at in open_places if lengths[at] <= room and not found[at][2] <= said]
    return tuple(((found[at][0], *_cut(texts[found[at][0]], found[at][1])), gain) for at, gain in chosen)


def words_beside(sentence: str, texts: Sequence[str], most_words: int = MOST_WORDS) -> str:
    """The same as one text."""
    return joined(nearest_sentences(sentence, texts, most_words), texts)


def joined(places: Iterable[Place], texts: Sequence[str]) -> str:
    """What stands at these places, as one text."""
    return " ".join(" ".join(texts[number][start:end].split()) for number, start, end in places)


@dataclass(frozen=True, slots=True)
class _Read:
    """The sources' texts, what stands over the article of each, and its day."""

    texts: tuple[str, ...]
    headings: tuple[str, ...]
    days: tuple[date | None, ...]

    @classmethod
    def of(cls, sources: Sequence[Source]) -> "_Read":
        texts = tuple(storable(one.text) for one in sources)
        headings = tuple(storable(one.heading) for one in sources)
        return cls(texts, headings, tuple(one.published for one in sources))

    def nearest(self, sentence: str, most_words: int = MOST_WORDS) -> tuple[tuple[Place, float], ...]:
        """The sentences of texts and headings that share most with this one; headings are numbered behind the texts."""
        return ranked_sentences(sentence, (*self.texts, *self.headings), most_words)

    def written(self, places: Iterable[Place]) -> str:
        """What stands at these places, with its days told."""
        every = (*self.texts, *self.headings)
        said = ((joined([place], every), self.days[place[0] % len(self.days)]) for place in places)
        return " ".join(with_dates_behind(text, day) for text, day in said)

    def under(self, nearest: Sequence[tuple[Place, float]]) -> Iterator[Support]:
        """The whole of each text over which words of the sentence stand."""
        for number in dict.fromkeys(place[0] - len(self.texts) for place, gain in nearest if gain >= _ANY):
            if number >= 0:
                yield Support(number, 0, len(self.texts[number]))


def _together(found: Sequence[Checked]) -> Checked:
    ranks = [_STATUSES.index(one.status) for one in found]
    status = "partly" if 0 < sum(ranks) < 2 * len(ranks) else found[0].status
    supports = dict.fromkeys(support for one in found for support in one.supports)
    doubts = dict.fromkeys(doubt for one in found for doubt in one.doubts)
    return Checked(status, tuple(supports), tuple(doubts), min(one.odds for one in found))


def _check(sentence: str, read: _Read, network: "CheckNetwork | None") -> Checked:
    for number, text in enumerate(read.texts):
        if place := stands_in(sentence, text):
            return Checked("supported", (Support(number, *place),), (), SURE)
    nearest = read.nearest(storable(sentence))
    if not nearest:
        return Checked("unsupported", (), (), -SURE)
    network = network or _shared_network()
    judgement = network.judge(sentence, read.written(sorted(place for place, _ in nearest)))
    odds, least = max(-SURE, min(SURE, judgement.supported)), network.decision
    # By the texts alone: a title says first what the sentence under it says again.
    supports = tuple(_supports(ranked_sentences(storable(sentence), read.texts), read.texts))
    if odds >= least.supported:
        return Checked("supported", supports or tuple(read.under(nearest)), (), odds)
    words = [word.span() for word in _WORD.finditer(sentence)]
    unsaid = [(start, end) for start, end in words if judgement.unsaid_at(start, end) > 0]
    is_partly = odds >= least.partly and len(unsaid) <= len(words) / 2
    doubts = dict.fromkeys(sentence[start:end] for start, end in _phrases(sentence, unsaid))
    return Checked("partly" if is_partly else "unsupported", supports, tuple(doubts), odds)


def _supports(ranked: Sequence[tuple[Place, float]], texts: Sequence[str]) -> Iterator[Support]:
    """The sentence that has most of it and those that add enough; those that stand side by side as one."""
    places = sorted(place for at, (place, gain) in enumerate(ranked) if gain >= (_ENOUGH if at else _ANY))
    if not places:
        return
    number, start, end = places[0]
    for other, first, last in places[1:]:
        if other == number and not texts[number][end:first].strip():
            end = last
            continue
        yield Support(number, start, end)
        number, start, end = other, first, last
    yield Support(number, start, end)


def _phrases(sentence: str, words: Sequence[Span]) -> Iterator[Span]:
    """Those that follow each other as one."""
    begun: Span | None = None
    for start, end in words:
        if begun and not sentence[begun[1] : start].strip():
            begun = begun[0], end
            continue
        if begun:
            yield begun
        begun = start, end
    if begun:
        yield begun


@cache
def _shared_network() -> "CheckNetwork":
    """The one of this process, opened when a sentence first needs it: its libraries take long to import."""
    from assistant.check.network import CheckNetwork

    return CheckNetwork()


def stands_in(sentence: str, text: str) -> Span | None:
    """The characters of a whole sentence of the text, or of several that follow each other, with just these words.

    Capitals and punctuation make no difference. Part of a sentence does not count: "the mill burned down" may stand
    behind "the mayor denied that".
    """
    words = [one[0].casefold() for one in _BARE_WORD.finditer(sentence)]
    if not words:
        return None
    said, read = f" {' '.join(words)} ", _words_of(text)
    at = read.joined.find(said)
    while at >= 0:
        first = read.joined.count(" ", 0, at)
        start, end = read.begins.get(first), read.ends.get(first + len(words))
        if start is not None and end is not None:
            return start, end
        at = read.joined.find(said, at + 1)
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text between single spaces; the characters at which sentences begin, by the number of their first
    word, and end, by the number of the word behind their last."""

    joined: str
    begins: dict[int, int]
    ends: dict[int, int]


@lru_cache(maxsize=256)
def _words_of(text: str) -> _Words:
    words: list[str] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for start, end in sentence_spans(text):
        begins.setdefault(len(words), start)
        words += [one[0].casefold() for one in _BARE_WORD.finditer(text, start, end)]
        ends[len(words)] = end
    return _Words(f" {' '.join(words)} ", begins, ends)


def _beside(chosen: Sequence[int], open_places: Sequence[int]) -> int:
    """The sentence that stands nearest to one that was chosen, before it rather than after."""
    if not chosen:
        return open_places[0]
    return min(open_places, key=lambda at: min((abs(at - one), at > one) for one in chosen))


def _cut(text: str, place: tuple[int, int, int]) -> tuple[int, int]:
    start, end, words = place
    if words <= _LONGEST:
        return start, end
    kept = text[start:end].split(maxsplit=_LONGEST)[:_LONGEST]
    at = start
    for word in kept:
        at = text.index(word, at) + len(word)
    return start, at


@lru_cache(maxsize=256)
def _sentences_of(text: str) -> tuple[tuple[tuple[int, int, int], frozenset[str]], ...]:
    """Each sentence's start, end and number of words, and its stems."""
    return tuple(
        ((start, end, len(text[start:end].split())), frozenset(words_of(text[start:end])))
        for start, end in sentence_spans(text)
    )


@lru_cache(maxsize=50_000)
def _weight_of(word: str) -> float:
    return math.log1p(word_rank(word) / _COMMON) / math.log1p(30_000 / _COMMON)
