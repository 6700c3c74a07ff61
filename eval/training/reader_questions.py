"""What the reader's network learns from: a question with its own passage and wrong ones, in batches of like length.

Wrong passages look right: they are the best by BM25 of the same set that do not hold the answer. Some questions are
changed so that their paragraph answers them no more: a name, a number or a word is exchanged, after the kinds of
unanswerable questions that people wrote for SQuAD 2.0 (Rajpurkar et al. 2018: entity swap, antonym, negation, mutual
exclusion).
"""

import itertools
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.datasets.paragraphs import Asked, Paragraph
from index.english import lexicon
from index.span_model.pairs import Cutter, Pair, Pieces, join, piece_span
from index.text.analysis import words_of

Group = list[Pair]
"""The pairs of one question; at most one of them holds the answer."""

ROUND: Mapping[str, float] = lexicon("shares", __package__).table("round")
"""How often a question of each set comes in a round; below one, by chance."""

LENGTHS = (80, 104, 128, 176)  # pieces of a pair at most, drawn for each question
TITLED = 0.5  # share of the questions that see titles
_WITH_WRONG = 0.35  # share of the questions that get wrong passages: each costs as much as a question
_CUT_OUT = 0.3  # of these, the share that gets its own passage without its answer
_SWAPPED = 0.3  # share of the answerable questions that are changed so that their passage answers them no more
_NEAREST = 8  # wrong passages are drawn from so many of the best
_PATIENCE = 100  # rounds without a batch: whether a question can be used hangs on what is drawn
_WAITING = 16  # batches that are sorted by length together


class RememberingCutter(Cutter):
    """A cutter that cuts each text once."""

    def __init__(self, tokenizer: Path) -> None:
        super().__init__(tokenizer)
        self._known: dict[str, Pieces] = {}

    def pieces(self, text: str) -> Pieces:
        if text not in self._known:
            self.learn([text])
        return self._known[text]

    def learn(self, texts: Sequence[str]) -> None:
        """Cut many texts at once, which is quicker."""
        self._known.update(zip(texts, self.cut(texts), strict=True))


@dataclass(frozen=True, slots=True)
class Source:
    """The questions that are learnt from, with their hard negatives."""

    asked: Sequence[Asked]
    negatives: Sequence[Sequence[Paragraph]]
    cutter: RememberingCutter
    wrong: int  # passages beside the right one
    with_wrong: float = _WITH_WRONG
    news: Callable[[], Iterator[Group]] | None = None  # groups that come to each batch beside the questions
    of_news: int = 1  # in each batch


def batches(source: Source, size: int, seed: int) -> Iterator[list[Group]]:
    """Batches of `size` questions without end, the same for the same seed: each round in another order.

    They end where many rounds bring none: too few questions have an answer that can be placed.
    """
    chance = random.Random(seed)
    news = source.news() if source.news else iter(())
    size -= source.of_news if source.news else 0
    empty = 0
    while empty < _PATIENCE:
        empty += 1
        order = [place for place, one in enumerate(source.asked) for _ in range(_times(one, chance))]
        chance.shuffle(order)
        for at in range(0, len(order) - size + 1, size * _WAITING):
            groups = [group for place in order[at : at + size * _WAITING] if (group := _group(source, place, chance))]
            groups.sort(key=lambda group: sum(len(pair.ids) for pair in group))
            parts = [groups[start : start + size] for start in range(0, len(groups) - size + 1, size)]
            chance.shuffle(parts)
            empty = 0 if parts else empty
            yield from ([*part, *itertools.islice(news, source.of_news)] for part in parts)


def _times(asked: Asked, chance: random.Random) -> int:
    share = ROUND.get(asked.paragraph.set, 1.0)
    return int(share) + (chance.random() < share % 1)


def _group(source: Source, place: int, chance: random.Random) -> Group:
    asked, most = _changed(source, place, chance), chance.choice(LENGTHS)
    titled = chance.random() < TITLED
    own = source.cutter.pieces(asked.paragraph.text)
    span = _best_span(own, asked)
    if span is None and (asked.answers or asked.wordings):
        return []
    nearest = list(source.negatives[place][:_NEAREST])
    chance.shuffle(nearest)
    count = source.wrong if chance.random() < source.with_wrong else 0
    wrong = [(one.title, source.cutter.pieces(one.text)) for one in nearest[:count]]
    if asked.answers and count and chance.random() < _CUT_OUT and (rest := _without_answer(own, asked)):
        wrong = [(asked.paragraph.title, source.cutter.pieces(rest)), *wrong][:count]
    question = source.cutter.pieces(asked.text)
    texts = [(asked.paragraph.title, own, span), *((title, pieces, None) for title, pieces in wrong)]
    group = [
        pair_with(question, source.cutter.pieces(title) if titled and title else None, pieces, most, answer, chance)
        for title, pieces, answer in texts
    ]
    return group if group[0].start is not None or not asked.answers else []


