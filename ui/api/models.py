"""The models that the API offers: Byline as it is set up, and its built-in reader."""

from typing import Any

from assistant.assistant import Assistant
from assistant.quoting import EXTRACTIVE, QuotingReader
from ui.api.errors import ApiError

DEFAULT = "byline"
BUILT_IN = "byline-extractive"


class Models:
    """`byline` answers with the reader of the settings, which goes by its spec as well."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistants = {
            DEFAULT: assistant,
            BUILT_IN: Assistant(assistant.collection, QuotingReader(assistant.collection)),
        }
        if assistant.reader.name != EXTRACTIVE:
            self._assistants[assistant.reader.name] = assistant

    def assistant(self, model: str) -> Assistant:
        """Raises ApiError, 404, for a model that is not offered."""
        try:
            return self._assistants[model]
        except KeyError:
            names = ", ".join(self._assistants)
            raise ApiError(f"{model}: no such model; there are {names}", 404, "model_not_found", "model") from None

    def to_json(self, model: str) -> dict[str, Any]:
        """A model as OpenAI's API tells it. Raises ApiError."""
        self.assistant(model)
        return {"id": model, "object": "model", "created": 0, "owned_by": "byline"}

    def all_to_json(self) -> dict[str, Any]:
        return {"object": "list", "data": [self.to_json(model) for model in self._assistants]}
