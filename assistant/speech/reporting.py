"""Who a single sentence says that its words are from: "Marc Garneau, the foreign minister, said ..."."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.english.parsing import Sentence, Span
from index.english import lexicon
from index.text.analysis import words_of

_VERBS, _SPEAKERS = lexicon("reporting"), lexicon("speakers")
_SAYING, _WITH_CLAUSE = _VERBS.words("saying"), _VERBS.words("with_clause")
_ACTS, _BESIDE_QUOTATION = _VERBS.words("acts"), _VERBS.words("beside_quotation")
_COMPLETED = {verb: frozenset(words.split()) for verb, words in _VERBS.table("completed").items()}
_ACCOUNTS = _VERBS.words("accounts")
_SUBJECTS = ("nsubj", "nsubjpass")
_PRONOUNS = {"he", "she", "it", "they"}
_FOLLOWS = 6  # words behind a verb among which what completes it stands


@dataclass(frozen=True, slots=True)
class Reported:
    """The phrase that names the speaker, and the characters of the sentence that do no more than attribute."""

    phrase: str
    start: int
    end: int


def reported(sentence: Sentence) -> Reported | None:
    """The first speaker that the sentence names outside its quotations, or None where it is nobody's speech."""
    if not sentence.quoted and not may_report(sentence.text):
        return None
    found = [*_by_source(sentence), *_by_verb(sentence)]
    if not found and sentence.quoted:
        found = list(_by_place(sentence))
    return min(found, key=lambda one: one.start, default=None)


def may_report(text: str) -> bool:
    """Whether it is worth parsing a sentence: it has a quotation mark, or a word by which speech is reported."""
    return any(mark in text for mark in '“”„«»"‘') or not _cues().isdisjoint(words_of(text))


def noun_phrase(sentence: Sentence, at: int) -> Span:
    """The first word of the phrase whose noun stands at `at`, and the one behind its last.

    Without what tells more of it, behind a comma or in a clause; a person's name in apposition takes its place.
    """
    words = sentence.words
    name = next((one for one in sentence.children(at, "appos") if words[one].is_proper), None)
    if name is not None and not words[at].is_proper:
        return noun_phrase(sentence, name)
    inside = set(_phrase_around(sentence, at))
    first, behind = at, at + 1
    while first - 1 in inside:
        first -= 1
    while behind in inside:
        behind += 1
    while first < at and (words[first].role in {"cc", "prep"} or words[first].is_mark):
        first += 1
    while behind > at + 1 and (words[behind - 1].is_mark or words[behind - 1].tag == "POS"):
        behind -= 1
    return first, behind


def can_speak(sentence: Sentence, at: int) -> bool:
    """Whether a noun names somebody, or is one for people or a body."""
    word = sentence.words[at]
    return word.is_proper or word.low in _PRONOUNS or is_agent(word.text)


def is_agent(noun: str) -> bool:
    """Whether a noun, singular or plural, is one for those who speak."""
    low = noun.lower()
    return any(one in _agents() for one in (low, low.removesuffix("s"), low.removesuffix("es"), low[:-3] + "y"))


def _by_verb(sentence: Sentence) -> Iterator[Reported]:
    for at, word in enumerate(sentence.words):
        if not word.is_verb or sentence.is_quoted(at) or not _is_asserted(sentence, at):
            continue
        subject = _subject(sentence, at)
        if subject is not None and _can_be_speaker(sentence, subject) and _reports(sentence, at, subject):
            yield _as_reported(sentence, subject, at)


def _by_source(sentence: Sentence) -> Iterator[Reported]:
    """According to X; in X's view; as X put it; as reported by X; X was quoted as saying."""
    for at, word in enumerate(sentence.words):
        noun = None if sentence.is_quoted(at) else _source(sentence, at)
        if noun is not None and (word.low == "according" or can_speak(sentence, noun)):
            yield _as_reported(sentence, noun, at)


def _source(sentence: Sentence, at: int) -> int | None:
    """The noun of the source that the word at `at` names."""
    word, behind = sentence.words[at], sentence.words[at + 1 : at + 2]
    if word.low in {"according", "attributed"}:
        return _object_of(sentence, at, "to")
    if word.lemma in _ACCOUNTS:
        return _only(sentence, at, "poss") if sentence.words[word.head].low == "in" else None
    if word.lemma == "put" and behind and behind[0].low == "it":
        return _subject(sentence, at)
    if word.lemma in {"quote", "cite"}:
        says_as = any(sentence.words[one].low == "as" for one in sentence.children(at, "prep"))
        return _only(sentence, at, "nsubjpass") if says_as else None
    return _object_of(sentence, at, "by") if word.tag == "VBN" and word.lemma in _SAYING | _WITH_CLAUSE else None


def _by_place(sentence: Sentence) -> Iterator[Reported]:
    """By where a quotation stands, whatever the verb: "No," grinned Lee. Lee was blunt: "No"."""
    for start, end in sentence.quoted:
        before, inside = sentence.text[:start].rstrip(), sentence.text[start:end].rstrip("\"'”’» ")
        for at, word in enumerate(sentence.words):
            subject = _only(sentence, at, "nsubj")
            if not word.is_verb or sentence.is_quoted(at) or subject is None:
                continue
            if sentence.is_quoted(subject) or not can_speak(sentence, subject):
                continue
            first = min(word.start, sentence.words[noun_phrase(sentence, subject)[0]].start)
            follows = first >= end and not sentence.text[end:first].strip() and inside.endswith((",", "!", "?"))
            if follows or (before.endswith(":") and word.start < start):
                yield _as_reported(sentence, subject, at)


