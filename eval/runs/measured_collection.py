"""What is measured on: the collection made of the data's articles, kept from an earlier run, or the one that is open.

Measured are all questions, or only the held-out ones, which the reader's model was not trained on: `byline eval answers
--held-out`. The training (`eval/training`) learns from every second part of the data, so the rest is what may be
measured on:

- news: the weeks of the answerable questions, sorted. A week is what comes before the first "_" of a question's id.
  The first, third, fifth … are learnt from, the second, fourth … are held out. None of the unanswerable questions is
  learnt from, so all of them are held out.
- SQuAD: the pages sorted by title, the second, fourth … held out, with their unanswerable questions.

That holds for the very files that were trained on. Nothing was learnt from questions of one's own.
"""

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from eval.datasets.questions import Dataset, Question
from index.collection import Collection
from index.errors import SettingsError, SourceError
from index.formats.readings import Reading
from index.rerankers import NONE
from index.settings import Settings

Names = Mapping[str, frozenset[str]]
"""The ids of the articles that a name of the data stands for."""

_NOTE = "measured.json"


@dataclass(frozen=True, slots=True)
class Telling:
    """What hears of the adding: `tell` a line, `article` each article."""

    tell: Callable[[str], None] = lambda line: None
    article: Callable[[], None] = lambda: None


@contextlib.contextmanager
def measured_collection(
    data: Dataset,
    settings: Settings,
    opened: AbstractContextManager[Collection],
    keep: Path | None = None,
    telling: Telling | None = None,
) -> Iterator[tuple[Collection, Names]]:
    """The collection, and what the data's names for articles stand for in it.

    Data with articles of its own gets a collection of its own, in a temporary home or in the home `keep`, where it is
    used again as long as the data is the same. Other data is measured on the collection that `opened` gives.
    Raises SourceError where `keep` holds something else, or a question names an article that is not there.
    """
    telling = telling or Telling()
    if data.layout == "own":
        with opened as collection:
            names = _names_in(collection)
            _check(data.questions, names)
            yield collection, names
        return
    with contextlib.ExitStack() as stack:
        home = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        note = _noted(home, data) if keep else None
        collection = stack.enter_context(
            Collection(
                home / "collections" / "default",
                settings.embedder,
                telling.tell,
                wait=settings.wait,
                reranker=settings.reranker,
                rerank_seconds=settings.rerank_seconds,
            )
        )
        if note is None:
            note = _add(collection, data, home, telling)
        yield collection, note


@contextlib.contextmanager
def script_collection(data: Dataset, keep: Path) -> Iterator[tuple[Collection, Names]]:
    """For a script: the data's own collection in the home `keep`, searched without a second stage."""
    with measured_collection(data, Settings(keep, reranker=NONE), none_opened(), keep, Telling(print)) as measured:
        yield measured


@contextlib.contextmanager
def none_opened() -> Iterator[Collection]:
    """For a script that has no collection of the user's: data without articles of its own is refused."""
    raise SourceError("the questions must come with articles: give a folder of news, or a SQuAD file")
    yield  # nothing: it is a generator by this word


def relevant(question: Question, names: Names) -> frozenset[str]:
    """The ids of the articles that hold the answer; a name of one that could not be read stands for itself."""
    return frozenset().union(*(names.get(name, {name}) for name in question.articles))


def _add(collection: Collection, data: Dataset, home: Path, telling: Telling) -> Names:
    """Add the data's articles, and note which is which once all are in."""
    _write_note(home, data, None)
    telling.tell(f"adding the articles of {data.name} to a collection of their own")
    by_source: dict[str, set[str]] = {}
    names: dict[str, frozenset[str]] = {}
    for added in collection.add(_readings(data, by_source, telling.tell)):
        names |= dict.fromkeys(by_source[added.source], frozenset({added.article.id}))
        telling.article()
    _write_note(home, data, names)
    return names


def _readings(data: Dataset, by_source: dict[str, set[str]], tell: Callable[[str], None]) -> Iterator[Reading]:
    for names, reading in data.readings():
        if isinstance(reading, SourceError):
            tell(str(reading))
        else:
            by_source.setdefault(reading.article.source, set()).update(names)
            yield reading


def _noted(home: Path, data: Dataset) -> Names | None:
    """What was noted when the home was filled with this data; None for one that is new, or not yet full."""
    try:
        note = json.loads((home / _NOTE).read_text("utf-8"))
    except FileNotFoundError:
        if home.exists() and (not home.is_dir() or any(home.iterdir())):
            raise SourceError(f"{home}: not empty, and not kept by an earlier run; give another folder") from None
        return None
    except (OSError, ValueError) as error:
        raise SourceError(f"{home / _NOTE}: cannot be read ({error}); give another folder") from error
    if note["data"] != data.digest:
        raise SourceError(f"{home}: keeps the articles of other data, or of an earlier state; give another folder")
    names = note["articles"]
    return None if names is None else {name: frozenset(ids) for name, ids in names.items()}


def _write_note(home: Path, data: Dataset, names: Names | None) -> None:
    articles = None if names is None else {name: sorted(ids) for name, ids in names.items()}
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _NOTE).write_text(json.dumps({"data": data.digest, "articles": articles}), "utf-8")
    except OSError as error:
        raise SourceError(f"{home}: cannot be written ({error.strerror}); give another folder") from error


def _names_in(collection: Collection) -> Names:
    """By id, source, url and file name."""
    names: dict[str, frozenset[str]] = {}
    for article in collection.catalogue.articles():
        for name in {article.id, article.source, article.url, Path(article.source).name} - {""}:
            names[name] = names.get(name, frozenset()) | {article.id}
    return names


def _check(questions: Iterable[Question], names: Names) -> None:
    for question in questions:
        for name in question.articles:
            if name not in names:
                raise SourceError(
                    f"{question.place}: no article {name!r} in the collection; give an id, as `byline list` shows "
                    "them, a url or a file's name"
                )


# The held-out questions


def held_out(data: Dataset) -> Dataset:
    """The same data with the held-out questions only.

    Raises SettingsError for questions of one's own, SourceError where none is held out.
    """
    if data.layout == "own":
        raise SettingsError(f"--held-out is for news with articles and for SQuAD; nothing was learnt from {data.name}")
    if data.layout == "news":
        weeks = _every_second(_week(one) for one in data.questions if one.answerable)
        kept = tuple(one for one in data.questions if not one.answerable or _week(one) in weeks)
    else:
        pages = _every_second(one.page for one in data.questions)
        kept = tuple(one for one in data.questions if one.page in pages)
    if not kept:
        raise SourceError(f"{data.name}: none of its questions is held out; measure without --held-out")
    return replace(data, questions=kept)


def _week(question: Question) -> str:
    return question.id.split("_")[0]


def _every_second(names: Iterable[str]) -> frozenset[str]:
    """The second, fourth … of the names, sorted."""
    return frozenset(sorted(set(names))[1::2])
