"""What a sentence is checked against: a passage, with what is known of its article."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.check.facts import Read
from assistant.check.names import inside_names, opening_names
from assistant.check.words import words_in
from assistant.commands import is_command, without_commands
from index.search_result import Retrieved
from index.sentences import Span, sentence_spans


@dataclass(frozen=True, slots=True)
class Source:
    """A text that may support a sentence, with its article's facts where they are known."""

    text: str
    published: date | None = None
    title: str = ""
    outlet: str = ""
    author: str = ""

    @classmethod
    def of(cls, found: Retrieved) -> "Source":
        """A passage with its article; lines that command whoever reads them support nothing."""
        article = found.article
        title, outlet = ("" if is_command(field) else field for field in (article.title, article.outlet))
        return cls(without_commands(found.passage.text), article.published, title, outlet, article.author)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source as the check reads it: its sentences, the keys of what is known of it, of its names, and of what it
    writes small."""

    spans: tuple[Span, ...]
    sentences: tuple[Read, ...]
    about: frozenset[str]
    names: frozenset[str]
    small: frozenset[str]


@lru_cache(maxsize=256)
def read_source(source: Source) -> ReadSource:
    """The source, read; a language model's sentences are all held against the same few."""
    spans = tuple(sentence_spans(source.text))
    texts = [source.text[start:end] for start, end in spans]
    sentences = [words_in(text) for text in texts]
    words = [word for sentence in sentences for word in sentence]
    about = words_in(f"{source.title} . {source.outlet} . {source.author}")
    small = frozenset(word.key for word in words if not word.is_capital)
    names = inside_names(words) | _names_of(source.outlet, source.author) | opening_names(words, small)
    read = tuple(Read(text, one, source.published, names) for text, one in zip(texts, sentences, strict=True))
    return ReadSource(spans, read, frozenset(word.key for word in about), names, small)


@lru_cache(maxsize=256)
def _names_of(outlet: str, author: str) -> frozenset[str]:
    return inside_names(words_in(f"x {outlet} x {author}"))
