"""What a question that compares two amounts asks for of each: the same question, for one of them at a time."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.english.parsing import Sentence, sentence_of
from assistant.plans.phrases import halves, stripped
from index.english import lexicon

Asks = Literal["which", "difference", "whether", "times", "sum"]

_COMPARATIVE = ("JJR", "RBR", "JJS", "RBS")
_WHICH = re.compile(
    r"(?:of the two,?\s+)?(?P<head>which|what|who)\b(?P<rest>.+?)\s*[,:–—]\s*(?P<both>.+\s+or\s+.+)", re.I
)
_FIRST = re.compile(
    r"(?:of\s+)?(?:the\s+two\s*[,:]?\s+)?(?P<both>[^,]+\s+(?:or|and)\s+[^,]+)\s*[,:–—]\s*(?:which|what|who)\b(?P<rest>.+)",
    re.I,
)
_WHOSE = re.compile(r"whose\s+(?P<rest>.+?)\s*[,:–—]\s*(?P<both>.+\s+or\s+.+)", re.I)
_WHEN = re.compile(
    r"(?P<aux>\w+)\s+(?P<what>.+)\s+(?P<one>(?P<prep>in|on|at|under|during|for|with)\s+.+?)\s+or\s+(?P<other>(?P=prep)\s+.+)",
    re.I,
)
_THAN = re.compile(r"(?P<start>.+?)\s+than\s+(?P<other>.+)", re.I)
_HOW = re.compile(r"(?:by\s+)?how\s+(?P<much>much|many)\s+(?P<rest>.+)", re.I)
_TIMES = re.compile(r"how\s+many\s+times\s+(?P<rest>.+)", re.I)
_TOGETHER = re.compile(
    r"(?P<start>how\s+(?:much|many)\b.+?)(?:\s+(?:when\s+)?(?:taken|put|added))?\s+"
    r"(?:together|altogether|combined|in\s+(?:total|all))(?P<end>\s+.+)?",
    re.I,
)
_BE = ("is", "was", "are", "were")
_ONE = re.compile(r"\bthe ones?\b", re.I)


@dataclass(frozen=True, slots=True)
class Measures:
    """The two things and the question for the amount of each. With `less` the smaller one is asked for."""

    asks: Asks
    sides: tuple[str, str]
    questions: tuple[str, str]
    less: bool = False


def measures_asked(question: str) -> Measures | None:
    """None for a question that compares and adds no amounts."""
    text = stripped(question)
    if found := _TOGETHER.fullmatch(text):
        return _sum(found["start"] + (found["end"] or ""))
    if found := _WHICH.fullmatch(text) or _FIRST.fullmatch(text):
        return _which(found["rest"], re.sub(r"\s+and\s+", " or ", found["both"]))
    if found := _WHOSE.fullmatch(text):
        return _whose(found["rest"], found["both"])
    if (found := _WHEN.fullmatch(text)) and found["aux"].lower() in lexicon("questions").words("auxiliaries"):
        return _in_either(found)
    if found := _THAN.fullmatch(text):
        return _than(found["start"], found["other"])
    return None


def _which(rest: str, both: str) -> Measures | None:
    sides = halves(both, "or")
    noun = _asked_noun(rest)
    read = sentence_of(f"It {rest.strip().removeprefix(noun).strip()}")
    at = _comparative(read)
    if sides is None or at is None:
        return None
    sides = (_ONE.sub(f"the {noun}", sides[0]), _ONE.sub(f"the {noun}", sides[1])) if noun else sides
    verb = next((one for one in range(1, at) if read.words[one].is_verb), None)
    if verb is None:
        return None
    how = _measure(read, at, verb)
    return Measures("which", sides, (how.format(sides[0]), how.format(sides[1])), _is_less(read, at))


def _whose(rest: str, both: str) -> Measures | None:
    """Of "whose flight took longer, Ada's or Bo's": which of Ada's flight and Bo's flight took longer."""
    read = sentence_of(f"The {rest}")
    root = next(one for one, word in enumerate(read.words) if word.role == "ROOT")
    subject = [at for one in read.children(root, "nsubj") for at in read.subtree(one)]
    sides = halves(both, "or")
    if not subject or sides is None:
        return None
    owned = read.written(1, max(subject) + 1)
    return _which(read.text[read.words[max(subject)].end :], f"{sides[0]} {owned} or {sides[1]} {owned}")


def _in_either(found: re.Match[str]) -> Measures | None:
    """Of "did the bill get more votes in July or in December": how many votes it got in each."""
    aux, what = found["aux"], found["what"]
    read = sentence_of(f"{aux} {what}?")
    at = _comparative(read)
    noun = _noun_behind(read, at) if at is not None else None
    if at is None or (at < 2 and not noun):
        return None
    before, behind = read.written(1, at), read.written((noun or at) + 1, len(read.words)).rstrip("? ")
    if aux.lower() in _BE and not noun:
        how = f"How {read.words[at].lemma} {aux.lower()} {before} {behind}"
    else:
        counted = read.written(at + 1, noun + 1) if noun else ""
        many = "many" if noun and read.words[noun].tag == "NNS" else "much"
        how = " ".join(filter(None, (f"How {many}", counted, aux.lower(), before, behind)))
    sides = found["one"], found["other"]
    return Measures("which", sides, (f"{how.strip()} {sides[0]}?", f"{how.strip()} {sides[1]}?"), _is_less(read, at))


def _asked_noun(rest: str) -> str:
    """The noun behind "which", with what describes it: which company laid off more people; "" where there is none."""
    read = sentence_of(f"Which {rest.strip()}")
    first = read.words[0]
    return read.written(1, first.head + 1) if first.role == "det" and first.head else ""


def _measure(read: Sentence, at: int, verb: int) -> str:
    """The question for one side, whose name stands for {}."""
    behind = read.words[at + 1 :]
    word = read.words[at]
    if read.words[verb].low in _BE and read.words[verb + 1].tag == "VBN":
        return _undergone(read, at, verb)
    deed = " ".join(
        [read.words[verb].lemma, *(one.text for one in read.words[verb + 1 : at] if one.low not in ("the", "a"))]
    )
    if word.low in ("more", "most", "fewer", "fewest", "less", "least"):
        if behind and behind[0].tag in ("JJ", "RB"):  # more expensive
            return f"How {behind[0].text} was {{}}?"
        noun = _noun_behind(read, at)
        counted = " ".join(one.text for one in read.words[at + 1 : noun + 1]) if noun else ""
        tail = " ".join(one.text for one in read.words[(noun or at) + 1 :])
        many = "many" if noun and read.words[noun].tag in ("NNS", "NNPS") else "much"
        return " ".join(filter(None, (f"How {many}", counted, "did {}", deed, tail))) + "?"
    if read.words[verb].lemma == "be":
        tail = " ".join(one.text for one in behind)
        return f"How {word.lemma} was {{}}{' ' * bool(tail)}{tail}?"
    noun = _noun_behind(read, at)
    if noun:
        return f"How {word.lemma} was the {' '.join(one.text for one in read.words[at + 1 : noun + 1])} of {{}}?"
    return f"How {word.lemma} did {{}} {deed}?"


def _undergone(read: Sentence, at: int, verb: int) -> str:
    """The same where it asks what was done to them: convicted on more counts, given the longer sentence."""
    noun, word = _noun_behind(read, at), read.words[at]
    counted = read.written(at + 1, noun + 1) if noun else ""
    if noun and word.low not in ("more", "most", "fewer", "fewest", "less", "least"):
        return f"How {word.lemma} was the {counted} of {{}}?"
    deed = [one.text for one in read.words[verb + 1 : at]] + [one.text for one in read.words[(noun or at) + 1 :]]
    many = "many" if noun and read.words[noun].tag in ("NNS", "NNPS") else "much"
    return " ".join(filter(None, (f"How {many}", counted, f"{read.words[verb].low} {{}}", *deed))) + "?"


def _noun_behind(read: Sentence, at: int) -> int | None:
    """The noun that the comparative describes, where it stands behind it."""
    noun = read.words[at].head
    return noun if noun > at and read.words[noun].tag.startswith("NN") else None


def _than(start: str, other: str) -> Measures | None:
    times, how = _TIMES.fullmatch(start), _HOW.fullmatch(start)
    asks: Asks = "times" if times else "difference" if how else "whether"
    read = sentence_of(f"{start} than {other}")
    at = _comparative(read)
    beside = _beside(start, other) if how else None
    if beside:
        return beside
    if at is None or (asks == "whether" and read.words[0].low not in lexicon("questions").words("auxiliaries")):
        return None
    helping = next(
        (
            one
            for one, word in enumerate(read.words)
            if word.low in (*_BE, "did", "does", "do", "has", "have") and not _after_than(read, one)
        ),
        None,
    )
    if helping is None:
        return None
    sides_question = _asked_beside(read, at, helping, asks)
    if sides_question is None:
        return None
    side, how_asked = sides_question
    other = re.sub(r"\s+(?:did|was|were|does|is|had)$", "", other)
    if other.endswith(("'s", "’s")) and "'s" in side.replace("’", "'"):
        other += side[side.replace("’", "'").index("'s") + 2 :]
    kept = "" if other.split()[0].lower() != "in" else "in "
    other = other.removeprefix("in ")
    return Measures(
        asks, (side, other), (how_asked.format(kept + side), how_asked.format(kept + other)), _is_less(read, at)
    )


def _beside(start: str, other: str) -> Measures | None:
    """Of "how many more people died in the flood than in the fire": the same question of each."""
    before = re.fullmatch(r"(?P<how>(?:by\s+)?how\s+(?:many|much))\s+more\s+(?P<what>.+)", start, re.I)
    where = re.match(r"(?P<prep>in|on|at|from|during|for|with)\s+(?P<other>.+)", other, re.I)
    places = list(re.finditer(rf"\b{where['prep']}\s+", before["what"])) if before and where else []
    if not before or not where or not places:
        return None
    sides = before["what"][places[-1].end() :], where["other"]
    asked = f"{before['how']} {before['what'][: places[-1].start()]}{where['prep']} "
    return Measures("difference", sides, (f"{asked}{sides[0]}?", f"{asked}{sides[1]}?"))


def _after_than(read: Sentence, at: int) -> bool:
    return any(word.low == "than" for word in read.words[:at])


def _asked_beside(read: Sentence, at: int, helping: int, asks: Asks) -> tuple[str, str] | None:
    """The first side's name and the question for one side, of "did A lay off more people" or "how many more people
    did A lay off"."""
    words = read.words
    than = next(one for one, word in enumerate(words) if word.low == "than")
    subject = next((one for one in range(helping + 1, than) if words[one].role in ("nsubj", "nsubjpass")), None)
    if subject is None:
        nouns = [one for one in range(helping + 1, than) if words[one].tag.startswith("NN")]
        subject = nouns[0] if nouns else None
    if subject is None:
        return None
    last = max(
        (one for one in read.subtree(subject) if helping < one < than and (one < at or at < helping)), default=subject
    )
    if words[helping].low in _BE:
        last = at - 1 if at > helping else than - 1
    side = read.written(helping + 1, last + 1)
    if words[helping].low in _BE:
        return side, f"How {_base(read, at)} was {{}}?"
    if at < helping:  # how many more people did A lay off
        counted = " ".join(word.text for word in words[at + 1 : helping])
        deed = " ".join(word.text for word in words[last + 1 : than])
    else:
        noun = _noun_behind(read, at)
        counted = " ".join(word.text for word in words[at + 1 : noun + 1]) if noun else ""
        deed = " ".join(
            word.text for one, word in enumerate(words[last + 1 : than], last + 1) if not at <= one <= (noun or at)
        )
    many = "many" if counted and any(word.tag == "NNS" for word in sentence_of(counted).words) else "much"
    return side, " ".join(filter(None, (f"How {many}", counted, f"{words[helping].low} {{}}", deed))) + "?"


