"""Pronouns and the like, replaced by what they stand for in the turns before."""

import re
from collections.abc import Callable, Sequence

from assistant.conversation.phrases import phrases_of
from assistant.conversation.topic import Topic

_PERSON = re.compile(r"\b(?:he|she|him|hers|his|her)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:they|them|theirs|their)\b|\b(?:these|those)\b(?=\s*(?:$|[?,]|(?:are|were|have|had)\b))", re.IGNORECASE
)
_POINTS = (
    r"(?<!say )(?<!said )(?<!think )\b(?:this|that)\b"
    r"(?=\s*(?:$|[?,.]|(?:mean|happen|cost|end|take|decided|announced)\b))"
)
_THING = re.compile(rf"\b(?:it|its)\b|{_POINTS}|(?<=was )that\b(?!\s+\w+\s+(?:who|that))", re.I)
_THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?=\s*(?:$|[?,]|in\b|at\b|on\b))", re.IGNORECASE)
_MOVES = re.compile(
    r"\b(?:sen[dt]|go|goes|going|went|travel\w*|fl(?:y|ew|own)|come|came|br(?:ing|ought)|t(?:ake|ook|aken)|move[ds]?)\b",
    re.I,
)
_MANY = re.compile(r"\b(?:people|those who|[a-z]{3,}(?<![su])s)\b")
_OWNER = re.compile(r"((?:[A-Z][\w-]+ ?)+)[’']s? ")
_POSSESSIVE = re.compile(r"^(?:his|their|its|theirs)$", re.IGNORECASE)
_SAME_NOUN = re.compile(r"\b(?:the|this|that) (?P<noun>[a-z-]+)\b(?! (?:of|in|at|that|who|which)\b)", re.IGNORECASE)
_WHO = re.compile(
    r"^(?:who|whom|(?:which|what) (?:[\w-]+ )?(?:man|woman|person|minister|president|mayor|leader|judge|official))\b",
    re.IGNORECASE,
)
# What is done to a deed, or what a deed does, rather than a thing or a person.
_OF_DEEDS = re.compile(
    r"\b(?:lifted|announced|decided|introduced|imposed|approved|ended|rejected|reported|discovered|cancelled|postponed"
    r"|extended|confirmed|happen(?:ed)?|beg[ia]n|start(?:ed)?|end|last(?:ed)?|caused?|take place|mean|carried out"
    r"|against|support\w*|oppos\w*|behind|think of|(?:say|said) (?:about|of)|react\w*|respon\w+|after|before|since"
    r"|settled|stopped|over|justified|explained|criticis\w+|condemn\w+|ordered|demanded|proposed|planned|possible|legal)\b",
    re.IGNORECASE,
)
_AUX_BEFORE = re.compile(
    r"\b(?:do(?:es)?|did|ha[sd]|have|can|could|will|would|should|may|might|must)\s*$", re.IGNORECASE
)
_AUX_AFTER = re.compile(r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might)\b", re.IGNORECASE)
_NO_OBJECT_OF = re.compile(r"\s+(?:in|at|on|to|for|from|with|by|about|after|before|as)\b|\W*$", re.IGNORECASE)

Antecedent = Callable[[Sequence[Topic], str, "re.Match[str]"], str]


def resolved(question: str, topics: Sequence[Topic]) -> str:
    """The question with its pronouns replaced, as far as the topics, the latest first, tell what they stand for."""
    asked = question
    for pattern, antecedent in _KINDS:
        first = pattern.search(asked)
        if first and not _internal(asked, first) and (found := pattern.search(question)):
            noun = antecedent(topics, question, found)
            if noun and noun.lower() not in question.lower():
                question = _put(question, found, noun)
    return _same_noun(question, topics)


def refers_to_itself(question: str) -> bool:
    """Whether each of its pronouns stands for a phrase of its own."""
    return all(_internal(question, found) for pattern, _ in _KINDS for found in pattern.finditer(question))


def _put(question: str, found: re.Match[str], noun: str) -> str:
    word = found[0].lower()
    is_possessive = bool(_POSSESSIVE.match(word)) or (
        word == "her" and not _NO_OBJECT_OF.match(question[found.end() :])
    )
    if word == "there" and _MOVES.search(question):
        noun = re.sub(r"^(?:in|at|on|near)\b", "to", noun)
    if is_possessive:
        noun += "'" if noun.endswith("s") else "'s"
    if found.start() == 0:
        noun = noun[:1].upper() + noun[1:]
    return f"{question[: found.start()]}{noun}{question[found.end() :]}"


def _internal(question: str, found: re.Match[str]) -> bool:
    """Whether the pronoun stands for a phrase of its own question: "How does Turkey describe its regime?"."""
    if found[0].lower() in ("they", "their") and _MANY.search(question[: found.start()]):
        return True
    before = [phrase for phrase in phrases_of(question) if phrase.end <= found.start()]
    if not before:
        return False
    word = found[0].lower()
    if word in ("its", "their", "his", "her"):
        return any(p.person == (word in ("his", "her")) for p in before)
    return bool(before[-1].names) and bool(_AUX_AFTER.match(question[found.end() :]))


