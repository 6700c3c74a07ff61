"""The answer: sentences, each with citations that point at characters of an article."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from assistant.layout import Emphasis, Place, Said, emphasised, laid_out
from assistant.question.asked import Kind
from index.article import Article
from index.filters import ALL, Filters
from index.search.result import Retrieved
from index.times import TimeExpression

CANNOT_ANSWER = "The collection does not hold the answer to this question."

# supported: the cited words say it. partly: they say some of it. unsupported: they do not, or nothing is cited.
# unchecked: it or what it cites is in a language that the check does not read.
Status = Literal["supported", "partly", "unsupported", "unchecked"]

# How the sentences are to be read: as prose, behind a verdict, or as the rows of a list, a time line or a table.
Form = Literal["sentences", "yes/no", "list", "timeline", "table"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of an article that back a sentence: `article.text[start:end] == quote`.

    `n` is the number that the reader sees; `article` is without its text; `also_in` are those that reprint it.
    """

    n: int
    article: Article
    start: int
    end: int
    quote: str
    also_in: tuple[Article, ...] = ()

    @property
    def place(self) -> tuple[str, int, int]:
        """The article's id and the characters."""
        return self.article.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, without citation marks in its text.

    `doubts` are the words of it, such as a number, that the cited words do not hold. `speaker` is who said it by
    the text of the article, "" where it names no one; `quotation` is whether it is told in the speaker's own words.
    `place` and `emphasis` are how a language model laid it out. A row of a table is one sentence, whose text has the
    names of the columns.
    """

    text: str
    status: Status
    citations: tuple[Citation, ...] = ()
    doubts: tuple[str, ...] = ()
    speaker: str = ""
    quotation: bool = False
    place: Place = field(default_factory=Place)
    emphasis: tuple[Emphasis, ...] = ()

    def words(self, said: Said) -> str:
        """Its text, or that of the cell which is said there."""
        return self.text if said.cell is None or not self.place.row else self.place.row.cells[said.cell]

    def cited_at(self, said: Said) -> tuple[Citation, ...]:
        """The citations whose marks stand there: all of them behind the sentence, or those of a cell behind it."""
        if not said.marked:
            return ()
        cited = self.place.row.cited if self.place.row and said.cell is not None else ()
        return (
            tuple(self.citations[at] for at in cited[said.cell]) if cited and said.cell is not None else self.citations
        )

    def marks(self, said: Said) -> str:
        """The numbers of the citations there, such as `[1][2]`."""
        return "".join(f"[{citation.n}]" for citation in self.cited_at(said))


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values on which sources differ, as the source writes it. `newest` marks the latest published."""

    value: str
    citation: Citation
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model used: tokens of the prompt and of the reply, and US dollars where its price is known."""

    prompt_tokens: int
    reply_tokens: int
    dollars: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a question. Where it is not answerable, `nearest` holds the closest passages.

    `kind` is what the question was understood to ask for, and `steps` are the questions that were asked for its sake,
    where it took several. `form` says how the sentences are to be read. `short_answer` is the part of a sentence that
    answers, alone, or a verdict such as "Yes" or "before, by 17 days", which rests on the sentences of the numbers
    `rests_on`. `reply` is what Byline says itself, of the collection or of what the question takes for granted.
    `filters` and `time`, what was understood of the question's own words for time, say which articles were looked at.
    `confidence` is the chance, 0 to 1, that the sentences hold the answer, of refusals too; None where none was judged.
    `standalone` is the question as it was understood, where it leans on earlier ones; else "".
    `uncovered` are the parts of the question that the collection does not answer, where it answers others.
    `disagreements` are the values on which the cited sources differ, each a tuple of two or more versions.
    `failed` is the spec of a language model that failed, in whose place the quoted answer stands; else "".
    """

    question: str
    as_of: date
    answerable: bool
    sentences: tuple[Sentence, ...]
    nearest: tuple[Retrieved, ...] = ()
    short_answer: str | None = None
    llm: str = "extractive"
    dropped_citations: int = 0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    filters: Filters = ALL
    time: TimeExpression | None = None
    confidence: float | None = None
    standalone: str = ""
    uncovered: tuple[str, ...] = ()
    disagreements: tuple[tuple[Version, ...], ...] = ()
    usage: Usage | None = None
    failed: str = ""
    kind: Kind = "fact"
    form: Form = "sentences"
    steps: tuple[str, ...] = ()
    reply: str = ""
    rests_on: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The reply and the sentences without marks, as they are laid out, or CANNOT_ANSWER."""
        return self._whole(self.written(lambda sentence, said: sentence.words(said)))

    @property
    def marked_text(self) -> str:
        """The same as Markdown, each sentence followed by the numbers of its citations, such as `[1][2]`."""
        return self._whole(self.written(_marked))

    def written(self, words: Callable[[Sentence, Said], str]) -> str:
        """The sentences as they are laid out, in these words; "" where it is not answerable."""
        if not self.answerable:
            return ""
        pieces = laid_out([sentence.place for sentence in self.sentences])
        return "".join(one if isinstance(one, str) else words(self.sentences[one.sentence], one) for one in pieces)

    def _whole(self, told: str) -> str:
        return "\n\n".join(filter(None, (self.reply, told))) or CANNOT_ANSWER

    @property
    def verdict_citations(self) -> tuple[Citation, ...]:
        """The citations that the verdict rests on."""
        return tuple(citation for citation in self.citations if citation.n in self.rests_on)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in the order of their numbers, each number once."""
        unique = {c.n: c for sentence in self.sentences for c in sentence.citations}
        return tuple(unique[n] for n in sorted(unique))

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data, the contract of `byline ask --json`."""
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "filters": filters_json(self.filters),
            "time": time_json(self.time) if self.time else None,
            "kind": self.kind,
            "form": self.form,
            "steps": list(self.steps),
            "answerable": self.answerable,
            "answer": self.text,
            "reply": self.reply or None,
            "short_answer": self.short_answer,
            "rests_on": list(self.rests_on),
            "sentences": [sentence_json(sentence) for sentence in self.sentences],
            "disagreements": [[version_json(version) for version in versions] for versions in self.disagreements],
            "uncovered": list(self.uncovered),
            "standalone": self.standalone or None,
            "nearest": [nearest_json(found) for found in self.nearest],
            "llm": self.llm,
            "failed": self.failed or None,
            "usage": asdict(self.usage) if self.usage else None,
            "dropped_citations": self.dropped_citations,
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
            "confidence": self.confidence,
        }


def markdown_words(sentence: Sentence, said: Said) -> str:
    """The words of a sentence where they stand in a text that is laid out, with their emphasis."""
    return emphasised(sentence.text, sentence.emphasis) if said.cell is None else sentence.words(said)


def _marked(sentence: Sentence, said: Said) -> str:
    return f"{markdown_words(sentence, said)} {sentence.marks(said)}".strip()


def numbered(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with their citations numbered as they come, the same words of an article by one number."""
    numbers: dict[tuple[str, int, int], int] = {}
    told = []
    for sentence in sentences:
        for citation in sentence.citations:
            numbers.setdefault(citation.place, len(numbers) + 1)
        told.append(replace(sentence, citations=tuple(replace(c, n=numbers[c.place]) for c in sentence.citations)))
    return tuple(told)


