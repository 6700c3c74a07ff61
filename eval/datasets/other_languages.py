"""Paragraphs of Wikipedia in several languages with questions about them, as XQuAD (Artetxe et al., 2020) has them.

JSONL of `{id, kind, context, question, answers}`, where `kind` ends in the language's code, and what follows the last
colon of an `id` is the same for one question in all languages.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.datasets.questions import Dataset, Question, json_rows
from index.errors import SourceError
from index.formats.readings import Reading, make_reading

_EXAMPLE = '{"id": "…", "kind": "wikipedia-de", "context": "…", "question": "…", "answers": ["…"]}'
_NEEDED = ("id", "kind", "context", "question", "answers")


@dataclass(frozen=True, slots=True)
class Passages(Dataset):
    """Passages of a set, each an article without a date."""

    articles: tuple[tuple[str, str, str], ...] = ()  # name, title, text

    @classmethod
    def of(cls, name: str, articles: Sequence[tuple[str, str, str]], questions: Sequence[Question] = ()) -> "Passages":
        digest = hashlib.blake2b(json.dumps(articles).encode(), digest_size=8).hexdigest()
        return cls(name, "news", digest, tuple(questions), (), tuple(articles))

    def readings(self) -> Iterator[tuple[tuple[str, ...], Reading]]:
        for name, title, text in self.articles:
            yield (name,), make_reading(text, text, f"{self.name}#{name}", title=title, origins={})


def rows_by_language(file: Path) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of each language by its code. Raises SourceError, with file and line, for a row that lacks something."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for place, row in json_rows(file, _EXAMPLE):
        if missing := [name for name in _NEEDED if not row.get(name)]:
            raise SourceError(f"{place}: no {missing[0]!r}; write the line as {_EXAMPLE}")
        rows.setdefault(str(row["kind"]).rsplit("-", 1)[-1], []).append(row)
    return rows


def paragraphs(
    name: str,
    told: Sequence[Mapping[str, Any]],
    asked: Sequence[Mapping[str, Any]] | None = None,
    without: frozenset[str] = frozenset(),
) -> Passages:
    """The paragraphs of rows, but for those `without`, with the questions of these or of other rows, of any language.

    A question whose paragraph is left out is unanswerable; one about no paragraph of `told` is not asked.
    """
    names = {text: str(at) for at, text in enumerate(dict.fromkeys(row["context"] for row in told))}
    about = {_question_of(row): row["context"] for row in told}
    questions = []
    for row in told if asked is None else asked:
        if text := about.get(_question_of(row)):
            answers = tuple(row["answers"])
            questions.append(
                Question(str(row["id"]), row["question"], None, answers, (names[text],), text not in without, "")
            )
    return Passages.of(name, [(at, "", text) for text, at in names.items() if text not in without], questions)


def _question_of(row: Mapping[str, Any]) -> str:
    return str(row["id"]).rsplit(":", 1)[-1]
