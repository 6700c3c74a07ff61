"""The grammar of a question as far as follow-ups need it: its noun phrases, and what it asks with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from assistant.english.parsing import Word, sentence_of
from index.english import lexicon

_LISTS = lexicon("conversation")
PEOPLE = _LISTS.words("more people") | lexicon("speakers").words("people")
"""Nouns for people."""
_PLACE, _ADVERBS = map(_LISTS.words, ("of places", "adverbs"))
# Roles of what hangs on the head of a phrase and is not told with it, and of what is no head of a phrase itself.
_OUTSIDE = frozenset(("relcl", "acl", "advcl", "preconj", "appos", "advmod", "aux", "auxpass"))
_WITHIN = frozenset(("compound", "nmod", "amod", "quantmod", "nummod"))
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at `start` to `end` of a question, with what it is there.

    It is `named` where it has a proper noun, a `full_name` where it is one of several words, and `inner` where it is
    part of a longer phrase. `before` is the preposition that leads it.
    """

    text: str
    start: int
    end: int
    named: bool
    person: bool
    full_name: bool
    plural: bool
    role: str
    before: str = ""
    inner: bool = False

    @property
    def subject(self) -> bool:
        return self.role in ("nsubj", "nsubjpass")

    @property
    def in_place(self) -> bool:
        return self.before in _PLACE


class Grammar:
    """A question with its words, its noun phrases and its clause."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _with_verb(sentence_of(text).words)

    @cached_property
    def phrases(self) -> Sequence[Phrase]:
        """All noun phrases but the one that is asked for, in the order of their heads."""
        heads = [at for at, word in enumerate(self.words) if self._is_head(at, word)]
        spans = {at: self._inside(at) for at in heads}
        inner = {at for at in heads for other in heads if other != at and at in spans[other]}
        return [one for at in heads if (one := self._phrase(at, spans[at], at in inner))]

    @cached_property
    def asked(self) -> range:
        """The places of the words that it asks with: "how many ferries", "in which year"; empty for yes or no."""
        tags = [word.tag for word in self.words]
        first = next((at for at, tag in enumerate(tags) if tag.startswith("W")), None)
        if first is None or any(tag.startswith(("VB", "MD")) for tag in tags[:first]):
            return range(0)
        end = first + 1
        if self.words[first].low in ("what", "which", "whose", "how"):
            while end < len(tags) and tags[end] in ("JJ", "RB", "NN", "NNS", "POS", "JJR", "VBN"):
                end += 1
            if end < len(tags) and self.words[end].low == "of":
                end = next((at for at in range(end, len(tags)) if tags[at].startswith(("VB", "MD"))), end)
        return range(first - 1 if first and tags[first - 1] in ("IN", "TO") else first, end)

    @property
    def asked_words(self) -> str:
        return self._written(self.asked)

    @property
    def asked_noun(self) -> str:
        """The noun of "which company", "how many people", "how many of the boats"."""
        words = [self.words[at] for at in self.asked]
        of = next((at for at, word in enumerate(words) if word.low == "of"), 0)
        kinds = ("NN", "NNS", "VBN") if words and words[0].low == "how" else ("NN", "NNS", "VBN", "JJ")
        nouns = [word for word in words[of + 1 :] if of or word.tag in kinds]
        return self.text[nouns[0].start : nouns[-1].end] if nouns and nouns[-1].tag.startswith("NN") else ""

    @property
    def asks(self) -> Literal["subject", "object", "adverbial"]:
        """What the words that it asks with are to its verb; a question of yes or no asks with nothing."""
        rest = self.words[self.asked.stop :]
        led = bool(self.asked) and self.words[self.asked[0]].tag in ("IN", "TO")
        if not self.asked or not rest or led or self.asked_words.split()[0].lower() in _ADVERBS - {"how"}:
            return "adverbial"
        if self.asked_words.lower() in _ADVERBS:
            return "adverbial"
        has_subject = any(word.role in ("nsubj", "nsubjpass", "attr") for word in rest if not word.tag.startswith("W"))
        return "object" if rest[0].lemma == "do" or has_subject else "subject"

    def asked_anew(self, asked: str, answer: str) -> str:
        """The question with `asked` in place of what it asks with, which gives way to its `answer`, or to its noun.

        "Who opened the fair?" becomes "When did Bram Escott open the fair"; "" where there is nothing to ask of.
        """
        rest = [word for word in self.words[self.asked.stop :] if not word.is_mark or word.tag in (",", "HYPH")]
        if not rest:
            return ""
        first, end = rest[0], rest[-1].end
        noun = answer or self.asked_noun
        if self.asks == "subject":
            behind = self.text[first.end : end].strip()
            noun = noun if answer or not noun or noun.startswith("the ") else f"the {noun}"
            if first.tag == "MD" or first.role in ("aux", "auxpass") or first.lemma == "be":
                return f"{asked} {first.text} {noun} {behind}"
            return f"{asked} {_DO.get(first.tag, 'did')} {noun} {first.lemma} {behind}" if noun else ""
        verbs = [word for word in rest if word.is_verb and word.role not in ("aux", "auxpass") and word.lemma != "be"]
        if self.asks == "object" and verbs:
            at = verbs[-1].end
            return f"{asked} {self.text[first.start : at]} {noun} {self.text[at:end]}"
        body = self.text[first.start : end]
        return f"{asked} {body if self.asked else body[:1].lower() + body[1:]}"

    @property
    def event(self) -> str:
        """The event of a question with "do", told as a noun: "Canada suspending the permits"; "" of other questions."""
        do = next((at for at, word in enumerate(self.words) if word.lemma == "do" and word.role == "aux"), None)
        rest = [word for word in self.words[do + 1 :] if not word.is_mark] if do is not None else []
        verb = self.words[self.words[do].head] if do is not None else None
        if verb not in rest[1:] or self.asks != "adverbial" or any(word.role == "neg" for word in self.words):
            return ""
        return f"{self.text[rest[0].start : verb.start]}{_gerund(verb.low)}{self.text[verb.end : rest[-1].end]}"

    def _is_head(self, at: int, word: Word) -> bool:
        is_noun = word.tag.startswith("NN") or (word.tag == "JJ" and word.role in ("nsubj", "nsubjpass"))
        return is_noun and word.role not in _WITHIN and at not in self.asked

    def _phrase(self, at: int, places: range, inner: bool) -> Phrase | None:
        words = [self.words[one] for one in places]
        if any(word.tag.startswith("W") for word in words) or words[0].low in ("any", "no"):
            return None
        head, core = self.words[at], self.words[places[0] : at + 1]
        before = self.words[places[0] - 1] if places[0] else None
        return Phrase(
            self._written(places),
            words[0].start,
            words[-1].end,
            named=any(word.is_proper for word in words),
            person=head.low in PEOPLE or (head.is_proper and any(word.low in PEOPLE for word in core)),
            full_name=head.is_proper and len(core) > 1 and core[0].tag != "DT",
            plural=head.tag == "NNS" or any(word.role == "conj" for word in words),
            role=head.role,
            before=before.low if before and before.tag in ("IN", "TO") else "",
            inner=inner,
        )

    def _inside(self, at: int) -> range:
        """The places of the words of this head's phrase, which stand together."""
        inside = {at}
        waiting = [at]
        while waiting:
            head = waiting.pop()
            for one, word in enumerate(self.words):
                if (
                    word.head == head
                    and one not in inside
                    and word.role not in _OUTSIDE
                    and (not word.is_mark or word.tag == "HYPH")
                ):
                    inside.add(one)
                    waiting.append(one)
        first = last = at
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        while last > at and self.words[last].tag in ("IN", "TO", "CC"):
            last -= 1
        return range(first, last + 1)

    def _written(self, places: Sequence[int]) -> str:
        return self.text[self.words[places[0]].start : self.words[places[-1]].end] if places else ""


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return f"{verb[:-2]}ying" if verb.endswith("ie") else f"{verb[:-1]}ing"
    doubles = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb)  # stopping, but reading, failing, opening
    return f"{verb}{verb[-1] if doubles else ''}ing"


