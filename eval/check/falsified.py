"""Ways to make a true sentence of an article false, each a rule: for measuring the check.

Each rule gives "" where it does not apply, or where the sentence might be true by the source after all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_CAPITAL = r"(?:[A-Z][\w’'-]*[a-z]|[A-Z]{2,6})"
_NAME = re.compile(
    rf"(?<=[a-z0-9,;:’'”)] ){_CAPITAL}(?: (?:(?:of|de|von|al) )?(?:[A-Z][\w-]*[a-z]|[A-Z]{{2,6}}))*(?=[ ,.;:’']|$)"
)
_NO_NAMES = set(
    "January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday The A An I It He She They We In On At But And Mr Mrs Ms Dr Photo Images Getty AP"
    " AFP Prime Minister President Gov Sen Rep Sept Oct Nov Dec Jan Feb Queen King Pope Other Winners Senator Secretary"
    " Governor Mayor".split()
)
_SMALL_WORDS = set(
    "for you how most many over under other some any each every chief british-born chinese set during back per taking"
    " according with while however left see sign play why what who when where this that these those there not more no"
    " yes so if my your our all one after before now just both new north south east west".split()
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b|\b(?P<month>{'|'.join(_MONTHS)})(?: (?P<day>[1-3]?\d)\b)?(?=[ ,.])"
    r"|\b(?:in|since|of|from|until|by) (?P<year>(?:19|20)\d\d)\b(?![-–]|s\b)"
)
_NUMBER = re.compile(r"(?<![\w.,$£€/:-])(?:[$£€])?\d(?:[\d,]*\d)?(?:\.\d+)?(?![\w/:-]|\.\d|,\d)")
_WRITTEN = "two three four five six seven eight nine ten".split()
_HAPPENED = "is|are|was|were|has|have|had|will|would|can|could|should|does|did"
_AUXILIARY = re.compile(rf"\b({_HAPPENED})\b(?! (?:not|no|never|only|also|likely|nothing|n't))(?= [a-z])")
_NEGATED = re.compile(rf"\b(?P<verb>{_HAPPENED}) (?:not|never)\b(?! only| just)|\b(?P<short>{_HAPPENED})n[’']t\b")
_SAID = re.compile(
    r"(?P<before>(?P<one>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}) (?:said|told|says|announced|wrote|added)\b)"
    r"|(?:said|says|added|according to) (?P<two>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_OPPOSITES = dict(
    one
    for pair in """
    more/fewer higher/lower rose/fell increase/decrease increased/decreased first/last largest/smallest won/lost
    before/after opened/closed old/new best/worst early/late north/south east/west northern/southern eastern/western
    success/failure accepted/rejected allowed/banned male/female men/women young/elderly rich/poor most/least
    began/ended start/end increase/decline above/below hot/cold major/minor oldest/youngest highest/lowest
    legal/illegal positive/negative approved/rejected gained/lost supported/opposed
    """.split()
    for a, b in [pair.split("/")]
    for one in ((a, b), (b, a))
)


@dataclass(frozen=True, slots=True)
class Material:
    """What a sentence is made false with: its source's text, and the names of the source and of other articles."""

    source: str
    names: Sequence[str]
    foreign_names: Sequence[str]


Falsify = Callable[[str, Material, Random], str]


def names_in(text: str) -> list[str]:
    """The names in mid-sentence, each once."""
    found = dict.fromkeys(re.sub(r"[’']s?$", "", match[0]) for match in _NAME.finditer(text))
    found = {
        name: match
        for name, match in found.items()
        if name.casefold() not in _SMALL_WORDS and not name.endswith(("’s", "'s"))
    }
    return [name for name in found if not _NO_NAMES & set(re.findall(r"\w+", name)) and len(name) > 2]


def _own_name(sentence: str, material: Material, random: Random) -> str:
    """Another name of the same article, in the place of one."""
    return _renamed(sentence, material.names, material.source, random)


def _foreign_name(sentence: str, material: Material, random: Random) -> str:
    known = material.source.casefold()
    return _renamed(sentence, [n for n in material.foreign_names if n.casefold() not in known], "", random)


def _renamed(sentence: str, names: Sequence[str], source: str, random: Random) -> str:
    places = [m for m in _NAME.finditer(sentence) if m[0] in names_in(f"x {m[0]} ")]
    random.shuffle(places)
    for place in places:
        others = [name for name in names if not _alike(name, place[0]) and not _alike(name, sentence)]
        for other in random.sample(others, min(5, len(others))):
            before = re.findall(r"\w+", sentence[: place.start()])[-1:]
            after = re.findall(r"\w+", sentence[place.end() :])[:1]
            role = " ".join([*before, other]), " ".join([other, *after])
            if not any(one in source for one in role):
                return sentence[: place.start()] + other + sentence[place.end() :]
    return ""