def pair_with(
    question: Pieces, head: Pieces | None, text: Pieces, most: int, span: tuple[int, int] | None, chance: random.Random
) -> Pair:
    """The pair of at most `most` pieces: of the text a part, drawn by chance, that holds the span."""
    room = most - len(question.ids) - (len(head.ids) if head else 0) - 3
    part = _window(text, max(room, 32), span or (0, 0), chance)
    return _marked(join(question, head, text, most, part), span, part[0])


def _changed(source: Source, place: int, chance: random.Random) -> Asked:
    """The question, or one like it that its paragraph does not answer."""
    asked = source.asked[place]
    if not asked.answers or chance.random() >= _SWAPPED or not source.negatives[place]:
        return asked
    text = asked.paragraph.text
    answers = [text[start:end] for start, end in asked.answers]
    other = swapped(asked.text, text, chance.choice(source.negatives[place]).text, answers, chance)
    return Asked(asked.id, other, asked.paragraph, ()) if other else asked


def _best_span(own: Pieces, asked: Asked) -> tuple[int, int] | None:
    """The pieces of the answer that most gave; of several the shortest."""
    counts = Counter(asked.answers)
    for start, end in sorted(counts, key=lambda span: (-counts[span], span[1] - span[0])):
        if span := piece_span(own, start, end):
            return span
    return None


def _marked(pair: Pair, answer: tuple[int, int] | None, begin: int) -> Pair:
    """The pair with its answer's place, if that was not cut off."""
    if answer is None:
        return pair
    start, end = (place - begin + pair.first for place in answer)
    if start < pair.first or end >= pair.last:
        return pair
    return Pair(pair.ids, pair.second, pair.first, pair.last, pair.offsets, start, end)


def _window(pieces: Pieces, room: int, span: tuple[int, int], chance: random.Random) -> tuple[int, int]:
    """A part of at most `room` pieces that holds the span; from a sentence's beginning, where that is possible."""
    if len(pieces.ids) <= room:
        return 0, len(pieces.ids)
    first = max(0, span[1] + 1 - room)
    last = max(first, min(span[0], len(pieces.ids) - room))
    if span == (0, 0):
        last = len(pieces.ids) - room
    begins = [place for place in pieces.sentences if first <= place <= last]
    begin = chance.choice(begins) if begins else chance.randint(first, last)
    return begin, begin + room


def _without_answer(own: Pieces, asked: Asked) -> str:
    """The paragraph without the sentences that hold an answer; nothing when the rest tells it too, or is short."""
    text = asked.paragraph.text
    begins = [own.offsets[place][0] for place in own.sentences]
    sentences = list(zip(begins, [*begins[1:], len(text)], strict=True))
    kept = [text[a:b] for a, b in sentences if not any(a < end and b > start for start, end in asked.answers)]
    rest = "".join(kept)
    whole = spelled(rest)
    told = any(spelled(text[start:end]) in whole for start, end in asked.answers)
    return "" if told or len(rest) < 100 else rest


# Wrong passages

_K1, _B = 1.2, 0.75
_LETTERS = re.compile(r"\w+")


def hard_negatives(asked: Sequence[Asked], most: int) -> list[list[Paragraph]]:
    """For each question up to `most` paragraphs, best first. Kept ones go with kept questions only."""
    found: dict[str, list[Paragraph]] = {}
    for part in sorted({(one.paragraph.set, one.paragraph.kept) for one in asked}):
        questions = [one for one in asked if (one.paragraph.set, one.paragraph.kept) == part]
        paragraphs = list(dict.fromkeys(one.paragraph for one in questions))
        bm25 = BM25([f"{one.title} {one.text}" for one in paragraphs])
        texts = [spelled(one.text) for one in paragraphs]
        for question in questions:
            answers = {spelled(question.paragraph.text[start:end]) for start, end in question.answers}
            best = (int(place) for place in bm25.best(question.text, 3 * most))
            right = [
                paragraphs[place]
                for place in best
                if paragraphs[place] is not question.paragraph and not any(one in texts[place] for one in answers)
            ]
            found[question.id] = right[:most]
    return [found[one.id] for one in asked]