def _as_reported(sentence: Sentence, noun: int, verb: int) -> Reported:
    first, behind = noun_phrase(sentence, noun)
    start = min(sentence.words[first].start, sentence.words[verb].start)
    end = max(sentence.words[behind - 1].end, sentence.words[verb].end)
    return Reported(sentence.written(first, behind), start, end)


def _is_asserted(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is no infinitive, nor denied, wished, done to its subject, or asked whether."""
    words = sentence.words
    word = words[verb]
    is_bare = not sentence.children(verb, "aux")
    if word.role in {"amod", "pcomp", "csubj"} or (word.tag == "VBN" and is_bare and word.role in {"acl", "advcl"}):
        return False
    if sentence.children(verb, "neg", "auxpass") or any(words[one].low == "if" for one in sentence.children(verb)):
        return False
    if any(words[one].tag in {"MD", "TO"} for one in sentence.children(verb, "aux")):
        return word.role == "xcomp" and words[word.head].lemma in {"go", "continue", "begin"}
    if word.tag == "VBG" and is_bare:
        return word.role in {"advcl", "conj"} and verb > 0 and words[verb - 1].low in {",", "while"}
    return True


def _subject(sentence: Sentence, verb: int) -> int | None:
    """The noun of the one who does a verb: its own subject, or that of the verb it goes on from; for "who" its noun."""
    words, at = sentence.words, verb
    for _ in range(len(words)):
        subject = _only(sentence, at, *_SUBJECTS)
        if subject is not None:
            if words[subject].low == "who" and words[at].role == "relcl":
                return words[at].head if words[subject - 1].text == "," else None
            return subject
        if words[at].role not in {"conj", "xcomp", "advcl"} or words[at].head == at:
            return None
        at = words[at].head
    return None


def _can_be_speaker(sentence: Sentence, noun: int) -> bool:
    word = sentence.words[noun]
    if sentence.is_quoted(noun) or word.tag in {"WDT", "WP", "EX"} or word.is_mark:
        return False
    return word.tag != "PRP" or word.low in _PRONOUNS


def _reports(sentence: Sentence, verb: int, subject: int) -> bool:
    """Whether a verb reports what its subject says, by itself and by what stands beside it."""
    word = sentence.words[verb]
    clause = bool(sentence.children(verb, "ccomp")) or word.role == "parataxis"  # the ring, prosecutors allege, took in
    if word.role == "relcl" and sentence.words[word.head].start < word.start:
        is_object = any(sentence.words[one].tag == "WDT" for one in sentence.children(verb)) or not clause
        if is_object and sentence.words[subject].start > sentence.words[word.head].start:
            return False  # the step that the minister announced
    quotation = bool(sentence.quoted)
    if word.lemma in _SAYING:
        return clause or quotation or can_speak(sentence, subject) or not sentence.children(verb, "xcomp", "dobj")
    if word.lemma in _WITH_CLAUSE and (clause or quotation):
        return can_speak(sentence, subject)
    if word.lemma in _ACTS and can_speak(sentence, subject):
        return bool(sentence.children(verb, "dobj", "prep", "ccomp", "xcomp", "oprd")) or quotation
    if word.lemma in _COMPLETED and can_speak(sentence, subject):
        behind = [one.low for one in sentence.words[verb + 1 : verb + 1 + _FOLLOWS]]
        return bool(_COMPLETED[word.lemma].intersection(behind)) or (quotation and word.lemma in {"call", "describe"})
    return word.lemma in _BESIDE_QUOTATION and quotation


def _only(sentence: Sentence, at: int, *roles: str) -> int | None:
    """The first word of such a role that hangs on the one at `at`."""
    return next(iter(sentence.children(at, *roles)), None)


def _object_of(sentence: Sentence, at: int, preposition: str) -> int | None:
    """The noun behind a preposition that hangs on the word at `at`."""
    for one in sentence.children(at):
        if sentence.words[one].low == preposition:
            return _only(sentence, one, "pobj")
    return None


def _phrase_around(sentence: Sentence, at: int) -> Iterator[int]:
    """The words that hang on a noun, but for marks, quotations and what only tells more of it."""
    for one in sentence.children(at):
        if one < at or _belongs(sentence, at, one):
            for inner in sentence.subtree(one):
                is_aside = one > at and _is_aside(sentence, inner, one)
                if not (is_aside or sentence.words[inner].divides or sentence.is_quoted(inner)):
                    yield inner


def _belongs(sentence: Sentence, at: int, one: int) -> bool:
    """Whether what follows a noun is part of its phrase: "of the union", but not "on Monday" or "in a letter"."""
    words = sentence.words
    word = words[one]
    if word.role == "prep":
        objects = {words[inner].lemma for inner in sentence.children(one, "pobj")}
        return objects.isdisjoint(_occasions()) and (not words[at].is_proper or word.low == "of")
    if word.role in {"conj", "cc"}:
        return words[at].is_proper
    return word.role in {"amod", "compound", "nmod", "flat", "case", "nummod", "det", "punct", "npadvmod", "advmod"}


def _is_aside(sentence: Sentence, at: int, top: int) -> bool:
    """Whether a word hangs on one of a phrase by a clause of its own."""
    while at != top:
        if sentence.words[at].role in {"relcl", "appos", "acl", "advcl"}:
            return True
        at = sentence.words[at].head
    return False


@cache
def _agents() -> frozenset[str]:
    return _SPEAKERS.words("people", "bodies", "plurals")


@cache
def _occasions() -> frozenset[str]:
    return _VERBS.words("occasions", "times") | lexicon("calendar").words("months", "weekdays")


@cache
def _cues() -> frozenset[str]:
    """The stems of the words without one of which nobody is said to speak."""
    verbs = _SAYING | _WITH_CLAUSE | _ACTS | _BESIDE_QUOTATION | _COMPLETED.keys() | _VERBS.words("forms", "sources")
    return frozenset(words_of(" ".join(verbs)))
