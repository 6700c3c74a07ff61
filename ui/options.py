"""The chat's options: the day it answers as on, and the days, outlets and authors that it looks at."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import gradio as gr

from assistant.conversation.turn import Turn
from assistant.request import Request
from index.collection import Collection
from index.errors import BylineError
from ui.page.chips import Chip

_CHOICES = 300  # names in a menu; any other can be typed


class Options:
    """The accordion under the question box."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        with gr.Accordion("Options", open=False, elem_id="options"):
            with gr.Row(elem_id="days"):
                self._as_of = _day("As of", "as-of")
                self._since = _day("From", "since")
                self._until = _day("To", "until")
            with gr.Row(elem_id="names"):
                self._outlets = _names("Outlets", "outlets")
                self._authors = _names("Authors", "authors")

    @property
    def inputs(self) -> list[Any]:
        """The components whose values `read` takes."""
        return [self._as_of, self._since, self._until, self._outlets, self._authors]

    @property
    def filters(self) -> list[Any]:
        """Those of them that `cleared` changes, and takes the values of."""
        return self.inputs[1:]

    @property
    def menus(self) -> list[Any]:
        return [self._outlets, self._authors]

    def menus_now(self) -> dict[Any, Any]:
        """The outlets and authors that the collection has now."""
        try:
            outlets, authors = self._collection.outlets(_CHOICES), self._collection.authors(_CHOICES)
        except BylineError:
            return {}  # the masthead tells what is wrong
        menus = ((self._outlets, outlets), (self._authors, authors))
        return {menu: gr.update(choices=[one.name for one in counted]) for menu, counted in menus}

    @staticmethod
    def reader(
        as_of: str | None,
        since: str | None,
        until: str | None,
        outlets: Sequence[str] | None,
        authors: Sequence[str] | None,
    ) -> Callable[[str, Sequence[Turn]], Request]:
        """What makes a request of a question, with what was chosen. It raises FieldError."""
        return partial(Request.read, as_of=as_of, since=since, until=until, outlets=outlets, authors=authors)

    def cleared(self, chip: Chip, *values: Any) -> dict[Any, Any]:
        """The options without this filter, lest the next question has it again."""
        if chip.kind == "days":
            return {self._since: "", self._until: ""}
        menus = {"outlets": (self._outlets, values[2]), "authors": (self._authors, values[3])}
        if chip.kind not in menus:
            return {}
        menu, chosen = menus[chip.kind]
        return {menu: [name for name in chosen or () if name != chip.name]}


def _day(label: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder="YYYY-MM-DD", elem_id=elem_id, min_width=0, max_lines=1)


def _names(label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown(
        [], label=label, multiselect=True, allow_custom_value=True, elem_id=elem_id, elem_classes="names", min_width=0
    )
