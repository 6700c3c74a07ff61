"""Quotes: the words of a passage that best support a sentence."""

import re
from collections.abc import Iterable, Mapping

from index.passages import Passage
from index.sentences import Span, sentence_spans
from index.text_analysis import to_analyze, words_of

LONGEST_QUOTE = 3  # sentences

_EXTRA_SENTENCE = 0.15  # a further sentence must add this share of the weight
_NUMBER_WEIGHT = 3.0
_NAME_WEIGHT = 2.0
_TOKEN = re.compile(r"\w+")


def best_quote(sentence: str, passage: Passage) -> tuple[int, int, str]:
    """(start, end, quote): the sentences of the passage that say most of `sentence`, at the article's offsets.

    A run of up to three sentences scores the share of the sentence's words that it holds, numbers counting
    three times and capitalised words twice, less 0.15 for each sentence after the first; the first of equals
    wins. Where no word is shared (another language, say), the quote is the whole passage.
    """
    weights = _weights(sentence)
    spans = sentence_spans(passage.text)
    words = [frozenset(words_of(passage.text[start:end])) for start, end in spans]
    best: Span = (0, len(passage.text))
    best_score = 0.0
    for length in range(1, LONGEST_QUOTE + 1):
        for first in range(len(spans) - length + 1):
            run = slice(first, first + length)
            score = _share(weights, words[run]) - _EXTRA_SENTENCE * (length - 1)
            if score > best_score + 1e-9:
                best, best_score = (spans[run][0][0], spans[run][-1][1]), score
    start, end = best
    return passage.start + start, passage.start + end, passage.text[start:end]


def _weights(sentence: str) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for token in _TOKEN.findall(to_analyze(sentence)):
        weight = 1.0
        if any(map(str.isdigit, token)):
            weight = _NUMBER_WEIGHT
        elif token[0].isupper():
            weight = _NAME_WEIGHT
        for word in words_of(token):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _share(weights: Mapping[str, float], words: Iterable[frozenset[str]]) -> float:
    held = frozenset[str]().union(*words)
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0
