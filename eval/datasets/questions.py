"""Questions whose answers are known, with the articles that hold them: what an evaluation is measured on.

Three layouts, told apart by what is there:

- a folder with `articles.jsonl` and `questions.jsonl` (each may be gzipped): news, with dates
- a SQuAD file (version 1 or 2), or a folder that holds one: each paragraph is an article, undated and untitled
- a JSONL file of questions about the collection that is open
"""

import gzip
import hashlib
import json
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from index.errors import SourceError
from index.formats import Reading, place_of, read_articles
from index.formats.readings import make_reading
from index.text.decoding import printable

Layout = Literal["news", "squad", "own"]

_ARTICLES, _QUESTIONS = "articles.jsonl", "questions.jsonl"
_LAYOUTS = f"give a folder with {_ARTICLES} and {_QUESTIONS}, a SQuAD .json file, or a .jsonl file of questions"


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked on `as_of` (None: the day of measuring). Any one of `answers` answers it.

    `articles` are the names, in the data's own terms, of those that hold the answer. `place` is where it stands, `page`
    the title of the SQuAD page that it is about.
    """

    id: str
    text: str
    as_of: date | None
    answers: tuple[str, ...]
    articles: tuple[str, ...]
    answerable: bool
    place: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The questions of some data, and how its articles are read. Of layout "own" there are none to read.

    `digest` changes with the content of the files.
    """

    name: str
    layout: Layout
    digest: str
    questions: tuple[Question, ...]
    files: tuple[Path, ...]

    def readings(self) -> Iterator[tuple[tuple[str, ...], Reading | SourceError]]:
        """Each article as it is added, or why it cannot be read, with the names that questions may use for it."""
        if self.layout == "news":
            _, articles = self.files
            for (_, row), reading in zip(json_rows(articles), read_articles(articles), strict=True):
                yield _names(row), reading
        elif self.layout == "squad":
            (file,) = self.files
            for _, name, paragraph in squad_paragraphs(file):
                text = paragraph["context"]
                yield (name,), make_reading(text, text, f"{place_of(file)}#{name}", origins={})


def open_dataset(path: Path) -> Dataset:
    """The data at a path, in one of the three layouts.

    Raises SourceError, with file and line, where it is in none of them or a question is not as it should be.
    """
    if path.is_dir():
        questions, articles = _file(path, _QUESTIONS), _file(path, _ARTICLES)
        if questions and articles:
            return _news(path, questions, articles)
        found = sorted(file for file in path.iterdir() if file.name.removesuffix(".gz").endswith(".json"))
        if len(found) != 1:
            raise SourceError(f"{path}: {len(found)} .json files in this folder; {_LAYOUTS}")
        return _squad(found[0])
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder; {_LAYOUTS}")
    suffix = Path(path.name.removesuffix(".gz")).suffix
    if suffix == ".jsonl":
        return Dataset(path.name, "own", _digest(path), tuple(read_questions(path)), (path,))
    if suffix == ".json":
        return _squad(path)
    raise SourceError(f"{path}: not data to measure on; {_LAYOUTS}")


def read_questions(file: Path) -> Iterator[Question]:
    """The questions of a JSONL file: `question`, and `as_of`, `answers`, `articles`, `answerable`, `id` where given.

    `asked` means the same as `as_of`, `support` the same as `articles`.
    """
    found = False
    for place, row in json_rows(file):
        found = True
        yield _question(place, row)
    if not found:
        raise SourceError(f"{file}: no questions in this file; write one a line, as {_EXAMPLE}")


# Questions, one a line

_EXAMPLE = '{"question": "…", "answers": ["…"]}'


def _question(place: str, row: Mapping[str, Any]) -> Question:
    text, answerable = row.get("question"), row.get("answerable", True)
    if not isinstance(text, str) or not text.strip():
        raise SourceError(f'{place}: no "question"; write the line as {_EXAMPLE}')
    if not isinstance(answerable, bool):
        raise SourceError(f'{place}: "answerable" is {json.dumps(answerable)}; it must be true or false')
    answers = _texts(place, row, "answers")
    articles = _texts(place, row, "articles", "support")
    if answerable and not answers and not articles:
        raise SourceError(f'{place}: neither "answers" nor "articles", so there is nothing to measure it by')
    number = place.rsplit(" ", 1)[1]
    return Question(str(row.get("id", number)), text, _day(place, row), answers, articles, answerable, place)


def _texts(place: str, row: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    name = next((name for name in names if name in row), names[0])
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise SourceError(f'{place}: "{name}" must be a list of texts, such as ["…"]')
    return tuple(value)


def _day(place: str, row: Mapping[str, Any]) -> date | None:
    name = "as_of" if "as_of" in row else "asked"
    value = row.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise SourceError(f'{place}: "{name}" is {json.dumps(value)}; write the date as "YYYY-MM-DD"') from error


# A folder of news


def _news(folder: Path, questions: Path, articles: Path) -> Dataset:
    names = {name for _, row in json_rows(articles) for name in _names(row)}
    asked = tuple(read_questions(questions))
    for question in asked:
        for name in question.articles:
            if name not in names:
                raise SourceError(f"{question.place}: no article {name!r} in {articles.name}")
    return Dataset(folder.resolve().name, "news", _digest(questions, articles), asked, (questions, articles))


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("id", "url") if row.get(name))