def _base(read: Sentence, at: int) -> str:
    """The adjective of a comparative: large of larger, expensive of more expensive."""
    word = read.words[at]
    behind = read.words[at + 1] if at + 1 < len(read.words) else word
    return behind.text if word.low in ("more", "less", "most", "least") and behind.tag == "JJ" else word.lemma


def _sum(start: str) -> Measures | None:
    read = sentence_of(f"{start}?")
    joined = [
        one
        for one, word in enumerate(read.words)
        if word.role == "conj" and word.tag.startswith(("NN", "JJ", "CD", "IN"))
    ]
    if not joined:
        return None
    second, first = joined[0], read.words[joined[0]].head
    behind = sorted(read.subtree(second))
    before = [one for one in read.subtree(first) if one < behind[0] and read.words[one].role not in ("cc",)]
    before = [one for one in before if one <= first or read.words[one].low != "and"]
    start_at, middle = read.words[min(before)].start, read.words[max(before)].end
    one, other = start[start_at:middle], start[read.words[behind[0]].start : read.words[behind[-1]].end]
    head, tail = start[:start_at], start[read.words[behind[-1]].end :]
    return Measures("sum", (one, other), (f"{head}{one}{tail}?", f"{head}{other}{tail}?"))


def _comparative(read: Sentence) -> int | None:
    return next((one for one, word in enumerate(read.words) if word.tag in _COMPARATIVE), None)


def _is_less(read: Sentence, at: int) -> bool:
    return read.words[at].low in lexicon("compared").words("less", "superlative_less")
