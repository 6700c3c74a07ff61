"""What a list is asked of: the noun of its kind, and what its items do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.english.parsing import Sentence, Word, names_in, sentence_of
from assistant.english.values import numbers_in
from index.english import lexicon

_WORDS = lexicon("sequence")
_LISTING, _MENTIONED = map(_WORDS.words, ("listing", "mentioned"))
_COLLECTION = _WORDS.words("collection")
_NOT_NAMED = _WORDS.words("asking", "happening", "collection", "measures", "summaries", "counted")
_NAMES = _WORDS.table("kinds_of_names")
_PLACES = frozenset(kind for kind, names in _NAMES.items() if "GPE" in names)
_PLURALS = ("NNS", "NNPS")


@dataclass(frozen=True, slots=True)
class Asked:
    """Items of a `kind`, by its lemma, all or how many of them; `rest` is what they do, "" where all are asked for.
    Of `most` no more are wanted, 0 where no number is named.

    `names` are the recogniser's kinds of names that they fall in, none where it has none.
    """

    kind: str
    rest: str
    counts: bool
    most: int = 0

    @property
    def names(self) -> frozenset[str]:
        return frozenset(_NAMES.get(self.kind, "").split())


def asked_items(question: str) -> Asked | None:
    """What list a question asks for; None where it asks for none, as "How many people died?" does not."""
    sentence = sentence_of(question)
    words = sentence.words
    for at, word in enumerate(words):
        if word.tag not in _PLURALS and word.lemma != "people":
            continue
        if word.lemma == "name" and words[at + 1 : at + 2] and words[at + 1].low == "of":
            continue  # the names of the boats: the boats
        determiners = {words[its].low for its in sentence.children(at)}
        rest = _rest(sentence, at)
        if _counts(words, at):
            return Asked(word.lemma, "", True) if not rest else None
        if determiners & {"which", "what"}:
            return Asked(word.lemma, rest, False)
        if _is_listed(words, at) or _is_who(sentence, at):
            return Asked(word.lemma, rest, False, _number(sentence, at))
        return None
    return None


def wanted_by_name(question: str) -> bool:
    """Whether an order to list things names how many there are: "Give me the nine branches that they must sell"."""
    sentence = sentence_of(question)
    for at, word in enumerate(sentence.words):
        if word.tag in _PLURALS:
            determiners = {sentence.words[its].low for its in sentence.children(at, "det")}
            told = bool(sentence.children(at, "relcl")) and word.lemma not in _NOT_NAMED
            return told and "the" in determiners and _number(sentence, at) > 0
    return False


def _number(sentence: Sentence, at: int) -> int:
    """How many of them are asked for: three towns."""
    counted = (sentence.words[its].text for its in sentence.children(at, "nummod"))
    return next((int(number.amount) for text in counted for number in numbers_in(text)), 0)


def _counts(words: Sequence[Word], at: int) -> bool:
    return any(words[its].low == "how" and words[its + 1].low == "many" for its in range(at - 1))


def _is_listed(words: Sequence[Word], at: int) -> bool:
    """Whether an imperative before it asks to list it."""
    return bool(words) and any(word.lemma in _LISTING for word in words[:at]) and not words[0].tag.startswith("W")


def _is_who(sentence: Sentence, at: int) -> bool:
    """Who are the ministers? What are the ferries called?"""
    words = sentence.words
    return words[0].low in ("who", "what") and any(word.low in ("are", "were") for word in words[1:at])


def _rest(sentence: Sentence, at: int) -> str:
    """The words behind the kind that say what its items do; "" where that is only to be in the articles."""
    behind = [word for word in sentence.words[at + 1 :] if not word.is_mark]
    told = [
        word
        for word in behind
        if word.tag.startswith(("NN", "VB", "JJ", "CD"))
        and word.lemma not in _MENTIONED
        and not {word.low, word.lemma} & _COLLECTION
    ]
    return sentence.text[behind[0].start : behind[-1].end] if told else ""


def instances(sentence: Sentence, kind: str) -> Iterator[tuple[int, int]]:
    """The characters of each name that a sentence says is one of a kind: "the ferry Marl", "Hart, the baker"."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.lemma != kind or not word.tag.startswith("NN"):
            continue
        for named in _named(sentence, at, kind):
            for its in [named, *_joined(sentence, named)]:
                yield _span(sentence, its, at)


def _named(sentence: Sentence, at: int, kind: str) -> Iterator[int]:
    words = sentence.words
    word = words[at]
    if word.role in ("compound", "nmod", "appos") and words[word.head].is_proper:
        yield word.head
    if word.is_proper and any(words[its].is_proper for its in sentence.children(at, "compound")):
        yield at
    if word.role == "attr":
        yield from (its for its in sentence.children(word.head, "nsubj") if words[its].is_proper)
    yield from (its for its in sentence.children(at, "appos") if words[its].is_proper)
    leads = ("of",) if kind in _PLACES else ()
    for its in sentence.children(at, "prep"):
        if words[its].low in (*leads, "including", "like", "as"):
            yield from (name for name in sentence.children(its, "pobj") if words[name].is_proper)


def _joined(sentence: Sentence, at: int) -> Iterator[int]:
    """The further names of a row of names."""
    for its in sentence.children(at, "conj"):
        if sentence.words[its].is_proper:
            yield its
            yield from _joined(sentence, its)


def _span(sentence: Sentence, at: int, kind: int) -> tuple[int, int]:
    """The name whose head stands there, with the capitalised words before it, without a kind in small letters."""
    words = sentence.words
    first = at
    while first and (words[first - 1].text[:1].isupper() or words[first - 1].text == "-"):
        first -= 1
    if words[first].tag == "DT" or (first == kind and not words[kind].is_proper):
        first += 1
    return words[first].start, words[at].end


def recognised(text: str, kinds: frozenset[str]) -> list[tuple[int, int]]:
    """The characters of the names in a text that the recogniser takes to be of these kinds."""
    return [(one.start, one.end) for one in names_in(text) if one.kind in kinds and any(map(str.isupper, one.text))]


def is_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these characters of a sentence hold a proper noun and begin with a capital."""
    return sentence.text[start : start + 1].isupper() and any(
        word.is_proper and start <= word.start < end for word in sentence.words
    )
