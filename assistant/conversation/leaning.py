"""Whether a question leans on earlier ones, and how."""

import re
from typing import Literal

from assistant.conversation.clause import opened
from assistant.conversation.phrases import phrases_of
from assistant.conversation.question_words import CONNECTIVES, Token, tokens_of
from index.embedders import word_rank
from index.text.analysis import words_of

Leaning = Literal["correction", "bare", "fragment", "reference", "ellipsis", ""]

CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|not that|wait)\b[\s,.:;-]+)*"
    r"(?:(?:sorry,? )?(?:but )?(?:i (?:meant?|(?:was|am) asking about)|i'm asking about|rather|make that)\b[\s,:]*"
    r"|(?<=[\s,.:;-]))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|he|she|him|her|his|hers|they|them|their|theirs|itself|himself|herself|themselves"
    r"|(?:the|that|this|which|another|an?) (?:\w+ )?ones?|the (?:other|former|latter|same)|there and then)\b"
    r"|\b(?:this|that|these|those)\b(?=\s*(?:$|[?,.!]|(?:\w+ed|is|are|was|were|has|have|had|mean|happen|cost|end)\b))"
    r"|\b(?:these|those|such)\s+\w+"
    r"|\b(?:this|that)\s+(?!year|month|week|morning|day|evening|summer|winter|spring|autumn)\w+"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!has )(?<!be )(?<!been )\bthere\b(?!\s+(?:is|are|was|were|will|any))"
    r"|\bthen\b(?=\s*(?:$|\?))"
    r"|\b(?:the )?(?:day|week|month|year)s? (?:before|after|earlier|later)\b(?=\s*(?:$|[?,]))",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:say|said|says|thinks?|thought|wants?|answer(?:ed)?|respond(?:ed)?|react(?:ed)?|reply|replied|do|did"
    r"|argue|claim|feel|agree|know|accept|object|help|support|view|position|reaction|response|opinion|comment)"
    r"\s*(?:now|then|today|to that)?\s*\?*$",
    re.IGNORECASE,
)
_BARE = (
    r"(?:(?:why|when|how)(?:\s+(?:is|was|did)\s+it(?:\s+happen)?)?"
    r"|(?:why|when|where|how)(?:\s+(?:(?:is|was|did)\s+(?:that|this)(?:\s+happen)?|so(?: \w+)?))?)\W*"
)
MORE = re.compile(
    r"^(?:please )?(?:(?:tell me )?more(?: about (?:it|that|this))?|go on|what else|anything else|and)\W*$",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^(?:(?:thanks?|thank you|ok(?:ay)?|great|hi|hello|good|yes|no|please|bye|wow|very much|a lot)[\s!.,]*)+$",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(rf"^{CONNECTIVES}\b[\s,]", re.IGNORECASE)
_SMALL = 3  # words that carry meaning, below which a question without a name says too little
_LONGEST_FRAGMENT = 8  # words
_COMMON = 400  # a word of this rank or commoner may stand in any article


def leaning(question: str, told: str = "") -> Leaning:
    """How a question leans on earlier ones, "" where it stands alone.

    `told` is the text of the articles that answered the turn before.
    """
    if _COURTESY.match(question):
        return ""
    found = CORRECTION.match(question)
    if found and found[0].strip(" ,.:;-"):
        return "correction"
    plain = opened(question)
    if MORE.match(question):
        return "ellipsis"
    tokens = [token for token in tokens_of(plain) if token.kind != "mark"]
    if _is_bare(plain, tokens):
        return "bare"
    if _is_fragment(tokens):
        return "fragment"
    if _PRONOUN.search(_without_own_reference(plain)):
        return "reference"
    if (
        tokens
        and tokens[0].small in ("why", "how", "when", "where")
        and all(token.kind in ("wh", "name", "prep") for token in tokens)
    ):
        return "ellipsis"
    own = any(token.kind in ("name", "own") for token in tokens)
    if own:
        return "ellipsis" if _SAYING.search(plain) and len(words_of(plain)) <= _SMALL else ""
    return "ellipsis" if _says_too_little(question, plain, told) else ""


def _is_bare(plain: str, tokens: list[Token]) -> bool:
    """Question words with nothing that they ask of: "Why?", "By which route?", "When was that?"."""
    if re.fullmatch(_BARE, plain, re.IGNORECASE):
        return True
    kinds = {token.kind for token in tokens if token.small != "one"}
    short = "wh" in kinds and len(tokens) <= 4 and not kinds & {"aux", "verb", "name", "own", "pron"}
    return short and not _SUBJECT.match(plain)


_SUBJECT = re.compile(r"^(?:who|what)\s+(?!by|to|for|from|with|of|else|about|on|in|exactly)\w+", re.I)


def _is_fragment(tokens: list[Token]) -> bool:
    """A phrase without a question: "And in Merrow Bay?", "The other one?"."""
    if not tokens or len(tokens) > _LONGEST_FRAGMENT or any(token.kind in ("aux", "wh") for token in tokens):
        return False
    return tokens[0].kind in ("prep", "det", "name", "own", "date", "pron") or len(tokens) <= _SMALL


def _says_too_little(question: str, plain: str, told: str) -> bool:
    """Whether a question without a name speaks of something known: "the director", or words of the articles told of."""
    words = words_of(plain)
    if len(words) < _SMALL or _CONNECTIVE.match(question):
        return True
    stems = frozenset(words_of(told))
    known = [word for word in words if word in stems and word_rank(word) > _COMMON]
    definite = any(re.match(r"the\b", phrase.text, re.I) for phrase in phrases_of(plain))
    if definite:
        return not told or bool(known) or len(words) <= _SMALL + 1
    return bool(known)


def _without_own_reference(plain: str) -> str:
    """Without the "it" of "is it true that", "it is said", which stands for nothing."""
    stands_for_nothing = r"\b(?:is|was) it (?:true|known|clear|possible|that)\b|\bit (?:is|was) said\b"
    return re.sub(stands_for_nothing, " ", plain, flags=re.IGNORECASE)
