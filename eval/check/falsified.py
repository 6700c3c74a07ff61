"""Ways to make a true sentence of an article false, each a rule: for measuring the check.

Each rule gives "" where it does not apply, or where the sentence might be true by the source after all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from index.english import lexicon

_WORDS = lexicon("made_sentences", __package__)
_NO_NAMES, _SMALL_WORDS = _WORDS.words("no names"), _WORDS.words("small words")
_CAPITAL = r"(?:[A-Z][\w’'-]*[a-z]|[A-Z]{2,6})"
_NAME = re.compile(
    rf"(?<=[a-z0-9,;:’'”)] ){_CAPITAL}(?: (?:(?:of|de|von|al) )?(?:[A-Z][\w-]*[a-z]|[A-Z]{{2,6}}))*(?=[ ,.;:’']|$)"
)
_DATE = re.compile(
    rf"\b(?P<weekday>{_WORDS.pattern('weekdays')})\b"
    rf"|\b(?P<month>{_WORDS.pattern('months')})(?: (?P<day>[1-3]?\d)\b)?(?=[ ,.])"
    r"|\b(?:in|since|of|from|until|by) (?P<year>(?:19|20)\d\d)\b(?![-–]|s\b)"
)
_NUMBER = re.compile(r"(?<![\w.,$£€/:-])(?:[$£€])?\d(?:[\d,]*\d)?(?:\.\d+)?(?![\w/:-]|\.\d|,\d)")
_WRITTEN = re.compile(rf"\b{_WORDS.pattern('written numbers')}\b")
_HAPPENED = _WORDS.pattern("auxiliaries")
_AUXILIARY = re.compile(rf"\b{_HAPPENED}\b(?! (?:not|no|never|only|also|likely|nothing|n't))(?= [a-z])")
_NEGATED = re.compile(rf"\b(?P<verb>{_HAPPENED}) (?:not|never)\b(?! only| just)|\b(?P<short>{_HAPPENED})n[’']t\b")
_NEGATION = re.compile(r"\b(?:not|never|neither|nor|no)\b|n[’']t\b")
_SAID = re.compile(
    r"(?P<one>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}) (?:said|told|says|announced|wrote|added)\b"
    r"|(?:said|says|added|according to) (?P<two>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_QUOTED = re.compile(r"[“\"]([^”\"]*)[”\"]?")
_ENUMERATED = re.compile(r"[’'s]*,? (?:and|or|&|with|to meet|met)?[^a-z]*|.*\b(?:met|married|both|between)\b.*")
_OPPOSITES = {
    one: other for pair in _WORDS.listed("opposites") for one, other in (pair.split("/"), reversed(pair.split("/")))
}


@dataclass(frozen=True, slots=True)
class Material:
    """What a sentence is made false with: its source's text, and the names of the source and of other articles."""

    source: str
    names: Sequence[str]
    foreign_names: Sequence[str]


Falsify = Callable[[str, Material, Random], str]


def names_in(text: str) -> list[str]:
    """The names in mid-sentence, each once."""
    return [name for name in dict.fromkeys(map(_without_genitive, _NAME.findall(text))) if _is_name(name)]


def _without_genitive(name: str) -> str:
    for ending in ("’s", "'s", "’", "'"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _is_name(text: str) -> bool:
    return (
        len(text) > 2
        and text.casefold() not in _SMALL_WORDS
        and not text.endswith(("’s", "'s"))
        and _NO_NAMES.isdisjoint(_words(text))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _put(sentence: str, span: tuple[int, int], other: str) -> str:
    """The sentence with something else in the place of a part."""
    return sentence[: span[0]] + other + sentence[span[1] :]


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
            before, after = _words(sentence[: place.start()])[-1:], _words(sentence[place.end() :])[:1]
            role = " ".join([*before, other]), " ".join([other, *after])
            if not any(one in source for one in role):
                return _put(sentence, place.span(), other)
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
        is_list = _ENUMERATED.fullmatch(between)
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
    after = _words(sentence[place.end() :])[:1]
    if " ".join([other, *after]) in material.source:
        return ""
    return _put(sentence, place.span(), other)


def _written_number(sentence: str, random: Random) -> str:
    places = list(_WRITTEN.finditer(sentence))
    if not places:
        return ""
    place = random.choice(places)
    other = random.choice([word for word in _WORDS.listed("written numbers") if word != place[0]])
    return _put(sentence, place.span(), other)


def _date(sentence: str, material: Material, random: Random) -> str:
    places = list(_DATE.finditer(sentence))
    if not places:
        return ""
    place = random.choice(places)
    part = str(place.lastgroup)
    choices: Mapping[str, Sequence[str]] = {
        "weekday": _WORDS.listed("weekdays"), "month": _WORDS.listed("months"), "day": [str(n) for n in range(1, 29)],
        "year": [str(int(place[part]) + n) for n in (-11, -3, -2, -1, 1, 2)] if part == "year" else (),
    }  # fmt: skip
    other = random.choice([one for one in choices[part] if one != place[part]])
    return "" if part == "year" and other in material.source else _put(sentence, place.span(part), other)


def _negation(sentence: str, material: Material, random: Random) -> str:
    """ "not" put in or taken out, outside of quotations."""
    outside = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), sentence)
    negations = len(_NEGATION.findall(outside))
    if negations > 1:
        return ""
    if negated := _NEGATED.search(outside):
        return _put(sentence, negated.span(), negated["verb"] or negated["short"])
    places = [] if negations else list(_AUXILIARY.finditer(outside))
    return _put(sentence, (end := random.choice(places).end(), end), " not") if places else ""


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
    return _put(sentence, match.span(group), random.choice(others))


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
    return _put(sentence, match.span(1), " ".join(changed))


def _opposite(sentence: str, material: Material, random: Random) -> str:
    places = [m for m in re.finditer(r"\b[a-z]+\b", sentence) if m[0] in _OPPOSITES and sentence.count(m[0]) == 1]
    if not places:
        return ""
    place = random.choice(places)
    return _put(sentence, place.span(), _OPPOSITES[place[0]])


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
