"""The words of a collection that a misspelt one may stand for."""

from collections.abc import Iterable

_SHORTEST = 4  # letters of a word that may be misspelt
_LONG = 8  # letters from which two mistakes are forgiven
_MOST = 3  # words that one may stand for


def is_forgiven(term: str) -> bool:
    """Whether mistakes are looked for in this word at all: not in short ones, nor in those with a digit."""
    return len(term) >= _SHORTEST and term.isalpha()


def near_words(term: str, known: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The few nearest of the known words, each with its number of passages: fewest mistakes, then commonest.

    A mistake is a letter too many, too few or another, or two neighbours swapped. One is forgiven, in long words two;
    words with more mistakes than the nearest are left out.
    """
    most = 2 if len(term) >= _LONG else 1
    letters, found = set(term), []
    for word, count in known:
        if abs(len(word) - len(term)) > most or len(letters.symmetric_difference(word)) > 2 * most:
            continue
        mistakes = _mistakes(term, word, most)
        if mistakes <= most:
            found.append((mistakes, -count, word))
    least = min(found, default=(0,))[0]
    return [(word, -count) for mistakes, count, word in sorted(found) if mistakes == least][:_MOST]


def _mistakes(one: str, other: str, most: int) -> int:
    """The edit distance with swaps (optimal string alignment); once it is greater than `most`, any greater number."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (not before or min(last) > most):
            return most + 1
        before, last = last, row
    return last[-1]
