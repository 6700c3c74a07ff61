""" "The other one", "the second", "the first article": what they point at in the turns before."""

import re
from collections.abc import Sequence

from assistant.conversation.topic import Topic
from assistant.conversation.turn import Turn

_WORDS = ("first", "second", "third", "fourth", "fifth")
_ORDINAL = re.compile(
    rf"\b(?:the|that)\s+(?P<which>{'|'.join(_WORDS)}|last|former|latter|other)"
    r"(?:\s+(?P<noun>ones?|article|source|report|story)\b"
    r"|(?=\s*(?:$|[?,.]|(?:say|do|does|did|is|are|was|were|has|have|had)\b)))",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?P<lead>the|that|this|which|another|an?)\s+(?P<kind>(?!first|second|third|last|other)\w+\s+)?one\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|of(?=\s+[A-Z])))*"
PAIR = re.compile(
    rf"(?P<one>{_NAME}|\d{{4}})(?:,\s+(?P<two>{_NAME}))?,?\s+(?:and|or|nor)\s+(?:in\s+)?(?P<last>{_NAME}|\d{{4}})"
)
_PAPER = re.compile(r"times|post|mail|herald|ledger|gazette|courier|wire|observer|telegraph|register", re.IGNORECASE)
_ARTICLES = ("article", "source", "report", "story")


def pointed(question: str, turns: Sequence[Turn], topics: Sequence[Topic]) -> str:
    """The question with such words replaced by what they point at; turns and topics are the latest first."""
    found = _ORDINAL.search(question)
    if found:
        noun = (found["noun"] or "").lower()
        if noun in _ARTICLES:
            titles = next((turn.titles for turn in turns if turn.titles), ())
            place = _place(found["which"].lower(), len(titles))
            if place is not None and place < len(titles):
                return f"{question[: found.start()]}the {noun} “{titles[place]}”{question[found.end() :]}"
            return question
        if meant := _meant(found["which"].lower(), turns):
            return f"{question[: found.start()]}{meant}{question[found.end() :]}"
    one = _ONE.search(question)
    if one and (noun := _noun(topics)):
        return f"{question[: one.start()]}{one['lead']} {one['kind'] or ''}{noun}{question[one.end() :]}"
    return question


def _meant(which: str, turns: Sequence[Turn]) -> str:
    """The one of several that a turn named together; "the other one" is the one not spoken of since."""
    for at, turn in enumerate(turns):
        for text in (turn.question, turn.understood, turn.short_answer):
            pair = PAIR.search(text)
            if not pair:
                continue
            named = [name for name in (pair["one"], pair["two"], pair["last"]) if name]
            if which == "other":
                since = " ".join(turns[n].understood for n in range(at)) or turn.short_answer
                left = [name for name in named if name not in since]
                return left[0] if len(left) == 1 else ""
            place = _place(which, len(named))
            return named[place] if place is not None and place < len(named) else ""
    return ""


def _place(which: str, count: int) -> int | None:
    if which in ("last", "latter"):
        return count - 1 if count else None
    return 0 if which == "former" else _WORDS.index(which) if which in _WORDS else None


def _noun(topics: Sequence[Topic]) -> str:
    """The noun that "one" repeats: "the one at Garrow" after "the Stell Bridge"."""
    for topic in topics:
        for phrase in topic.own_phrases:
            if (
                phrase.head.isalpha()
                and not _PAPER.fullmatch(phrase.head)
                and re.match(r"(?:the|this|that|a|an)\b", phrase.text, re.I)
                and not phrase.plural
            ):
                return phrase.head
    return ""
