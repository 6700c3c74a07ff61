"""Where a language model says that it cannot answer."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answer import CANNOT_ANSWER
from assistant.citations.marks import MarkedSentence

_SAME = 0.75
_WORD = re.compile(r"\w+")


def without_refusals(sentences: Sequence[MarkedSentence]) -> list[MarkedSentence]:
    """The sentences that answer. None, where the first is a refusal, or there is one and nothing is cited."""
    refusals = [_is_refusal(sentence.text) for sentence in sentences]
    said = [sentence for sentence, refusal in zip(sentences, refusals, strict=True) if not refusal]
    if any(refusals) and (refusals[0] or not any(sentence.numbers for sentence in said)):
        return []
    return said


def _is_refusal(sentence: str) -> bool:
    """Whether a sentence is CANNOT_ANSWER, or nearly: a small model does not copy it to the letter."""
    said, refusal = (_WORD.findall(text.casefold()) for text in (sentence, CANNOT_ANSWER))
    if "".join(said) in ("cannotanswer", "cannot_answer"):
        return True
    return "not" in said and SequenceMatcher(None, said, refusal, autojunk=False).ratio() >= _SAME