# SQuAD


def _squad(file: Path) -> Dataset:
    asked: list[Question] = []
    for page, name, paragraph in squad_paragraphs(file):
        try:
            asked += [_squad_question(file, page, name, row) for row in paragraph["qas"]]
        except (KeyError, TypeError) as error:
            raise SourceError(f"{file}: {name}: a question is not as SQuAD has them ({error!r})") from error
    if not asked:
        raise SourceError(f"{file}: no questions in this file; {_LAYOUTS}")
    return Dataset(file.name, "squad", _digest(file), tuple(asked), (file,))


def _squad_question(file: Path, page: str, name: str, row: Mapping[str, Any]) -> Question:
    answers = tuple(dict.fromkeys(str(answer["text"]) for answer in row["answers"]))
    answerable = bool(answers) and not row.get("is_impossible", False)
    articles = (name,) if answerable else ()
    place = f"{file}: {name}"
    return Question(str(row["id"]), str(row["question"]), None, answers, articles, answerable, place, page)


def squad_paragraphs(file: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each paragraph of a SQuAD file, with its page's title, and named by the numbers of its page and of itself."""
    try:
        pages = json.loads(_read(file))["data"]
        for page_number, page in enumerate(pages, 1):
            paragraphs = page["paragraphs"]
            title = str(page.get("title", f"page {page_number}"))
            for number, paragraph in enumerate(paragraphs, 1):
                if not isinstance(paragraph["context"], str) or not isinstance(paragraph["qas"], list):
                    raise TypeError("context or qas is of another kind")
                yield title, f"page {page_number} paragraph {number}", paragraph
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        line = f": line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SourceError(f"{file}{line}: not a SQuAD file ({error!r}); {_LAYOUTS}") from error


# Files


def _file(folder: Path, name: str) -> Path | None:
    return next((file for file in (folder / name, folder / f"{name}.gz") if file.exists()), None)


Item = TypeVar("Item")


def each_file(
    path: Path, endings: Sequence[str], read: Callable[[Path], Iterable[Item]], what: str, layouts: str
) -> Iterator[Item]:
    """What is read of a file, or of each file of a folder and those below it, plain or gzipped, in order.

    Raises SourceError where there are none, or one holds nothing.
    """
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder; {layouts}")
    files = [path]
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.removesuffix(".gz").endswith(tuple(endings)))
    if not files:
        raise SourceError(f"{path}: no {' or '.join(endings)} file in this folder; {layouts}")
    for file in files:
        found = False
        for one in read(file):
            found = True
            yield one
        if not found:
            raise SourceError(f"{file}: no {what} in this file; {layouts}")


def set_of(place: str) -> str:
    """The name of a set that its rows do not tell: that of their file, of which `place` is a line."""
    return Path(place.split(": line ")[0]).name.split(".")[0]


def json_rows(file: Path, example: str = _EXAMPLE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a JSONL file, which may be compressed by gzip or xz, with its file and line.

    Raises SourceError where the file or a line cannot be read; it shows `example`, a line as it should be.
    """
    for number, line in enumerate(_read(file).split("\n"), 1):
        if not line.strip():
            continue
        place = f"{printable(str(file))}: line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{place}: not valid JSON ({error})") from error
        if not isinstance(row, dict):
            raise SourceError(f"{place}: not a JSON object; write the line as {example}")
        yield place, row


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
        return _unpacked(data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: not UTF-8 text; save it as UTF-8") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise SourceError(f"{file}: the compressed data are damaged or cut off ({error})") from error
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror})") from error


def _unpacked(data: bytes) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        return gzip.decompress(data)
    return lzma.decompress(data) if data.startswith(b"\xfd7zXZ") else data


def _digest(*files: Path) -> str:
    made = hashlib.blake2b(digest_size=8)
    for file in files:
        made.update(file.read_bytes())
    return made.hexdigest()


# Whether texts of several sets are one: the same news, or page, stands in several, spelled otherwise or cut off

_SHINGLE, _ALIKE = 8, 0.1  # words, and the share of a text's shingles from which it counts as another's


class Known:
    """Texts that others are compared with, by their runs of eight words (Broder 1997: shingles)."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._shingles = frozenset[int]().union(*map(_shingles, texts))

    def has(self, texts: Iterable[str]) -> bool:
        """Whether these texts together share a tenth of their runs with those that are known."""
        own = frozenset[int]().union(*map(_shingles, texts))
        return len(own & self._shingles) >= _ALIKE * max(1, len(own))


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1))
