"""What someone calls something: the naming in "called it a disgrace", "the tax is madness, X said"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.speech.quotations import quotations
from index.text_analysis import words_of

_DO = r"(?:do|does|did|has|have|had|would)"
_CALL = r"(?:call|describe|label|brand|dub|term|nickname|name|denounce|condemn|hail|dismiss|characteri[sz]e|rate)\w*"
_TERM = r"(?:terms?|words?|names?|labels?|phrases?|expressions?|formula|nickname|epithet)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat\s+{_DO}\s+(?P<who>.+?)\s+{_CALL}\s+(?!(?:for|on|upon|off|in)\b)(?P<what>.+?)(?:\s+as)?\s*[?.]*$",
        rf"\bhow\s+{_DO}\s+(?P<who>.+?)\s+(?:describe|characteri[sz]e|label|rate|brand)\w*\s+(?P<what>.+?)\s*[?.]*$",
        rf"\b(?:what|which)\s+{_TERM}\s+{_DO}\s+(?P<who>.+?)\s+(?:use|choose|chose|find|give)\w*\s+"
        r"(?:for|to describe|of|about)\s+(?P<what>.+?)\s*[?.]*$",
    )
)
_ACCUSED = re.compile(
    rf"\bwhat\s+{_DO}\s+(?P<who>.+?)\s+accused?\s+(?P<what>.+?)\s+of(?:\s+doing)?\s*[?.]*$", re.IGNORECASE
)
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
        r"|criticiz|regard|see|view|rat)\w*\s+"
        + _THING.replace("{0,9}", "{0,14}")
        + r"\s+as\s+(?P<naming>(?:being\s+)?\S)"
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
_TO_SOMEONE = re.compile(r"\W?(?:To|For)\s")  # to her the plan is a folly
_ANYTHING = frozenset(
    "move decision step plan action measure act deal proposal ruling remarks comments idea news".split()
)
_SELF = frozenset("it this that these those there".split())
_PERSONS = frozenset("he she they".split())  # outside a quotation the one who speaks
_MOST_QUOTED = 8  # words of a quotation that can be a naming


@dataclass(frozen=True, slots=True)
class AskedNaming:
    """Who calls what something, or, with `accuses`, of what he accuses it."""

    who: str
    what: str
    accuses: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The words, and what stands before the verb whose subject gives the name; "" where the sentence's speaker does."""

    words: str
    by: str = ""


def asked_naming(question: str) -> AskedNaming | None:
    if match := _ACCUSED.search(question):
        return AskedNaming(match["who"], match["what"], accuses=True)
    matches = filter(None, (pattern.search(question) for pattern in _ASKED))
    return next((AskedNaming(match["who"], match["what"]) for match in matches), None)


def namings(asked: AskedNaming, sentence: str) -> Iterator[Naming]:
    """The names that a sentence gives the thing, the surest first; whose they are is not asked here."""
    wanted = set(words_of(asked.what))
    for pattern in (_OF,) if asked.accuses else _PATTERNS:
        for match in pattern.finditer(sentence):
            if _means(match["thing"], wanted):
                yield Naming(_from(sentence, match.start("naming")), sentence[: match.start()])
    if not asked.accuses:
        for match in _STATED.finditer(sentence):
            if _is_about(sentence, match.start(), wanted):
                by = sentence[: match.start()] if _TO_SOMEONE.match(sentence) else ""
                yield Naming(_from(sentence, max(match.start("naming"), match.start("other"))), by)
    if wanted & set(words_of(sentence)):
        short = [span for span in quotations(sentence) if len(sentence[slice(*span)].split()) <= _MOST_QUOTED]
        for span in sorted(short, key=lambda span: _distance(sentence, span, wanted)):
            yield Naming(_bare(sentence[slice(*span)]))


def _distance(sentence: str, span: tuple[int, int], wanted: set[str]) -> int:
    """How many words of the sentence stand between a quotation and the nearest of the thing's words outside it."""
    before, behind = sentence[: span[0]].split()[::-1], sentence[span[1] :].split()
    return min(at for side in (before, behind) for at, word in enumerate([*side, ""]) if not word or _is(word, wanted))


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
