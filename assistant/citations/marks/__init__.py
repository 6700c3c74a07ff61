"""Citation marks in a language model's text: `[1][2]`, `[1-3]`, `(1)`, `【1】`, "Source 2", footnotes and the rest.

A text goes through five steps: what is no answer is taken off (`visible`, `wrapping`, `references`), tables become
lines (`tables`), each form of mark becomes one (`forms`, `parentheses`), phrases that exist for a mark alone go
(`phrases`), and what is left is cut into sentences with their numbers (`parsing`).
"""

from assistant.citations.marks.parsing import MarkedSentence, MarkedText, parse_marks, without_marks
from assistant.citations.marks.visible import visible_text, without_thinking

__all__ = [
    "MarkedSentence",
    "MarkedText",
    "parse_marks",
    "visible_text",
    "without_marks",
    "without_thinking",
]
