"""A follow-up question made standalone by rules: what it leaves out is taken from the turns before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.clause import Clause, clause_of, opened, recast
from assistant.conversation.fragments import filled
from assistant.conversation.leaning import CORRECTION, MORE, Leaning, leaning
from assistant.conversation.ordinals import PAIR, pointed
from assistant.conversation.phrases import phrases_of
from assistant.conversation.references import resolved
from assistant.conversation.topic import Topic, topic_of
from assistant.conversation.turn import Turn

_LONGEST = 400  # characters of a standalone question
_REMEMBERED = 6  # turns
_SHORT = 6  # words of an answer that fits into a question
_INTRODUCED = re.compile(r"^(?:(?:and|but|so)\s+)*(?:what|how) about (?P<new>[^,?]+)[,?]\s*(?P<asked>\w.+)$", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:say|said|says|think|thinks|thought)\s*\?*$", re.IGNORECASE)


def standalone(question: str, history: Sequence[Turn], told: str = "") -> str:
    """The question as it must be asked without the turns before it; as it is where it leans on none.

    `told` is the text of the articles that the last turn cites, which tells a question that goes on from one about
    something else.
    """
    turns = [turn for turn in reversed(history[-_REMEMBERED:]) if turn.question.strip()]
    if not turns or not question.strip():
        return question
    how = leaning(question, told)
    if not how:
        return question
    topics = _topics(turns)
    made = _made(question, how, turns, topics)
    made = " ".join(made.split())
    return made if 0 < len(made) <= _LONGEST else question


def _topics(turns: Sequence[Turn]) -> list[Topic]:
    """The topics of turns that come, as these do, latest first."""
    topics: list[Topic] = []
    for turn in reversed(turns):
        topics.insert(0, topic_of(turn, topics[0] if topics else None))
    return topics


def _made(question: str, how: Leaning, turns: Sequence[Turn], topics: Sequence[Topic]) -> str:
    if introduced := _INTRODUCED.match(question):
        return _introduced(introduced, turns, topics)
    if how == "correction":
        rest = CORRECTION.sub("", question, count=1)
        how = leaning(rest) or ""
        if not how:
            return rest[:1].upper() + rest[1:]
        question = rest
    if MORE.match(question) and topics[0].about:
        return f"What else is said about {topics[0].about}?"
    latest = topics[0]
    introduced = bool(re.match(r"(?:and\s+)?(?:what|how) about\b", question, re.IGNORECASE))
    question = opened(pointed(question, turns, topics))
    if how == "bare" and latest.clause and not _needs_a_place(question, latest.clause):
        answer = latest.answer.text if latest.answer else _stranded(latest.clause, turns[0].short_answer)
        made = recast(*_counted(question, latest), answer)
        return made or _about(question, latest)
    if made := _with_deed(question, latest):
        return made
    if how == "fragment":
        return filled(resolved(question, topics), latest, introduced)
    question = question[:1].upper() + question[1:]
    made = resolved(question, topics)
    if how == "ellipsis" or not _names(made) & _known(topics):
        return _about(made, latest)
    return made


def _needs_a_place(asked: str, clause: Clause) -> bool:
    """Whether what is asked by, such as "who" or "how long", has no place in a question that asks for something else."""
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


def _with_deed(question: str, topic: Topic) -> str:
    """ "Why did Kestrel?" with what the question before says was done."""
    clause = clause_of(question)
    if not clause or not clause.adverbial or not topic.clause or not topic.clause.asks_subject:
        return ""
    if [phrase.text for phrase in phrases_of(f"did {clause.rest}")] != [clause.rest]:
        return ""
    rest = re.sub(rf",\s*(?:{PAIR.pattern})$", "", topic.clause.rest)
    return recast(clause.wh, replace(topic.clause, rest=rest), clause.rest)


def _introduced(found: "re.Match[str]", turns: Sequence[Turn], topics: Sequence[Topic]) -> str:
    """ "What about the one at Garrow, how long is it?": what is introduced is what the pronoun stands for."""
    new, asked = pointed(found["new"].strip(), turns, topics), found["asked"]
    asked = re.sub(r"\b(?:it|that|he|she|they|this)\b", new, asked, count=1, flags=re.IGNORECASE)
    return (asked if new in asked else f"{asked.rstrip(' ?')}, as to {new}?")[:1].upper() + asked[1:]


def _about(question: str, topic: Topic) -> str:
    """The question with what it is about."""
    plain = question.rstrip(" ?.!")
    if not topic.about or topic.about.lower() in plain.lower():
        return question
    about = _without_named(topic, plain)
    if not about:
        return question
    if _SAYING.search(plain):
        return f"{plain} about {about}?"
    return f"{plain}, as to {about}?"


def _without_named(topic: Topic, plain: str) -> str:
    """What it is about; of several phrases those that the question does not name already."""
    parts = re.split(r", | and ", topic.about)
    named = _names(plain)
    left = [part for part in parts if not (_names(f"as to {part}") and _names(f"as to {part}") <= named)]
    if len(left) == len(parts) or topic.deed == topic.about:
        return topic.about
    return " and ".join(left)


def _names(text: str) -> frozenset[str]:
    return frozenset(name for phrase in phrases_of(text) for name in phrase.names)


def _known(topics: Sequence[Topic]) -> frozenset[str]:
    """All names of the turns before: one of them is enough to say what a question is about."""
    named = frozenset(name for topic in topics for phrase in topic.phrases for name in phrase.names)
    answers = frozenset(name for topic in topics if topic.answer for name in topic.answer.names)
    return named | answers | frozenset(name for topic in topics for name in topic.names)


