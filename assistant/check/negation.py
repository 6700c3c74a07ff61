"""What a sentence denies: the words that "not", "no", "never" or "failed to" stand before."""

from collections.abc import Sequence

from assistant.check.words import Word

_DENIES = frozenset(
    "not n't never no none nobody nothing neither nor without unable cannot hardly failed fails fail refused refuses"
    " refuse lacks lacked lack denied denies deny".split()
)
_DENIES_NOTHING = {
    "not": {"only", "just", "least", "merely", "simply"}, "no": {"doubt", "matter", "wonder"},
    "nothing": {"but"}, "n't": {"just", "only"}, "nor": set[str](),
}  # fmt: skip
_SCOPE = 2  # words that are more than function words
_FARTHEST = 7


def denied(words: Sequence[Word]) -> list[tuple[int, tuple[int, ...]]]:
    """The place of each word that denies, with the places of the words it denies, nearest first."""
    found = []
    for at, word in enumerate(words):
        small = word.small
        if small not in _DENIES:
            continue
        ahead = words[at + 1].small if at + 1 < len(words) else ""
        if ahead in _DENIES_NOTHING.get(small, ()):
            continue
        found.append((at, _scope(words, at)))
    return found


def _scope(words: Sequence[Word], at: int) -> tuple[int, ...]:
    scope: list[int] = []
    for place in range(at + 1, min(at + 1 + _FARTHEST, len(words))):
        if words[place - 1].ends:
            break
        if words[place].is_content and not words[place].text.endswith("ly"):
            scope.append(place)
            if len(scope) == _SCOPE:
                break
    return tuple(scope)
