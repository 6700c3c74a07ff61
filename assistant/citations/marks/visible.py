"""What of a model's text a reader may see: no thinking, no halves of characters, no control tokens."""

import re

# How models fence their thinking, by what opens it.
_FENCES = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "<scratchpad>": "</scratchpad>",
    "[THINK]": "[/THINK]",
    "<|channel|>analysis": "<|channel|>final<|message|>",
}
_THINKING = re.compile(
    "|".join(rf"{re.escape(opening)}.*?(?:{re.escape(closing)}|\Z)" for opening, closing in _FENCES.items()), re.DOTALL
)
_THINKING_BEGAN_IN_PROMPT = re.compile(rf"\A.*(?:{'|'.join(map(re.escape, _FENCES.values()))})", re.DOTALL)
_CONTROL = re.compile(r"<\|[a-z_]{2,30}\|>|</?s>|<(?:start|end)_of_turn>|<[｜|][^<>\n]{1,40}[｜|]>")


def without_thinking(text: str) -> str:
    """The text without `<think>…</think>` and the like, closed or not, or begun before the text."""
    return _THINKING_BEGAN_IN_PROMPT.sub("", _THINKING.sub("", text))


def without_control_tokens(text: str) -> str:
    """The text without tokens such as `<|im_end|>`, which a server's template should have taken off."""
    return _CONTROL.sub("", text)


def visible_text(text: str) -> str:
    """As much of a text still being made as is surely not thinking: it may end in `<thi`."""
    visible = without_thinking(text)
    longest = max(map(len, _FENCES))
    for cut in range(max(0, len(visible) - longest + 1), len(visible)):
        if any(opening.startswith(visible[cut:]) for opening in _FENCES):
            return visible[:cut]
    return visible
