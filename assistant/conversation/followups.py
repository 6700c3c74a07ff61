"""A follow-up question made standalone: what it leaves out is taken from the turns before.

A whole question is left as it is. One that depends on the turns before is put whole in one of four ways: a question
word alone asks of the question before, a phrase alone takes its place in that question, a pronoun gives way to the
phrase it stands for, and what names nothing gets the topic of the conversation, ", as to ...".
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from assistant.answer import CANNOT_ANSWER
from assistant.conversation.grammar import PEOPLE, Grammar, Phrase, grammar_of
from assistant.conversation.turn import REMEMBERED, Turn
from assistant.english.parsing import Word
from index.embedders import word_rank
from index.english import lexicon
from index.text.analysis import words_of

Dependence = Literal["", "bare", "fragment", "reference", "ellipsis"]

_LISTS = lexicon("conversation")
_LONGEST = 400  # characters of a standalone question
_LONGEST_ANSWER = 8  # words of a short answer that can stand in a question
_LONGEST_FRAGMENT = 8  # words
_MOST = 3  # phrases of a topic
_SMALL = 3  # words that carry meaning, below which a question without a name says too little
_COMMON = 400  # a word of this rank or commoner may stand in any article
_OPENING = re.compile(rf"^(?:(?:{_LISTS.pattern('openers')}|(?P<about>(?:what|how) about))\b[\s,]*)+", re.IGNORECASE)
_CORRECTION = re.compile(
    rf"^(?:(?:no|nope|sorry|not that|wait)\b[\s,.:;-]+)*(?:(?:but )?{_LISTS.pattern('corrections')}\b[\s,:]*"
    r"|(?<=[\s,.:;-]))",
    re.IGNORECASE,
)
_COURTESY = re.compile(rf"^(?:{_LISTS.pattern('courtesies')}\b[\s!.,]*)+$", re.IGNORECASE)
_MORE = re.compile(rf"^(?:please )?{_LISTS.pattern('more')}\W*$", re.IGNORECASE)
_ABOUT = re.compile(r", as to (?P<about>[^?]+)\?*$")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DATE = re.compile(rf"\b(?P<led>(?:in|on|of|during|since|before|after) )?(?:[A-Z][a-z]+ )?{_YEAR.pattern}")
_YEAR_ON = re.compile(r"(?:the|one|a) year (before|after|earlier|later)", re.IGNORECASE)
_ONE_OF_TWO = re.compile(
    r"\bthe (?P<which>first|second|last|other)(?: one\b|(?=\W*$))|\bthe (?P<named>former|latter)\b"
)
_NAME = r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*"
_TWO = re.compile(rf"({_NAME}),?\s+(?:and|or)\s+({_NAME})")
_LED_BACK = re.compile(r"\s+(to|by|for|from|with|of|in|at|on|about)\W*$")  # "Who by?"
_PERSON, _SEVERAL, _POSSESSIVE = map(_LISTS.words, ("of a person", "of several", "possessive"))


def standalone(question: str, history: Sequence[Turn], told: str = "", request: bool = False) -> str:
    """The question as it can be asked without the turns before it; as it is where it depends on none.

    A `request`, as for a time line, is whole without a verb: "timeline of the permits". `told` is the text of the
    articles that the last turn cites, which tells a question that goes on from one about something else.
    """
    turns = [turn for turn in history[-REMEMBERED:] if turn.question.strip()]
    if not turns or not question.strip() or _asked_before(question, turns):
        return question
    asked = _with_capitals(question, told)
    if _COURTESY.match(asked):
        return question
    found = _CORRECTION.match(asked)
    corrected = bool(found and found[0].strip(" ,.:;-"))
    if found and corrected:
        asked = asked[found.end() :]
    how = _dependence(asked, told)
    if request and how in ("fragment", "ellipsis") and not _OPENING.match(asked) and len(words_of(asked)) > 1:
        return question
    if not how:
        return _capital(asked) if corrected else question
    topics = [Topic(turn, told) for turn in reversed(turns)]
    made = " ".join(_made(asked, how, topics).split())
    return made if 0 < len(made) <= _LONGEST else question


class Topic:
    """What a turn was about, as far as a follow-up may refer to it."""

    def __init__(self, turn: Turn, told: str) -> None:
        whole = _with_capitals(turn.understood.strip(), told)
        added = _ABOUT.search(whole)
        self.question = whole[: added.start()] + "?" if added else whole
        self.added = added["about"] if added else ""
        self.grammar = grammar_of(self.question)
        self._turn = turn

    @property
    def phrases(self) -> Sequence[Phrase]:
        return [one for one in self.grammar.phrases if not one.inner]

    @property
    def asks_who(self) -> bool:
        """Whether a person is asked for: "who", "which minister"."""
        asked = self.grammar.asked_noun.lower().split()
        return self.grammar.asked_words.lower() == "who" or bool(asked and asked[-1] in PEOPLE)

    @cached_property
    def answer(self) -> Phrase | None:
        """The short answer where it is a name."""
        short = self._turn.short_answer.strip(" .,;")
        if not short or self._turn.answer == CANNOT_ANSWER or len(short.split()) > _LONGEST_ANSWER or ";" in short:
            return None
        words = grammar_of(f"It is {short}.").words[2:-1]
        if not any(word.is_proper for word in words) or any(word.is_verb or word.tag == "CD" for word in words):
            return None
        several = any(word.tag == "CC" for word in words) or words[-1].tag == "NNS"
        return Phrase(short, 0, len(short), True, False, len(words) > 1, several, "")

    @cached_property
    def about(self) -> Sequence[str]:
        """What a follow-up is about that names nothing itself."""
        if self.added:
            return re.split(r", | and ", self.added)
        subject = next((one for one in self.phrases if one.subject and one.named), None)
        if subject and self.grammar.asks == "object" and (noun := self.grammar.asked_noun):
            return [f"{_possessive(subject.text)} {noun}"]
        named = [one.text for one in self.phrases if one.named or one.subject or one.text.lower().startswith("the ")]
        return list(dict.fromkeys(named or [one.text for one in self.phrases]))[:_MOST]


# Whether a question depends on the turns before


def _dependence(question: str, told: str) -> Dependence:
    """How a question depends on earlier turns, "" where it stands alone."""
    plain = _OPENING.sub("", question)
    if _MORE.match(question) or not plain:
        return "ellipsis"
    grammar = grammar_of(plain)
    words = [word for word in grammar.words if not word.is_mark]
    names = [word for word in words if word.is_proper]
    verbs = [word for word in words if word.is_verb or word.tag == "MD"]
    asks = any(word.tag.startswith("W") for word in words)
    if asks and not names and _is_bare(grammar):
        return "bare"
    if not verbs and not asks and len(words) <= _LONGEST_FRAGMENT:
        return "fragment"
    if any(_refers(grammar, at) for at in range(len(grammar.words))):
        return "reference"
    if names:
        return "ellipsis" if not verbs or _lacks_an_object(grammar) else ""
    return "ellipsis" if _says_too_little(question, plain, grammar, told) else ""


def _is_bare(grammar: Grammar) -> bool:
    """Whether it is a question word with nothing that it asks of: "Why?", "By which route?", "When was that?"."""
    rest = [word for at, word in enumerate(grammar.words) if at not in grammar.asked and not word.is_mark]
    if grammar.asked_noun and any(word.is_verb for word in rest):
        return False
    return all({word.lemma, word.low} & _LISTS.words("nothing") or word.tag in ("IN", "TO") for word in rest)


def _refers(grammar: Grammar, at: int) -> bool:
    """Whether the word stands for something that is not in its question."""
    word = grammar.words[at]
    before = grammar.words[at - 1] if at else None
    if _kind(word) not in ("", "place"):
        return not _is_empty(grammar, at) and not _has_its_own(grammar, word)
    if word.low in ("this", "that", "these", "those"):
        noun = grammar.words[word.head].low if word.role == "det" else ""
        explained = any(
            one.role in ("relcl", "acl") and one.head == at for one in grammar.words
        )  # "those who live there"
        return word.tag == "DT" and noun not in _LISTS.words("times") and not explained
    if word.low in ("one", "ones"):
        return bool(before and before.tag in ("DT", "JJ", "JJR", "JJS")) and word.role not in ("nummod", "quantmod")
    is_last = at >= len(grammar.words) - 2
    return (
        (word.low == "there" and word.tag == "RB")
        or word.low in ("former", "latter")
        or (word.low == "then" and is_last)
    )


def _is_empty(grammar: Grammar, at: int) -> bool:
    """Whether "it" stands for nothing: "is it true that", "it is said"."""
    head = grammar.words[at].head
    told = any(one.role == "ccomp" and one.head == head for one in grammar.words)
    return grammar.words[at].low == "it" and told and grammar.words[head].lemma == "be"


def _has_its_own(grammar: Grammar, word: Word) -> bool:
    """Whether the question itself has what the pronoun stands for: "How does Isey describe its law?"."""
    agreeing = [one for one in grammar.phrases if one.end <= word.start and _agrees(word.low, one)]
    below = grammar.words[word.head].role in ("ccomp", "advcl", "relcl", "xcomp")
    return bool(agreeing) and (word.tag == "PRP$" or below)


def _lacks_an_object(grammar: Grammar) -> bool:
    """Whether a question says only whose words or wish it asks for: "What does Sudmark say?"."""
    last = [word for word in grammar.words if not word.is_mark][-1]
    return last.lemma in _LISTS.words("reacting") and len(words_of(grammar.text)) <= _SMALL


def _says_too_little(question: str, plain: str, grammar: Grammar, told: str) -> bool:
    """Whether a question without a name speaks of something known: "the director", or words of the articles told of."""
    words = words_of(plain)
    if len(words) < _SMALL or plain != question:
        return True
    stems = frozenset(words_of(told))
    known = any(word in stems and word_rank(word) > _COMMON for word in words)
    if any(one.text.lower().startswith("the ") for one in grammar.phrases):
        return not told or known or len(words) <= _SMALL + 1
    return known


# What it is made into


def _made(question: str, how: Dependence, topics: Sequence[Topic]) -> str:
    latest = topics[0]
    if _MORE.match(question) and latest.about:
        return f"What else is said about {_listed(latest.about)}?"
    opening = _OPENING.match(question)
    said = question[opening.end() :] if opening else question
    plain = _pointed(said, topics)
    if how == "bare":
        return _asked_anew(plain, latest) or _with_topic(plain, topics)
    if how == "fragment":
        return _filled(plain.strip(" ?.!,"), latest, bool(opening and opening["about"]))
    made, named = _resolved(plain, topics)
    return _capital(made) if named or plain != said else _with_topic(_capital(made), topics)


def _pointed(question: str, topics: Sequence[Topic]) -> str:
    """The question with "the first one", "the other" replaced by what it means of two that were named together."""
    found = _ONE_OF_TWO.search(question)
    for at, topic in enumerate(topics if found else ()):
        if found and (two := _TWO.search(topic.question)):
            which = found["which"] or found["named"]
            since = " ".join(one.question for one in topics[:at]) or (topic.answer.text if topic.answer else "")
            first = two[2] in since if which == "other" else which in ("first", "former")
            return f"{question[: found.start()]}{two[1] if first else two[2]}{question[found.end() :]}"
    return question


def _asked_anew(plain: str, topic: Topic) -> str:
    """The question before, asked with the question word of this one: "Who by?" as "By whom"."""
    grammar = grammar_of(plain)
    asked = grammar.asked_words
    led = _LED_BACK.match(plain[grammar.words[grammar.asked[-1]].end :])
    if led:
        noun = "whom" if asked.lower() == "who" else asked.lower()
        asked = "Why" if (noun, led[1]) == ("what", "for") else f"{led[1]} {noun}"
    elif asked.lower() in ("who", "what", "whom", "which"):
        return ""
    made = topic.grammar.asked_anew(_capital(asked), topic.answer.text if topic.answer else "").strip()
    about = f", as to {topic.added}" if topic.added else ""
    return f"{made}{about}?" if made else ""


def _filled(new: str, topic: Topic, introduced: bool) -> str:
    """The question of the topic with a phrase in the place of its counterpart there; else at its end.

    What is `introduced` by "what about" comes for the last name: "How many were sold to Isey?", "What about Sudmark?".
    """
    question = topic.question
    if (by := _YEAR_ON.fullmatch(new)) and (year := _YEAR.search(question)):
        other = int(year[0]) + (-1 if by[1].lower() in ("before", "earlier") else 1)
        return f"{question[: year.start()]}{other}{question[year.end() :]}"
    if _DATE.fullmatch(new) and (old := _DATE.search(question)):
        led = old["led"] if old["led"] and new[0].isdigit() else ""
        return f"{question[: old.start()]}{led}{new}{question[old.end() :]}"
    words = [word for word in grammar_of(new).words if not word.is_mark]
    led = words[0].low if words and words[0].tag in ("IN", "TO") else ""
    names = [one for one in topic.grammar.phrases if one.named]
    if led:
        names = [one for one in names if one.before == led or (one.in_place and led in ("in", "at", "near"))]
    if not names or not any(word.text[0].isupper() for word in words):
        return f"{question.rstrip(' ?.!')}{' ' if led else ', as to '}{new}?"
    name = names[-1] if led or introduced else names[0]
    start = name.start - len(name.before) - 1 if led else name.start
    return f"{question[:start]}{new}{question[name.end :]}"


def _resolved(plain: str, topics: Sequence[Topic]) -> tuple[str, bool]:
    """The question with its pronouns replaced by what they stand for, and whether one of these has a name."""
    grammar = grammar_of(plain)
    made, shift, named = plain, 0, False
    done: set[str] = set()
    for at, word in enumerate(grammar.words):
        kind = _kind(word)
        noun = _antecedent(kind, word, grammar, topics) if kind not in done and _refers(grammar, at) else ""
        if not noun or noun.lower() in made.lower():
            continue
        done.add(kind)
        named |= any(one.named for one in grammar_of(f"It is {noun}.").phrases)
        if word.low in _POSSESSIVE or word.tag == "PRP$":
            noun = _possessive(noun)
        made = f"{made[: word.start + shift]}{noun}{made[word.end + shift :]}"
        shift += len(noun) - len(word.text)
    return made, named


def _kind(word: Word) -> str:
    """What a pronoun stands for: "person", "several", "thing" or "place"; "" of other words."""
    if word.low in _PERSON:
        return "person"
    if word.low in _SEVERAL:
        return "several"
    return {"there": "place", "it": "thing", "its": "thing"}.get(word.low, "")


def _agrees(pronoun: str, phrase: Phrase) -> bool:
    if pronoun in _PERSON:
        return phrase.person or phrase.named
    return phrase.plural if pronoun in _SEVERAL else not phrase.person


def _antecedent(kind: str, word: Word, grammar: Grammar, topics: Sequence[Topic]) -> str:
    """What a pronoun stands for: the latest turn that has something of its kind."""
    for topic in topics:
        if kind == "person":
            found = _person(topic)
        elif kind == "several":
            found = _several(topic)
        elif kind == "place":
            found = _place(topic, grammar.words[word.head].lemma in _LISTS.words("moving"))
        else:
            found = _thing(topic, word, grammar) if kind else ""
        if found or (kind == "thing" and topic.phrases):
            return found
    return ""


def _person(topic: Topic) -> str:
    answer = topic.answer.text if topic.answer else ""
    if answer and topic.asks_who and not topic.question.lower().startswith(("who is", "who was")):
        return answer
    persons = [one for one in topic.phrases if one.person] or [one for one in topic.phrases if one.full_name]
    persons = persons or [one for one in topic.phrases if one.subject and one.named]
    return persons[0].text if persons else answer


def _several(topic: Topic) -> str:
    if topic.answer and topic.answer.plural:
        return topic.answer.text
    several = [one for one in topic.phrases if one.plural] or [one for one in topic.phrases if one.subject]
    return several[0].text if several else ""


def _place(topic: Topic, moves: bool) -> str:
    placed = [one for one in topic.grammar.phrases if one.in_place and one.named]
    if placed:
        return f"{'to' if moves else placed[0].before} {placed[0].text}"
    if topic.answer and topic.grammar.asked_words.lower().startswith("where"):
        return f"{'to' if moves else 'in'} {topic.answer.text}"
    named = [one for one in topic.phrases if one.named and not one.person] or topic.phrases
    return f"{'to' if moves else 'at' if named[0].text[0].isupper() else 'in'} {named[0].text}" if named else ""


def _thing(topic: Topic, word: Word, grammar: Grammar) -> str:
    """A thing that acts, or is owned of, is what acted before; any other is what was done to."""
    asked = topic.grammar.asked_words.lower()
    if topic.answer and asked.startswith(("which", "what ")) and not topic.asks_who and not topic.answer.plural:
        return topic.answer.text
    is_what = grammar.asked_words.lower() == "what" and grammar.words[word.head].lemma == "be"
    if is_what and (topic.added or len(topic.phrases) > 1):
        return ""
    things = [one for one in topic.phrases if not one.person and (not one.plural or one.named)]
    things = [one for one in things if one.role != "npadvmod"]
    if word.role == "nsubj" or word.low == "its":
        things = [one for one in things if one.subject][:1] or things
    else:
        things = [one for one in things if not (one.subject and one.text[0].isupper())]
        things = [one for one in things if one.role == "dobj"] or things
    return things[-1].text if things else ""


def _with_topic(question: str, topics: Sequence[Topic]) -> str:
    """The question with what it is about."""
    plain = question.rstrip(" ?.!")
    about = next((topic.about for topic in topics if topic.about), ())
    left = _listed([one for one in about if one.lower() not in plain.lower()])
    if not left:
        return question
    if plain and grammar_of(plain).words[-1].lemma in ("say", "think"):
        return f"{_capital(plain)} about {next(filter(None, (topic.grammar.event for topic in topics)), left)}?"
    return f"{_capital(plain)}, as to {left}?"


def _listed(phrases: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(phrases[:-1]), *phrases[-1:]]))


# Words


def _asked_before(question: str, turns: Sequence[Turn]) -> bool:
    """Whether a question that was whole then is asked again."""
    words = question.casefold().split()
    return any(turn.question.casefold().split() == words and turn.understood == turn.question for turn in turns)


def _with_capitals(question: str, text: str) -> str:
    """A question in small letters with those capitals that its words always have in a text."""
    if any(letter.isupper() for letter in question):
        return question
    written = Counter(re.findall(r"[^\W\d_]{3,}", text))

    def as_written(match: re.Match[str]) -> str:
        word = match[0]
        if written[word.upper()]:
            return word.upper()
        return word.capitalize() if written[word.capitalize()] > 1 and not written[word] else word

    return re.sub(r"[^\W\d_]{3,}", as_written, question)


def _possessive(noun: str) -> str:
    return f"{noun}'" if noun.endswith("s") else f"{noun}'s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
