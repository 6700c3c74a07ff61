"""Sentences of an answer with the speakers of what they cite."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.answer import Citation, Sentence
from assistant.speech.speakers import Speaker, speaker_of


def attributed(sentences: Iterable[Sentence], text_of: Callable[[str], str]) -> tuple[Sentence, ...]:
    """The sentences, each with the speaker that the article names for the words it cites.

    `text_of` gives the text of the article with an id. Of several citations the first that has a speaker counts. A
    sentence is a quotation only where it has the cited words themselves.
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
