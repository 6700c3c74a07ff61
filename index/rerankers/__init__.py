"""The second stage of search: a reranker reads the query together with each passage and scores the pair.

`open_reranker` opens what the setting `reranker` names; `stage.py` runs it within its time and mixes its scores with
those of the first stage.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from index import plugins
from index.class_spec import is_class_spec, masked
from index.errors import SettingsError
from index.search.result import Retrieved
from index.span_model.passage_reading import PassageReading

OWN, NONE = "reader", "none"
FORMS = (
    f"{OWN}, {NONE}, the folder of a cross-encoder in ONNX, the http(s) address of a text-embeddings-inference server, "
    "or a LlamaIndex node postprocessor as MODULE:CLASS?key=value&key=value"
)


class Reranker(Protocol):
    """What search asks of a second stage.

    One that has an attribute `batch_size` is asked for so many passages at a time, best first, and what it has scored
    when the time is over counts; any other is asked for all at once. One that has an attribute `depth` gets so many
    of the best passages, not `stage.DEPTH`. One whose scores have a meaning of their own turns them into what is added
    to the first stage's by `addends(scores)`; without it, `stage.by_share` does. One that others call too has a lock,
    `turn`, which is held while it is called. One that holds connections has a `close()`.
    """

    @property
    def name(self) -> str:
        """What notices call it."""

    def scores(self, query: str, passages: Sequence[Retrieved]) -> Sequence[float]:
        """One finite number for each passage, in their order, higher is better, on any scale.

        Scores of one query must be comparable over several calls. May raise anything.
        """


@runtime_checkable
class PassageReader(Protocol):
    """A reranker that also tells where the answer stands. It is asked for readings, and for the score of each."""

    def readings(self, query: str, passages: Sequence[Retrieved]) -> Sequence[PassageReading]: ...

    def score(self, reading: PassageReading) -> float: ...


def open_reranker(spec: str) -> Reranker | None:
    """The reranker that a spec names, ready to score; "" and "none" are none, "reader" is Byline's own model.

    A name that an installed package offers is its plug-in's (`index/plugins.py`).

    A folder's model is loaded and tried, a LlamaIndex class is imported and called; a server is not asked yet.

    Raises:
        SettingsError: the spec names nothing.
        ModelError: the model, the package that it needs, or a plug-in cannot be loaded.
    """
    if spec in ("", NONE):
        return None
    if spec == OWN:
        from index.rerankers.own import OwnReranker

        return OwnReranker()
    if plugins.offers(plugins.RERANKERS, spec):
        found: Reranker = plugins.made(plugins.RERANKERS, spec, needs="scores")
        return found
    if spec.lower().startswith(("http://", "https://")):
        from index.rerankers.server import ServerReranker

        return ServerReranker(spec)
    folder = Path(spec).expanduser()
    if folder.is_dir():
        from index.rerankers.onnx_folder import OnnxReranker

        return OnnxReranker(folder)
    if is_class_spec(spec):
        from index.rerankers.postprocessor import PostprocessorReranker

        return PostprocessorReranker(spec, FORMS)
    raise SettingsError(f"reranker '{masked(spec)}': no such folder; give {FORMS}")
