"""Who says it, where that is no name: "officials said", "according to the ministry"."""

from collections.abc import Iterator, Sequence

from assistant.check.facts import Read
from assistant.check.slots import SAYING

_ANYONE = {
    "offici",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "author",
    "report",
    "statement",
    "sourc",
    "also",
    "later",
}


def doubtful_speakers(said: Read, evidence: Sequence[Read]) -> Iterator[int]:
    """The places of the speakers that are not in the sentences of the evidence that tell who says it."""
    telling = [read for read in evidence if any(word.key in SAYING for word in read.words)]
    for at in _speakers(said) if telling else ():
        if not any(read.vocabulary.has_like(said.words[at].key) for read in telling):
            yield at


def _speakers(said: Read) -> Iterator[int]:
    words = said.words
    for at, word in enumerate(words):
        if word.small == "according":
            end = next((place for place in range(at, len(words)) if words[place].ends), len(words) - 1)
            place = next((place for place in range(end, at, -1) if words[place].is_content), at)
        elif word.key in SAYING and word.is_content and at and not words[at - 1].ends:
            place = at - 1
        else:
            continue
        head = words[place]
        is_noun = head.is_content and not head.text.endswith("ly") and place not in said.of_facts and place != at
        if is_noun and head.key not in _ANYONE and head.key not in SAYING:
            yield place
