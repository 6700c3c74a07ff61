"""Question words alone ("Why?", "Who by?") and verbs alone ("Why did it do that?"), asked of the question before."""

import re
from dataclasses import replace

from assistant.conversation.clause import Clause, clause_of, recast
from assistant.conversation.ordinals import PAIR
from assistant.conversation.phrases import phrases_of
from assistant.conversation.topic import Topic

_SHORT = 6  # words of an answer that fits into a question
_DO_SO = re.compile(r"\bdo (?:that|this|so|it)\W*$", re.IGNORECASE)


def asked_anew(asked: str, topic: Topic, short_answer: str) -> str:
    """The question of the topic, asked with `asked` in place of what it was asked with; "" where that does not fit."""
    if not topic.clause or _needs_a_place(asked, topic.clause):
        return ""
    answer = topic.answer.text if topic.answer else _stranded(topic.clause, short_answer)
    return recast(*_counted(asked, topic), answer)


def with_verb(question: str, topic: Topic) -> str:
    """The question with the verb that it leaves to the question before; "" where it leaves none."""
    return _of_another(question, topic) or _do_so(question, topic)


def _needs_a_place(asked: str, clause: Clause) -> bool:
    """Whether what is asked with, as "who" or "how long", has no place in a question that asks for something else."""
    if re.match(r"how (?!many|much|exactly)\w", asked, re.IGNORECASE):
        return not clause.adverbial
    return bool(re.fullmatch(r"(?:who|what|whom|which)\W*", asked, re.IGNORECASE))


def _counted(asked: str, topic: Topic) -> tuple[str, Clause]:
    """ "How many?" after "Which company may get the systems?" counts the systems."""
    assert topic.clause
    if re.fullmatch(r"how (?:many|much)\W*", asked, re.IGNORECASE):
        for phrase in topic.own_phrases:
            if phrase.plural and not phrase.names and phrase.text in topic.clause.rest:
                rest = topic.clause.rest.replace(phrase.text, "", 1)
                return f"How many of {phrase.text}", replace(topic.clause, rest=re.sub(r"\s+(?=,|$)", "", rest))
    return asked, topic.clause


def _stranded(clause: Clause, short_answer: str) -> str:
    """The answer, where the question would end in a preposition without it: "In which city did they accuse her of?"."""
    ends = re.search(r"\b(?:of|to|for|with|from|at|about|in|on|by)$", clause.rest)
    return short_answer if ends and len(short_answer.split()) <= _SHORT else ""


def _of_another(question: str, topic: Topic) -> str:
    """ "Why did Kestrel?" with what the question before says was done."""
    clause = clause_of(question)
    if not clause or not clause.adverbial or not topic.clause or not topic.clause.asks_subject:
        return ""
    if [phrase.text for phrase in phrases_of(f"did {clause.rest}")] != [clause.rest]:
        return ""
    rest = re.sub(rf",\s*(?:{PAIR.pattern})$", "", topic.clause.rest)
    return recast(clause.wh, replace(topic.clause, rest=rest), clause.rest)


def _do_so(question: str, topic: Topic) -> str:
    """ "Why did it do that?" with what the question before says it did."""
    clause = clause_of(question)
    if not clause or not clause.adverbial or not _DO_SO.search(question):
        return ""
    if not topic.clause or not topic.clause.adverbial or not topic.deed:
        return ""
    return recast(clause.wh, topic.clause)
