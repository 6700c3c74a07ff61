"""How good retrieval, answers, the check and the readers are. What stands in `__all__` is the public face.

>>> from pathlib import Path
>>> from eval import RetrievalRun, compare, measure_retrieval, measured_collection, open_dataset
>>> from index import Collection, Settings
>>> data = open_dataset(Path("questions.jsonl"))  # doctest: +SKIP
>>> with measured_collection(data, Settings(), Collection(Path("my-news"))) as (collection, names):  # doctest: +SKIP
...     run = measure_retrieval(data, collection, names)
...     run.save(Path("after.json"))
...     print("\\n".join(run.lines()))
>>> for one in compare(RetrievalRun.load(Path("before.json")), run).figures:  # doctest: +SKIP
...     print(one.sought, one.slice, one.measure, one.difference, one.low, one.high, one.p)

Cases are loaded by `open_dataset`, `read_asked`, `read_claims` and `read_pages`; each `measure_…` gives a `Run`, with
its results in order, its `figures` or `sets`, `lines()` for a terminal and `to_json()`. Names are imported when they
are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.answers.answers_run import AnswersRun, measure_answers
    from eval.answers.sample_run import measure_sample
    from eval.check.check_run import measure_check
    from eval.datasets.claims import read_claims
    from eval.datasets.paragraphs import read_asked
    from eval.datasets.questions import Dataset, open_dataset
    from eval.dialogues.dialogues_run import measure_dialogues
    from eval.pages_run import measure_pages, read_pages
    from eval.reading_run import measure_reading
    from eval.retrieval_run import RetrievalRun, measure_retrieval
    from eval.runs.comparison import Comparison, compare
    from eval.runs.measured_collection import measured_collection
    from eval.runs.run import Run

__all__ = [
    "AnswersRun",
    "Comparison",
    "Dataset",
    "RetrievalRun",
    "Run",
    "compare",
    "measure_answers",
    "measure_check",
    "measure_dialogues",
    "measure_pages",
    "measure_reading",
    "measure_retrieval",
    "measure_sample",
    "measured_collection",
    "open_dataset",
    "read_asked",
    "read_claims",
    "read_pages",
]

_PLACES = {
    "AnswersRun": "answers.answers_run",
    "Comparison": "runs.comparison",
    "Dataset": "datasets.questions",
    "RetrievalRun": "retrieval_run",
    "Run": "runs.run",
    "compare": "runs.comparison",
    "measure_answers": "answers.answers_run",
    "measure_check": "check.check_run",
    "measure_dialogues": "dialogues.dialogues_run",
    "measure_pages": "pages_run",
    "measure_reading": "reading_run",
    "measure_retrieval": "retrieval_run",
    "measure_sample": "answers.sample_run",
    "measured_collection": "runs.measured_collection",
    "open_dataset": "datasets.questions",
    "read_asked": "datasets.paragraphs",
    "read_claims": "datasets.claims",
    "read_pages": "pages_run",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
