"""Whether a model can be used here, and how soon it begins: it is asked for one token."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.models.http import Limits
from assistant.models.messages import Message
from assistant.models.open_models import how_to_install, is_here, open_model
from assistant.models.spec import FAMILY_FORMS, key_variable
from assistant.models.streaming import stream_chat
from index.errors import BylineError

_QUESTION = [Message("user", "Say yes.")]


@dataclass(frozen=True, slots=True)
class Trial:
    """The seconds until the model was open, and from then to its first token; or the `failure`, which says why not."""

    spec: str
    open_seconds: float = 0.0
    token_seconds: float = 0.0
    failure: BylineError | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A form of spec, "" or the commands that install what it needs, and the environment's name for its key."""

    form: str
    install: str
    key: str


def try_model(spec: str, limits: Limits) -> Trial:
    """Ask for one token and leave; what was started for it is stopped. The one address called is the spec's."""
    began = time.perf_counter()
    try:
        model = open_model(spec, limits)
        opened = time.perf_counter()
        try:
            with closing(stream_chat(model.llm, _QUESTION, spec, limits)) as pieces:
                next((piece for piece in pieces if piece.text), None)
        finally:
            model.close()
    except BylineError as error:
        return Trial(spec, failure=error)
    return Trial(spec, opened - began, time.perf_counter() - opened)


def families() -> Iterator[Family]:
    """Every family of models that Byline can use, with what is missing here; none is asked."""
    for family, form in FAMILY_FORMS.items():
        key = "" if family == "gguf" else key_variable(form)
        yield Family(form, "" if is_here(family) else how_to_install(family), key)
