"""Who did it, where the one who did it says so: "I have closed the line", the minister said."""

import re
from collections.abc import Sequence

from assistant.check.verbs import forms, past
from assistant.check.words import Word, words_in
from assistant.speech.quotations import quotations

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


def does_it_himself(question: str, sentence: str) -> bool:
    """Whether a quotation in the sentence tells in the first person the deed whose doer is asked for."""
    asked = _DOER.search(question)
    if not asked:
        return False
    words = words_in(asked["deed"])
    told = [words_in(sentence[start:end]) for start, end in quotations(sentence)]
    return any(_tells(one, deed, words[at + 1 :]) for one in told for at, deed in enumerate(words[:_OPENING]))


def _tells(words: Sequence[Word], deed: Word, objects: Sequence[Word]) -> bool:
    if not deed.is_content:
        return False
    about = {word.key for word in objects if word.is_content}
    if about and not about & {word.key for word in words} and not any(word.text in _OBJECTS for word in words):
        return False
    own = [at for at, word in enumerate(words) if word.text.lower() in _SELF]
    return any(_same(words[verb], deed) for verb in (_verb(words, at + 1) for at in own) if verb < len(words))


def _verb(words: Sequence[Word], at: int) -> int:
    while at < len(words) and (words[at].text.lower() in _BETWEEN or words[at].text.endswith("ly")):
        at += 1
    return at


def _same(one: Word, other: Word) -> bool:
    alike = one.text[:_PREFIX].lower() == other.text[:_PREFIX].lower() and past(one) and past(other)
    return alike or bool(forms(one.key) & forms(other.key))
