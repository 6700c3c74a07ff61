"""The models that the API offers: Byline as it is set up, its built-in reader, and others that the settings know."""

from copy import copy
from typing import Any

from assistant.assistant import Assistant
from assistant.extractive.quoting import EXTRACTIVE, QuotingReader
from assistant.request import Reader
from ui.api.errors import ApiError
from ui.reader_choice import Readers

DEFAULT = "byline"
BUILT_IN = "byline-extractive"

_SHOWN = 100  # characters of a name that nobody knows


class Models:
    """`byline` answers with the assistant's reader, which goes by its spec as well; then come those of `readers`.

    Only what is listed can be had: a request can bring no address of its own.
    """

    def __init__(self, assistant: Assistant, readers: Readers | None = None) -> None:
        self._readers = readers
        self._default = assistant
        self._assistants = {
            DEFAULT: assistant,
            BUILT_IN: _read_by(assistant, QuotingReader(assistant.collection)),
        }
        if assistant.reader.name != EXTRACTIVE:
            self._assistants[assistant.reader.name] = assistant

    def names(self) -> list[str]:
        others = self._readers.specs() if self._readers else []
        return list(dict.fromkeys([*self._assistants, *(spec for spec in others if spec != EXTRACTIVE)]))

    def opened(self, model: str) -> Assistant | None:
        """The same as `assistant` at once; None for one that is not open yet, or not offered."""
        return self._assistants.get(model)

    def assistant(self, model: str) -> Assistant:
        """Opens its reader where need be. Raises ModelError, and ApiError, 404, for a model that is not offered."""
        self._check(model)
        if self._readers and model not in self._assistants:
            self._assistants[model] = _read_by(self._default, self._readers.open(model))
        return self._assistants[model]

    def to_json(self, model: str) -> dict[str, Any]:
        """A model as OpenAI's API tells it. Raises ApiError."""
        self._check(model)
        return {"id": model, "object": "model", "created": 0, "owned_by": "byline"}

    def all_to_json(self) -> dict[str, Any]:
        return {"object": "list", "data": [self.to_json(model) for model in self.names()]}

    def _check(self, model: str) -> None:
        names = self.names()
        if model not in names:
            shown = model if len(model) <= _SHOWN else f"{model[:_SHOWN]}..."
            raise ApiError(f"{shown!r}: no such model; there are {', '.join(names)}", 404, "model_not_found", "model")


def _read_by(assistant: Assistant, reader: Reader) -> Assistant:
    """The assistant as it is set up, with another reader."""
    other = copy(assistant)
    other.reader = reader
    return other
