"""What a reader should know of an answer besides its sentences, as lines of words and citations."""

from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Citation, Sentence, Version
from ui.printing import origin

Line = Sequence[str | Citation]


def notes(answer: Answer) -> Iterator[Line]:
    """How the question was understood, what is doubtful or open, on what sources differ, and whether a model failed."""
    if answer.standalone:
        yield [f"Understood as: {answer.standalone}"]
    if answer.answerable:
        yield from ([f"“{one.text}”: {doubt}"] for one in answer.sentences if (doubt := _doubt(one)))
        if answer.uncovered:
            yield [f"Not in the collection: {'; '.join(answer.uncovered)}"]
    for versions in answer.disagreements:
        line: list[str | Citation] = ["Sources differ: "]
        for version in versions:
            line += [*([] if len(line) == 1 else ["; "]), _value(version), version.citation]
        yield line
    if answer.failed:
        yield [f"{answer.failed} failed; the answer is quoted from the articles instead"]


def _doubt(sentence: Sentence) -> str:
    if sentence.status not in ("partly", "unsupported"):
        return ""
    if not sentence.citations:
        return "no source found"
    verdict = "partly supported" if sentence.status == "partly" else "not supported"
    return (
        f"{verdict}; not in the source: {', '.join(sentence.doubts)}" if sentence.doubts else f"{verdict} by its source"
    )


def _value(version: Version) -> str:
    return f"{version.value} ({origin(version.citation.article)}{', newest' if version.newest else ''}) "
