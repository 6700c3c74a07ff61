"""Numbers as news writes them, in digits, in words and in both: "1,450", "1.2 trillion", "two hundred and five",
"half a million", "two and a half million", "a dozen", "5m"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ONES = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_WITHIN = {"hundred": 100.0, "dozen": 12.0}  # multiply what stands before them in its group
_GROUPS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
_ATTACHED = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}  # written to a number in digits
_SCALE = rf"(?:{'|'.join((*_WITHIN, *_GROUPS))})\b"
_PART = re.compile(
    r"(?P<digits>(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\d|[.,]\d))"
    rf"(?P<attached>(?:{'|'.join(_ATTACHED)})\b)?(?!\w)"
    rf"|\b(?P<few>(?:half\s+)?an?)(?=\s+{_SCALE})"
    r"|\b(?P<half>and\s+a\s+half)\b"
    rf"|\b(?P<scale>{_SCALE})"
    rf"|\b(?P<word>{'|'.join((*_ONES, *_TENS))})\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[\s-]+(?P<and>and\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """An amount, written at `start` to `end` of a text."""

    amount: float
    start: int
    end: int


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text in order. "One" alone and "million" alone are none, nor are ordinals and "half of them"."""
    run: list[re.Match[str]] = []
    for part in _PART.finditer(text):
        if run and not _continues(run[-1], part):
            yield from _number(run)
            run = []
        if run or not part["half"]:
            run.append(part)
    yield from _number(run)


def _continues(before: re.Match[str], part: re.Match[str]) -> bool:
    """Whether a part goes on with the number: "two hundred" with "and five", but "two" not with "and seven"."""
    joint = _JOINT.fullmatch(part.string, before.end(), part.start())
    if joint is None or part["digits"] or part["few"]:
        return False
    if part["scale"] or part["half"]:
        return not joint["and"]
    if before["scale"]:
        return True
    tens = before["word"] and before["word"].lower() in _TENS
    return bool(tens) and not joint["and"] and _ONES.get(part["word"].lower(), 10) < 10


def _number(run: Sequence[re.Match[str]]) -> Iterator[Number]:
    lone = run[0] if len(run) == 1 else None
    if run and not (lone and (lone["scale"] or (lone["word"] or "").lower() == "one")):
        yield Number(_amount(run), run[0].start(), run[-1].end())


def _amount(run: Sequence[re.Match[str]]) -> float:
    whole, group, last = 0.0, 0.0, 1.0
    for part in run:
        scale = (part["scale"] or "").lower()
        if scale in _WITHIN:
            group = (group or 1.0) * _WITHIN[scale]
        elif scale:
            last = _GROUPS[scale]
            whole, group = whole + (group or 1.0) * last, 0.0
        elif part["half"] and not group:  # "a million and a half"
            whole += 0.5 * last
        else:
            group += _value(part)
    return whole + group


def _value(part: re.Match[str]) -> float:
    if part["digits"]:
        return float(part["digits"].replace(",", "")) * _ATTACHED.get((part["attached"] or "").lower(), 1)
    if part["half"] or part["few"]:
        return 0.5 if "half" in part[0].lower() else 1.0
    word = part["word"].lower()
    return float(_ONES.get(word, 0) or _TENS[word])
