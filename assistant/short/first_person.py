"""Who did it, where the one who did it says so: "I have closed the line", the minister said."""

import re
from collections.abc import Sequence

from assistant.roots import same_root
from assistant.short.words import Word, past, words_in
from assistant.speech.quotations import quotations
from assistant.word_vectors import word_vectors
from index.text_analysis import words_of

# Who is asked for as the one who does it; "who is", "who did she meet" ask otherwise.
_AUXILIARY = r"(?:do|does|did|is|are|was|were)\b"
_DOER = re.compile(rf"\b(?:who|(?:which|what) (?!{_AUXILIARY})\w+)\s+(?!{_AUXILIARY})(?P<deed>[^?]+)", re.IGNORECASE)
_SELF = frozenset("i we".split())
_OBJECTS = frozenset("him her it them this that".split())  # may stand for what was told before
_BETWEEN = frozenset(
    "have had has 've 'd 'll will would today yesterday now just also already finally first then therefore both all did"
    " only decided agreed chose chosen managed to myself ourselves this last week morning month year".split()
)
_OPENING = 3  # words of a question behind "who" or "which minister" among which its verb is
_PREFIX = 4  # letters that two past forms of a verb share: withdrew, withdrawn
_NEAR = 0.5  # cosine of two verbs for one deed


def does_it_himself(question: str, sentence: str) -> bool:
    """Whether a quotation in the sentence tells in the first person the deed whose doer is asked for."""
    asked = _DOER.search(question)
    if not asked:
        return False
    words = words_in(asked["deed"])
    told = [words_in(sentence[start:end]) for start, end in quotations(sentence)]
    return any(_tells(one, deed, words[at + 1 :]) for one in told for at, deed in enumerate(words[:_OPENING]))


def _tells(words: Sequence[Word], deed: Word, objects: Sequence[Word]) -> bool:
    if not words_of(deed.text):
        return False
    about = {stem for word in objects for stem in words_of(word.text)}
    told = {stem for word in words for stem in words_of(word.text)}
    if about and not about & told and not any(word.text in _OBJECTS for word in words):
        return False
    own = [at for at, word in enumerate(words) if word.low in _SELF]
    return any(_same(words[verb], deed) for verb in (_verb(words, at + 1) for at in own) if verb < len(words))


def _verb(words: Sequence[Word], at: int) -> int:
    while at < len(words) and (words[at].low in _BETWEEN or words[at].text.endswith("ly")):
        at += 1
    return at


def _same(one: Word, other: Word) -> bool:
    if one.low[:_PREFIX] == other.low[:_PREFIX] and past(one) and past(other):
        return True
    if any(same_root(stem, its) for stem in words_of(one.text) for its in words_of(other.text)):
        return True
    first, second = word_vectors().of([one.low, other.low])
    return bool(first @ second >= _NEAR)
