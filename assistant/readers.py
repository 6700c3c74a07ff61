"""Which reader a spec names, and those that are open. Where a language model fails, a quoted answer takes its place."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.conversation.turn import Turn
from assistant.events import Done, Event, Notice
from assistant.extractive.quoting import EXTRACTIVE, QuotingReader
from assistant.models import FAMILIES, Limits, OpenModel, open_model, parse_prices
from assistant.request import Planner, Question, Reader, Rewriter, Translator
from index import plugins
from index.collection import Collection
from index.errors import ModelError, foreign, one_line
from index.search.result import Retrieved

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from llama_index.core.llms import LLM

    from assistant.generative.prompt import Prompts
    from index.settings import Settings


class FallbackReader:
    """Reads with one reader and, where its model fails, before or in mid-answer, with another.

    The answer then has the first one's name in `failed`, and a Notice says why. Tokens that came before the failure
    are no part of it.
    """

    def __init__(self, reader: Reader, instead: Reader) -> None:
        self._reader = reader
        self._instead = instead

    @property
    def name(self) -> str:
        return self._reader.name

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        """As the first reader makes it; "" where it cannot, or fails."""
        return (yield from self._reader.standalone(question, history)) if isinstance(self._reader, Rewriter) else ""

    def steps(self, question: str) -> Generator[None, None, Sequence[str]]:
        """As the first reader names them; none where it cannot, or fails."""
        return (yield from self._reader.steps(question)) if isinstance(self._reader, Planner) else ()

    def translated(self, question: str, language: str) -> Generator[None, None, str]:
        """As the first reader says it; "" where it cannot, or fails."""
        reader = self._reader
        return (yield from reader.translated(question, language)) if isinstance(reader, Translator) else ""

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        """As the first reader, which is asked again each time: a server that was down may be up."""
        try:
            with closing(self._reader.read(question, passages)) as events:
                yield from events
            return
        except ModelError as error:
            yield Notice(f"The answer is quoted from the articles instead: {error}")
        with closing(self._instead.read(question, passages)) as events:
            for event in events:
                if isinstance(event, Done):
                    yield Done(replace(event.answer, failed=self._reader.name))
                elif isinstance(event, Notice):
                    yield event


def open_reader(model: str | LLM, collection: Collection, prompts: str = "") -> Reader:
    """The reader for `--llm SPEC`: `extractive` quotes; anything else, and any LLM of LlamaIndex, is a language model.

    `prompts` is the file of the prompts that a language model is told, "" for those that come with Byline.

    Where the model fails it raises ModelError. Raises SettingsError for a spec that names nothing or a file of prompts
    that lacks something, ModelError where the model cannot be opened.
    """
    if model == EXTRACTIVE:
        return QuotingReader(collection)
    if isinstance(model, str) and plugins.offers(plugins.READERS, model):
        return _PluggedIn(model, collection)
    texts = _prompts(prompts)
    opened = open_model(model) if isinstance(model, str) else OpenModel.of(model, model.metadata.model_name)
    return _by_model(opened, collection, texts)


def _by_model(model: OpenModel, collection: Collection, prompts: Prompts | None) -> Reader:
    from assistant.generative.llm_reader import LLMReader  # with the check, which takes long to import

    return LLMReader(model, collection.text_of, prompts)


def _prompts(file: str) -> Prompts | None:
    """The texts of a file of prompts; None, for those that come with Byline, where none is named."""
    if not file:
        return None
    from assistant.generative.prompt import load_prompts  # with all that reads a model's reply

    return load_prompts(file)


class _PluggedIn:
    """A plug-in's reader, whatever it raises: that becomes a ModelError, so that another reader can take its place."""

    def __init__(self, name: str, collection: Collection) -> None:
        self.name = name
        self._reader: Reader = plugins.made(plugins.READERS, name, collection, needs="read")

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        failed = foreign(lambda error: ModelError(f"the plug-in {self.name!r} failed ({one_line(error)})"))
        with failed, closing(self._reader.read(question, passages)) as events:
            yield from events


class Readers:
    """The readers over one collection, each opened once, to be switched between while Byline runs.

    Where a language model fails, its reader quotes instead. Raises SettingsError for settings that are wrong.
    """

    def __init__(self, collection: Collection, settings: Settings) -> None:
        self._collection = collection
        self._settings = settings
        self._limits = Limits.of(settings)
        self._prompts = _prompts(settings.prompts)
        self._prices = parse_prices(settings.llm_prices)
        self._quoting = QuotingReader(collection, answers=settings.answers)
        self._open: dict[str, Reader] = {EXTRACTIVE: self._quoting}
        self._models: list[OpenModel] = []
        self._lock = threading.Lock()

    def specs(self) -> list[str]:
        """What can be chosen, `extractive` first."""
        return usable_specs(self._settings)

    def open(self, spec: str) -> Reader:
        """The reader of a spec, which any number of threads may ask for, and use.

        Raises SettingsError for a spec that names nothing, ModelError where the model cannot be opened.
        """
        if spec not in self._open:  # what is open is had while another is still being opened
            with self._lock:
                if spec not in self._open:
                    self._open[spec] = self._opened(spec)
        return self._open[spec]

    def close(self) -> None:
        """End what was started for them; a reader that is used again starts it again."""
        with self._lock:
            for model in self._models:
                model.close()

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self, spec: str) -> Reader:
        if plugins.offers(plugins.READERS, spec):
            return FallbackReader(_PluggedIn(spec, self._collection), self._quoting)
        model = open_model(spec, self._limits, self._prices.get(spec))
        self._models.append(model)
        return FallbackReader(_by_model(model, self._collection, self._prompts), self._quoting)


def usable_specs(settings: Settings) -> list[str]:
    """Quoting, what the settings name, and the GGUF files in the home folder's `models`.

    No address is asked whether a model is there. Without the extra for GGUF files none of them is named.
    """
    files: list[Path] = []
    with suppress(OSError):
        files = sorted((settings.home / "models").glob("*.gguf"))
    if files and not FAMILIES["gguf"].is_here:
        files = []
    return list(dict.fromkeys([EXTRACTIVE, settings.llm, *(f"gguf:{file}" for file in files)]))
