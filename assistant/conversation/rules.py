"""A follow-up question made standalone by rules: what it leaves out is taken from the turns before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.bare import asked_anew, with_verb
from assistant.conversation.clause import opened
from assistant.conversation.fragments import filled
from assistant.conversation.leaning import CORRECTION, MORE, Leaning, leaning
from assistant.conversation.ordinals import pointed
from assistant.conversation.phrases import phrases_of
from assistant.conversation.question_words import with_capitals
from assistant.conversation.references import refers_to_itself, resolved
from assistant.conversation.topic import Topic, topic_of
from assistant.conversation.turn import Turn

_LONGEST = 400  # characters of a standalone question
_REMEMBERED = 6  # turns
_ASKED = r"(?P<asked>(?:who|whom|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|will|can)\b.+)$"
_INTRODUCED = re.compile(
    rf"^(?:(?:and|but|so)\s+)*(?:(?:what|how) about (?P<new>[^,?]+)[,?]|(?P<named>(?:the|that)\s[^,?]+),)\s*{_ASKED}",
    re.I,
)
_CONTRACTED = re.compile(r"\b(what|who|where|when|why|how)[’']s\b(?! [A-Z]\w+\W*$)", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:say|said|says|think|thinks|thought)\s*\?*$", re.IGNORECASE)


def standalone(question: str, history: Sequence[Turn], told: str = "") -> str:
    """The question as it must be asked without the turns before it; as it is where it leans on none.

    `told` is the text of the articles that the last turn cites, which tells a question that goes on from one about
    something else.
    """
    turns = [turn for turn in reversed(history[-_REMEMBERED:]) if turn.question.strip()]
    if not turns or not question.strip() or _asked_before(question, turns):
        return question
    asked = _CONTRACTED.sub(r"\1 is", with_capitals(question, told))
    how = leaning(asked, told)
    if not how:
        return question
    topics = _topics([replace(turn, standalone=with_capitals(turn.understood, told)) for turn in turns])
    made = _made(asked, how, turns, topics)
    made = " ".join(made.split())
    return made if 0 < len(made) <= _LONGEST else question


def _asked_before(question: str, turns: Sequence[Turn]) -> bool:
    """Whether a question that was whole then is asked again."""
    words = question.casefold().split()
    return any(turn.question.casefold().split() == words and turn.understood == turn.question for turn in turns)


def _topics(turns: Sequence[Turn]) -> list[Topic]:
    """The topics of turns that come, as these do, latest first."""
    topics: list[Topic] = []
    for turn in reversed(turns):
        topics.insert(0, topic_of(turn, topics[0] if topics else None))
    return topics


def _made(question: str, how: Leaning, turns: Sequence[Turn], topics: Sequence[Topic]) -> str:
    if how == "correction":
        question = CORRECTION.sub("", question, count=1)
        how = leaning(question)
        if not how:
            return question[:1].upper() + question[1:]
    if found := _INTRODUCED.match(question):
        return _introduced(found, turns, topics)
    latest = topics[0]
    if MORE.match(question) and latest.about:
        return f"What else is said about {latest.about}?"
    introduced = bool(re.match(r"(?:and\s+)?(?:what|how) about\b", question, re.IGNORECASE))
    question = opened(pointed(question, turns, topics))
    if how == "bare":
        return asked_anew(question, latest, turns[0].short_answer) or _about(question, latest)
    if made := with_verb(question, latest):
        return made
    if how == "fragment":
        return filled(resolved(question, topics), latest, introduced)
    question = question[:1].upper() + question[1:]
    made = resolved(question, topics)
    if how == "ellipsis":
        return _about(made, latest)
    stands = _names(made) & _known(topics) or (made == question and _names(made) and refers_to_itself(made))
    return made if stands else _about(made, latest)


def _introduced(found: "re.Match[str]", turns: Sequence[Turn], topics: Sequence[Topic]) -> str:
    """ "What about the one at Garrow, how long is it?": what is introduced is what the pronoun stands for."""
    new, asked = pointed((found["new"] or found["named"]).strip(), turns, topics), found["asked"]
    asked = re.sub(r"\b(?:it|that|he|she|they|this)\b", new, asked, count=1, flags=re.IGNORECASE)
    made = asked if new in asked else f"{asked.rstrip(' ?.!')}, as to {new}?"
    made = made[:1].upper() + made[1:]
    return made if _names(made) else _about(made, topics[0])


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
