"""Who a single sentence says that its words are from: "Marc Garneau, the foreign minister, said ..."."""

import re
from dataclasses import dataclass

from assistant.speech.lexicon import (
    ACTS,
    BE,
    BESIDE_QUOTES,
    BETWEEN,
    COMPLETED_BY,
    FINDERS,
    FINDS,
    HAVE,
    INVERTED,
    NEEDS_AGENT,
    NEVER,
    NOUNS_TOO,
    OPENS_INSERTION,
    PREPOSITIONS,
    SAYING,
    SPEAKING_SELF,
    TIMES,
    is_agent,
)
from assistant.speech.noun_phrases import Run, Tokens, has_agent, opening_phrase, phrase_after, phrase_before
from assistant.speech.tokens import Token

_VERBS = SAYING | NOUNS_TOO | ACTS | BESIDE_QUOTES | FINDS
_OBJECTS = frozenset("him her it them us me reporters journalists")
_SOURCE = re.compile(
    r"\b(?:according to|in the words of|as (?:first |earlier )?(?:reported|noted|stated|claimed|announced|put) by"
    r"|(?:was|were|been) (?:first )?(?:reported|announced|confirmed) by|attributed to)\s+",
    re.IGNORECASE,
)
_VIEW = re.compile(r"\b[Ii]n (?P<who>[^,;]{2,60}?)['’]s? (?:view|opinion|words|account|reading|telling|eyes)\b")
_PUT = re.compile(r"\b[Aa]s (?P<who>[^,;]{2,60}?) (?:put|puts|has put) it\b")
_MENTIONED = re.compile(r"\b(?:was|were|is|are|been) (?:quoted|cited)\b.*?\bas (?:saying|telling)\b")
MAY_REPORT = re.compile(
    rf"\b(?:{'|'.join(sorted(_VERBS))}|according|quoted|cited|words of|view|opinion|reading|saying|adding|put|reported"
    r"|complaining|warning|arguing|account|statement)\b",
    re.IGNORECASE,
)
_WITH_TO = frozenset("responded replied vowed promised pledged threatened swore".split())
_PARTICIPLES = frozenset("saying adding warning arguing insisting claiming noting stressing complaining".split())


@dataclass(frozen=True, slots=True)
class Reported:
    """The phrase that names the speaker, and the characters of the sentence that do no more than attribute."""

    phrase: str
    start: int
    end: int


def reported(sentence: str, tokens: Tokens) -> Reported | None:
    """The first speaker that the sentence names outside its quotations, or None where it is nobody's speech."""
    if not MAY_REPORT.search(sentence):
        return None
    return _passive(sentence, tokens) or _sourced(sentence, tokens) or _by_verb(sentence, tokens)


def _by_verb(sentence: str, tokens: Tokens) -> Reported | None:
    for at, token in enumerate(tokens):
        if token.is_name or not _reports(tokens, at):
            continue
        run = _subject(tokens, at)
        if run and _speaks(tokens, run, at):
            first, last = min(run[0], at), max(run[1], at + 1)
            return Reported(_written(sentence, tokens, run), tokens[first].start, tokens[last - 1].end)
    return _by_colon(sentence, tokens)


