"""What a question names, as the articles write it: "the grey sisters?" where they tell of the Grey Sisters."""

import re
from collections.abc import Iterator, Sequence

from assistant.question.focus import focuses
from index.collection import Collection
from index.search.result import Retrieved
from index.text.analysis import STOP_WORDS, words_of

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_LONGEST = 6  # words of a name
_MOST = 0.6  # of the weight of the words of a question in small letters, that a name in it has


def name_in(question: str, found: Sequence[Retrieved], collection: Collection) -> str:
    """The weightiest run of the question's words that the passages write with a capital, as they write it; else "".

    It has every word that the question itself writes as a name, so that another person's first name is none.
    """
    text = "\n".join(f"{one.article.title}\n{one.passage.text}" for one in found)
    [asked] = focuses(question, collection.frequency, collection.catalogue.count()[1], split=False)
    best, weight = "", 0.0
    for run in _runs(question):
        stems = frozenset(words_of(run))
        own = sum(asked.terms.get(stem, 0.0) for stem in stems)
        enough = asked.names <= stems if asked.names else own >= _MOST * asked.weight
        if own > weight and enough and (written := _as_name(run, text)):
            best, weight = written, own
    return best


def names(text: str, name: str) -> bool:
    """Whether a text has the name, as a whole and as it is written."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _runs(question: str) -> Iterator[str]:
    """The runs of words that begin and end with no stop word."""
    words = [*_WORD.finditer(re.sub(r"['’]s\b", "", question))]
    small = set(STOP_WORDS)
    ends = [at for at, word in enumerate(words) if word[0].casefold() not in small]
    for first in ends:
        for last in ends:
            if first <= last < first + _LONGEST:
                yield " ".join(word[0] for word in words[first : last + 1])


def _as_name(run: str, text: str) -> str:
    """The run as the text writes it, "" where it is not there or no name: begun with a small letter."""
    found = re.findall(rf"(?<!\w){re.escape(run)}(?!\w)", text, re.IGNORECASE)
    return next((one for one in found if one[0].isupper() and one.split()[-1][0].isupper()), "")
