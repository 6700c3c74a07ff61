"""Noun phrases of a question, found by the classes of its words: what a pronoun may stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.question_words import Class, Token, tokens_of

_LETTERS: dict[Class, str] = {
    "wh": "q", "aux": "a", "det": "d", "own": "g", "prep": "p", "pron": "i", "joint": "j", "verb": "v",
    "name": "N", "date": "T", "other": "o", "word": "w", "mark": "x",
}  # fmt: skip
_CORE = r"(?:d?w{0,3}[gN]*g(?:o?w{1,3}N*)|[dg]o?w{0,3}N+|[dg]o?w{1,3}|N+(?:jN+)?)"
_TAIL = r"(?:p(?:[dg]+w{0,2}N+|w{0,2}N+(?:jN+)?|T+|[dg]w{1,2}|w{1,2}))*"
_PHRASE = re.compile(_CORE + _TAIL)
_PERSON = re.compile(
    r"\b(?:mayor|minister|president|premier|chief|head|director|judge|coach|captain|king|queen|prince|princess|pope"
    r"|senator|governor|general|man|woman|boy|girl|mother|father|son|daughter|wife|husband|brother|sister|secretary"
    r"|candidate|student|teacher|doctor|nurse|lawyer|envoy|spokes\w+|chair\w*|police\w+|fire\w*man|suspect|victim|pilot"
    r"|author|singer|actor|actress|artist|painter|novelist|player|leader|founder|owner|manager|secretary-general"
    r"|[a-z]{3,}(?:ologist|ician|keeper|maker|writer|worker|dealer|driver|officer|banker))\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"^(?:the )?(?:[\w-]+ ){0,3}?(?:mayor|minister|president|chief|judge|director|secretary)\b", re.I)
_THINGS = re.compile(
    r"\b(?:bank|company|group|ministry|council|court|party|union|river|lake|bay|bridge|sea|island|street|airport"
    r"|hospital|university|fair|agency|republic|states|kingdom|nations|committee|office|museum|times|post|mail|herald)\b",
    re.IGNORECASE,
)
_PLACE_BEFORE = frozenset("in at from near above over around across".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at `start` to `end`; `names` are the names in it, in small letters.

    A `full_name`, of two words with capitals, may be a person's.
    """

    text: str
    start: int
    end: int
    head: str
    names: frozenset[str]
    person: bool
    full_name: bool
    plural: bool
    after_place_word: bool


def phrases_of(text: str) -> list[Phrase]:
    """The noun phrases with a name, an article or a possessive, in order."""
    tokens = tokens_of(text)
    letters = "".join(_LETTERS[token.kind] for token in tokens)
    found = []
    for match in _PHRASE.finditer(letters):
        end = match.end()
        while end < len(tokens) and tokens[end].kind == "word" and _PERSON.search(tokens[end].text):
            end += 1  # "the NATO chief"
        within = tokens[match.start() : end]
        if any(token.small in ("a", "an", "any", "no") for token in within[:1]):
            continue
        found.append(_phrase(text, within, tokens[: match.start()]))
    return found


def _phrase(text: str, within: Sequence[Token], before: Sequence[Token]) -> Phrase:
    start, end = within[0].start, within[-1].end
    core = list(within)
    for at, token in enumerate(within):
        if token.kind == "prep":
            core = list(within[:at])
            break
    head = core[-1]
    capitals = [token for token in within if token.kind in ("name", "own") and token.text[0].isupper()]
    named = frozenset(_bare(token.small) for token in capitals)
    after_place = bool(before) and before[-1].small in _PLACE_BEFORE
    words = text[core[0].start : core[-1].end]
    is_name = head.kind == "name" and sum(token.kind == "name" for token in core) >= 2
    full_name = is_name and not after_place and not _THINGS.search(words) and core[0].kind != "det"
    person = bool(_PERSON.search(words) if head.kind == "word" else _TITLED.search(words))
    plural = (head.kind == "word" and head.small.endswith("s") and not head.small.endswith(("ss", "us", "is"))) or any(
        token.kind == "joint" for token in core
    )
    return Phrase(text[start:end], start, end, _bare(head.small), named, person, full_name, plural, after_place)


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)
