"""A question of yes or no as the claim that it asks about, the claim denied, and the alternatives that it offers.

"Did Canada suspend the permits?" asks about "Canada did suspend the permits." The parser finds the subject, behind
which the auxiliary goes. As it reads statements better than questions, the statement and its denial are read again,
and the auxiliary goes elsewhere where what stands before it is not the subject of both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.english.parsing import Sentence, Word, sentence_of
from index.english import lexicon

_WORDS = lexicon("claims")
_AUXILIARIES, _CUT_SHORT = _WORDS.words("auxiliaries"), _WORDS.table("cut_short")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}
_NOUNS, _ARTICLES = {"NN", "PR", "EX", "DT", "CD", "VB", "JJ", "RB", "WP"}, {"the", "a", "an"}
_BEFORE_NOUNS = ("det", "amod", "compound", "nmod", "poss", "case", "prep")
_WAYS = {0: "changing", 1: "rising", -1: "falling"}
_LONGEST_SUBJECT = 14  # words, among which the end of a subject is sought


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question of yes or no asks about, and the same denied, each as a sentence."""

    text: str
    denied: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternatives of "was it A or B?", each with the question that has it alone."""

    words: tuple[str, str]
    questions: tuple[str, str]


def claim_of(question: str) -> Claim | None:
    """The claim that a question of yes or no asks about; None where it is no such question, or cannot be read."""
    text = _plain(question)
    read = sentence_of(f"{text}?")
    statement = _whether(read) or _before_tag(read)
    if statement:
        return denied(statement)
    if opening := _opening(read.words):
        return _turned(read, *opening)
    is_statement = question.rstrip().endswith("?") and not any(word.tag[0] == "W" for word in read.words)
    return denied(text) if is_statement else None


def denied(statement: str) -> Claim | None:
    """A statement with its denial; None where it has no verb that could be denied."""
    text = statement.rstrip(" .?!")
    sentence = sentence_of(f"{text}.")
    root = _root(sentence)
    if root is None or not sentence.children(root, *_SUBJECTS):
        return None
    verb = next(iter(sentence.children(root, "aux", "auxpass")), root)
    word = sentence.words[verb]
    if word.low in _AUXILIARIES and word.tag != "TO":
        return Claim(_sentence(text), _sentence(f"{text[: word.end]} not{text[word.end :]}"))
    if word.tag not in _DO:
        return None
    return Claim(_sentence(text), _sentence(f"{text[: word.start]}{_DO[word.tag]} not {word.lemma}{text[word.end :]}"))


def choice_of(question: str) -> Choice | None:
    """The choice that a question offers, or None."""
    text = _plain(question)
    sentence = sentence_of(f"{text}?")
    words = sentence.words
    for at, word in enumerate(words):
        others = [one for one in sentence.children(word.head, "conj") if one > at] if word.low == "or" else []
        if not others or word.role != "cc":
            continue
        inside = {word.head} if words[word.head].is_verb else {one for one in sentence.subtree(word.head) if one < at}
        first = _run_until(at, inside)
        last = max(one for one in sentence.subtree(others[0]) if not words[one].is_mark)
        begin, end = words[first].start, words[last].end
        one, other = text[begin : word.start].strip(" ,"), text[word.end : end].strip(" ,")
        if not one or not other or other.lower() in _WORDS.words("no_choice"):
            return None
        each = (f"{text[:begin]}{one}{text[end:]}?", f"{text[:begin]}{other}{text[end:]}?")
        return Choice((one, other), each)
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """Of "did the death toll rise?" the subject, and the way: 1 for more, -1 for less, 0 for either."""

    subject: str
    way: int


def change_of(question: str) -> Change | None:
    """The change that a question asks about, of something that may have a value; None for other questions."""
    claim = claim_of(question)
    sentence = sentence_of(claim.text) if claim else None
    root = _root(sentence) if sentence else None
    if sentence is None or root is None or sentence.children(root, "dobj"):
        return None
    subject = next(iter(sentence.children(root, *_SUBJECTS)), None)
    lemma = sentence.words[root].lemma
    way = next((way for way, name in _WAYS.items() if lemma in _WORDS.words(name)), None)
    if subject is None or way is None or sentence.words[subject].is_proper:
        return None
    inside = sorted(sentence.subtree(subject))
    return Change(sentence.written(inside[0], inside[-1] + 1), way)


def _plain(question: str) -> str:
    """The question without its mark, and without what only leads it in."""
    text = " ".join(question.split()).rstrip(" ?!.")
    while (first := text.partition(" "))[2] and first[0].lower().rstrip(",") in _WORDS.words("leading"):
        text = first[2]
    return text


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _root(sentence: Sentence) -> int | None:
    return next((at for at, word in enumerate(sentence.words) if word.head == at), None)


def _whether(read: Sentence) -> str:
    """The clause of "do you know whether ..." and of "is it true that ..."; "" where there is none."""
    words, root = read.words, _root(read)
    for clause in read.children(root, "ccomp", "csubj", "advcl") if root is not None else []:
        mark = next((one for one in sorted(read.subtree(clause)) if words[one].role == "mark"), None)
        subject = next((words[one].low for one in read.children(root or 0, *_SUBJECTS)), "you")
        if mark is None:
            continue
        asks = words[mark].low in _WORDS.words("whether") and words[root or 0].lemma in _WORDS.words("asking")
        is_true = words[mark].low == "that" and subject == "it" and words[root or 0].lemma == "be"
        if is_true or (asks and subject in _WORDS.words("askers")):
            return read.text[words[mark].end :].strip(" ?")
    return ""


def _before_tag(read: Sentence) -> str:
    """What stands before "didn't it"; "" where nothing does."""
    words = [word for word in read.words if word.text != "?"]
    comma = max((at for at, word in enumerate(words) if word.text == ","), default=0)
    tag = words[comma + 1 :]
    if comma and 2 <= len(tag) <= 3 and tag[0].low in _AUXILIARIES and tag[-1].tag in ("PRP", "EX"):
        return read.text[: words[comma].start].rstrip()
    return ""


def _opening(words: tuple[Word, ...]) -> tuple[int, Word] | None:
    """The auxiliary that opens the question with its place, behind an adverbial at most: "In 2020, did ..."."""
    starts = (at for at in range(len(words)) if at == 0 or words[at - 1].text == ",")
    return next(((at, words[at]) for at in starts if words[at].low in _AUXILIARIES), None)


def _turned(read: Sentence, at: int, auxiliary: Word) -> Claim | None:
    """The question as a statement: its auxiliary stands behind the subject."""
    rest = [word for word in read.words[at + 1 :] if word.text != "?"]
    rest = rest[1:] if rest and rest[0].role == "neg" else rest
    lead, said = read.text[: auxiliary.start], _CUT_SHORT.get(auxiliary.low, auxiliary.low)
    read_so = []
    for split in _splits(read, at, rest):
        subject = read.text[rest[0].start : rest[split - 1].end]
        predicate = read.text[rest[split].start : rest[-1].end]
        both = [_has_subject(subject, said, predicate), _has_subject(subject, f"{said} not", predicate)]
        read_so.append((sum(both), subject, predicate))
        if all(both):
            break
    sure, subject, predicate = max(read_so, key=lambda one: one[0], default=(0, "", ""))
    if not sure:
        return None
    asked = f"{lead}{subject} {said}"
    some, none = (f"{lead}{_told(subject, way)} {said}" for way in ("of some", "of none"))
    closed = " ".join(word for word in predicate.split(" ") if word.lower() not in _WORDS.words("open"))
    no = none if none != asked else f"{asked} not"
    return Claim(_sentence(f"{some} {_told(closed, 'of some')}"), _sentence(f"{no} {closed}"))


def _told(words: str, way: str) -> str:
    """Words of a question as a statement has them, which tells of someone or of no one, not of anyone."""
    told = _WORDS.table(way)
    return " ".join(told.get(word.lower(), word) for word in words.split(" "))


def _splits(read: Sentence, at: int, rest: list[Word]) -> Iterator[int]:
    """How many words of what follows the auxiliary may be the subject: what the parser takes for it, then the shortest.

    No name is cut in two, nor is a word parted from the noun that it stands before.
    """
    heads = [one for one, word in enumerate(read.words) if word.role in _SUBJECTS and one > at]
    ends = [read.words[max(read.subtree(one))].end for one in heads[:1]]
    likely = [sum(word.end <= end for word in rest) for end in ends]
    tries = [one for one in (*likely, *range(1, _LONGEST_SUBJECT)) if 0 < one < len(rest)]
    whole = [one for one in tries if not _are_one_name(rest[one - 1], rest[one])]
    places = {word.start: place for place, word in enumerate(read.words)}
    apart = [one for one in whole if not _leads(rest[one - 1], places[rest[one - 1].start]) and rest[one].low != "of"]
    yield from dict.fromkeys((*apart, *whole))


def _are_one_name(one: Word, other: Word) -> bool:
    """Whether two words side by side, behind the first of a question, are of one name: "Ann Lee", "Jung-jae"."""
    named = all(word.is_proper or word.text[:1].isupper() for word in (one, other))
    return named or "-" in (one.text, other.text)


def _leads(word: Word, place: int) -> bool:
    """Whether a word belongs to one behind it."""
    return word.tag == "IN" or (word.role in _BEFORE_NOUNS and word.head > place)


def _has_subject(subject: str, auxiliary: str, predicate: str) -> bool:
    """Whether the parser finds just this subject, and a verb or what the subject is in the predicate."""
    sentence = sentence_of(f"{_sentence(subject)[:-1]} {auxiliary} {predicate}.")
    words, root = sentence.words, _root(sentence)
    verb = next((at for at, word in enumerate(words) if word.start > len(subject)), len(words) - 1)
    if (
        root is None
        or words[verb + len(auxiliary.split())].is_mark
        or verb not in (root, *sentence.children(root, "aux", "auxpass"))
    ):
        return False
    if words[verb].lemma != "be" if verb == root else not words[root].is_verb:
        return False
    within = {*range(verb + 1, root)} - {
        one
        for child in sentence.children(root, "advmod", "neg", "aux", "auxpass", "npadvmod")
        for one in sentence.subtree(child)
    }
    subjects = [one for one in sentence.children(root, *_SUBJECTS) if one < verb]
    inside = {one for subject in subjects for one in sentence.subtree(subject)}
    marks = {at for at, word in enumerate(words) if word.is_mark}
    is_whole = inside | marks >= set(range(verb)) and not inside - set(range(verb))
    is_noun = all(words[one].tag[:2] in _NOUNS and words[one].low not in _ARTICLES for one in subjects)
    return not within and len(subjects) == 1 and is_whole and is_noun and "appos" not in {words[i].role for i in inside}


def _run_until(at: int, inside: set[int]) -> int:
    """The first of the places in a row that end before `at`."""
    first = at
    while first - 1 in inside:
        first -= 1
    return first
