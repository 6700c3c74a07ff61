"""What a turn was about: the phrases that a follow-up may refer to, and the one that is carried into it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import CANNOT_ANSWER
from assistant.conversation.clause import Clause, clause_of
from assistant.conversation.deeds import deed_in
from assistant.conversation.phrases import Phrase, phrases_of
from assistant.conversation.turn import Turn

_LONGEST_ANSWER = 8  # words
_MOST = 3  # phrases
_GENERAL = re.compile(
    r"\b(?:country|city|day|year|date|time|place|town|kind|sort|else|person|company|happened)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Topic:
    """`phrases` are the noun phrases of the question, `deed` what it tells told as a noun, `answer` its answer by name.

    `about` is what a follow-up is about that names nothing itself.
    """

    question: str
    clause: Clause | None
    phrases: Sequence[Phrase]
    deed: str
    answer: Phrase | None
    about: str

    @property
    def names(self) -> frozenset[str]:
        """The names in what it is about, in small letters."""
        return frozenset(name for phrase in phrases_of(f"as to {self.about}") for name in phrase.names)

    @property
    def own_phrases(self) -> Sequence[Phrase]:
        """Without those of an added topic."""
        added = self.clause.about if self.clause else ""
        return [phrase for phrase in self.phrases if phrase.end <= len(self.question) - len(added) - 1]

    @property
    def subject(self) -> Phrase | None:
        """The subject of the question, where it is a phrase of its own."""
        clause = self.clause
        if not clause or clause.asks_subject:
            return None
        return next((p for p in self.phrases if clause.rest.startswith(p.text)), None)


def topic_of(turn: Turn, earlier: "Topic | None" = None) -> Topic:
    """The topic of a turn; where its question names nothing, that of the `earlier` turn."""
    question = turn.understood.strip()
    clause = clause_of(question)
    answer = _named_answer(turn)
    phrases = phrases_of(question)
    deed = _deed(clause, answer) if clause else ""
    about = _about(clause, phrases, deed)
    if not about and earlier:
        about = earlier.about
    return Topic(question, clause, phrases, deed, answer, about)


def _deed(clause: Clause, answer: Phrase | None) -> str:
    if clause.wh.lower().startswith("how many"):
        return ""
    if not clause.asks_subject:
        return deed_in(clause.aux, clause.rest)
    return deed_in(clause.aux, clause.rest, answer.text if answer else f"the {clause.noun}" if clause.noun else "")


def _about(clause: Clause | None, phrases: Sequence[Phrase], deed: str) -> str:
    if clause and clause.about:
        return clause.about
    intransitive = clause is not None and _is_intransitive(clause, deed, phrases)
    if deed and any(phrase.names for phrase in phrases_of(f"as to {deed}")) and not intransitive:
        return deed
    if clause and (owned := _owned(clause, phrases)):
        return owned
    named = list(dict.fromkeys(phrase.text for phrase in phrases if phrase.names))[:_MOST]
    if not named:
        named = [p.text for p in phrases if re.match(r"(?:the|this|that|these|those)\b", p.text, re.I)][:_MOST]
    if deed and not named and not intransitive:
        return deed
    if not named and clause and clause.noun and clause.asks_subject:
        return f"the {clause.noun} that {clause.aux} {clause.rest}".replace("  ", " ")
    if not named and clause and clause.rest and not clause.asks_subject:
        return clause.rest if len(clause.rest.split()) <= _LONGEST_ANSWER else ""
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)


def _is_intransitive(clause: Clause, deed: str, phrases: Sequence[Phrase]) -> bool:
    """Whether a deed is told of its subject alone: "the resignation of the mayor" is about the mayor."""
    if clause.aux.lower() in ("is", "are", "was", "were", "been"):
        return False
    return any(re.fullmatch(rf"the \w+ of {re.escape(p.text)}|{re.escape(p.text)}'s? \w+", deed) for p in phrases)


def _owned(clause: Clause, phrases: Sequence[Phrase]) -> str:
    """ "Norland's duty" for "what duty did Norland impose"."""
    noun = clause.noun if clause.wh.lower().startswith("what ") and not clause.asks_subject else ""
    subject = next((p for p in phrases if p.names and clause.rest.startswith(p.text)), None)
    if not noun or not subject or len(subject.text.split()) > 3 or _GENERAL.search(noun):
        return ""
    return f"{subject.text}'{'' if subject.text.endswith('s') else 's'} {noun}"


def _named_answer(turn: Turn) -> Phrase | None:
    """The short answer where it is a name or a phrase that can stand in a question."""
    short = turn.short_answer.strip(" .,;")
    if not short or turn.answer == CANNOT_ANSWER or len(short.split()) > _LONGEST_ANSWER or ";" in short:
        return None
    found = phrases_of(f"is {short}")
    whole = [phrase for phrase in found if len(phrase.text) >= len(short) - 2 or phrase.text == short]
    return whole[0] if whole else None