def _two_names(sentence: str, material: Material, random: Random) -> str:
    """Two names of the sentence, exchanged, unless they stand side by side in a list."""
    places = [m for m in _NAME.finditer(f" x {sentence}") if m[0] in names_in(f"x {m[0]} ")]
    opening = re.match(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*", sentence)
    if (
        opening
        and material.source.count(opening[0]) > 2
        and opening[0] in material.names
        and not re.search(rf"\b{opening[0].lower()}\b", material.source)
    ):
        places.insert(0, opening)
    spans = [(m.start() - (0 if m is opening else 3), m.end() - (0 if m is opening else 3)) for m in places]
    pairs = [(a, b) for a in spans for b in spans if a[1] < b[0]]
    random.shuffle(pairs)
    for a, b in pairs:
        one, between, other = sentence[slice(*a)], sentence[a[1] : b[0]], sentence[slice(*b)]
        is_list = re.fullmatch(
            r"[’'s]*,? (?:and|or|&|with|to meet|met)?[^a-z]*|.*\b(?:met|married|both|between)\b.*", between
        )
        listed = re.search(r"\b(?:and|or)(?: the| a)? $", sentence[: b[0]]) or re.match(
            r",? (?:and|or) ", sentence[b[1] :]
        )
        if not is_list and not listed and "," not in between and not _alike(one, other):
            return sentence[: a[0]] + other + between + one + sentence[b[1] :]
    return ""


def _alike(name: str, other: str) -> bool:
    mine, its = (set(re.findall(r"\w{2,}", text.casefold())) for text in (name, other))
    initials = "".join(word[0] for word in name.split()), "".join(word[0] for word in other.split())
    return bool(mine & its) or initials[0] == other or initials[1] == name or name[:4] == other[:4]


def _number(sentence: str, material: Material, random: Random) -> str:
    """Another number in the place of one, of the same article where it has one of like form."""
    dates = [match.span() for match in _DATE.finditer(sentence)]
    places = [m for m in _NUMBER.finditer(sentence) if not any(a <= m.start() < b for a, b in dates)]
    if not places:
        return _written_number(sentence, random)
    place = random.choice(places)
    own = [n for n in dict.fromkeys(_NUMBER.findall(material.source)) if (n[0] in "$£€") == (place[0][0] in "$£€")]
    own = [n for n in own if n not in sentence and len(n) <= len(place[0]) + 2]
    value = float(re.sub(r"[^\d.]", "", place[0]))
    made = f"{round(value * random.choice((0.5, 1.4, 2, 3)) + 1):,}"
    other = (
        random.choice(own) if own and random.random() < 0.5 else (place[0][0] if place[0][0] in "$£€" else "") + made
    )
    after = re.findall(r"\w+", sentence[place.end() :])[:1]
    if " ".join([other, *after]) in material.source:
        return ""
    return sentence[: place.start()] + other + sentence[place.end() :]


def _written_number(sentence: str, random: Random) -> str:
    places = list(re.finditer(rf"\b(?:{'|'.join(_WRITTEN)})\b", sentence))
    if not places:
        return ""
    place = random.choice(places)
    other = random.choice([word for word in _WRITTEN if word != place[0]])
    return sentence[: place.start()] + other + sentence[place.end() :]


def _date(sentence: str, material: Material, random: Random) -> str:
    places = list(_DATE.finditer(sentence))
    if not places:
        return ""
    place = random.choice(places)
    part = str(place.lastgroup)
    start, end = place.span(part)
    choices: Mapping[str, Sequence[str]] = {
        "weekday": _WEEKDAYS, "month": _MONTHS, "day": [str(n) for n in range(1, 29)],
        "year": [str(int(place[part]) + n) for n in (-11, -3, -2, -1, 1, 2)] if part == "year" else (),
    }  # fmt: skip
    other = random.choice([one for one in choices[part] if one != place[part]])
    return "" if part == "year" and other in material.source else sentence[:start] + other + sentence[end:]


def _negation(sentence: str, material: Material, random: Random) -> str:
    """ "not" put in or taken out, outside of quotations."""
    outside = re.sub(r"[“\"][^”\"]*[”\"]?", lambda quoted: "_" * len(quoted[0]), sentence)
    if len(re.findall(r"\b(?:not|never|neither|nor|no)\b|n[’']t\b", outside)) > 1:
        return ""
    if negated := _NEGATED.search(outside):
        verb = negated["verb"] or negated["short"]
        return sentence[: negated.start()] + verb + sentence[negated.end() :]
    places = (
        [] if re.search(r"\b(?:neither|nor|never|no|not)\b|n[’']t\b", outside) else list(_AUXILIARY.finditer(outside))
    )
    if not places:
        return ""
    place = random.choice(places)
    return f"{sentence[: place.end()]} not{sentence[place.end() :]}"


def _speaker(sentence: str, material: Material, random: Random) -> str:
    """Another name of the article says it."""
    match = _SAID.search(sentence)
    if not match:
        return ""
    group = "one" if match["one"] else "two"
    others = [
        n
        for n in material.names
        if not _alike(n, sentence) and not re.search(rf"{re.escape(n)} (?:said|says|told|added)", material.source)
    ]
    if not others:
        return ""
    return sentence[: match.start(group)] + random.choice(others) + sentence[match.end(group) :]


def _quotation(sentence: str, material: Material, random: Random) -> str:
    """A word in the midst of a quotation left out."""
    match = re.search(r"[“\"]([^”\"]{25,})[”\"]", sentence)
    if not match:
        return ""
    words = match[1].split(" ")
    inner = [n for n, word in enumerate(words[1:-1], 1) if len(word) > 3 and word.isalpha()]
    if not inner:
        return ""
    at = random.choice(inner)
    changed = [*words[:at], *words[at + 1 :]]
    return sentence[: match.start(1)] + " ".join(changed) + sentence[match.end(1) :]


def _opposite(sentence: str, material: Material, random: Random) -> str:
    places = [m for m in re.finditer(r"\b[a-z]+\b", sentence) if m[0] in _OPPOSITES and sentence.count(m[0]) == 1]
    if not places:
        return ""
    place = random.choice(places)
    return sentence[: place.start()] + _OPPOSITES[place[0]] + sentence[place.end() :]


KINDS: Mapping[str, Falsify] = {
    "name of the article": _own_name,
    "name of another article": _foreign_name,
    "two names exchanged": _two_names,
    "number": _number,
    "date": _date,
    "negation": _negation,
    "speaker": _speaker,
    "quotation": _quotation,
    "opposite": _opposite,
}
