"""An answer without the sentences that nothing supports."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, nearest_articles
from index.search.result import Retrieved

SHOW, LEAVE_OUT = "show", "leave out"


def without_unsupported(answer: Answer, found: Sequence[Retrieved]) -> tuple[Answer, int]:
    """The answer without unsupported sentences, its citations numbered anew, and how many were left out.

    Where nothing is left it is a refusal, with the nearest of the passages that were found.
    """
    kept = [sentence for sentence in answer.sentences if sentence.status != "unsupported"]
    left_out = len(answer.sentences) - len(kept)
    if not left_out:
        return answer, 0
    if not kept:
        nearest = nearest_articles(found)
        return replace(answer, answerable=False, sentences=(), nearest=nearest, short_answer=None), left_out
    numbers: dict[int, int] = {}
    for sentence in kept:
        for citation in sentence.citations:
            numbers.setdefault(citation.n, len(numbers) + 1)
    sentences = tuple(
        replace(sentence, citations=tuple(replace(one, n=numbers[one.n]) for one in sentence.citations))
        for sentence in kept
    )
    return replace(answer, sentences=sentences), left_out
