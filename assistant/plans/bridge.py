"""Questions about someone or something that they do not name but describe: "the agency that fined the bank".

Who that is is asked first; then the question with the name in the description's place. The question as it stands is
asked as well, and its answer taken where the description stays open or where it is the surer one.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import cache

from assistant.answer import Answer, numbered
from assistant.english.parsing import Sentence, sentence_of
from assistant.events import Event, Token
from assistant.plans.phrases import stripped, when_asked
from assistant.plans.tools import Tools
from index.english import lexicon
from index.text.analysis import words_of

_SURE = 0.5  # the chance of the answer that names what is described
_MOST_WORDS = 6  # of a name
_HELPING = ("did", "does", "do", "will", "would", "has", "have", "had", "can", "could")  # of a verb behind the subject
_NAME = "Smith"  # stands for what is described, while the rest of the question is read
_IDENTITY = re.compile(rf"(?:who|what|which\s+\w+)\s+(?:is|was|are|were)\s+{_NAME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Described:
    """A description, the question that asks for its name, and the rest of the question with {} in its place."""

    words: str
    asked: str
    rest: str


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to a question that describes what it does not name; None for any other, which no parser has read."""
    described = described_in(question)
    if described is None:
        return None
    named = yield from tools.ask(described.asked)
    name = _name(named) if named else ""
    if not named or not name or name.lower() in question.lower():
        return None
    direct = yield from tools.ask(question)
    answer = yield from tools.ask(described.rest.format(name))
    direct, answer = (None if one and _says_who(one, name) else one for one in (direct, answer))
    if answer is None or not answer.answerable or _chance(direct) > _chance(answer):
        return direct or replace(tools.composed(question), reply=_named(described, name))
    telling = next((one for one in named.sentences if name in one.text), named.sentences[0])
    sentences = (telling, *(one for one in answer.sentences if one.text != telling.text))
    whole = replace(answer, sentences=numbered(sentences), steps=tuple(tools.steps))
    yield Token(whole.marked_text)
    return replace(whole, reply=_named(described, name))


def _named(described: Described, name: str) -> str:
    return f"{described.words[:1].upper()}{described.words[1:]}: {name}."


def described_in(question: str) -> Described | None:
    """The description that a question asks about by a relative clause, if it has one."""
    if not _relative().search(question):
        return None
    text = stripped(question)
    read = sentence_of(text)
    for verb, word in enumerate(read.words):
        noun = word.head
        is_time = read.words[noun].lemma in lexicon("questions").words("times")  # the year that he died
        if word.role == "relcl" and read.words[noun].tag in ("NN", "NNS") and noun < verb and not is_time:
            first = min([one for one in read.children(noun) if one < noun] + [noun])
            behind = _end(read, first, verb)
            found = _described(read, first, noun, verb, behind) if read.words[first].low == "the" and behind else None
            if found:
                return found
    return None


def _end(read: Sentence, first: int, verb: int) -> int:
    """The place behind the relative clause: the last one with which the rest of the question is a sentence."""
    marks = (one for one in range(verb, len(read.words) - 1) if read.words[one].divides)
    mark = next(marks, None) if first == 0 else None
    if mark is not None:
        return mark
    helping = [word for word in read.words[:first] if word.low in _HELPING]
    if not helping:
        return max(read.subtree(verb)) + 1
    for behind in range(len(read.words) - 1, verb, -1):
        rest = sentence_of(_rest(read, first, behind))
        roots = [one for one, word in enumerate(rest.words) if word.role == "ROOT" and word.is_verb]
        subjects = [rest.words[one].text for root in roots for one in rest.children(root, "nsubj", "nsubjpass")]
        if _NAME in subjects and all(rest.children(root, "aux", "auxpass") for root in roots):
            return behind
    return 0


def _rest(read: Sentence, first: int, behind: int, name: str = _NAME) -> str:
    start = read.words[first].start
    end = read.words[behind - 1].end
    return f"{read.text[:start]}{name}{read.text[end:]}"


def _described(read: Sentence, first: int, noun: int, verb: int, behind: int) -> Described | None:
    relative = next((one for one in range(noun + 1, verb) if read.words[one].low in _openers()), None)
    rest = _rest(read, first, behind)
    if relative is None or _IDENTITY.fullmatch(rest):
        return None
    what, words = read.written(first + 1, noun + 1), read.written(first, behind)
    opener, clause = read.words[relative], read.written(relative + 1, behind)
    if opener.low == "whose":
        asked = f"Which {what}'s {clause}?"
    elif opener.role in ("nsubj", "nsubjpass"):
        asked = f"Which {what} {clause}?"
    else:
        asked = f"{'In which' if opener.low == 'where' else 'Which'} {what}{when_asked(clause).removeprefix('When')}"
    return Described(words, asked, _named_again(read, first, behind, read.written(relative, behind)))


def _named_again(read: Sentence, first: int, behind: int, clause: str) -> str:
    """The question with {} for the name, which keeps what describes it; where that opens the question by itself, with
    {} for its pronoun."""
    opens = re.fullmatch(r"\{\}\s*[:,–—-]\s*(?P<asks>.+)", _rest(read, first, behind, "{}"))
    if opens:
        pronoun = rf"\b{lexicon('compared').pattern('pronouns')}\b"
        asks = re.sub(pronoun, "{}", opens["asks"], count=1)
        return f"{asks[:1].upper()}{asks[1:]}?"
    return f"{_rest(read, first, behind, f'{{}}, {clause},').rstrip(',')}?"


def _name(answer: Answer) -> str:
    """The name that an answer gives, "" where it is unsure or gives none."""
    name = answer.short_answer or ""
    words = name.split()
    is_name = 0 < len(words) <= _MOST_WORDS and any(word[0].isupper() for word in words)
    return name if is_name and _chance(answer) >= _SURE else ""


def _says_who(answer: Answer, name: str) -> bool:
    """Whether what it gives is the name again, which the question only describes."""
    told, own = (frozenset(words_of(words)) for words in (answer.short_answer or "", name))
    return bool(told) and (told <= own or own <= told)


def _chance(answer: Answer | None) -> float:
    return (answer.confidence or 0.0) if answer and answer.answerable else 0.0


def _openers() -> frozenset[str]:
    return lexicon("compared").words("relative")


@cache
def _relative() -> re.Pattern[str]:
    """The definite article with a noun and a word that may open a clause about it, as is in few questions."""
    words = lexicon("compared").pattern("relative")
    return re.compile(rf"\bthe\s+(?:[\w’'-]+\s+){{1,5}}?{words}\b", re.IGNORECASE)
