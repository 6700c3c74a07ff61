"""The kinds of question whose form leaves no doubt, whatever its words are."""

from assistant.plans.bounds import bounds_of
from assistant.plans.kinds_of_things import wanted_by_name
from assistant.plans.summary import asks_to_sum_up
from assistant.plans.values_told import moving
from assistant.question.asked import Kind
from index.english import lexicon

_WORDS = lexicon("sequence")
_HAPPENED, _IMPERATIVES, _OF_CHANGE = map(_WORDS.words, ("happened", "imperatives", "of_change"))
_OPENING = 4  # words


def form_of(question: str) -> Kind | None:
    """The kind of a question that asks how a value moved, what happened between events, for all of a kind by name, or
    to sum up; None for any other."""
    words = question.lower().split()
    if not words:
        return None
    if words[0] == "how" and words[1:2] and words[1] in _OF_CHANGE and moving(question):
        return "sequence"
    if words[0] == "what" and _HAPPENED & set(words[1:_OPENING]) and bounds_of(question):
        return "sequence"
    if asks_to_sum_up(question):
        return "summary"
    if words[0] in _IMPERATIVES and wanted_by_name(question):
        return "list"
    return None
