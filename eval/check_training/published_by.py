"""Sentences that name who published an article and when, which only what stands over an article holds.

A model that quotes an article says "The Herald reported that …". So texts get a heading made of names that other texts
have, and their clauses are said to be published by that outlet, or by another one, by another author, on another day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from assistant.check import Source

_FIRST, _DAYS, _NEAR = date(2015, 1, 1), 4000, 60
_AUTHORED, _DATED, _TOLD = 0.6, 0.9, 0.3  # shares of the headings with an author and a day, and of the forms with one
_NAMED = range(2, 5)  # words of a name
_TRIES = 6
_BY_OUTLET = (
    "{outlet} reported{day} that {clause}.",
    "{outlet} said{day} that {clause}.",
    "According to {outlet}, {clause}.",
    "{clause}, {outlet} wrote{day}.",
)
_BY_AUTHOR = ("{author} wrote in {outlet}{day} that {clause}.", "{author} of {outlet} reported{day} that {clause}.")


class Names:
    """Organisations and persons of the texts before, of which headings are made."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {"ORG": [], "PERSON": []}

    def learn(self, document: Any) -> None:
        """Takes the names of a parsed text."""
        for one in document.ents:
            words = one.text.split()
            if one.label_ in self._names and len(words) in _NAMED and "".join(words).isalpha():
                self._names[one.label_].append(" ".join(words))

    def source(self, text: str, random: Random) -> Source:
        """The text under a heading with an outlet, mostly with a day and an author."""
        day = _FIRST + timedelta(random.randrange(_DAYS)) if random.random() < _DATED else None
        author = self._other("PERSON", text, random) if random.random() < _AUTHORED else ""
        return Source(text, day, outlet=self._other("ORG", text, random), author=author)

    def published(self, clause: str, supported: bool, source: Source, random: Random) -> Iterator[tuple[str, bool]]:
        """The clause, said to be published as the heading has it; one that is borne out as it has not, too."""
        if not source.outlet:
            return
        form = random.choice((*_BY_OUTLET, *_BY_AUTHOR) if source.author else _BY_OUTLET)
        told = source if "{day}" in form and random.random() < _TOLD else replace(source, published=None)
        yield _in_form(form, clause, told), supported
        seen = f"{source.text} {source.heading}"
        others = [replace(told, outlet=self._other("ORG", seen, random))]
        if form in _BY_AUTHOR:
            others.append(replace(told, author=self._other("PERSON", seen, random)))
        if told.published:
            others.append(replace(told, published=told.published + timedelta(random.randrange(1, _NEAR))))
        other = random.choice(others)
        if supported and other.outlet and (other.author or form not in _BY_AUTHOR):
            yield _in_form(form, clause, other), False

    def _other(self, kind: str, text: str, random: Random) -> str:
        """A name that the text has no word of; "" where none was drawn."""
        words = set(text.split())
        drawn = random.sample(self._names[kind], min(_TRIES, len(self._names[kind])))
        return next((name for name in drawn if words.isdisjoint(name.split())), "")


def _in_form(form: str, clause: str, told: Source) -> str:
    day = f" on {told.published.day} {told.published:%B %Y}" if told.published else ""
    sentence = form.format(outlet=told.outlet, author=told.author, day=day, clause=clause)
    return f"{sentence[0].upper()}{sentence[1:]}"
