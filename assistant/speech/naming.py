"""The full naming of a speaker: for "he", "Garneau" or "the ministry" the name that the article gives."""

import re
from collections.abc import Callable
from functools import lru_cache

from assistant.english.lexicon import BODIES, DETERMINERS, IRREGULAR_PLURALS, MEDIA, PEOPLE, TITLES, is_agent, is_person

_CAPITALISED = r"[A-Z][\w’'&-]*"
_FULL_NAME = re.compile(  # opened by a capital, and not by \b, for which every character would be tried
    r"[A-Z](?<!\w[A-Z])(?:[\w’'-]+|\.(?:[A-Z]\.)*) (?:(?:[A-Z][\w’'-]+|(?:[A-Z]\.)+) )*[A-Z][\w’-]*[^\W_]"
)
_FIRST_WORD = re.compile(r"^(?:the|The)\s+")
_AGE = re.compile(r"^\d+[- ]years?[- ]old\s+")
_PERSON_WORD = rf"(?!(?:{'|'.join(word.capitalize() for word in sorted(BODIES | PEOPLE))})\b){_CAPITALISED}"
# Ida Lee of Bern
_AFFILIATION = re.compile(rf"((?:^|\s)(?!The\b){_CAPITALISED}\s+{_PERSON_WORD}) (?:of|at|from)\s+.*$")
_COMPANY = re.compile(
    r"\b(?:Motors|Inc|Corp|Ltd|Co|Group|Technologies|Airlines|Airways|Industries|Energy|Systems|Records|Pictures|Studios"
    r"|Foods|Holdings|Partners|Bank|Lines|Media|Foundation|University|Institute|Center|Centre|Network|Alliance|Watch"
    r"|Project|International|House|Nations|Union)\b"
)
_PEOPLE = "|".join(sorted(PEOPLE))
_TITLE = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\b\.?")
_LOWER = {"A ": "a ", "An ": "an ", "One ": "one ", "Two ": "two ", "Several ": "several ", "Some ": "some "}
_FURTHER = frozenset("of for at in from by".split())
_MOST_SENTENCES_BACK = 8


