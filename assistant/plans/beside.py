"""Whether a day or a number in a sentence belongs, by the sentence's grammar, to what a question asks about."""

from collections.abc import Iterator
from functools import cache

from assistant.english.parsing import Sentence, sentence_of
from assistant.english.states import same_root
from assistant.plans.phrases import names_of
from index.english import lexicon
from index.text.analysis import STOP_WORDS, words_of

_OF_VERB = ("dobj", "nsubj", "nsubjpass", "ccomp", "xcomp", "conj", "attr", "pobj")


def word_at(read: Sentence, start: int) -> int:
    """The place of the word at a character of the sentence."""
    return next((at for at, word in enumerate(read.words) if word.end > start), 0)


def words_over(read: Sentence, at: int | None) -> list[int]:
    """The places of the words above one, up to the first verb and what that describes; of None the sentence's root."""
    if at is None:
        return [one for one, word in enumerate(read.words) if word.role == "ROOT"][:1]
    return list(_over(read, at))


def _over(read: Sentence, at: int) -> Iterator[int]:
    while read.words[at].head != at:
        at = read.words[at].head
        yield at
        if read.words[at].is_verb:
            if read.words[at].role in ("relcl", "acl"):
                yield read.words[at].head
            return


def tells_of(read: Sentence, at: int | None, deeds: frozenset[str]) -> bool:
    """Whether the word at a place, or the sentence, says something of one of the deeds."""
    over = words_over(read, at)
    beside = {*over, *(child for one in over[-2:] for child in read.children(one, *_OF_VERB))}
    stems = {stem for one in beside for stem in words_of(f"{read.words[one].text} {read.words[one].lemma}")}
    return any(same_root(stem, deed) for stem in stems for deed in deeds)


def is_to_come(read: Sentence, at: int | None) -> bool:
    """Whether the verb above says that it will be, or would be if."""
    verbs = [one for one in words_over(read, at) if read.words[one].is_verb]
    helping = [read.words[child] for verb in verbs for child in read.children(verb, "aux", "mark")]
    return any(word.tag == "MD" or word.low == "if" for word in helping)


def is_begun(read: Sentence, at: int) -> bool:
    """Whether the word at a place says since when something is, or when it began."""
    words = lexicon("compared")
    return any(
        read.words[one].lemma in words.words("begins") or read.words[one].low in words.words("since")
        for one in words_over(read, at)
    )


def is_by_another(read: Sentence, at: int | None, doer: frozenset[str]) -> bool:
    """Whether the subject of the verb above is another name than the doer's, or a pronoun behind another name."""
    subjects = [one for verb in words_over(read, at) for one in read.children(verb, "nsubj", "nsubjpass")]
    for subject in subjects if doer else ():
        word = read.words[subject]
        if word.tag == "PRP":
            named = [one.text for one in read.words[:subject] if one.is_proper][-1:]
        else:
            named = [
                read.words[one].text for one in read.subtree(subject) if word.is_proper and read.words[one].is_proper
            ]
        if named and doer.isdisjoint(words_of(" ".join(named))):
            return True
    return False


def doer_of(question: str) -> frozenset[str]:
    """The stems of the name of whom a question asks what they did; none where no one is named so."""
    read = sentence_of(question)
    subjects = [one for one, word in enumerate(read.words) if word.role == "nsubj" and word.is_proper][:1]
    return frozenset(stem for one in subjects for its in read.subtree(one) for stem in words_of(read.words[its].text))


def deeds_of(event: str) -> frozenset[str]:
    """The stems of the event's words that are no names, with those of the other words for it: death, died."""
    stems = frozenset(words_of(event)) - names_of(event) - frozenset((*STOP_WORDS, "when"))
    return stems.union(*(kin for kin in _kin() if any(same_root(stem, one) for stem in stems for one in kin)))


@cache
def _kin() -> tuple[frozenset[str], ...]:
    nouns = lexicon("events").table("nouns")
    return tuple(frozenset(words_of(" ".join((noun, *others)))) for noun, others in nouns.items())
