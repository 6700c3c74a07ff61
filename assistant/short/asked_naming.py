"""Questions about what someone calls something: "what does X call Y", "what did X accuse Y of"."""

import re
from dataclasses import dataclass

_DO = r"(?:do|does|did|has|have|had|would)"
_CALL = r"(?:call|describe|label|brand|dub|term|nickname|name|denounce|condemn|hail|dismiss|characteri[sz]e|rate)\w*"
_TERM = r"(?:terms?|words?|names?|labels?|phrases?|expressions?|formula|nickname|epithet)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat\s+{_DO}\s+(?P<who>.+?)\s+{_CALL}\s+(?!(?:for|on|upon|off|in)\b)(?P<what>.+?)(?:\s+as)?\s*[?.]*$",
        rf"\bhow\s+{_DO}\s+(?P<who>.+?)\s+(?:describe|characteri[sz]e|label|rate|brand)\w*\s+(?P<what>.+?)\s*[?.]*$",
        rf"\b(?:what|which)\s+{_TERM}\s+{_DO}\s+(?P<who>.+?)\s+(?:use|choose|chose|find|give)\w*\s+"
        r"(?:for|to describe|of|about)\s+(?P<what>.+?)\s*[?.]*$",
    )
)
_ACCUSED = re.compile(
    rf"\bwhat\s+{_DO}\s+(?P<who>.+?)\s+accused?\s+(?P<what>.+?)\s+of(?:\s+doing)?\s*[?.]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AskedNaming:
    """Who calls what something, or, with `accuses`, of what he accuses it."""

    who: str
    what: str
    accuses: bool = False


def asked_naming(question: str) -> AskedNaming | None:
    if match := _ACCUSED.search(question):
        return AskedNaming(match["who"], match["what"], accuses=True)
    matches = filter(None, (pattern.search(question) for pattern in _ASKED))
    return next((AskedNaming(match["who"], match["what"]) for match in matches), None)
