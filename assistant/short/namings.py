"""What someone calls something: the naming in "called it a disgrace", "the tax is madness, X said"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.short.asked_naming import AskedNaming
from assistant.speech.lexicon import PREPOSITIONS
from assistant.speech.quotations import quotations
from index.text_analysis import words_of

_QUOTE = "\"“„«‘'"
_NAMING = rf"(?P<naming>(?:an?|one of|another)\s+\S|[{_QUOTE}]|(?:the|his|her|its|their)\s+\S|[A-Z])"
_THING = (
    r"(?P<thing>it|him|her|them|this|that|us"
    r"|(?:[\w’'-]+\s+){0,14}?(?!(?:of|on|in|to|for|by|and|with|from|at|as)\b)[\w’'-]+)"
)
_PATTERNS = (
    # called it a disgrace, described the move as reckless
    re.compile(
        r"\b(?:call|describ|label|brand|dub|term|nam|denounc|condemn|hail|slamm|dismiss|decri|blast|characteri[sz]|criticis"
        r"|criticiz|regard|see|view|rat|know|refer)\w*\s+" + _THING + r"\s+as\s+(?P<naming>(?:being\s+)?\S)"
    ),
    re.compile(
        r"\b(?:call|label|labell|brand|dub|dubb|term|nicknam|nam)(?:ed|s|ing|es)?\s+" + _THING + r"\s+" + _NAMING
    ),
)
# the tax is "madness", the decision shows a double standard
_STATED = re.compile(
    r"(?:\b(?:is|are|was|were|(?:has|have|had) been|would be|remains?|remained|became)\s+"
    rf"(?:nothing (?:but|less than)\s+)?(?P<naming>(?:an?|one of|another|the)\s+\S|[{_QUOTE}])"
    r"|\b(?:shows?|showed|marks?|marked|amount(?:s|ed)? to|constitutes?|constituted|represents?|represented"
    r"|smack(?:s|ed) of|reflects?|reflected)\s+(?!that\b)(?P<other>\S))"
)
_OF = re.compile(r"\baccus(?:ed|es|e|ing)\s+(?P<thing>.{1,60}?)\s+of\s+(?P<naming>\S)")
_END = re.compile(
    r",(?=[\s\"”])|[;:](?=\s)|\s[–—-]+\s|[–—]|[.!?…]+(?=[\"”’')]*(?:\s|$))"
    r"|\s(?=(?:after|while|when|because|before|during|since|but|adding|saying|as|according)\b)"
    r"|\s(?=and\s+(?:\w+ed|said|left|went|told|took|made|gave|has|had|was|is|will)\b)"
    r"|\s(?=(?:on|last|this|early|late)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month|year|[A-Z][a-z]+\s+\d))"
    r"|\s(?=in an? (?:\w+\s+)?(?:statement|interview|speech|letter|tweet|post|email|message|report|note)\b)"
    r"|[\"”»](?=\s|$)"
)
_CALLED = re.compile(r"\b(?:call|labell?|brand|dubb?|term|nicknam|nam)(?:ed|s|ing|es)?\s+")
_MOST_BARE = 4  # words
_OBJECTS = frozenset("it him her them this that".split())
_TO_SOMEONE = re.compile(r"\W?(?:To|For)\s")  # to her the plan is a folly
_ANYTHING = frozenset(
    "move decision step plan action measure act deal proposal ruling remarks comments idea news".split()
)
_SELF = frozenset("it this that these those there".split())
_PERSONS = frozenset("he she they".split())  # outside a quotation the one who speaks
_MOST_QUOTED = 8  # words of a quotation that can be a naming


@dataclass(frozen=True, slots=True)
class Naming:
    """The words, and what stands before the verb whose subject gives the name; "" where the sentence's speaker does."""

    words: str
    by: str = ""


