"""The outlets and authors of a collection that a question names."""

import re
from collections.abc import Sequence

from index.collection import Collection
from index.store.names import folded

_NAME = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")


def outlets_named(question: str, collection: Collection) -> list[str]:
    """The outlets that a question names in full, or by the last word of one outlet's name alone: the Courier."""
    return _named(question, [one.name for one in collection.outlets()])


def authors_named(question: str, collection: Collection) -> list[str]:
    """The authors that a question names in the same way."""
    return _named(question, [one.name for one in collection.authors()])


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
    capitals = {folded(word.removesuffix("'s").removesuffix("’s")) for word in words[1:] if word[0].isupper()}
    last = [name for name in names if len(name.split()) > 1 and folded(name.split()[-1]) in capitals]
    return last if len(last) == 1 else []
