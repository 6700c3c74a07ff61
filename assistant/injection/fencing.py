"""Text from outside, fit to stand in a prompt: it cannot close its fence, nor pass for a turn or a control token."""

import re
import unicodedata

from assistant.citations.marks import whole_characters

# < and > are for the prompt's own tags; their full-width and small forms read the same to a model.
_ANGLES = str.maketrans("<>＜＞﹤﹥", "‹›‹›‹›")
# What no reader sees: zero-width and soft hyphens, directions, tags, selectors that hide bytes, controls.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]"
)
# Joiners shape Persian and Indic letters and emoji, one between two of these; elsewhere they hide something.
_JOINER = "\u200c\u200d"
_JOINERS = re.compile(f"[{_JOINER}]{{2,}}|(?<![^\\x00-\\x7f])[{_JOINER}]|[{_JOINER}](?![^\\x00-\\x7f])")
_BRACKET_TOKEN = re.compile(r"\[\s?(/?\s?[A-Z]{3,}(?:_[A-Z]+)*)\s?\]")  # [INST], [/INST], [TOOL_CALLS]
_MARK = re.compile(
    r"[\[［【]\s?((?:(?:passage|source)\s)?\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)(?:†[^\]】\n]{0,99})?\s?[\]］】]",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"^(?=[^\w\n]{0,12}(?:system|developer|user|human|assistant|ai|model|tool|function|instructions?|question|answer)"
    r"(?: (?:prompt|message|note|override|update))?[^\w\n]{0,3}(?::|$))",
    re.IGNORECASE | re.MULTILINE,
)


def plain(text: str) -> str:
    """Words of the user's or the model's: nothing hidden, no tags, no control tokens."""
    text = _JOINERS.sub("", _HIDDEN.sub("", whole_characters(text)))
    return _BRACKET_TOKEN.sub(r"(\1)", text.translate(_ANGLES))


def revealed(text: str) -> str:
    """The text as a reader sees it: without what is hidden, and with one form of each letter."""
    return unicodedata.normalize("NFKC", _JOINERS.sub("", _HIDDEN.sub("", text)))


def quoted(text: str) -> str:
    """Words of an article: plain, without marks such as [2], which are the model's, and with `›` before "System:"."""
    return _TURN.sub("› ", _MARK.sub(r"(\1)", plain(text)))
