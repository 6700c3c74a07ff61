"""A question's words as the articles spell them: "why did cannada suspnd the pemits"."""

import re
from collections import Counter
from collections.abc import Iterable

from index.embedders import word_rank
from index.indexes.word_index import is_forgiven, near_words
from index.text.analysis import words_of
from index.text.languages import is_foreign

_WORD = re.compile(r"[^\W\d_]+")
_UNKNOWN = 30_000  # rank of what is no word of English


def respelled(question: str, passages: Iterable[str], held: frozenset[str]) -> str:
    """The question with each word that neither English nor the collection has as the passages write it.

    Such a word is in small letters, for a name may be one that the collection does not have. The passages are those
    that a forgiving search found; `held` are the stems of the question that stand in any article. Of several words
    that are as near the one that is written oftenest counts; where none is near the word stays.
    """
    unknown = {word for word in _WORD.findall(question) if _is_unknown(word, held)}
    written = Counter(word for text in passages for word in _WORD.findall(text))
    small = Counter[str]()
    for word, count in written.items():
        small[word.lower()] += count
    better = {word: near[0][0] for word in unknown if (near := near_words(word, small.items()))}
    forms = {low: [one for one in written if one.lower() == low] for low in better.values()}
    as_written = {word: max(forms[low], key=written.__getitem__) for word, low in better.items()}
    return _WORD.sub(lambda match: as_written.get(match[0], match[0]), question)


def has_unknown(question: str, held: frozenset[str]) -> bool:
    """Whether an English question has a word that neither English nor the collection has; `held` as above."""
    return any(_is_unknown(word, held) for word in _WORD.findall(question)) and not is_foreign(question)


def _is_unknown(word: str, held: frozenset[str]) -> bool:
    return word.islower() and is_forgiven(word) and word_rank(word) >= _UNKNOWN and not held & set(words_of(word))