@lru_cache(maxsize=512)
def grammar_of(text: str) -> Grammar:
    return Grammar(text)


def _with_verb(words: Sequence[Word]) -> Sequence[Word]:
    """With the verb that "did" calls for, where the parser takes it for a part of its subject's name.

    In "When did Brindle Cross close?" it sees a noun of three words.
    """
    do = next((at for at, word in enumerate(words) if word.lemma == "do" and word.is_verb), None)
    if do is None or any(word.is_verb for word in words[do + 1 :]):
        return words
    at = next((at for at in range(len(words) - 1, do + 1, -1) if _may_be_verb(words, at)), None)
    if at is None:
        return words
    made, last = list(words), at - 1  # the head of the name that is left
    made[at] = words[at]._replace(tag="VB", role="ROOT", head=at)
    for one, word in enumerate(words[:at]):
        if one == last or (word.head == at and word.role in (*_WITHIN, "det", "poss")):
            made[one] = word._replace(role="nsubj" if one == last else word.role, head=at if one == last else last)
    if words[at].role == "pobj":  # what is left is led by the preposition
        made[last] = made[last]._replace(role="pobj", head=words[at].head)
    return made


def _may_be_verb(words: Sequence[Word], at: int) -> bool:
    """Whether it is the last word of a name, or an adjective at the question's end."""
    behind_name, is_last = words[at - 1].tag.startswith("NN"), at + 1 == len(words) or words[at + 1].is_mark
    adjective = words[at].tag == "JJ" and is_last and words[at - 1].tag == "JJ"
    return (words[at].tag == "NN" and behind_name) or adjective
