"""The second stage of search: a reranker reads the query together with each passage and scores the pair.

`open_reranker` opens what the setting `reranker` names; `SecondStage` runs it within its time and mixes its scores with
those of the first stage.
"""

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from index import plugins
from index.errors import BylineError, SettingsError, one_line
from index.plugins import is_class_spec, masked
from index.search.result import Results, Retrieved
from index.span_model.passage_reading import PassageReading

OWN, NONE = "reader", "none"
FORMS = (
    f"{OWN}, {NONE}, the folder of a cross-encoder in ONNX, the http(s) address of a text-embeddings-inference server, "
    "or a LlamaIndex node postprocessor as MODULE:CLASS?key=value&key=value"
)


DEPTH = 50  # passages, the best of the first stage
SECONDS = 10.0  # many times what is needed: a machine that is busy makes an answer late, and should not make it another
WEIGHT = 1.0  # of the reranker; words, vectors and recency together weigh 1.05

_TURNS = 12  # as long as so many calls may take, a search waits for its turn
_AT_THE_END = 1.0  # seconds to wait for a reranker that is still busy when the collection is closed
_INSTEAD = "the passages stand in the first stage's order"


class Reranker(Protocol):
    """What search asks of a second stage.

    One that has an attribute `batch_size` is asked for so many passages at a time, best first, and what it has scored
    when the time is over counts; any other is asked for all at once. One that has an attribute `depth` gets so many
    of the best passages, not DEPTH. One whose scores have a meaning of their own turns them into what is added
    to the first stage's by `addends(scores)`; without it, `by_share` does. One that others call too has a lock,
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


@dataclass(slots=True)
class _Work:
    """What a call of the reranker has come to; its thread writes, the search reads."""

    until: float  # on the monotonic clock; nothing more is asked of the reranker then
    scores: list[float] = field(default_factory=list)
    readings: list[PassageReading] = field(default_factory=list)  # of a reranker that reads, one for each score
    problem: str = ""
    ended: threading.Event = field(default_factory=threading.Event)


class SecondStage:
    """Ranks what the first stage found anew, within `seconds`; whatever goes wrong becomes a notice.

    A thread of its own calls the reranker, at most one at a time: searches wait for one another, and the time of each
    begins with its turn, so that nobody's answer hangs on how many ask. A call that has not come back when it has had
    its time twice is not waited for any more: as long as it stays away, the others do without. With `owned`, closing
    the stage closes the reranker.
    """

    def __init__(self, reranker: Reranker, seconds: float = SECONDS, owned: bool = False) -> None:
        self._reranker = reranker
        self._seconds = seconds
        self._owned = owned
        # Held by the search that waits for the thread; the reranker's own where others call it too.
        self._turn: threading.Lock = getattr(reranker, "turn", None) or threading.Lock()
        self._thread: threading.Thread | None = None
        self._latest: _Work | None = None

    def rank(self, query: str, found: Results, k: int) -> Results:
        """The k best of `found`. The order of those that were not scored, and their place behind the others, stands."""
        best = found.passages[: self.depth]
        if len(best) < 2:
            return replace(found, passages=found.passages[:k])
        addends, readings, notice = self._read(query, best)
        read = [replace(one, reading=reading) for one, reading in zip(best, readings, strict=False)]
        passages = (*fused([*read, *best[len(read) :]], addends), *found.passages[self.depth :])
        return replace(found, passages=passages[:k], notices=(*found.notices, *filter(None, [notice])))

    @property
    def depth(self) -> int:
        """How many of the best passages are ranked anew."""
        return int(getattr(self._reranker, "depth", DEPTH))

    def close(self) -> None:
        if self._latest:
            self._latest.until = -math.inf
        if self._owned and hasattr(self._reranker, "close"):
            self._reranker.close()
        if self._thread:
            self._thread.join(_AT_THE_END)

    def _read(self, query: str, passages: Sequence[Retrieved]) -> tuple[Sequence[float], Sequence[PassageReading], str]:
        """What is added to the scores of the first passages, as many as could be had; what to tell the user."""
        if not self._turn.acquire(timeout=_TURNS * self._seconds):
            return (), (), self._busy("other searches")
        try:
            if self._latest and not self._has_ended(self._latest):
                return (), (), self._busy("an earlier search")
            until = time.monotonic() + self._seconds
            self._latest = work = _Work(until)
            self._thread = threading.Thread(target=self._work, args=(work, query, passages), daemon=True)
            self._thread.start()
            work.ended.wait(until - time.monotonic())
        finally:
            self._turn.release()
        if work.problem:
            return (), (), work.problem
        scores = tuple(work.scores)
        try:
            addends = _checked(getattr(self._reranker, "addends", by_share)(scores), len(scores))
        except Exception as error:  # noqa: BLE001 - as in `_work`
            return (), (), self._failure(error)
        return addends, tuple(work.readings[: len(scores)]), self._shortfall(len(scores), len(passages))

    def _has_ended(self, work: _Work) -> bool:
        """Whether an earlier call has come back; one that is over its time is waited for as long again."""
        return work.ended.wait(max(0.0, work.until + self._seconds - time.monotonic()))

    def _work(self, work: _Work, query: str, passages: Sequence[Retrieved]) -> None:
        step = getattr(self._reranker, "batch_size", 0) or len(passages)
        try:
            for at in range(0, len(passages), step):
                if at and time.monotonic() >= work.until:
                    break
                part = passages[at : at + step]
                if isinstance(self._reranker, PassageReader):
                    readings = self._reranker.readings(query, part)
                    work.readings += readings  # before the scores: another thread counts those
                    work.scores += _checked([self._reranker.score(one) for one in readings], len(part))
                else:
                    work.scores += _checked(self._reranker.scores(query, part), len(part))
        except BylineError as error:
            work.problem = f"{error}; {_INSTEAD}"
        except (Exception, SystemExit) as error:  # noqa: BLE001 - it may fail as it likes, search goes on
            work.problem = self._failure(error)
        finally:
            work.ended.set()

    def _failure(self, error: BaseException) -> str:
        said = f"failed ({type(error).__name__}: {one_line(error)})"
        return f"reranker '{self._reranker.name}' {said}; {_INSTEAD}; choose another with --reranker"

    def _shortfall(self, scored: int, wanted: int) -> str:
        if scored == wanted:
            return ""
        hint = "raise rerank_seconds or choose a faster one"
        if scored:
            read = f"read only the best {scored} of {wanted} passages"
            return f"reranker '{self._reranker.name}' {read} in {self._seconds:g} seconds; {hint}"
        late = f"was not ready after {self._seconds:g} seconds"
        return f"reranker '{self._reranker.name}' {late}; {_INSTEAD}; {hint}"

    def _busy(self, with_what: str) -> str:
        hint = "ask again later, or raise rerank_seconds"
        return f"reranker '{self._reranker.name}' is still busy with {with_what}; {_INSTEAD}; {hint}"


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
        from index.rerankers.cross_encoders import OwnReranker

        return OwnReranker()
    if plugins.offers(plugins.RERANKERS, spec):
        found: Reranker = plugins.made(plugins.RERANKERS, spec, needs="scores")
        return found
    if spec.lower().startswith(("http://", "https://")):
        from index.rerankers.server import ServerReranker

        return ServerReranker(spec)
    folder = Path(spec).expanduser()
    if folder.is_dir():
        from index.rerankers.cross_encoders import OnnxReranker

        return OnnxReranker(folder)
    if is_class_spec(spec):
        from index.rerankers.postprocessor import PostprocessorReranker

        return PostprocessorReranker(spec, FORMS)
    raise SettingsError(f"reranker '{masked(spec)}': no such folder; give {FORMS}")


def fused(passages: Sequence[Retrieved], addends: Sequence[float]) -> list[Retrieved]:
    """The passages by both stages, best first; `addends` belong to the first of them, the others get nothing.

    As nothing is ever taken away, what was not scored stays behind what ranked better and was.
    """
    both = [_with_part(one, addend) for one, addend in zip(passages, addends, strict=False)]
    return sorted([*both, *passages[len(both) :]], key=lambda one: -one.score)


def by_share(scores: Sequence[float]) -> list[float]:
    """What a reranker's scores on any scale add: WEIGHT · (s - lowest s) / (highest s - lowest s).

    Only the distances between the scores of one query count; scores that are all equal say nothing.
    """
    if not scores:
        return []
    # Halves, for the difference of two finite numbers may not be finite.
    lowest, width = min(scores) / 2, max(scores) / 2 - min(scores) / 2
    return [WEIGHT * (score / 2 - lowest) / width if width > 0 else 0.0 for score in scores]


def _with_part(found: Retrieved, addend: float) -> Retrieved:
    parts = {**found.parts, "reranker": addend}
    return replace(found, score=sum(parts.values()), parts=parts)


def _checked(scores: Sequence[float], count: int) -> list[float]:
    numbers = [float(score) for score in scores]
    if len(numbers) != count:
        raise ValueError(f"it gave {len(numbers)} scores for {count} passages")
    if not all(map(math.isfinite, numbers)):
        raise ValueError("it gave a score that is no finite number")
    return numbers
