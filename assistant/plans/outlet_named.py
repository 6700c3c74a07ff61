"""The outlets and authors of a collection that a question names, and outlets that it lacks."""

import re
from collections.abc import Iterator, Sequence

from assistant.speech.speakers import MEDIA
from index.collection import Collection
from index.english import lexicon
from index.store.names import folded
from index.text.analysis import STOP_WORDS

_NAME = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_SMALL = frozenset(STOP_WORDS)
_STANDING_IN = re.compile(
    rf"\b{lexicon('collection').pattern('in an outlet')}\s+(?:the\s+)?((?:[A-Z][\w&’'-]*\s+)*[A-Z][\w&-]*)"
)


def outlets_named(question: str, collection: Collection) -> list[str]:
    """The outlets that a question names in full, or by the last word of one outlet's name alone: the Courier."""
    return _named(question, [one.name for one in collection.outlets()])


def authors_named(question: str, collection: Collection) -> list[str]:
    """The authors that a question names in the same way."""
    return _named(question, [one.name for one in collection.authors()])


def outlet_missing(question: str, collection: Collection) -> str:
    """The outlet in which a question looks for something and which the collection lacks; else "".

    It is known by a name that ends as those of outlets do: "in the Tarn Tribune".
    """
    held = {folded(one.name) for one in collection.outlets()}
    last = {folded(one.name.split()[-1]) for one in collection.outlets()}
    for found in _STANDING_IN.finditer(question):
        name = re.sub(r"['’]s$", "", found[1])
        is_outlet = MEDIA.search(name.split()[-1]) or folded(name.split()[-1]) in last
        if is_outlet and folded(name) not in held and not _named(found[0], [one.name for one in collection.outlets()]):
            return name
    return ""


def without(question: str, names: Sequence[str]) -> str:
    """The question without these names, or what stands there for them."""
    for name in names:
        for part in (name, name.split()[-1]):
            question = re.sub(rf"\b(?:the\s+)?{re.escape(part)}(?:['’]s?)?(?!\w)", " ", question, flags=re.IGNORECASE)
    return " ".join(question.split())


def _named(question: str, names: Sequence[str]) -> list[str]:
    words = _NAME.findall(question)
    runs = {folded(" ".join(words[at : at + n])) for at in range(len(words)) for n in range(1, 7)}
    runs |= {run.removesuffix("s") for run in runs}  # of "the Courier's", whose apostrophe is folded away
    whole = [name for name in names if folded(name) in runs]
    if whole:
        return whole
    alone = {folded(re.sub(r"['’]s$", "", word)) for word in _capitals_alone(words)}
    last = [name for name in names if len(name.split()) > 1 and folded(name.split()[-1]) in alone]
    return last if len(last) == 1 else []


def _capitals_alone(words: Sequence[str]) -> Iterator[str]:
    """The words with a capital, behind the first, with no other beside them: not of "the Tarn Isles"."""
    for before, word, after in zip(words, words[1:], [*words[2:], ""], strict=False):
        follows = before[0].isupper() and before.casefold() not in _SMALL
        if word[0].isupper() and not follows and not after[:1].isupper():
            yield word
