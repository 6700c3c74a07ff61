"""Which words of a sentence are verbs that report speech."""

from assistant.english.lexicon import (
    ACTS,
    BESIDE_QUOTES,
    COMPLETED_BY,
    DETERMINERS,
    FINDERS,
    FINDS,
    HAVE,
    NEEDS_AGENT,
    NOUNS_TOO,
    PARTICIPLES,
    PREPOSITIONS,
    SAYING,
    SPEAKING_SELF,
)
from assistant.english.noun_phrases import Run, Tokens, has_agent, is_pronoun
from assistant.english.speech_tokens import Token

VERBS = SAYING | NOUNS_TOO | ACTS | BESIDE_QUOTES | FINDS
_REPORTING = VERBS | PARTICIPLES | COMPLETED_BY.keys() | {"written"}

_WITH_TO = frozenset("responded replied vowed promised pledged threatened swore admitted".split())
_NAMING = frozenset("called calls call described describes".split())
_TELLING = frozenset("told tells tell".split())
_RESULTS = frozenset("sales profit profits earnings revenue loss losses income growth turnover record strong".split())


def reports(tokens: Tokens, at: int) -> bool:
    """Whether the token is a verb that reports, by itself and the words around it."""
    low = tokens[at].low
    if low not in _REPORTING:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].is_name or (at and tokens[at - 1].low in DETERMINERS):  # the reported case, an alleged crack
        return False
    if low in COMPLETED_BY:
        return any(token.low == COMPLETED_BY[low] for token in tokens[at + 1 : at + 7])
    if low in PARTICIPLES or low == "written":
        return at > 0 and (tokens[at - 1].low in HAVE if low == "written" else tokens[at - 1].low in {",", "while"})
    if low in NOUNS_TOO:
        return after is None or after.low == "that" or not after.is_word or follows_mark(tokens, at)
    if low in BESIDE_QUOTES and low not in SAYING:
        return any(token.is_quote for token in tokens)
    return low in VERBS - ACTS if after is None else low in VERBS and _takes(tokens, at, after)


def can_speak(tokens: Tokens, run: Run, at: int) -> bool:
    """Whether the phrase can be the speaker of the verb at `at`."""
    words = tokens[run[0] : run[1]]
    low = tokens[at].low
    if words[-1].low in SPEAKING_SELF or words[0].low.replace("’", "'").split("'")[0] in SPEAKING_SELF - {"that"}:
        return words[-1].is_name and len(words) > 1
    if is_pronoun(words[0]):
        return len(words) == 1
    if all(word.low in DETERMINERS or not word.is_word for word in words):
        return False
    if low in NEEDS_AGENT and run[1] <= at and _is_relative(tokens, run[0] - 1):
        return False
    if low == "reported" and _tells_results(tokens, at):
        return False
    if low in FINDS and low not in SAYING:
        states = at + 1 < len(tokens) and tokens[at + 1].low == "that"
        return _is_finder(words) or (states and has_agent(tokens, run))
    if low in NEEDS_AGENT or low in NOUNS_TOO:
        return has_agent(tokens, run)
    return words[-1].text[0].isalpha() or words[-1].is_name


def follows_mark(tokens: Tokens, at: int) -> bool:
    """Whether the token stands right behind a quotation, a comma or a dash, or opens the sentence."""
    return at == 0 or tokens[at - 1].is_quote or tokens[at - 1].text in {",", "—", "–"}


def _takes(tokens: Tokens, at: int, after: Token) -> bool:
    """Whether what follows the verb is said, or whom it is said to."""
    low = tokens[at].low
    if low in _NAMING:
        return after.low in {"on", "for"} or _names_it(tokens, at)
    if low in _TELLING:
        return after.low not in {"to", "that", "of", "by", "not"}
    if low in ACTS:
        return after.low not in {"of", "by", "to", "entry", "access"} or low == "appealed"
    if low in FINDS and low not in SAYING:
        return after.low in {"that", "a", "the", "no"} or not after.is_word
    return low in _WITH_TO or after.low not in {"by", "to"}


def _is_relative(tokens: Tokens, at: int) -> bool:
    """Whether the token opens a relative clause: the step "that" the minister announced."""
    return at > 0 and tokens[at].low in {"that", "which"} and tokens[at - 1].low not in SAYING


def _names_it(tokens: Tokens, at: int) -> bool:
    """Called the plan a mistake, described him as shy, called it “bad”."""
    after = tokens[at + 1 : at + 9]
    if any(token.is_quote for token in after):
        return True
    if tokens[at].low.startswith("describe"):
        return any(token.low == "as" for token in after)
    return _opens_object(after[0]) and any(token.low in {"a", "an"} for token in after[1:])


def _opens_object(token: Token) -> bool:
    return token.low in DETERMINERS - {"a", "an"} or token.low in {"him", "them", "it"} or token.is_name


def _tells_results(tokens: Tokens, at: int) -> bool:
    """A company reported sales of 3 million: it did so in its books."""
    return any(token.low in _RESULTS for token in tokens[at + 1 : at + 4])


def _is_finder(words: Tokens) -> bool:
    """Whether the phrase is about those who find something out, or what they write it in."""
    head = next((i for i, token in enumerate(words) if token.low in PREPOSITIONS), len(words))
    return head > 0 and words[head - 1].low.removesuffix("s") in FINDERS
