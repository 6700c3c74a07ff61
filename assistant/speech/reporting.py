"""Who a single sentence says that its words are from: "Marc Garneau, the foreign minister, said ..."."""

import re
from dataclasses import dataclass

from assistant.speech.lexicon import PARTICIPLES, is_agent
from assistant.speech.noun_phrases import Run, Tokens, has_agent, phrase_after, phrase_before
from assistant.speech.subjects import inverted_subject, main_subject, named_beside, subject_of
from assistant.speech.verbs import VERBS, can_speak, reports

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