class Speakers:
    """The speakers that an article has named so far, by which later ones are understood."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._full_names: dict[str, tuple[int, str]] = {}
        for match in _FULL_NAME.finditer(text):
            self._full_names.setdefault(match[0].split(" ")[-1], (match.start(), match[0]))
        self._named: list[tuple[int, str]] = []  # the sentence's place among all, and the full naming

    def mention(self, sentence: int, name: str) -> None:
        self._named.append((sentence, name))

    def resolve(self, phrase: str, sentence: int, at: int) -> str:
        """The full naming of a phrase that stands at character `at`, "" for a pronoun that stands for nobody known."""
        phrase = " ".join(phrase.split())
        low = phrase.lower()
        if not phrase:
            return ""
        if low in {"he", "she"}:
            return self._last(sentence, _may_be_person) or self._last(sentence, _is_single_name)
        if low == "it":
            return self._last(sentence, _is_body) or self._last(sentence, lambda name: not _is_plain_person(name))
        if low == "they":
            return self._last(sentence, _is_several) or self._last(sentence, _is_body)
        return self._fuller(plain(phrase), low.split()[0] == "the", at)

    def _last(self, sentence: int, fits: Callable[[str], bool]) -> str:
        for place, name in reversed(self._named):
            if sentence - place > _MOST_SENTENCES_BACK:
                return ""
            if fits(name):
                return name
        return ""

    def _fuller(self, name: str, definite: bool, at: int) -> str:
        words = name.split()
        if len(words) == 1 and name.isupper() and len(name) > 1:
            return self._spelled_out(name, at) or name
        surname = words[-1]
        titled = len(words) == 2 and words[0].rstrip(".") in TITLES
        described = words[0] in {"a", "an"} and all(word.islower() and not is_agent(word) for word in words[:-1])
        if surname[0].isupper() and (len(words) == 1 or titled or described):  # Lee, Mr Lee, a tearful Lee
            return self.full_name(surname, at) or name
        if definite and surname[0].islower() and not any(word[0].isupper() for word in words):
            return self._described(surname, at) or name
        return self._longer(name)

    def _longer(self, name: str) -> str:
        """The same with a title or a name more, as it was named before: NATO Secretary-General Jens Stoltenberg."""
        low = name.lower()
        for _, known in reversed(self._named):
            if known.lower().endswith(f" {low}") or known.lower().startswith(f"{low} "):
                is_title = is_person(low.split()[-1]) or is_person(known.split(" ")[-len(name.split()) - 1])
                if is_title and known.split()[0].lower() not in DETERMINERS:
                    return known
        return name

    def full_name(self, surname: str, at: int) -> str:
        """The name that opens with more words where the surname first stands, "" where it first stands alone."""
        for _, known in reversed(self._named):
            if known.endswith(f" {surname}") and known.split()[0] not in DETERMINERS:
                return known
        start, full = self._full_names.get(surname, (at, ""))
        if start >= at or self._text.find(surname, 0, start) >= 0:
            return ""
        return plain(_without_opening(full, self._text, start))

    def _described(self, noun: str, at: int) -> str:
        """What "the ministry" is: the last speaker, else the last name in the text, that has the noun and more."""
        for _, known in reversed(self._named):
            low = known.lower().split()
            if noun in low and (known != known.lower() or _FURTHER & set(low)):
                return known
        if noun not in BODIES | PEOPLE:
            return ""
        beside, *others = _described_by(noun)
        if found := list(beside.finditer(self._text, 0, at)):
            return plain(_without_opening(found[-1]["name"], self._text, found[-1].start()))
        for pattern in others:
            if found := list(pattern.finditer(self._text, 0, at)):
                name = plain(_without_opening(found[-1][0], self._text, found[-1].start()))
                return name if name != name.lower() else ""
        return ""

    def _spelled_out(self, acronym: str, at: int) -> str:
        """World Health Organization for WHO, where the text has it before."""
        letters = [rf"{letter}[\w’'-]+" for letter in acronym if letter.isalnum()]
        if len(letters) < 3:
            return ""
        found = re.search(r"\b" + r"[\s-]+(?:(?:of|for|and|the|on|in)\s+){0,2}".join(letters), self._text[:at])
        return plain(found[0]) if found else ""


@lru_cache(1 << 16)
def _described_by(noun: str) -> tuple[re.Pattern[str], ...]:
    """A name with the noun in apposition, with it in capitals, or with it before or behind."""
    title = noun.capitalize()
    person, body = rf"(?:{_CAPITALISED} )*{title}(?: {_CAPITALISED})+", rf"(?:{_CAPITALISED} )+{title}"
    patterns = (
        rf"\b(?P<name>{_CAPITALISED}(?: (?:and )?{_CAPITALISED})*), (?:an?|the) [^,.\n]{{0,60}}\b{noun}\b",
        rf"\b{person}" if is_person(noun) else rf"\b{body}(?: of(?: {_CAPITALISED})+)?",
        rf"\b{_CAPITALISED} (?:[a-z]+ )?{noun}(?: {_CAPITALISED}){{0,3}}",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


def plain(phrase: str) -> str:
    """A phrase as a name: without "the", unless it is an outlet's, and with a small letter where it is no name."""
    phrase = " ".join(phrase.split()).strip(" ,;:—–-")
    if phrase.startswith("The ") and MEDIA.search(phrase) and _names_outlet(phrase):
        return phrase
    if phrase.removeprefix("The").islower():
        return phrase.replace("The ", "the ", 1)
    phrase = _AFFILIATION.sub(r"\1", _AGE.sub("", _FIRST_WORD.sub("", phrase)))
    for upper, lower in _LOWER.items():
        if phrase.startswith(upper):
            phrase = lower + phrase.removeprefix(upper)
    return phrase


def _names_outlet(phrase: str) -> bool:
    words = [
        word
        for word in re.split(r"['’]s ", phrase)[0].split()
        if word not in {"and", "of", "newspaper", "daily", "weekly", "magazine"}
    ]
    return all(word[0].isupper() for word in words)


def _without_opening(name: str, text: str, start: int) -> str:
    """Without a first word that has its capital from the sentence's beginning, as "In Canada"."""
    first, _, rest = name.partition(" ")
    opens = start == 0 or text[:start].rstrip(" ").endswith((".", "\n", "!", "?", "”", '"'))
    return rest if rest and opens and first.lower() in _OPENINGS else name


_OPENINGS = DETERMINERS | frozenset("in on at for but and when while as after before by from with to of".split())


def _may_be_person(name: str) -> bool:
    return not _is_body(name) and not _is_several(name)


def _is_single_name(name: str) -> bool:
    return " " not in name and name[0].isupper() and not name.isupper()


def _is_plain_person(name: str) -> bool:
    words = name.split()
    return bool(_TITLE.search(name)) or any(is_person(word) for word in words if word.lower() in PEOPLE)


def _is_body(name: str) -> bool:
    if _is_several(name) or _is_plain_person(name):
        return False
    words = name.split()
    is_named = len(words) == 1 and words[0][0].isupper()
    head = name.split(" of ")[0].split()[-1].lower()
    return is_named or head in BODIES or bool(_COMPANY.search(name)) or bool(MEDIA.search(name)) or name.isupper()


def _is_several(name: str) -> bool:
    head = re.split(r" (?:of|for|at|in|from|to|with) ", name)[0].split()[-1]
    if head in IRREGULAR_PLURALS:
        return head != "police"
    if " and " in name and not MEDIA.search(name):
        return True
    return head.islower() and head.endswith("s") and not head.endswith("ss")
