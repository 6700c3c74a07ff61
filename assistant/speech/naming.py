"""What a speaker is called: a phrase as a name, and whether a name is a person's, a body's or several people's."""

import re

from index.english import lexicon

_SPEAKERS = lexicon("speakers")
_PEOPLE, _BODIES, _PLURALS = (_SPEAKERS.words(name) for name in ("people", "bodies", "plurals"))
_TITLES = _SPEAKERS.words("titles")
_CAPITALISED = r"[A-Z][\w’'&-]*"
_AGE = re.compile(r"^\d+[- ]years?[- ]old\s+")
# Ida Lee of Bern, but not the Bank of Tarn
_AFFILIATION = re.compile(
    rf"((?:^|\s){_CAPITALISED}\s+(?!(?i:{_SPEAKERS.pattern('bodies', 'people')})\b){_CAPITALISED}) (?:of|at|from)\s+.*$"
)
_COMPANY = re.compile(rf"\b{_SPEAKERS.pattern('companies')}\b")
MEDIA = re.compile(rf"\b{_SPEAKERS.pattern('media')}\b")


def plain(phrase: str) -> str:
    """A phrase as a name: without "the", unless it is an outlet's, and with a small letter where it is no name."""
    phrase = " ".join(phrase.split()).strip(" ,;:—–-")
    if phrase.startswith("The ") and MEDIA.search(phrase) and not phrase[4:].split("’s ")[0].split("'s ")[0].islower():
        outlet = re.split(r"['’]s ", phrase)[0].split()
        if all(word[0].isupper() or word in {"and", "of"} or word in _BODIES for word in outlet):
            return phrase
    if phrase.removeprefix("The").islower():
        return phrase.replace("The ", "the ", 1)
    phrase = _AFFILIATION.sub(r"\1", _AGE.sub("", re.sub("^[Tt]he ", "", phrase)))
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if first in {"A", "An", "One", "Two", "Several", "Some"} else phrase


def spelled_out(acronym: str, before: str) -> str:
    """World Health Organization for WHO, where the text before has it; else ""."""
    letters = [rf"{letter}[\w’'-]+" for letter in acronym if letter.isalnum()]
    if len(letters) < 3:
        return ""
    found = re.search(r"\b" + r"[\s-]+(?:(?:of|for|and|the|on|in)\s+){0,2}".join(letters), before)
    return plain(found[0]) if found else ""


def is_title(word: str) -> bool:
    return word.rstrip(".") in _TITLES


def may_be_person(name: str) -> bool:
    """Whether "he" can stand for it: a person, or a name that is no body's."""
    return is_person_name(name) or not (is_body(name) or is_several(name) or _head(name).islower())


def is_single_name(name: str) -> bool:
    return " " not in name and name[0].isupper() and not name.isupper()


def is_person_name(name: str) -> bool:
    """Whether its noun is one for a person, or a title or such a noun stands before a name."""
    head = _head(name)
    words = [head] if head.islower() else name.split()
    return any(is_title(word) or word.lower() in _PEOPLE for word in words)


def is_body(name: str) -> bool:
    if is_several(name) or is_person_name(name):
        return False
    is_named = " " not in name and name[0].isupper()
    is_known = bool(_COMPANY.search(name) or MEDIA.search(name))
    return is_named or is_known or _head(name).lower() in _BODIES or name.isupper()


def is_several(name: str) -> bool:
    head = _head(name)
    if head in _PLURALS:
        return head != "police"
    if " and " in name and not MEDIA.search(name):
        return True
    return head.islower() and head.endswith("s") and not head.endswith("ss")


def _head(name: str) -> str:
    """The noun of a name: what stands before its first preposition."""
    return (re.split(r" (?:of|for|at|in|from|to|with|on) ", name)[0].split() or [name])[-1]
