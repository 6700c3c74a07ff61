"""Why: the whole clause of a sentence that tells the cause, where the network's best span is part of one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from assistant.short.clauses import Span, clause_end, finite_verbs, main_verb
from assistant.speech.lexicon import TIMES
from index.text_analysis import words_of

_ASKS = re.compile(
    r"\bwhy\b|\bwhat (?:is |was |were )?(?:the )?(?:reasons?|causes?|grounds)\b|\bwhat\b.*\bfor\s*\?*$"
    r"|\bfor what (?:purpose|reason)s?\b"
    r"|\bwhat (?:has |had )?(?:prompted|led|drove|made|caused|triggered|moved)\b|\bhow come\b",
    re.IGNORECASE,
)
_FEARED = (
    r"(?:alleg\w+|accus\w+|fears?|concerns?|claims?|reports?|worr(?:y|ies)|suspicions?|doubts?|disputes?|rows?|failures?"
    r"|complaints?|charges?|objections?|plans?|scandals?|links?|refusals?|use)\b"
)
# Without a group `said` the clause is said without its marker, for a noun follows.
_MARKERS = (
    # What names a cause and nothing else.
    (
        1,
        r"(?:because of|on account of|due (?:in part |largely |mainly )?to|owing to|thanks to|amid(?:st)?|citing"
        r"|as a result of|in (?:response|reaction) to|in retaliation (?:for|against)|in protest (?:at|against|over|of)"
        r"|in revenge for|in (?:view|light) of|in the wake of|(?<!the )following|on suspicion of|on (?:the )?grounds of"
        rf"|over(?=\s+(?:[\w’'-]+\s+){{0,3}}?{_FEARED}))",
    ),
    (
        1,
        r"(?P<said>because(?! of\b)|so that|for fear (?:of|that)|lest|now that|given that|on the grounds that"
        r"|in an? (?:effort|bid|attempt) (?:not )?to)",
    ),
    (1, r"(?:so as|in order) (?P<said>(?:not )?to)"),
    # What may name a time as well.
    (2, r"(?P<said>(?<!as )(?<!such )(?<!well )as(?! (?:part|well|long|soon|far|many|much|if|though|of|to|a|an)\b))"),
    (
        2,
        r"(?P<said>after|since|while|complaining|fearing|hoping"
        r"|(?:worried|concerned|afraid|fearful|convinced) that)",
    ),
    (2, r"follow(?:s|ed)|(?:came|comes) after|^\W?with|(?:saying|arguing|claiming|alleging)(?: that)?"),
    # What opens much else.
    (3, r"(?<!as )for(?= \w+ing\b)"),
    (3, r"(?P<said>(?:not )?to(?= (?-i:[a-z])))"),
    (4, r"over"),
)
_COMPILED = [(rank, re.compile(rf"\b{pattern}\b", re.IGNORECASE)) for rank, pattern in _MARKERS]
_NO_VERB = re.compile(r"\s+(?:the|an?|its?|his|her|their|our|my|your|this|that|these|those|[\w’'-]+ing|be\b.*\bd)\b")
# What "to" and a verb complete, so that they tell no purpose.
_COMPLETED = re.compile(
    r"\b(?:decid\w+|want\w*|plan\w*|expect\w*|ask\w*|has|have|had|going|beg[iau]n\w*|agree\w*|vow\w*|pledg\w+|refus\w+|able"
    r"|right|likely|due|accord\w+|allow\w*|permi\w+|decision|efforts?|bid|need\w*|tr(?:y|ied|ies)|hop\w+|order\w*|fail\w*"
    r"|appear\w*|seem\w*|continu\w+|ready|willing|used|attempt\w*|urg\w+|forc\w+|tell|told|requir\w+|promis\w+|set|from"
    r"|\d+)$",
    re.IGNORECASE,
)
_NEAR = {1: 2.0, 2: 1.0}  # by rank, log odds behind the span's up to which another clause is the answer
_GERUND = re.compile(r"\s+\w+ing\b")
_NO_CAUSE = re.compile(
    r"\s+(?:the\s+)?(?:past\b|last\b|next\b|\d|(?:" + "|".join(sorted(TIMES)) + r")\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Cause:
    """The characters to say; the lower the `rank` of its marker, the surer it tells a cause."""

    rank: int
    start: int
    end: int


def asks_cause(question: str) -> bool:
    return bool(_ASKS.search(question))


def cause_of(question: str, sentence: str, span: Span, mass: Callable[[int, int], float]) -> Span | None:
    """The clause that the span is part of, else the one where the answer is nearly as likely as in the span.

    `mass` gives the log odds that the answer stands between two characters. None where no clause tells a cause.
    """
    asked = frozenset(words_of(question))
    causes = [one for one in _causes(sentence) if not _is_asked(one, words_of(sentence[one.start : one.end]), asked)]
    holding = [one for one in causes if _holds(one, span)]
    if holding:
        found = min(holding, key=lambda one: (one.rank, one.start))
        return found.start, found.end
    least = -inf if _tells_nothing(sentence[slice(*span)], asked) else mass(*span)
    near = [
        (mass(one.start, one.end), one.start, one.end)
        for one in causes
        if one.rank in _NEAR and mass(one.start, one.end) >= least - _NEAR[one.rank]
    ]
    return max(near)[1:] if near else None


def _is_asked(cause: _Cause, words: Sequence[str], asked: frozenset[str]) -> bool:
    """Whether a clause tells but what is asked about, or, where its marker is weak, begins with that."""
    return asked.issuperset(words) or (cause.rank > 2 and words[0] in asked)


def _tells_nothing(words: str, asked: frozenset[str]) -> bool:
    """Whether a span is but a name or the question's own words, which are no cause."""
    return all(word[0].isupper() or asked.issuperset(words_of(word)) for word in re.findall(r"\w+", words))