def filters_json(filters: Filters) -> dict[str, Any]:
    return {
        "since": _iso(filters.since),
        "until": _iso(filters.until),
        "outlets": list(filters.outlets),
        "authors": list(filters.authors),
        "articles": list(filters.articles),
    }


def time_json(time: TimeExpression) -> dict[str, Any]:
    days = {"first": _iso(time.window.first), "last": _iso(time.window.last)}
    return {"text": time.text, "kind": time.kind, **days}


def article_json(article: Article) -> dict[str, Any]:
    """What is known of an article, unknown things as null."""
    return {
        "article_id": article.id,
        "title": article.title or None,
        "outlet": article.outlet or None,
        "published": _iso(article.published),
        "url": article.url or None,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    place = {"start": citation.start, "end": citation.end, "quote": citation.quote}
    also_in = [article_json(article) for article in citation.also_in]
    return {"n": citation.n, **article_json(citation.article), **place, "also_in": also_in}


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "status": sentence.status,
        "doubts": list(sentence.doubts),
        "speaker": sentence.speaker or None,
        "quotation": sentence.quotation,
        "place": place_json(sentence.place),
        "emphasis": [emphasis._asdict() for emphasis in sentence.emphasis],
        "citations": [citation_json(citation) for citation in sentence.citations],
    }


def place_json(place: Place) -> dict[str, Any]:
    row = place.row
    return {
        "block": place.block,
        "headings": list(place.headings),
        "items": [item._asdict() for item in place.items],
        "row": {"header": list(row.header), "cells": list(row.cells), "cited": list(map(list, row.cited))}
        if row
        else None,
    }


def version_json(version: Version) -> dict[str, Any]:
    return {"value": version.value, "newest": version.newest, "citation": citation_json(version.citation)}


def nearest_json(found: Retrieved) -> dict[str, Any]:
    passage = found.passage
    return {**article_json(found.article), "start": passage.start, "end": passage.end, "text": passage.text}


def nearest_articles(found: Sequence[Retrieved], k: int = 3) -> tuple[Retrieved, ...]:
    """The best passage of each of the k nearest articles."""
    best: dict[str, Retrieved] = {}
    for one in found:
        best.setdefault(one.article.id, one)
    return tuple(best.values())[:k]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
