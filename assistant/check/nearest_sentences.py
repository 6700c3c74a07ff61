"""The words of a text that a sentence is read beside: the sentences that share most of its rare words."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.embedders import word_rank
from index.text.analysis import placed_words, words_of
from index.text.passages import sentence_spans

MOST_WORDS = 100
_COMMON = 50  # rank of the most common words that weigh anything
_SHARED_AGAIN = 0.3  # of a word's weight, when a sentence that was chosen before has it
_LONGEST = 60  # words of one sentence; more of it is cut off

Place = tuple[int, int, int]
"""The number of a text, and the characters of it from and to."""


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
    weights = {word.stem: _weight(word.written) for word in placed_words(sentence)}
    whole = sum(weights.values()) or 1.0
    found = [(number, place, stems) for number, text in enumerate(texts) for place, stems in _read(text)]
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
def _read(text: str) -> tuple[tuple[tuple[int, int, int], frozenset[str]], ...]:
    """Each sentence's start, end and number of words, and its stems."""
    return tuple(
        ((start, end, len(text[start:end].split())), frozenset(words_of(text[start:end])))
        for start, end in sentence_spans(text)
    )


@lru_cache(maxsize=50_000)
def _weight(word: str) -> float:
    return math.log1p(word_rank(word) / _COMMON) / math.log1p(30_000 / _COMMON)
