"""Who does a verb of saying: the noun phrase that is its subject, before it or, inverted, behind it."""

from assistant.speech.lexicon import (
    BE,
    BETWEEN,
    BODIES,
    DETERMINERS,
    HAVE,
    INVERTED,
    NEVER,
    OPENS_INSERTION,
    PARTICIPLES,
    PREPOSITIONS,
    SAYING,
    TIMES,
    is_agent,
)
from assistant.speech.noun_phrases import (
    Run,
    Tokens,
    has_agent,
    is_pronoun,
    opening_phrase,
    phrase_after,
    phrase_before,
)
from assistant.speech.verbs import follows_mark

_OBJECTS = frozenset("him her it them us me reporters journalists".split())
_OCCASIONS = frozenset(
    "statement interview speech letter email e-mail note tweet post conference briefing message video report".split()
)
_STOPS = frozenset("and but that because while".split())


def subject_of(tokens: Tokens, at: int) -> Run | None:
    """The phrase of the one who does the verb at `at`, None where it cannot be told."""
    if tokens[at].low in PARTICIPLES:
        return main_subject(tokens)
    if tokens[at].low in INVERTED and follows_mark(tokens, at):
        inserted = _before_insertion(tokens, at - 1) if at and not tokens[at - 1].is_quote else None
        if run := inserted or inverted_subject(tokens, at):
            return run
    end = _behind_subject(tokens, at)
    if end == 0 or tokens[end - 1].low in NEVER | BE or tokens[end - 1].denies:
        return None
    before = tokens[end - 1]
    if before.low == "who" and end > 2 and tokens[end - 2].text == ",":
        return phrase_before(tokens, end - 2)
    if before.low in {"and", "but", "then", "or"} and not (end > 1 and tokens[end - 2].is_quote):
        return main_subject(tokens[: end - 1])
    if before.text in {",", "—", "–", "-", ")"}:
        return _before_insertion(tokens, end - 1)
    run = phrase_before(tokens, end)
    return (_before_clause(tokens, run) or run) if run else None


def main_subject(tokens: Tokens) -> Run | None:
    """The phrase that the sentence, or its main clause, opens with, where it is one that can speak."""
    run = opening_phrase(tokens)
    if not run:
        return None
    run = named_beside(tokens, run)
    return run if is_pronoun(tokens[run[0]]) or has_agent(tokens, run) else None


def inverted_subject(tokens: Tokens, at: int) -> Run | None:
    """The subject behind the verb at `at`: said Lee."""
    if at == 0 and not any(token.is_name or is_agent(token.text) for token in tokens[1:4]):
        return None
    run = phrase_after(tokens, at + 1)
    if not run or tokens[run[0]].low in _OBJECTS - {"it"}:
        return None
    following = tokens[run[1]] if run[1] < len(tokens) else None
    if following and (following.low in BE | HAVE | NEVER or following.low in SAYING):
        return None  # a clause: said prices were high
    run = named_beside(tokens, run)
    return run if is_pronoun(tokens[run[0]]) or has_agent(tokens, run) else None


def named_beside(tokens: Tokens, run: Run) -> Run:
    """The name in apposition to a phrase that is none, or the phrase: "his mother, Joan Lyle"."""
    if run[1] + 2 >= len(tokens) or tokens[run[1]].text != "," or tokens[run[1] - 1].is_name:
        return run
    end = run[1] + 1
    while end < len(tokens) and tokens[end].is_name and tokens[end].low not in DETERMINERS:
        end += 1
    return (run[1] + 1, end) if _is_full_name(tokens[run[1] + 1 : end]) else run


def _behind_subject(tokens: Tokens, at: int) -> int:
    """The end of what may be the subject: in front of auxiliaries, adverbs and times."""
    end = at
    while end > 0:
        token = tokens[end - 1]
        if token.low in BETWEEN or (not token.is_name and token.low.endswith("ly") and not is_agent(token.text)):
            end -= 1
        elif (start := _before_time(tokens, end)) < end or (start := _before_occasion(tokens, end)) < end:
            end = start
        else:
            break
    return end


def _before_time(tokens: Tokens, end: int) -> int:
    """In front of "on Monday", "late Friday", "last week": Ottawa on Monday said."""
    start = end
    while start > 0 and (tokens[start - 1].low in TIMES or tokens[start - 1].text.isdigit()):
        start -= 1
    if start == end or start == 0:
        return end
    while start > 1 and tokens[start - 1].low in {"on", "last", "this", "late", "early", "in", "next", "earlier"}:
        start -= 1
    return start


def _before_occasion(tokens: Tokens, end: int) -> int:
    """In front of "in a statement": the ministry in a statement said."""
    if tokens[end - 1].low not in _OCCASIONS:
        return end
    for at in range(end - 2, max(0, end - 6), -1):
        if tokens[at].low in {"in", "at", "during"}:
            return at
    return end


def _before_insertion(tokens: Tokens, closing: int) -> Run | None:
    """The phrase before an apposition or clause that ends with the mark at `closing`, or the name in it."""
    mark = {")": "("}.get(tokens[closing].text, tokens[closing].text)
    for comma in reversed([i for i in range(closing) if tokens[i].text == mark][-5:]):
        run = phrase_before(tokens, _behind_subject(tokens, comma))
        if run and _names_someone(tokens[comma + 1 : closing]) and not tokens[run[1] - 1].is_name:
            return comma + 1, closing
        if run and _is_insertion(tokens, comma + 1, closing) and has_agent(tokens, run):
            return run
    return None


def _is_full_name(words: Tokens) -> bool:
    return 2 <= len(words) <= 5 and all(token.is_name and token.low not in DETERMINERS for token in words)


def _names_someone(words: Tokens) -> bool:
    """Whether an apposition is a name, or a description and a name: "trade consultant Owen Tarrish"."""
    name = next((i for i, token in enumerate(words) if token.is_name), len(words))
    described = name == 0 or (name <= 3 and is_agent(words[name - 1].text) and words[0].low not in DETERMINERS)
    return described and _is_full_name(words[name:])


def _is_insertion(tokens: Tokens, start: int, end: int) -> bool:
    opening, inside = tokens[start], tokens[start : min(end, start + 3)]
    if opening.low in OPENS_INSERTION or opening.text[0].isdigit():
        return True
    return any(token.low.endswith(("ly", "ing")) or is_agent(token.text) for token in inside)


def _before_clause(tokens: Tokens, run: Run) -> Run | None:
    """The phrase that a relative or reduced clause hangs on: residents who fled the fire said."""
    clause = [at for at in range(run[0]) if tokens[at].low == "who"]
    if clause and all(token.is_word for token in tokens[clause[-1] : run[0]]) and clause[-1] > 0:
        head = phrase_before(tokens, clause[-1])
        if head and has_agent(tokens, head):
            return head
    if has_agent(tokens, run) or tokens[run[0]].low in BODIES or is_pronoun(tokens[run[0]]):
        return None
    return _agent_before(tokens, run[0])


def _agent_before(tokens: Tokens, end: int) -> Run | None:
    """People living near the river said."""
    for at in range(end - 1, max(-1, end - 8), -1):
        token = tokens[at]
        if not token.is_word or token.low in _STOPS or token.low in SAYING:
            return None
        linked = at > 0 and tokens[at - 1].low in PREPOSITIONS - {"for"}
        if (at == 0 or not token.is_name) and is_agent(token.text) and not linked:
            return phrase_before(tokens, at + 1)
    return None
