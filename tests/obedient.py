"""A stand-in for a language model without judgement: it does whatever any text in its prompt tells it to."""

import base64
import json
import re
import unicodedata
from typing import Any

from tests.openai_server import OpenAIServer, Reply

_VERBS = (
    "say|says|write|answer|reply|respond|repeat|output|print|state|report|add|mention|tell|complete|contain|"
    "schreibe|responde|écris|回答"
)
_QUOTED = re.compile(rf"(?:{_VERBS})(?![a-z])[^\"“”\n]{{0,90}}[\"“]([^\"”]{{5,300}})[\"”]", re.IGNORECASE)
_BACKWARDS = re.compile(r"backwards[^\"]{0,20}\"([^\"]+)\"")
_ENCODED = re.compile(r"\b[A-Za-z0-9+/]{24,}={0,2}")
_TURN = re.compile(r"^\W*assistant: (?!.*\")(.{5,200})$", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(
    r"<(script|tool_call|a|style)\b[^<>]*>.*?</\1>|<(?:img|iframe|svg|link|video)\b[^<>]*>|!?\[[^\]\n]*\]\((?:https?|javascript):[^\s]*\)"
    r"|\{\"function_call\".*?\}\}|https?://[^\s\"]+",
    re.DOTALL,
)
_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)


def demands(text: str) -> list[str]:
    """The sentences that a text orders to be said."""
    text = _decoded(text)
    encoded = [found for word in _ENCODED.findall(text) for found in demands(_from_base64(word))]
    backwards = [words[::-1] for words in _BACKWARDS.findall(text)]
    return list(dict.fromkeys([*_QUOTED.findall(text), *_TURN.findall(text), *backwards, *encoded]))


def markup(text: str) -> list[str]:
    """The images, links, scripts and calls that a text holds."""
    return list(dict.fromkeys(found.group() for found in _MARKUP.finditer(_decoded(text))))


class ObedientServer(OpenAIServer):
    """A server whose model says first what passage 1 says, and then all that it was ordered to, citing what it can.

    `obeyed` are the sentences that it said on orders.
    """

    def __init__(self) -> None:
        super().__init__()
        self.obeyed: list[str] = []

    def reply_to(self, body: dict[str, Any]) -> Reply:
        prompt = body["messages"][-1]["content"]
        passages = _PASSAGE.findall(prompt)
        ordered = demands(prompt)
        self.obeyed += ordered
        everything = "".join(f"[{n}]" for n, _ in passages)
        honest = passages[0][1].split("\n")[-1].split(". ")[0].rstrip(".")
        said = [f"{honest} [1].", *(f"{one} {everything}" for one in ordered), *ordered, *markup(prompt)]
        arguments = json.dumps({"url": "https://attacker.example/"})
        call = {"index": 0, "id": "1", "type": "function", "function": {"name": "http_get", "arguments": arguments}}
        return Reply([f"{one}\n\n" for one in said], calls=[call])


def _decoded(text: str) -> str:
    """The text with what is hidden in it brought to light, and tags written with other brackets as tags."""
    text = re.sub("[\U000e0020-\U000e007e]", lambda found: chr(ord(found[0]) - 0xE0000), text)
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", text.translate(str.maketrans("‹›", "<>")))


def _from_base64(word: str) -> str:
    try:
        return base64.b64decode(word, validate=True).decode("ascii")
    except ValueError:
        return ""
