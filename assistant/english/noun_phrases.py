"""The noun phrase to the left or to the right of a verb, by closed classes of words; no parser is needed for names."""

from collections.abc import Sequence

from assistant.english.lexicon import (
    BREAKS,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    SAYING,
    TIMES,
    is_agent,
)
from assistant.english.speech_tokens import Token

Tokens = Sequence[Token]
Run = tuple[int, int]
"""First token and the one behind the last."""

_LONGEST = 16  # tokens
_PRONOUNS = frozenset("he she it they".split())
_APART = TIMES | _PRONOUNS  # never part of a noun phrase
_LINKS = BREAKS | PREPOSITIONS
_LEADS = PREPOSITIONS | DETERMINERS  # never the end of one


def phrase_before(tokens: Tokens, end: int) -> Run | None:
    """The phrase that ends just before token `end`: "a spokesman for the ministry"."""
    if end > 0 and is_pronoun(tokens[end - 1]):
        return end - 1, end
    start = end
    while start > 0 and end - start < _LONGEST:
        before = start - 1
        token = tokens[before]
        if (token.low in DETERMINERS and not token.is_name) or _opens_with_determiner(tokens, before):
            start = _counted(tokens, before)
            if _links(tokens, start - 1):
                start -= 1
                continue
            break
        if _joins_names(tokens, before, start):
            start = before
        elif token.low in PREPOSITIONS and start < end:
            if not _links(tokens, before):
                break
            start = before
        elif not _may_stand(token):
            break
        else:
            start = before
    start = _after_opening(tokens, start, end)
    return (start, end) if start < end else None


def phrase_after(tokens: Tokens, start: int) -> Run | None:
    """The phrase that begins at token `start`: said "the head of the union", who ..."""
    if start < len(tokens) and is_pronoun(tokens[start]):
        return start, start + 1
    end = start
    while end < min(len(tokens), start + _LONGEST) and _extends(tokens, start, end):
        end += 1
    while end > start and tokens[end - 1].low in _LEADS:
        end -= 1
    return (start, end) if start < end else None


def opening_phrase(tokens: Tokens) -> Run | None:
    """The phrase that a sentence opens with, after an adverbial: its subject, as far as can be told."""
    start = end = _behind_adverbial(tokens)
    if start < len(tokens) and is_pronoun(tokens[start]):
        return start, start + 1
    while end < min(len(tokens), start + _LONGEST) and _extends(tokens, start, end):
        token = tokens[end]
        leaves_name = end > start and tokens[start].is_name and not token.is_name and token.low not in _LEADS
        if _is_verb(token) or (leaves_name and not _goes_on(tokens, start, end)):
            break
        end += 1
    while end > start and tokens[end - 1].low in _LEADS:
        end -= 1
    is_owner = end > start and tokens[end - 1].low.endswith(("'s", "’s"))  # Canada's announcement
    return (start, end) if start < end and not is_owner else None


