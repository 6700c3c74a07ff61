"""Chips: what narrowed an answer down, each to be taken away by asking again without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from assistant.request import Request
from index.filters import Filters
from index.times import TimeExpression, Window
from ui.days import days_meant, days_of


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: `name` is one of several outlets, authors or articles."""

    kind: Literal["time", "days", "outlets", "authors", "articles"]
    label: str
    name: str = ""


def chips_of(request: Request, time: TimeExpression | None) -> list[Chip]:
    """The question's own words for time first."""
    filters = request.filters
    found = [Chip("time", f"{days_meant(time, request.day)} · “{time.text}”")] if time else []
    if days := days_of(Window(filters.since, filters.until)):
        found.append(Chip("days", days))
    found += [Chip("outlets", name, name) for name in filters.outlets]
    found += [Chip("authors", name, name) for name in filters.authors]
    found += [Chip("articles", f"article {name}", name) for name in filters.articles]
    return found


def without(request: Request, chip: Chip) -> Request:
    """The same request without that filter."""
    if chip.kind == "time":
        return replace(request, any_time=True)
    filters = request.filters
    if chip.kind == "days":
        return replace(request, filters=replace(filters, since=None, until=None))
    names = {kind: getattr(filters, kind) for kind in ("outlets", "authors", "articles")}
    names[chip.kind] = tuple(name for name in names[chip.kind] if name != chip.name)
    return replace(request, filters=Filters(filters.since, filters.until, **names))


def chips_html(turn: int, chips: Sequence[Chip]) -> str:
    """A row of chips; `page.js` says which of which turn was clicked."""
    if not chips:
        return ""
    return (
        f'<ul class="chips" aria-label="Filters">{"".join(_one(turn, at, chip) for at, chip in enumerate(chips))}</ul>'
    )


def _one(turn: int, at: int, chip: Chip) -> str:
    label = f"Ask again without {chip.label}"
    button = (
        f'<button type="button" data-chip="{turn}.{at}" aria-label="{escape(label)}" title="{escape(label)}">×</button>'
    )
    return f'<li class="chip"><span>{escape(chip.label, quote=False)}</span>{button}</li>'
