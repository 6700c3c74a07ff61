"""Whether a question ranks: "the highest since 1994" is not about what happened since 1994."""

import re

from index.times.question_text import PlainText

_CLAUSE = 80  # characters before the words for time
_CLAUSE_END = re.compile(r"[,;:.?!](?= |\Z)")
_RANKING = re.compile(
    r"\b(?:(?<!at )(?:most|least)(?! recent)|first|1st|worst|best|the only"
    r"|(?:any|last) (?:other )?(?:time|point|day|week|month|year)"
    r"|(?:not|never|n't) .{0,20}(?:seen|happened)|unseen|unprecedented|record[ -](?:high|low|\w+ing))\b"
)
_EST = re.compile(r"\b[a-z]{2,12}est\b")
_NO_SUPERLATIVE = set(
    "west protest arrest interest contest forest guest invest suggest harvest everest quest digest request"
    " conquest bequest latest newest modest honest priest attest detest midwest northwest southwest rainforest budapest"
    " bucharest manifest unrest ernest tempest nearest rest test chest nest pest vest crest".split()
)


def is_ranked(text: PlainText, at: int) -> bool:
    """Whether a superlative, or a first time, stands in the clause before `at`."""
    clause = _CLAUSE_END.split(text.small[max(0, at - _CLAUSE) : at])[-1]
    start = at - len(clause)
    for match in _RANKING.finditer(clause):
        if not text.is_named(start + match.start()):  # the First Minister
            return True
    return any(match[0] not in _NO_SUPERLATIVE for match in _EST.finditer(clause))
