"""What a question names beside another thing, and the plain question of each: when it was."""

import re
from collections.abc import Iterator

from assistant.english.parsing import Sentence, sentence_of
from index.english import lexicon
from index.text.analysis import words_of

_WORDS = lexicon("compared")
_AUXILIARIES = lexicon("questions").pattern("auxiliaries")
_QUESTION = re.compile(rf"\s*(?P<aux>{_AUXILIARIES})\s+(?P<rest>.+)")
_CAPITALS = re.compile(r"\b[A-Z][\w.’'-]*")
_NAME = re.compile(r"\b[A-Z][\w.-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w.-]*)*")
_OWNER = re.compile(rf"({_NAME.pattern}|\bthe [a-z]+)['’]s\b|\bof ([\w\s-]+)$")
_OWN = re.compile(r"^(?:his|her|its|their)\b", re.IGNORECASE)
_PRONOUN = re.compile(rf"^((?:{_AUXILIARIES}\s+)?)(?:he|she|it|they)\b")
_ONE = re.compile(r"\bthe ones?\b", re.IGNORECASE)
_OVER = re.compile(
    rf"\b(?:is|was|were|are)\s+({'|'.join(_WORDS.table('states'))})$", re.IGNORECASE
)  # the strike was over
_OPENS = re.compile(r"(?:the|an?|his|her|its|their|that|when)\b|[A-Z]")


def names_of(phrase: str) -> frozenset[str]:
    """The stems of the words of a phrase, out of a sentence, that have a capital."""
    return frozenset(words_of(" ".join(_CAPITALS.findall(re.sub(r"['’]s\b", "", phrase)))))


def when_asked(event: str) -> str:
    """The question for the day of an event that a noun names, or a clause, or the rest of a question of yes or no.

    >>> when_asked("the flood"), when_asked("Ada left"), when_asked("did Ada leave")
    ('When was the flood?', 'When did Ada leave?', 'When did Ada leave?')
    """
    asked = _QUESTION.fullmatch(event)
    if asked:
        return f"When {asked['aux']} {asked['rest']}?"
    event = _OVER.sub(lambda found: lexicon("compared").table("states")[found[1].lower()], event)
    read = sentence_of(event)
    verb = next((at for at, word in enumerate(read.words) if word.role == "ROOT"), 0)
    if doing := _doing(read, verb):
        words = (
            event[: read.words[doing].start].strip(),
            read.words[doing].lemma,
            event[read.words[doing].end :].strip(),
        )
        return f"When did {' '.join(filter(None, words))}?"
    if not read.words or not _is_clause(read, verb):
        plural = bool(read.words) and read.words[verb].tag in ("NNS", "NNPS")
        return f"When {'were' if plural else 'was'} {event}?"
    helping = read.children(verb, "aux", "auxpass")
    first = helping[0] if helping else verb
    word = read.words[first]
    before, behind = event[: word.start].strip(), event[word.end :].strip()
    if helping or word.lemma == "be":
        return f"When {'was' if word.low == 'being' else word.low} {before} {behind}".strip() + "?"
    did = {"VBZ": "does", "VBP": "do"}.get(word.tag, "did")
    return " ".join(filter(None, (f"When {did}", before, word.lemma, behind))) + "?"


def _doing(read: Sentence, root: int) -> int | None:
    """The verb of "the divers seeing the cracks", which says what its subject did; None of another phrase."""
    verbs = [root, *read.children(root, "acl")] if read.words else []
    doing = next((one for one in verbs if read.words[one].tag == "VBG"), None)
    subjects = (*read.children(doing, "nsubj"), *([root] if doing != root else [])) if doing else ()
    return doing if any(doing and one < doing for one in subjects) and not read.children(doing or 0, "aux") else None


def _is_clause(read: Sentence, verb: int) -> bool:
    if verb == len(read.words) - 1 and read.words[verb].tag == "VBZ":  # the riots
        return False
    is_finite = read.words[verb].is_verb and bool(read.children(verb, "nsubj", "nsubjpass"))
    return (is_finite and read.words[verb].tag != "VBG") or bool(read.children(verb, "auxpass"))


def halves(text: str, word: str) -> tuple[str, str] | None:
    """What stands on both sides of "and" or "or"; of several, of the one behind which a thing is named anew."""
    found = [(text[: one.start()], text[one.end() :]) for one in re.finditer(rf"\s*,?\s+{word}\s+", text)]
    found = [(a, b) for a, b in found if a.strip() and b.strip()]
    likely = [(a, b) for a, b in found if _OPENS.match(b)] or found
    best = min(likely, key=lambda one: (not _alike(*one), abs(len(one[0]) - len(one[1]))), default=None)
    if best is None:
        return None
    one, other = best[0].strip(), with_owner(best[1].strip(), best[0])
    if _is_bare(other) and not _is_bare(one):  # the deaths of Ada and Bo
        return one, re.sub(rf"{_NAME.pattern}$", other, one)
    is_cut = not any(word.tag.startswith("NN") for word in sentence_of(one).words)  # the first and the second count
    return (f"{one} {other.split()[-1]}" if is_cut and not _QUESTION.match(one) else one), other


def alike(other: str, one: str) -> str:
    """What a name alone means beside a question of what another did: did Ada leave, of "did Bo leave"."""
    asked = _QUESTION.fullmatch(one)
    if not asked or not _is_bare(other):
        return other
    subject = _NAME.match(asked["rest"])
    return f"{asked['aux']} {other}{asked['rest'][subject.end() :]}" if subject else other


def _is_bare(phrase: str) -> bool:
    """Whether it is a name alone."""
    return bool(_NAME.fullmatch(phrase))


def _alike(one: str, other: str) -> bool:
    """Whether both begin with the same word, or with names."""
    a, b = one.split()[0], other.split()[0]
    return a.lower() == b.lower() or (a[0].isupper() and b[0].isupper())


def with_owner(phrase: str, before: str) -> str:
    """The phrase with what words of it stand for: "her" and "he" for the name, "the one" for the noun before it."""
    if _ONE.search(phrase):
        nouns = [word.text for word in sentence_of(before).words if word.tag in ("NN", "NNS")]
        return _ONE.sub(f"the {nouns[0]}", phrase) if nouns else phrase
    names = [name for name in _NAME.findall(before) if len(name) > 1]
    owners = [one[0] or one[1] for one in _OWNER.findall(before)] or names
    if not names:
        return _OWN.sub(f"{owners[0]}'s", phrase) if owners else phrase
    return _PRONOUN.sub(rf"\g<1>{names[0]}", _OWN.sub(f"{owners[0]}'s", phrase))


def stripped(question: str) -> str:
    """The question without the sign at its end."""
    return question.strip().rstrip("?.! ")


def auxiliaries_in(text: str) -> Iterator[re.Match[str]]:
    """Where a question of yes or no may begin within a text."""
    return re.finditer(rf"(?<=\s){_AUXILIARIES}(?=\s)", text)
