"""What is done to every reader's answer: sentences left out, what sources disagree on, and who says each sentence."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence, nearest_articles, numbered
from assistant.events import Done, Notice
from assistant.finishing.disagreements import with_disagreements
from assistant.speech.speakers import Speaker, speaker_of
from index.search.result import Retrieved

SHOW, LEAVE_OUT = "show", "leave out"  # what becomes of a sentence that nothing supports


def finished(
    done: Done, found: Sequence[Retrieved], text_of: Callable[[str], str], unsupported: str = SHOW
) -> Generator[Notice, None, Answer]:
    """A reader's answer from the passages that were found, finished; Notices tell what was taken away.

    `text_of` gives the text of the article with an id.
    """
    answer = done.answer
    if dropped := answer.dropped_citations:
        yield Notice(f"Citations of the model that point at no passage were dropped: {dropped}")
    if unsupported == LEAVE_OUT:
        answer, left_out = without_unsupported(answer, found)
        if left_out:
            yield Notice(f"Sentences that no source supports were left out: {left_out}")
    for readings in done.readings or (None,):
        answer = with_disagreements(answer, found, readings)
    return replace(answer, sentences=attributed(answer.sentences, text_of))


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
    return replace(answer, sentences=numbered(kept)), left_out


def attributed(sentences: Iterable[Sentence], text_of: Callable[[str], str]) -> tuple[Sentence, ...]:
    """The sentences, each with the speaker that the article names for the words it cites.

    Of several citations the first that has a speaker counts. A sentence is a quotation only where it has the cited
    words themselves.
    """
    return tuple(_attributed(sentence, text_of) for sentence in sentences)


def _attributed(sentence: Sentence, text_of: Callable[[str], str]) -> Sentence:
    for citation in sentence.citations:
        speaker = _speaker(citation, text_of)
        if speaker.name:
            return replace(sentence, speaker=speaker.name, quotation=speaker.quotation and _repeats(sentence, citation))
    return sentence


def _speaker(citation: Citation, text_of: Callable[[str], str]) -> Speaker:
    text = text_of(citation.article.id)
    if text[citation.start : citation.end] != citation.quote:  # removed or changed since it was found
        return Speaker("", False)
    return speaker_of(text, citation.start, citation.end)


def _repeats(sentence: Sentence, citation: Citation) -> bool:
    return " ".join(sentence.text.split()) in " ".join(citation.quote.split())
