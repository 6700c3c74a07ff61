"""Sentences of articles as an answer quotes them."""

from assistant.answer import Citation, Sentence
from assistant.extractive.candidates import Candidate


def quoted(one: Candidate) -> Sentence:
    """The sentence word for word, with its citation, whose number `assistant.answer.numbered` gives."""
    found = one.found
    cited = Citation(1, found.article, one.start, one.end, one.text, found.also_in)
    return Sentence(" ".join(one.text.split()), "supported", (cited,))