def namings(asked: AskedNaming, sentence: str) -> Iterator[Naming]:
    """The names that a sentence gives the thing, the surest first; whose they are is not asked here."""
    wanted = set(words_of(asked.what))
    if asked.accuses:
        yield from _by_verb((_OF,), sentence, wanted)
    else:
        yield from _by_verb(_PATTERNS, sentence, wanted)
        yield from _behind_thing(sentence, wanted)
        yield from _stated(sentence, wanted)


def quoted_namings(asked: AskedNaming, sentence: str) -> Iterator[Naming]:
    """Short quotations of a sentence that has words of the thing, the one nearest to them first: its "great" weight."""
    wanted = set(words_of(asked.what))
    if _is(sentence, wanted):
        short = [span for span in quotations(sentence) if len(sentence[slice(*span)].split()) <= _MOST_QUOTED]
        for span in sorted(short, key=lambda span: _distance(sentence, span, wanted)):
            yield Naming(_bare(sentence[slice(*span)]))


def _by_verb(patterns: Sequence[re.Pattern[str]], sentence: str, wanted: set[str]) -> Iterator[Naming]:
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            if _means(match["thing"], wanted):
                yield Naming(_from(sentence, match.start("naming")), sentence[: match.start()])


def _stated(sentence: str, wanted: set[str]) -> Iterator[Naming]:
    for match in _STATED.finditer(sentence):
        if _is_about(sentence, match.start(), wanted):
            by = sentence[: match.start()] if _TO_SOMEONE.match(sentence) else ""
            yield Naming(_from(sentence, max(match.start("naming"), match.start("other"))), by)


def _behind_thing(sentence: str, wanted: set[str]) -> Iterator[Naming]:
    """What stands behind the whole thing where no article opens it: called the plan reckless, called it reckless."""
    for verb in _CALLED.finditer(sentence):
        clause = _END.split(sentence[verb.end() :])[0]
        words = clause.split()
        named = [at for at, word in enumerate(words) if _is(word, wanted) or (at == 0 and word in _OBJECTS)]
        rest = words[named[-1] + 1 :] if named else []
        whole = wanted.issubset(words_of(clause)) or words[0] in _OBJECTS
        if whole and 0 < len(rest) <= _MOST_BARE and rest[0].lower() not in PREPOSITIONS | {"and", "or"}:
            yield Naming(_bare(" ".join(rest)), sentence[: verb.start()])


def _distance(sentence: str, span: tuple[int, int], wanted: set[str]) -> int:
    """How many words of the sentence stand between a quotation and the nearest of the thing's words outside it."""
    before, behind = sentence[: span[0]].split()[::-1], sentence[span[1] :].split()
    places = [at for side in (before, behind) for at, word in enumerate(side) if _is(word, wanted)]
    return min(places, default=len(sentence))


def _is(word: str, wanted: set[str]) -> bool:
    return bool(wanted & set(words_of(word)))


def _means(thing: str, wanted: set[str]) -> bool:
    """Whether the object of a verb is the thing, or a word for whatever was told before."""
    words = set(words_of(thing))
    return bool(words & wanted) or not words or thing.lower().split()[-1] in _ANYTHING


def _is_about(sentence: str, verb: int, wanted: set[str]) -> bool:
    """Whether what stands before a verb in its clause is the thing, or a pronoun for it."""
    before = re.split(r"[;:“\"„]|\b(?:said|says|that|and|but|wrote)\b", sentence[:verb])[-1]
    words = before.lower().replace(",", " ").split()
    quoted = any(start < verb < end for start, end in quotations(sentence))
    return bool(wanted & set(words_of(before))) or (
        bool(words) and (_SELF | _PERSONS if quoted else _SELF).issuperset(words)
    )


def _from(sentence: str, start: int) -> str:
    """The naming that begins there: a quotation whole, else up to the end of its clause."""
    for opening, closing in quotations(sentence):
        if opening == start:
            return _bare(sentence[opening:closing])
    end = _END.search(sentence, start)
    return sentence[start : end.start() if end else len(sentence)].strip(" ,;:.")


def _bare(quotation: str) -> str:
    return quotation.strip("\"'“”„‘’«» ,.;:!")