def _holds(cause: _Cause, span: Span) -> bool:
    if cause.rank > 2 and span[0] < cause.start:
        return False
    shared = min(cause.end, span[1]) - max(cause.start, span[0])
    return shared > 0 and 2 * shared >= min(cause.end - cause.start, span[1] - span[0])


def _causes(sentence: str) -> list[_Cause]:
    found = []
    for rank, pattern in _COMPILED:
        for marker in pattern.finditer(sentence):
            if _may_mark(sentence, marker):
                found.append(_cause(rank, sentence, marker))
    return [one for one in found if one and one.start < one.end]


def _may_mark(sentence: str, marker: re.Match[str]) -> bool:
    word = marker[0].lower()
    behind = sentence[marker.end() :]
    if word in {"to", "not to"}:
        return not _NO_VERB.match(behind) and not _COMPLETED.search(sentence[: marker.start()].rstrip())
    return word not in {"over", "after", "since", "following", "for"} or not _NO_CAUSE.match(behind)


def _cause(rank: int, sentence: str, marker: re.Match[str]) -> _Cause | None:
    keeps = "said" in marker.re.groupindex
    start = marker.start("said") if keeps else marker.end()
    end = clause_end(sentence, marker.end())
    before = sentence[: marker.start()]
    if before.strip() and not finite_verbs(before):  # it is part of the subject, and the verb is still to come
        verb = main_verb(sentence, marker.end(), end)
        end = verb if verb > 0 else end
    word, clause = marker[0].lower(), sentence[marker.end() : end]
    tells, gerund = bool(finite_verbs(clause)), bool(_GERUND.match(clause))
    if word == "after" and (gerund or not tells):  # a noun follows
        start = marker.end()
    elif word in {"as", "since", "while"} and not (gerund or tells):
        return None
    start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
    return _Cause(rank, start, start + len(sentence[start:end].rstrip(' ,;:.!?…"”»')))
