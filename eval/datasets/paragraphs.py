"""Questions that come with the paragraph that they are asked about: what the reader is measured on and learns from.

Three layouts, plain or compressed, told apart by what is there:

- a SQuAD file (version 1 or 2), `.json`
- JSONL of `{source, title, context, questions: [{id, question, answers, answerable}]}`: answers without a place
- JSONL of `{id, input, passages: [{title, text}], output: [{selected_sentences}]}`, as ClapNQ has it (Rosenthal et
  al., 2025)

Where an answer's place is not told, it is where its sentence shares most words with the question.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.datasets.questions import Known, each_file, json_rows, set_of, squad_paragraphs
from index.errors import SourceError
from index.text.analysis import words_of
from index.text.passages import Span, sentence_spans

_EXAMPLE = '{"context": "…", "questions": [{"question": "…", "answers": ["…"]}]}'
_LAYOUTS = f"give SQuAD's .json, or .jsonl with lines such as {_EXAMPLE} or as ClapNQ has them"
_ENDINGS = (".json", ".jsonl")
_ALTERNATELY = "squad2-part"  # its few pages are parted by turns, not by their digest
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of a set; `kept` for measuring, never to learn from. `name` tells where it stands in its file."""

    set: str
    title: str
    text: str
    kept: bool
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about `paragraph`; each answer is a (start, end) of characters.

    `wordings` are the answers as they were given, some of which may stand nowhere in the paragraph. A question that the
    paragraph does not answer has neither.
    """

    id: str
    text: str
    paragraph: Paragraph
    answers: tuple[Span, ...]
    wordings: tuple[str, ...] = ()


def read_asked(path: Path) -> Iterator[Asked]:
    """The questions of a file, or of each file of a folder and those below it, in order.

    Raises SourceError, with file and line, where there are none or one is not as it should be.
    """
    yield from each_file(path, _ENDINGS, _of_file, "questions", _LAYOUTS)


def located(text: str, answers: Sequence[str], question: str) -> tuple[Span, ...]:
    """Where answers stand in a text, each once: of several places the one whose sentence is most like the question.

    An answer is found by its words, whatever their case and what stands between them.
    """
    asked = set(words_of(question))
    sentences = list(sentence_spans(text))
    return tuple(dict.fromkeys(span for answer in answers if (span := _place(text, answer, asked, sentences))))


def _place(text: str, answer: str, asked: set[str], sentences: Sequence[Span]) -> Span | None:
    words = _WORD.findall(answer)
    pattern = r"\b" + r"\W+".join(map(re.escape, words)) + r"\b"
    places = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if words else []
    return max(places, key=lambda place: len(asked & _around(text, place, sentences)), default=None)


def _around(text: str, place: Span, sentences: Sequence[Span]) -> set[str]:
    start, end = next(((start, end) for start, end in sentences if start <= place[0] < end), (0, len(text)))
    return set(words_of(text[start:end]))


# SQuAD


def _of_file(file: Path) -> Iterator[Asked]:
    return _squad(file) if file.name.removesuffix(".gz").endswith(".json") else _lines(file)


def _squad(file: Path) -> Iterator[Asked]:
    name = file.name.split(".")[0].removesuffix("_v1")
    rows = list(squad_paragraphs(file))
    pages = sorted({page for page, _, _ in rows})
    for page, place, row in rows:
        text = row["context"]
        kept = bool(pages.index(page) % 2) if name == _ALTERNATELY else is_kept(text)
        paragraph = Paragraph(name, "" if page.isdecimal() else page.replace("_", " "), text, kept, place)
        for one in row["qas"]:
            try:
                spans = [(int(got["answer_start"]), got["text"]) for got in one["answers"]]
                yield Asked(
                    str(one["id"]),
                    str(one["question"]).strip(),
                    paragraph,
                    tuple((start, start + len(said)) for start, said in spans),
                    tuple(said for _, said in spans),
                )
            except (KeyError, TypeError, ValueError) as error:
                raise SourceError(f"{file}: {place}: a question is not as SQuAD has them ({error!r})") from error


# Lines


def _lines(file: Path) -> Iterator[Asked]:
    for place, row in json_rows(file, _EXAMPLE):
        try:
            yield from _clapnq(place, row) if "passages" in row else _row(place, row)
        except (KeyError, TypeError, ValueError) as error:
            raise SourceError(f"{place}: a question or its text is missing ({error!r}); {_LAYOUTS}") from error


def _row(place: str, row: Mapping[str, Any]) -> Iterator[Asked]:
    text, title = str(row["context"]), str(row.get("title") or "").replace("_", " ")
    source = str(row.get("source") or set_of(place))
    paragraph = Paragraph(source, title, text, is_kept(title or text), place)
    for one in row["questions"]:
        answers = tuple(map(str, one["answers"])) if one.get("answerable", True) else ()
        yield _found(Asked(str(one["id"]), str(one["question"]).strip(), paragraph, (), answers))


def _clapnq(place: str, row: Mapping[str, Any]) -> Iterator[Asked]:
    (passage,) = row["passages"]
    text, title = str(passage["text"]), str(passage["title"])
    paragraph = Paragraph("clapnq", title, text, True, place)
    answers = tuple(dict.fromkeys(sentence for one in row["output"] for sentence in one["selected_sentences"]))
    yield _found(Asked(str(row["id"]), str(row["input"]), paragraph, (), answers))


def _found(asked: Asked) -> Asked:
    return replace(asked, answers=located(asked.paragraph.text, asked.wordings, asked.text))


# The halves


def is_kept(source: str) -> bool:
    """Whether what is about this source (a page by its title, or else a text) is kept for measuring: a tenth is.

    Of SQuAD's part every second page is instead, and ClapNQ is whole.
    """
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).digest()[0] % 10 == 0


def learnt_from(asked: Sequence[Asked]) -> list[Asked]:
    """The questions to learn from: those about paragraphs that are not kept, nor much like one that is, of any set."""
    paragraphs = dict.fromkeys(one.paragraph for one in asked)
    known = Known(one.text for one in paragraphs if one.kept)
    apart = {one for one in paragraphs if not one.kept and not known.has((one.text,))}
    return [one for one in asked if one.paragraph in apart]
