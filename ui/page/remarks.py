"""What stands around the sentences of an answer: how the question was taken, what is open, where sources differ."""

from collections.abc import Sequence

from assistant.answer import Answer, Version
from ui import wording
from ui.page.markup import escaped, mark


def understood(standalone: str) -> str:
    """The question as it was understood; "" where it was taken as it stands."""
    return _line("understood", wording.UNDERSTOOD_AS, standalone)


def after(answer: Answer) -> str:
    """What the answer leaves open or undecided, how sure it is, and who wrote it."""
    differ = "".join(map(_disagreement, answer.disagreements)) if answer.answerable else ""
    author = wording.written_by(answer)
    written = f'<p class="written">{escaped(author)}</p>' if author else ""
    sure = _line("confidence", wording.CONFIDENCE, wording.confidence(answer))
    return differ + _line("uncovered", wording.NOT_COVERED, wording.uncovered(answer)) + sure + written


def _line(kind: str, label: str, words: str) -> str:
    return f'<p class="remark {kind}"><b>{label}:</b> {escaped(words)}</p>' if words else ""


def _disagreement(versions: Sequence[Version]) -> str:
    items = "".join(f"<li>{escaped(wording.value_told(version))} {mark(version.citation)}</li>" for version in versions)
    return f'<div class="remark differing"><b>{wording.SOURCES_DIFFER}:</b> <ul>{items}</ul></div>'