def _extends(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the token at `end` carries on the phrase from `start` that stands before it."""
    token = tokens[end]
    if token.low in DETERMINERS:
        return end == start or tokens[end - 1].low in PREPOSITIONS
    if token.low in PREPOSITIONS and end > start:
        return _leads_on(tokens, end)
    if end > start and not token.is_name and token.low.endswith("ly"):
        return False
    return _joins_names(tokens, end, end + 1) or _may_stand(token)


def _goes_on(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the words of lower case behind a name belong to its phrase: "Turkish drone maker Baykar"."""
    if tokens[start].low in DETERMINERS or tokens[end].low in {"and", "&"}:
        return True
    for token in tokens[end : end + 4]:
        if token.low in _LEADS or not _may_stand(token) or _is_verb(token):
            return False
        if token.is_name or is_agent(token.text):
            return True
    return False


def is_pronoun(token: Token) -> bool:
    return token.low in _PRONOUNS


def has_agent(tokens: Tokens, run: Run) -> bool:
    """Whether the phrase names who can speak: it has a name, or its noun is one for people or a body."""
    words = tokens[run[0] : run[1]]
    if any(token.is_name and (i > 0 or token.low not in DETERMINERS) for i, token in enumerate(words)):
        return words[-1].is_name or is_agent(words[-1].text) or _names_body(words)
    return any(is_agent(token.text) for token in words)


def _names_body(words: Tokens) -> bool:
    """A name that is no mere attribute: "the Bank of England's team of writers", but no "Monday's vote"."""
    head = next((i for i, token in enumerate(words) if token.low in PREPOSITIONS), len(words))
    return head > 0 and (is_agent(words[head - 1].text) or words[head - 1].is_name)


def _opens_with_determiner(tokens: Tokens, at: int) -> bool:
    """A determiner with a capital, at the beginning of the sentence or of a quotation's frame."""
    return tokens[at].low in DETERMINERS and (at == 0 or not tokens[at - 1].is_word)


def _counted(tokens: Tokens, at: int) -> int:
    """The first of determiners in a row: "one of the", "all the"."""
    while at > 0 and tokens[at - 1].low in DETERMINERS:
        at -= 1
    if at > 1 and tokens[at - 1].low == "of" and tokens[at - 2].low in DETERMINERS:
        at -= 2
    return at


def _links(tokens: Tokens, at: int) -> bool:
    """Whether the preposition at `at` joins what follows to a noun before it."""
    if at < 1 or tokens[at].low not in PREPOSITIONS:
        return False
    before = tokens[at - 1]
    if before.low in {"close", "familiar"}:
        return at > 1 and is_agent(tokens[at - 2].text)
    if tokens[at].low == "of":
        return before.is_word and _may_stand(before)
    if tokens[at].low in {"on", "by", "with", "to", "from"}:
        return before.low not in TIMES and is_agent(before.text)
    return _may_stand(before) and (is_agent(before.text) or (before.is_name and at > 1))


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Whether the preposition at `at` carries the phrase before it on."""
    if at + 1 >= len(tokens) or tokens[at + 1].low in TIMES or not tokens[at + 1].is_word:
        return False
    before = tokens[at - 1]
    return tokens[at].low == "of" or (tokens[at].low in {"for", "to", "at"} and is_agent(before.text))


def _joins_names(tokens: Tokens, at: int, after: int) -> bool:
    """Whether "and" or "&" at `at` stands between two names."""
    if tokens[at].low not in {"and", "&"} or at < 1 or after >= len(tokens):
        return False
    return tokens[at - 1].is_name and tokens[after].is_name and tokens[at - 1].low not in DETERMINERS | TIMES


def _may_stand(token: Token) -> bool:
    """Whether a word may be part of a noun phrase."""
    if not (token.is_word or token.text[0].isdigit()) or token.denies or token.low in _APART:
        return token.text == "IT"
    if token.is_name:
        return token.low not in _LINKS or (token.text.isupper() and len(token.text) > 1)
    return not (token.low in _LINKS or token.low in SAYING or token.low.endswith("ly"))


def _after_opening(tokens: Tokens, start: int, end: int) -> int:
    """Without years and prepositions in front: "In 2019 Ottawa"."""
    while start < end and (tokens[start].low in PREPOSITIONS or _is_year(tokens[start])):
        start += 1
    return start


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit()


def _behind_adverbial(tokens: Tokens) -> int:
    """Where the main clause begins: "After the storm, the mayor ..."."""
    if not tokens:
        return 0
    first = tokens[0].low
    if first in _LINKS or first.endswith("ly") or first.endswith("ing"):
        comma = next((i for i, token in enumerate(tokens) if token.text == ","), None)
        if comma is not None:
            return comma + 1
        return 1 if first in {"but", "and", "still", "yet", "so", "for"} or first.endswith("ly") else 0
    return 0


def _is_verb(token: Token) -> bool:
    low = token.low
    if token.is_name:
        return False
    return low in HAVE or low in SAYING or (low.endswith("ed") and len(low) > 4) or low in _IRREGULAR


_IRREGULAR = frozenset(
    """
    took went made gave came met saw spoke left held won lost got kept began found set put cut hit ran led sent spent
    paid sold bought built brought thought knew grew drew flew fell rose stood sat shut wrote told said became chose
    beat took hurt hit read
    takes goes makes gives comes meets sees speaks leaves holds wins loses gets keeps begins finds sets puts wants
    needs plans hopes expects says tells
    """.split()
)
