"""A question taken apart into what it asks with and what it asks of, and put together to ask something else."""

import re
from dataclasses import dataclass

from assistant.conversation.question_words import AUX, CONNECTIVES, tokens_of

_AUX = "|".join(sorted(AUX, key=len, reverse=True))
_PREPOSITIONS = "by|to|for|from|with|in|at|on|of|since|until|under|about|through|over|after|before"
_ADVERBIAL = re.compile(
    r"^(?:why|when|where|how|how (?:long|often|far|soon|exactly)|(?:what|which) (?:year|day|month|date|time)"
    rf"|(?:{_PREPOSITIONS})\s.+|since when)$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    rf"^(?P<wh>(?:(?:{_PREPOSITIONS})\s+)?(?:(?:who|what|when|where|why)\s+exactly|how(?:\s+(?!(?:{_AUX})\b)[\w’'-]+){{0,6}}?"
    rf"|(?:what|which|whose)(?:\s+(?!(?:{_AUX})\b)[\w’'-]+){{0,4}}?|who|whom|when|where|why))"
    rf"\s+(?P<aux>(?:{_AUX})\b)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_SUBJECT_ASKED = re.compile(r"^(?P<wh>who|what|(?:which|what|how many)\s+[\w’'-]+)\s+(?P<rest>.+)$", re.IGNORECASE)
_YES_NO = re.compile(rf"^(?P<aux>(?:{_AUX})\b)\s+(?P<rest>.+)$", re.IGNORECASE)
_OPENING = re.compile(rf"^(?:{CONNECTIVES}[\s,]+)+", re.IGNORECASE)
_AS_TO = re.compile(r",? as to (?P<about>[^?]+?)(?=\?*$)", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:say|think)\b")
_STRANDED = re.compile(rf"^(?P<wh>who|what|which\s\w+|where)(?:\s+else)?\s+(?P<prep>{_PREPOSITIONS})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`wh` is what it asks with ("" for yes or no), `rest` what follows the auxiliary `aux`; `about` an added topic."""

    wh: str
    aux: str
    rest: str
    about: str = ""

    @property
    def adverbial(self) -> bool:
        """Whether the question without its `wh` is a whole clause."""
        return not self.wh or bool(_ADVERBIAL.match(self.wh))

    @property
    def noun(self) -> str:
        """The noun of "which company", "how many people"."""
        asked = r"^(?:\w+\s+)?(?:which|what|whose|how many|how much|how|who|whom)\b(?:\s+of)?\s*"
        return re.sub(asked, "", self.wh, flags=re.IGNORECASE)

    @property
    def asks_subject(self) -> bool:
        """Whether the subject is what is asked for: "who won", "how many people were hurt"."""
        if self.adverbial:
            return False
        if not self.aux:
            return True
        if self.aux.lower() in ("do", "does", "did") or not self.rest:
            return False
        first = tokens_of(f"{self.aux} {self.rest}")[1]
        return first.kind not in ("det", "own", "name", "pron") and not _is_plural(first.text)


def clause_of(question: str) -> Clause | None:
    """The parts of a question, or None where it is not put as one."""
    text = opened(question)
    about = _AS_TO.search(text)
    text = (text[: about.start()] if about else text).rstrip(" ?.!,")
    topic = about["about"].strip() if about else ""
    if found := _ASKING.match(text):
        return Clause(found["wh"], found["aux"], found["rest"], topic)
    if found := _YES_NO.match(text):
        return Clause("", found["aux"], found["rest"], topic)
    if found := _SUBJECT_ASKED.match(text):
        return Clause(found["wh"], "", found["rest"], topic)
    return None


def opened(question: str) -> str:
    """The question without "and", "but", "what about" at its beginning."""
    return _OPENING.sub("", question.strip()).strip()


def recast(asked: str, clause: Clause, answer: str = "") -> str:
    """The clause asked anew with `asked` ("Why", "Who by", "In which city"); `answer` is what it was answered with."""
    asked = _fronted(asked)
    if clause.adverbial:
        body = f"{clause.aux} {clause.rest}"
    elif clause.asks_subject:
        noun = answer or _the(clause.noun)
        if not noun:
            return ""
        if clause.aux and not clause.rest.startswith("to "):
            body = f"{clause.aux} {clause.noun if clause.wh.lower().startswith('how') else noun} {clause.rest}"
        else:
            body = f"was it that {noun} {clause.aux} {clause.rest}"
    elif clause.aux.lower() in ("is", "are", "was", "were") and clause.wh.lower() in ("who", "what"):
        body = f"{clause.aux} {clause.rest}"
    elif clause.rest.endswith(" do"):
        body = f"{clause.aux} {clause.rest} so"
    elif said := _SAYING.search(clause.rest):
        body = f"{clause.aux} {clause.rest[: said.end()]} so{clause.rest[said.end() :]}"
    else:
        noun = clause.noun if clause.wh.lower().startswith("how") else answer or clause.noun
        at = _place_of_object(clause)
        before, after = clause.rest[:at].strip(), clause.rest[at:]
        body = f"{clause.aux} {before} {noun} {after}".replace(" ,", ",")
    about = f", as to {clause.about}" if clause.about else ""
    return f"{_capital(asked)} {_lower_aux(' '.join(body.split()))}{about}?"


def _place_of_object(clause: Clause) -> int:
    """Where in the rest what was asked for belongs: after a stranded preposition, else after the verb."""
    end = clause.rest.find(",") if "," in clause.rest else len(clause.rest)
    if re.search(rf"\b(?:{_PREPOSITIONS})$", clause.rest[:end]):
        return end
    led = f"{clause.aux} "
    verbs = [token for token in tokens_of(f"{led}{clause.rest[:end]}") if token.kind == "verb"]
    return verbs[-1].end - len(led) if verbs else end


def _fronted(asked: str) -> str:
    """ "Who by" as "By whom"."""
    asked = re.sub(r"^why so \w+", "Why", asked.strip(" ?.!,"), flags=re.IGNORECASE)
    if found := _STRANDED.match(asked):
        wh = {"who": "whom"}.get(found["wh"].lower(), found["wh"].lower())
        return "Why" if (wh, found["prep"].lower()) == ("what", "for") else f"{found['prep']} {wh}"
    return re.sub(
        r"\s+(?:not|else|(?:is|was|did)\s+(?:that|this|it|so)(?:\s+happen)?)$|^since when", _then, asked, flags=re.I
    )


def _the(noun: str) -> str:
    return noun if not noun or noun.startswith("the ") else f"the {noun}"


def _then(match: re.Match[str]) -> str:
    return "Since when" if match[0].lower().startswith("since") else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_aux(body: str) -> str:
    return body[:1].lower() + body[1:]


def _is_plural(word: str) -> bool:
    return word[0].islower() and word.endswith("s") and not word.endswith(("ss", "us", "is", "as"))
