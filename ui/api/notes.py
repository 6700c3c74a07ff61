"""What a reader should know of an answer besides its sentences, as lines of words and citations."""

from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Citation
from ui import wording

Line = Sequence[str | Citation]


def notes(answer: Answer) -> Iterator[Line]:
    """How the question was understood, what is doubtful or open, on what sources differ, and whether a model failed."""
    if answer.standalone:
        yield [f"{wording.UNDERSTOOD_AS}: {answer.standalone}"]
    if answer.answerable:
        yield from ([f"“{one.text}”: {doubt}"] for one in answer.sentences if (doubt := wording.doubt(one)))
        if parts := wording.uncovered(answer):
            yield [f"{wording.NOT_COVERED}: {parts}"]
    for versions in answer.disagreements:
        told: list[str | Citation] = [f"{wording.SOURCES_DIFFER}: "]
        for version in versions:
            told += [*([] if len(told) == 1 else ["; "]), f"{wording.value_told(version)} ", version.citation]
        yield told
    if line := wording.failed(answer):
        yield [line]
