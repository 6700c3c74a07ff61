"""What a passage tells in the place of a name or a number of a claim: exports to Turkey, where it has Azerbaijan.

The claim is held against the passage again with each other name, or number of the same thing, that stands in the
nearest sentences. Where it is borne out so, and better than as it stands, this is what the passage tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.check import Source, check, ranked_sentences
from assistant.english.parsing import Span, sentence_of
from assistant.english.states import same_root
from assistant.english.values import values_of
from assistant.extractive.candidates import candidates
from assistant.speech.reporting import noun_phrase
from index.english import lexicon
from index.search.result import Retrieved
from index.text.analysis import words_of

_WORDS, _OFFICES = lexicon("claims"), lexicon("premises").words("of_another_office")
_NEAREST = 60  # words of the passage, among which what stands in a claim's place is sought
_PARSED = 12  # sentences that are parsed for what stands in a name's place
_MOST = 8  # claims that are held against a passage


@dataclass(frozen=True, slots=True)
class Contrast:
    """`said` stands in the place of the `claimed` words of a claim, with the log odds that the claim is so borne out.

    `text` is the claim with what is said in it; `is_number` tells of numbers and days.
    """

    claimed: str
    said: str
    odds: float
    text: str
    is_number: bool


def contrast(claim: str, source: Source, doubts: Sequence[str] = ()) -> Contrast | None:
    """The best borne out of the claims that differ in one name or number from this; None where none can be made.

    Where the check has `doubts` of some names or numbers, of these alone.
    """
    texts = [source.text, source.heading]
    near = [" ".join(texts[at][start:end].split()) for (at, start, end), _ in ranked_sentences(claim, texts, _NEAREST)]
    made = list(_others(claim, near, doubts))[:_MOST]
    held = [
        Contrast(claim[slice(*place)], said, check(text, [source]).odds, text, is_number)
        for place, said, text, is_number in made
    ]
    return max(held, key=lambda one: one.odds, default=None)


def excludes(claim: str, other: Contrast) -> bool:
    """Whether the claim is false if the other is true: of a number, of who won, of who is the best or the minister."""
    if other.is_number:
        return True
    sentence = sentence_of(claim)
    words = sentence.words
    root = next((at for at, word in enumerate(words) if word.head == at), 0)
    subjects = [one for top in sentence.children(root, "nsubj", "nsubjpass") for one in sentence.subtree(top)]
    if not any(words[at].text in other.claimed for at in subjects):
        return False
    what = sentence.children(root, "attr", "oprd")
    definite = any(words[one].low == "the" for top in what for one in sentence.children(top, "det"))
    best = any(word.tag in ("JJS", "RBS") for word in words)
    return best or definite or words[root].lemma in _WORDS.words("of_one")


def attached_elsewhere(claim: str, passages: Sequence[Retrieved]) -> tuple[str, str] | None:
    """A name of the claim, and what stands in its place behind the same noun or verb and preposition.

    "Exports to Azerbaijan", where all sentences have "exports to Turkey". None where some have what the claim has.
    """
    for head, preposition, name in _attached(claim):
        stem = words_of(head)
        sentences = [one.text for one in candidates(passages) if stem and stem[0] in one.vocabulary]
        told = [row for text in sentences[:_PARSED] for row in _attached(" ".join(text.split()))]
        same = [its for other, by, its in told if words_of(other) == stem and by == preposition]
        if same and not any(_has(frozenset(words_of(its)), name) for its in same):
            return name, same[0]
    return None


def other_office(claim: str, passages: Sequence[Retrieved]) -> tuple[str, str] | None:
    """The office of the claim's subject, and the other office that did the same: the deputy mayor's, who resigned.

    None where some sentence has the office itself do so.
    """
    read = sentence_of(claim)
    root = next((at for at, word in enumerate(read.words) if word.head == at), 0)
    verbs = [root, *read.children(root, "aux", "auxpass")]  # of a short claim the parser may hang its subject on either
    for subject in [one for at in verbs for one in read.children(at, "nsubj", "nsubjpass")]:
        office, verb = read.words[subject].lemma, read.words[root].lemma
        if not _OFFICES.isdisjoint(claim.lower().split()):
            return None
        near = [one.text for one in candidates(passages) if not _OFFICES.isdisjoint(one.text.lower().split())]
        near += [one.text for one in candidates(passages) if one.text not in near and office in one.text.lower()]
        told = [row for text in near[:_PARSED] for row in _doers(" ".join(text.split()), office, verb)]
        if told and all(told):
            return f"the {office}", f"the {told[0]}"
    return None


def _doers(sentence: str, office: str, verb: str) -> Iterator[str]:
    """Of each time that one of this office does what the verb says, what makes it another office; else ""."""
    read = sentence_of(sentence)
    for at, word in enumerate(read.words):
        for subject in read.children(at, "nsubj", "nsubjpass") if word.lemma == verb else []:
            others = [one for one in read.children(subject) if read.words[one].low in _OFFICES]
            if read.words[subject].lemma == office:
                yield read.written(others[0], subject + 1).lower() if others else ""


def _attached(sentence: str) -> Iterator[tuple[str, str, str]]:
    """The nouns and verbs that have a preposition with a name behind it."""
    read = sentence_of(sentence)
    for at, word in enumerate(read.words):
        for noun in read.children(at, "pobj") if word.role == "prep" else []:
            if read.words[noun].is_proper:
                first, behind = noun_phrase(read, noun)
                names = [one for one in range(first, behind) if read.words[one].is_proper]
                yield read.words[word.head].lemma, word.low, read.written(names[0], behind)


def name_spans(sentence: str) -> list[Span]:
    """The names of a sentence: runs of proper nouns."""
    spans: list[Span] = []
    for word in sentence_of(sentence).words:
        if not (word.is_proper and word.text[:1].isupper()):
            continue
        if spans and not sentence[spans[-1][1] : word.start].strip(" -."):
            spans[-1] = spans[-1][0], word.end
        else:
            spans.append((word.start, word.end))
    return spans


def _others(claim: str, near: Sequence[str], doubts: Sequence[str]) -> Iterator[tuple[Span, str, str, bool]]:
    """The claims that differ in one place, the nearest sentence's words first."""
    own = frozenset(words_of(claim))
    names = _doubted([place for place in name_spans(claim) if not _is_day(claim, place)], claim, doubts)
    for sentence in near:
        for value in values_of(claim):
            for other in values_of(sentence):
                if value.is_of(other) and not value.agrees(other):
                    yield _with(claim, (value.start, value.end), other.text, True)
    for sentence in near:
        for start, end in name_spans(sentence):
            said = sentence[start:end]
            if _is_day(sentence, (start, end)) or _has(own, said):
                continue
            for place in names:
                yield _with(claim, place, said, False)


def _with(claim: str, place: Span, said: str, is_number: bool) -> tuple[Span, str, str, bool]:
    return place, said, f"{claim[: place[0]]}{said}{claim[place[1] :]}", is_number


def _doubted(places: list[Span], claim: str, doubts: Sequence[str]) -> list[Span]:
    stems = {stem for doubt in doubts for stem in words_of(doubt)}
    return [place for place in places if stems & set(words_of(claim[slice(*place)]))] or places


def _is_day(sentence: str, place: Span) -> bool:
    return any(
        value.kind != "number" and value.start < place[1] and value.end > place[0] for value in values_of(sentence)
    )


def _has(stems: frozenset[str], words: str) -> bool:
    """Whether some of the words are there: "Wright" is no other name than "Peter Wright"."""
    return any(one == stem or same_root(one, stem) for one in words_of(words) for stem in stems)