class BM25:
    """Ranks texts for a query (Robertson and Zaragoza 2009)."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words_of(text)) for text in texts]
        lengths = np.array([one.total() for one in counts], np.float64)
        norms = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1))
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, one in enumerate(counts):
            for word, count in one.items():
                postings[word].append((place, count))
        self._size = len(texts)
        self._postings = {word: self._weighed(pairs, norms) for word, pairs in postings.items()}

    def best(self, query: str, count: int) -> NDArray[np.intp]:
        """The places of the best texts that share a word with the query, best first."""
        scores = np.zeros(self._size)
        for word in set(words_of(query)) & self._postings.keys():
            places, weights = self._postings[word]
            scores[places] += weights
        order = np.argsort(-scores, kind="stable")[:count]
        return order[scores[order] > 0]

    def _weighed(
        self, pairs: list[tuple[int, int]], norms: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        places = np.array([place for place, _ in pairs], np.intp)
        counts = np.array([count for _, count in pairs], np.float64)
        rarity = math.log(1 + (self._size - len(pairs) + 0.5) / (len(pairs) + 0.5))
        return places, rarity * counts * (_K1 + 1) / (counts + norms[places])


def spelled(text: str) -> str:
    """The words alone, with a space on either side, so that only whole words match."""
    return f" {' '.join(_LETTERS.findall(text.lower()))} "


# Questions that their paragraph no longer answers

_NAME = re.compile(r"(?<![.!?]\s)(?!\A)\b[A-Z][\w’'-]+(?:\s(?:of\s|the\s|de\s)?[A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\b\d(?:[\d,.]*\d)?\b")
_WORDS = lexicon("swapped", __package__)
_PAIRS = [pair.split("/") for pair in _WORDS.listed("opposites")]
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OTHER)})\b")
_VERB = re.compile(rf"\b{_WORDS.pattern('verbs')}\b")
_THING, _OPPOSED = "name or number", "opposite"
_SHARES = {_THING: 0.7, _OPPOSED: 0.3}  # of the questions that are changed, where each is possible
_NEGATED = 0.15  # share of the questions without anything to exchange that are negated


def swapped(question: str, text: str, elsewhere: str, answers: list[str], chance: random.Random) -> str | None:
    """The question with one thing exchanged for another of its kind; None where nothing can be exchanged.

    A name or a number is exchanged for one of the text, or else of `elsewhere`; a word for its opposite.
    """
    ways = {
        _THING: [
            way for pattern in (_NAME, _NUMBER) for way in _exchanges(pattern, question, text, elsewhere, answers)
        ],
        _OPPOSED: [_put(question, match, _OTHER[match[0]]) for match in _OPPOSITE.finditer(question)],
    }
    possible = [kind for kind, found in ways.items() if found]
    if possible:
        (kind,) = chance.choices(possible, [_SHARES[kind] for kind in possible])
        return chance.choice(ways[kind])
    verb = _VERB.search(question)
    if verb and " not " not in question and chance.random() < _NEGATED:
        return question[: verb.end()] + " not" + question[verb.end() :]
    return None


def _put(question: str, match: re.Match[str], other: str) -> str:
    return question[: match.start()] + other + question[match.end() :]


def _exchanges(pattern: re.Pattern[str], question: str, text: str, elsewhere: str, answers: list[str]) -> list[str]:
    said = question.lower()
    found = []
    for match in pattern.finditer(question):
        kind = _kind(match[0])
        for source in (text, elsewhere):
            others = dict.fromkeys(one for one in pattern.findall(source) if _kind(one) == kind)
            usable = [one for one in others if not _shares(one, said) and not any(_shares(one, a) for a in answers)]
            if usable:
                found += [_put(question, match, one) for one in usable]
                break
    return found


def _kind(thing: str) -> tuple[bool, int]:
    """Numbers: how long. Names: one word, or several."""
    number = thing[0].isdigit()
    return number, len(thing) if number else min(len(thing.split()), 2)


def _shares(thing: str, text: str) -> bool:
    return not _words(thing).isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
