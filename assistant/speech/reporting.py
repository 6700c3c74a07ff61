"""Who a single sentence says that its words are from: "Marc Garneau, the foreign minister, said ..."."""

import re
from dataclasses import dataclass

from assistant.english.lexicon import (
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
from assistant.english.noun_phrases import (
    Run,
    Tokens,
    has_agent,
    is_pronoun,
    opening_phrase,
    phrase_after,
    phrase_before,
)
from assistant.speech.verbs import VERBS, can_speak, follows_mark, reports

_SOURCE = re.compile(
    r"\b(?:according to|in the words of|as (?:first |earlier )?(?:reported|noted|stated|claimed|announced|put) by"
    r"|(?:was|were|been) (?:first )?(?:reported|announced|confirmed) by|attributed to)\s+",
    re.IGNORECASE,
)
_VIEW = re.compile(r"\b[Ii]n (?P<who>[^,;]{2,60}?)['’]s? (?:view|opinion|words|account|reading|telling|eyes)\b")
_PUT = re.compile(r"\b[Aa]s (?P<who>[^,;]{2,60}?) (?:put|puts|has put) it\b")
_QUOTED_AS = re.compile(r"\b(?:was|were|is|are|been) (?:quoted|cited)\b.*?\bas (?:saying|telling)\b")
_MAY_REPORT = (
    VERBS
    | PARTICIPLES
    | frozenset("according quoted cited words view opinion account reading telling eyes attributed".split())
)
_OBJECTS = frozenset("him her it them us me reporters journalists".split())
_OCCASIONS = frozenset(
    "statement interview speech letter email e-mail note tweet post conference briefing message video report".split()
)
_STOPS = frozenset("and but that because while".split())


@dataclass(frozen=True, slots=True)
class Reported:
    """The phrase that names the speaker, and the characters of the sentence that do no more than attribute."""

    phrase: str
    start: int
    end: int


def reported(sentence: str, tokens: Tokens) -> Reported | None:
    """The first speaker that the sentence names outside its quotations, or None where it is nobody's speech."""
    quotes = any(token.is_quote for token in tokens)
    if not quotes and _MAY_REPORT.isdisjoint([token.low for token in tokens]):
        return None
    if found := _passive(sentence, tokens):
        return found
    both = [one for one in (_sourced(sentence, tokens), _by_verb(sentence, tokens)) if one]
    if both:
        return min(both, key=lambda one: one.start)
    return _by_place(sentence, tokens) if quotes else None


def _by_verb(sentence: str, tokens: Tokens) -> Reported | None:
    for at in range(len(tokens)):
        if not reports(tokens, at):
            continue
        run = subject_of(tokens, at)
        if run and can_speak(tokens, run, at):
            return _as_reported(sentence, tokens, run, min(run[0], at), max(run[1], at + 1))
    return None


def _by_place(sentence: str, tokens: Tokens) -> Reported | None:
    """By where a quotation stands, whatever the verb: "No," grinned Lee. Lee was blunt: "No"."""
    for at, token in enumerate(tokens):
        if not token.is_quote:
            continue
        if at > 1 and tokens[at - 1].text == ":" and (run := main_subject(tokens[: at - 1])):
            return _as_reported(sentence, tokens, run, run[0], at)
        closes = sentence[: token.end].rstrip("\"'”’» ")[-1:]
        verb = tokens[at + 1] if at + 2 < len(tokens) else None
        opens = at == 0 or not tokens[at - 1].is_word
        if closes not in {",", "!", "?"} or not opens or not verb:
            continue
        if verb.low.endswith(("ed", "s")) and not verb.is_name and (run := inverted_subject(tokens, at + 1)):
            return _as_reported(sentence, tokens, run, at + 1, run[1])
        run = main_subject(tokens[at + 1 :])
        if run and run[0] == 0:
            run = run[0] + at + 1, run[1] + at + 1
            return _as_reported(sentence, tokens, run, run[0], min(run[1] + 1, len(tokens)))
    return None


def _passive(sentence: str, tokens: Tokens) -> Reported | None:
    """X was quoted as saying by the agency Y: X speaks."""
    if not (match := _QUOTED_AS.search(sentence)):
        return None
    at = next((i for i, token in enumerate(tokens) if token.start >= match.start()), 0)
    while at > 0 and tokens[at - 1].low in {"has", "have", "had"}:
        at -= 1
    run = phrase_before(tokens, at)
    return Reported(_written(sentence, tokens, run), tokens[run[0]].start, match.end()) if run else None


def _sourced(sentence: str, tokens: Tokens) -> Reported | None:
    """According to X; in X's view; as X put it; as reported by X."""
    for pattern in (_VIEW, _PUT):
        if match := pattern.search(sentence):
            who = match["who"]
            if who[0].isupper() or is_agent(who.split()[-1]):
                return Reported(who, match.start(), match.end())
    for match in _SOURCE.finditer(sentence):
        at = next((i for i, token in enumerate(tokens) if token.start >= match.end()), None)
        if at is None or any(token.is_quote and token.start <= match.start() < token.end for token in tokens):
            continue
        run = phrase_after(tokens, at)
        if run and has_agent(tokens, run):
            run = named_beside(tokens, run)
            return Reported(_written(sentence, tokens, run), match.start(), tokens[run[1] - 1].end)
    return None


def _as_reported(sentence: str, tokens: Tokens, run: Run, first: int, behind: int) -> Reported:
    return Reported(_written(sentence, tokens, run), tokens[first].start, tokens[behind - 1].end)


def _written(sentence: str, tokens: Tokens, run: Run) -> str:
    return sentence[tokens[run[0]].start : tokens[run[1] - 1].end]


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
