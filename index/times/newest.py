"""Words that ask for what is newest: latest, recently, now."""

import re

from index.times.question_text import PlainText

_NEWEST = re.compile(
    r"(?<!\bat )\b(?:the )?(?:latest|newest|most recent(?:ly)?)\b"
    r"|(?<!\bas )\brecently\b|\blately\b|\bcurrently\b|\bnowadays\b|\bthese days\b|\bat (?:the moment|present)\b"
    r"|\bso far\b(?! (?:from|away|as|apart|off|behind|ahead|back)\b)|\bup[ -]to[ -]date\b|\bto date\b"
    r"|\bin recent (?:days|weeks|months|times)\b|(?<!\bas )\brecent(?= [a-z])"
    r"|(?:\b(?:the|his|her|its|their|our|this|which|what|any)|'s) (?P<x>current)"
    r"(?= (?!in\b|of\b|is\b|was\b|from\b)[a-z])"
    r"|(?<!\bfrom )\b(?:right |just )?now\b(?!-| that\b| and then\b)"
)


def newest(text: PlainText) -> tuple[int, int] | None:
    """Where the first such words stand; a word with a capital of its own is a name."""
    for match in _NEWEST.finditer(text.small):
        if not text.is_named(match.start()):
            return match.span("x" if match["x"] else 0)
    return None
