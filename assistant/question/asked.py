"""What a question asks for, read once: its kind, by which the assistant chooses a plan."""

from typing import Literal, get_args

Kind = Literal[
    "fact",  # one thing that a sentence may tell; also what nothing else is
    "definition",  # who or what something is
    "yes/no",
    "says",  # what someone says
    "comparison",  # of two things, sides or days: which is more, came first, what differs, what is in common
    "sequence",  # what happened one after another, until now, in between, or what has changed
    "summary",  # of a subject, an article or all of them
    "list",  # all of a kind, or how many of them
    "arithmetic",  # a sum or a difference, also of days
    "collection",  # the articles themselves: how many, by whom, of when, on what
    "answer",  # the answer before: shorter, more plainly, whence
    "talk",  # greetings, thanks, help, and what asks for an opinion
]
KINDS: tuple[Kind, ...] = get_args(Kind)


def kind_asked(question: str) -> Kind:
    """What a question asks for."""
    return "fact"
