"""The chat's menu of models: who answers the next question of this page."""

from typing import Any

import gradio as gr

from index.errors import BylineError
from ui.reader_choice import ReaderChoice
from ui.wording import model_labels


class ModelMenu:
    """A menu over a choice of readers; unseen where there is only one."""

    def __init__(self, choice: ReaderChoice) -> None:
        self._choice = choice
        self.component = gr.Dropdown(
            label="Answers by",
            elem_id="model",
            container=False,
            filterable=False,
            min_width=0,
            value=choice.standing.name,
            **self._properties(),
        )

    def now(self) -> dict[Any, Any]:
        """The models that there are now."""
        return {self.component: gr.update(**self._properties())}

    def _properties(self) -> dict[str, Any]:
        try:
            specs = self._choice.specs()
        except BylineError:  # told where one is chosen
            specs = [self._choice.standing.name]
        return {"choices": list(zip(model_labels(specs), specs, strict=True)), "visible": len(specs) > 1}