def _by_colon(sentence: str, tokens: Tokens) -> Reported | None:
    """The minister was blunt: "No"."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].text == ":" and tokens[at + 1].is_quote and (run := _main_subject(tokens[:at])):
            return Reported(_written(sentence, tokens, run), tokens[run[0]].start, tokens[at].end)
    return None


def _reports(tokens: Tokens, at: int) -> bool:
    """Whether the token is a verb that reports, by itself and what follows it."""
    low = tokens[at].low
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    beside = any(token.is_quote for token in tokens)
    if low in COMPLETED_BY:
        return any(token.low == COMPLETED_BY[low] for token in tokens[at + 1 : at + 7])
    if low in _PARTICIPLES:
        return at > 0 and (tokens[at - 1].text == "," or tokens[at - 1].low == "while")
    if low in NOUNS_TOO:
        return after is None or after.low == "that" or not after.is_word or _follows_quote(tokens, at)
    if low in BESIDE_QUOTES and low not in SAYING:
        return beside
    if low in {"called", "calls", "call", "described", "describes"}:
        return bool(after) and (beside or after.low in {"on", "for"} or _names_it(tokens[at + 1 : at + 9], low))
    if low in {"told", "tells", "tell"}:
        return bool(after) and after.low not in {"to", "that", "of", "by", "not"}
    if low in ACTS:
        return bool(after) and after.low not in {"of", "by", "to"} | ({"entry", "access"}) or low == "appealed"
    if low in FINDS and low not in SAYING:
        return after is None or after.low in {"that", "a", "the", "no"} or not after.is_word
    return low in _VERBS and not (after and after.low in {"by", "to"} and low not in _WITH_TO)


def _names_it(after: Tokens, verb: str) -> bool:
    """Called the plan a mistake, described him as shy."""
    if verb.startswith("describe"):
        return any(token.low == "as" for token in after)
    return any(token.low in {"a", "an"} for token in after[1:]) and after[0].low not in {"a", "an"}


def _subject(tokens: Tokens, at: int) -> Run | None:
    """The phrase of the one who does the verb at `at`."""
    if tokens[at].low in _PARTICIPLES:
        return _main_subject(tokens)
    if tokens[at].low in INVERTED and _follows_quote(tokens, at):
        inserted = _before_insertion(tokens, at - 1) if at and not tokens[at - 1].is_quote else None
        if run := inserted or _inverted(tokens, at):
            return run
    end = at
    while end > 0 and _between(tokens[end - 1], tokens[end - 2] if end > 1 else None):
        end -= 1
    if end == 0:
        return None
    before = tokens[end - 1]
    if before.low in NEVER | BE:
        return None
    if before.low in {"and", "but", "then", "or"} and not (end > 1 and tokens[end - 2].is_quote):
        return _main_subject(tokens[: end - 1])
    if before.text in {",", "—", "–", ")"}:
        if inserted := _before_insertion(tokens, end - 1):
            return inserted
        if tokens[at].low in INVERTED:
            return _inverted(tokens, at)
        return None
    return phrase_before(tokens, end)


def _between(token: Token, before: Token | None) -> bool:
    """Whether the word may stand between subject and verb."""
    if token.is_name:
        return token.low in TIMES and before is not None  # the minister Monday said
    if token.low in {"on"}:
        return False
    return token.low in BETWEEN or token.low.endswith("ly") and not is_agent(token.text)


def _follows_quote(tokens: Tokens, at: int) -> bool:
    """Whether the verb stands right behind a quotation or a comma."""
    return at > 0 and (tokens[at - 1].is_quote or tokens[at - 1].text in {",", "—", "–"}) or at == 0


def _inverted(tokens: Tokens, at: int) -> Run | None:
    if at == 0 and not any(token.is_name or is_agent(token.text) for token in tokens[1:4]):
        return None
    run = phrase_after(tokens, at + 1)
    if not run:
        return None
    following = tokens[run[1]] if run[1] < len(tokens) else None
    is_clause = following is not None and (following.low in BE | HAVE | NEVER or following.low in SAYING)
    return None if is_clause or tokens[run[0]].low in _OBJECTS or not has_agent_or_pronoun(tokens, run) else run


def has_agent_or_pronoun(tokens: Tokens, run: Run) -> bool:
    return tokens[run[0]].low in {"he", "she", "it", "they"} or has_agent(tokens, run)


def _before_insertion(tokens: Tokens, closing: int) -> Run | None:
    """The phrase before an apposition or clause that ends with the comma at `closing`."""
    mark = {")": "("}.get(tokens[closing].text, tokens[closing].text)
    commas = [i for i in range(closing) if tokens[i].text == mark]
    for comma in reversed(commas[-5:]):
        opening = tokens[comma + 1]
        is_insertion = opening.low in OPENS_INSERTION or opening.text[0].isdigit() or _is_adverb(tokens, comma, closing)
        run = phrase_before(tokens, comma)
        if run and _is_full_name(tokens[comma + 1 : closing]) and not tokens[run[1] - 1].is_name:
            return comma + 1, closing
        if is_insertion and run and has_agent(tokens, run):
            return run
    return None


def _is_full_name(inside: Tokens) -> bool:
    """Whether an apposition is the name: "his mother, Joan Lyle, said"."""
    return 2 <= len(inside) <= 5 and all(token.is_name for token in inside)


def _is_adverb(tokens: Tokens, comma: int, closing: int) -> bool:
    inside = tokens[comma + 1 : closing]
    return any(token.low.endswith(("ly", "ing")) or is_agent(token.text) for token in inside[:3])


def _main_subject(tokens: Tokens) -> Run | None:
    run = opening_phrase(tokens)
    return run if run and has_agent_or_pronoun(tokens, run) else None


def _speaks(tokens: Tokens, run: Run, at: int) -> bool:
    """Whether the phrase can be a speaker, of this verb."""
    words = tokens[run[0] : run[1]]
    if words[-1].low in SPEAKING_SELF or words[0].low in SPEAKING_SELF - {"that"}:
        return words[-1].is_name and len(words) > 1
    if words[0].low in {"he", "she", "it", "they"}:
        return len(words) == 1
    low = tokens[at].low
    if all(not token.is_word for token in words):
        return False
    if low in FINDS and low not in SAYING:
        return _is_paper(words)
    return has_agent(tokens, run) if low in NEEDS_AGENT or low in NOUNS_TOO else _is_noun(words)


def _is_paper(words: Tokens) -> bool:
    """Whether the phrase is about a paper or a count, or is one of the names that show something in papers."""
    head = next((i for i, token in enumerate(words) if token.low in PREPOSITIONS), len(words))
    return head > 0 and words[head - 1].low.removesuffix("s") in FINDERS


def _is_noun(words: Tokens) -> bool:
    return words[-1].text[0].isalpha() or words[-1].is_name


def _passive(sentence: str, tokens: Tokens) -> Reported | None:
    """X was quoted as saying by the agency Y: X speaks."""
    if not (match := _MENTIONED.search(sentence)):
        return None
    at = next((i for i, token in enumerate(tokens) if token.start >= match.start()), None)
    run = phrase_before(tokens, at) if at else None
    if at and tokens[at - 1].text == ",":
        run = _before_insertion(tokens, at - 1)
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
            return Reported(_written(sentence, tokens, run), match.start(), tokens[run[1] - 1].end)
    return None


def _written(sentence: str, tokens: Tokens, run: Run) -> str:
    return sentence[tokens[run[0]].start : tokens[run[1] - 1].end]