def _person(topics: Sequence[Topic], question: str, found: re.Match[str]) -> str:
    for topic in topics:
        about = re.match(r"who (?:is|was) (?!the |a )(.+?)\W*$", topic.question, re.I)
        if _WHO.match(topic.question) and not about and topic.answer and topic.answer.names - _places(topics):
            return topic.answer.text
        if about and phrases_of(f"is {about[1]}"):
            return about[1]
        persons = [p for p in topic.phrases if p.person] or [p for p in topic.phrases if p.full_name]
        if not persons and topic.subject and topic.subject.names and not _OWNER.match(topic.subject.text):
            persons = [topic.subject]
        if persons:
            return persons[0].text
        if owner := next(filter(None, (_OWNER.match(p.text) for p in topic.phrases)), None):
            return owner[1]
        if topic.answer and (topic.answer.person or topic.answer.full_name):
            return topic.answer.text
    return ""


def _places(topics: Sequence[Topic]) -> frozenset[str]:
    """The names that stand within longer phrases, as that of a town does in "the mayor of Brindle Cross"."""
    longer = (p for topic in topics for p in topic.phrases if p.names and not p.text[0].isupper())
    return frozenset(name for phrase in longer for name in phrase.names)


def _several(topics: Sequence[Topic], question: str, found: re.Match[str]) -> str:
    for topic in topics:
        if topic.answer and topic.answer.plural and topic.clause and topic.clause.wh:
            return topic.answer.text
        many = [p for p in topic.phrases if p.plural]
        if many:
            return many[0].text
        bare = re.search(r"\b(?:did|do|have|are|were|which|how many)\s+([a-z]+s)\b", topic.question)
        if bare and bare[1] not in ("this", "his", "its"):
            return f"the {bare[1]}"
        if topic.answer and topic.answer.names and topic.clause and topic.clause.noun:
            return topic.answer.text
        if topic.subject and topic.subject.names and not topic.subject.person:
            return topic.subject.text
    return ""


def _thing(topics: Sequence[Topic], question: str, found: re.Match[str]) -> str:
    word = found[0].lower()
    copular = bool(
        re.match(r"(?:what|where|how \w+) (?:is|was) it(?: now| exactly| called)?\W*$", question, re.IGNORECASE)
    )
    deed_meant = word in ("this", "that") or bool(_OF_DEEDS.search(question))
    acts = bool(_AUX_BEFORE.search(question[: found.start()])) or word == "its"
    if copular and topics[0].clause and topics[0].clause.about:
        return ""
    for topic in topics:
        things = [p for p in topic.own_phrases if not p.person and (not p.plural or p.text[0].isupper())]
        # What has two names may be a person, or a firm: of those it is one that acts or is asked about.
        may_be_named = (acts or copular) and not deed_meant
        things = [p for p in things if not p.full_name] or [p for p in things if may_be_named]
        if topic.deed and deed_meant:
            return topic.deed
        if word not in ("this", "that") and topic.answer and topic.answer.names and _names_a_thing(topic):
            return topic.answer.text
        if acts and topic.subject in things:
            return topic.subject.text
        described = [p for p in things if not p.text[0].isupper()]
        if topic.deed and not acts and not copular and not described:
            return topic.deed
        if word in ("this", "that") or (deed_meant and any(p.names and p.text[0].isupper() for p in things)):
            return ""
        if things:
            return things[0].text if acts else things[-1].text
    return ""


def _place(topics: Sequence[Topic], question: str, found: re.Match[str]) -> str:
    for topic in topics:
        for phrase in topic.phrases:
            if phrase.names and phrase.after_place_word:
                before = topic.question[: phrase.start].split()
                return f"{before[-1]} {phrase.text}"
        if topic.answer and topic.answer.names and topic.question.lower().startswith(("where", "in wh", "which c")):
            return f"in {topic.answer.text}"
        named = [p for p in topic.own_phrases if p.names and not p.person]
        if named:
            copular = topic.clause and topic.clause.wh.lower() in ("what", "where")
            return f"in {named[0].text}" if copular else f"at {named[0].text}"
    return ""


def _names_a_thing(topic: Topic) -> bool:
    """Whether "which company", "what bridge" was asked and is answered with one."""
    asked = topic.clause.noun if topic.clause and re.match(r"(?:which|what)\b", topic.clause.wh, re.I) else ""
    return bool(asked and topic.answer and not topic.answer.plural) and not _WHO.match(topic.question)


def _same_noun(question: str, topics: Sequence[Topic]) -> str:
    """ "The company" after "Which company ...?" is the one that answered."""
    for found in _SAME_NOUN.finditer(question):
        for topic in topics:
            asked = topic.clause.noun.lower().split() if topic.clause else []
            if topic.answer and topic.answer.names and found["noun"].lower() in asked[-1:]:
                return question[: found.start()] + topic.answer.text + question[found.end() :]
    return question


_KINDS: tuple[tuple["re.Pattern[str]", Antecedent], ...] = (
    (_PERSON, _person), (_PLURAL, _several), (_THING, _thing), (_THERE, _place),
)  # fmt: skip
