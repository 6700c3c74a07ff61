"""Page furniture: the lines of a web page that are not the article."""

import re

from index.text.passages import is_hard_wrapped

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CAPITAL = r"(?=(?-i:[A-Z]))"  # a wrapped line of the article may begin with "related: " or be "comments."

# Links to other articles, set as a line of their own.
_LINK = re.compile(
    r"\s*(?:\[\s*)?" + _CAPITAL + r"(?:also\s+(?:see|read|watch)|read\s+(?:more|also|next|now)|see\s+also|related"
    r"(?:\s+(?:article|stor(?:y|ies)|news))?|more(?:\s+on\s+this)?|watch|listen|recommended|don['’]t\s+miss)\s*[:：|»>]\s*\S",
    re.IGNORECASE,
)
# Whole lines that a page's template writes.
_TEMPLATE = re.compile(
    r"\s*"
    + _CAPITAL
    + r"(?:discussion\s+about\s+this\s+post|leave\s+a\s+(?:reply|comment)|share\s+this(?:\s+(?:article|story|post))?"
    r"|advertisement|sign\s+up\s+for\s+our\s+newsletter|subscribe\s+(?:now|to\s+our\s+newsletter)|read\s+more"
    r"|related\s+(?:articles|stories|news)|comments)\s*(?:[.:…]+\s*)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。؟։][\"'”’»)\]]*\s*$")
_LONGEST_HEADLINE = 100


def without_furniture(text: str) -> str:
    """The text without furniture lines; every other character is left as it is.

    A short line without a sentence's end directly below a "READ MORE: ..." line is the next link of the same
    list and goes with it.
    """
    may_list = not is_hard_wrapped(text)  # there every line is short and without an end
    kept: list[str] = []
    in_links = False
    for line in _LINE.findall(text):
        in_links = bool(_LINK.match(line)) or (may_list and in_links and _is_headline(line))
        if not in_links and not _TEMPLATE.fullmatch(line):
            kept.append(line)
    return "".join(kept)


def _is_headline(line: str) -> bool:
    return 0 < len(line.strip()) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(line)
