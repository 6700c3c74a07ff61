"""Who says a sentence of an article, by the article's own text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile
from threading import RLock

from assistant.english.parsing import Analysis, Sentence, Span, analyse, continued
from assistant.speech.reporting import Reported, can_speak, noun_phrase, reported
from index.english import lexicon

_BLOCK = 20_000  # characters that are read at once; a longer text is read in part
_WHOLE = re.compile(r"\W?[A-Z]\S*(?:\s+\S+){3,}[.,!?…]\W?$", re.DOTALL)
_OWN_WORDS = 0.5  # share of a sentence within quotation marks from which it is a quotation
_MOST_SENTENCES_BACK = 8  # in which "he" is looked for
_MOST_PLACES = 3  # at which "the ministry" is
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


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence, "" where it is the article's own; `quotation` is whether it is told in his own words."""

    name: str
    quotation: bool


@dataclass(frozen=True, slots=True)
class _Attributed:
    """A sentence's speaker, and the characters of the text that only say who speaks."""

    name: str
    frame: Span | None = None


def speaker_of(text: str, start: int, end: int) -> Speaker:
    """The speaker of `text[start:end]`, a sentence of an article or a few.

    The name is the fullest that the text gives: for "he" or "the ministry" that of the one who is meant. Of several
    sentences the first one's speaker counts, or that of the first that has one.
    """
    first = max(0, start // _BLOCK * _BLOCK - _BLOCK // 2)
    article = _article(text[first : first + 2 * _BLOCK])
    inside = article.within(start - first, end - first)
    name = next((one.name for one in inside if one.name), "")
    frames = [one.frame for one in inside if one.frame]
    return Speaker(name, _is_own_words(article.analysis, start - first, end - first, frames))


@lru_cache(maxsize=64)
def _article(text: str) -> "_Article":
    return _Article(analyse(text))


class _Article:
    """The sentences of a text with their speakers; of each no more is read than naming its speaker takes."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._runs = [*analysis.quoted, *continued(analysis.text, analysis.quoted)]
        self._named: dict[int, _Attributed] = {}  # as sentences name their speakers themselves
        self._about: dict[int, str] = {}  # whom they are about
        self._lock = RLock()

    def within(self, start: int, end: int) -> list[_Attributed]:
        """The sentences of which some stands within these characters."""
        with self._lock:
            return [self._attributed(i) for i, (a, b) in enumerate(self.analysis.spans) if a < end and b > start]

    def _attributed(self, i: int) -> _Attributed:
        """A sentence with the speaker that it names; where it only quotes, with the one that those beside it name."""
        one = self._naming(i)
        start, end = self.analysis.spans[i]
        if one.name or not _is_own_words(self.analysis, start, end, []):
            return one
        same = [run for run in self._runs if run[0] < end and run[1] > start]
        until = max(end for _, end in same)
        later = takewhile(lambda at: self.analysis.spans[at][0] < until, range(i + 1, len(self.analysis.spans)))
        for other in chain(later, range(i - 1, -1, -1)):
            a, b = self.analysis.spans[other]
            if not any(start < b and end > a for start, end in same):
                break
            if name := self._naming(other).name:
                return _Attributed(name)
        return _Attributed(self._attributed(i - 1).name if i else "")

    def _naming(self, i: int) -> _Attributed:
        if i not in self._named:
            sentence, offset = self.analysis.sentence(i), self.analysis.spans[i][0]
            found = reported(sentence)
            if found:
                name = self._resolved(found.phrase, i, found.start)
                self._named[i] = _Attributed(name, _frame(sentence, found, offset))
            else:
                self._named[i] = _Attributed("")
        return self._named[i]

    def _resolved(self, phrase: str, i: int, at: int) -> str:
        """The full name of a phrase at character `at` of sentence `i`; "" for a pronoun that stands for nobody."""
        low = phrase.lower()
        if low in {"he", "she"}:
            return self._last(i, at, _may_be_person) or self._last(i, at, _is_single_name)
        if low == "it":
            return self._last(i, at, _is_body) or self._last(i, at, lambda name: not _is_person_name(name))
        if low == "they":
            return self._last(i, at, _is_several) or self._last(i, at, _is_body)
        return self._fuller(_plain(phrase), low.startswith("the "), self.analysis.spans[i][0] + at)

    def _last(self, i: int, at: int, fits: Callable[[str], bool]) -> str:
        """Who was named last before: in this sentence, or as one who spoke or was spoken of in those before."""
        opening = self._opening(i) if at > 0 else ""
        before = range(i - 1, max(-1, i - 1 - _MOST_SENTENCES_BACK), -1)
        named = (name for j in before for name in (self._naming(j).name, self._opening(j)))
        return next((name for name in chain((opening,), named) if name and fits(name)), "")

    def _opening(self, i: int) -> str:
        """Whom a sentence is about: a later "he" may mean him."""
        if i not in self._about:
            self._about[i] = ""  # while it is looked for
            sentence = self.analysis.sentence(i)
            noun = _topic(sentence)
            if noun is not None:
                first, behind = noun_phrase(sentence, noun)
                self._about[i] = self._resolved(sentence.written(first, behind), i, 0)
        return self._about[i]

    def _fuller(self, name: str, definite: bool, at: int) -> str:
        """A name as it stands where the text first has it in full: Lee, Mr Lee, the ministry, the WHO."""
        words = name.split()
        if not words:
            return ""
        if len(words) == 1 and name.isupper() and len(name) > 1:
            return _spelled_out(name, self.analysis.text[:at]) or name
        if words[-1][0].isupper() and (len(words) == 1 or _is_title(words[0]) or words[0] in {"a", "an"}):
            return self._first_full(words[-1], at) or name
        if definite and name.islower():
            return self._described(words[-1], at) or name
        return name

    def _first_full(self, surname: str, at: int) -> str:
        """The longer name with which the text first uses a surname, "" where it first uses it alone."""
        text = self.analysis.text
        found = re.search(rf"\b{re.escape(surname)}\b", text[:at])
        if not found or not re.search(r"[A-Z][\w’'.-]* $", text[: found.start()]):
            return ""
        return self._phrase_at(found.start())

    def _described(self, noun: str, at: int) -> str:
        """What "the ministry" is: the last phrase before with the noun and a name, or a name with it in apposition."""
        places = [found.start() for found in re.finditer(rf"\b{re.escape(noun)}\b", self.analysis.text[:at], re.I)]
        for place in places[::-1][:_MOST_PLACES]:
            name = self._phrase_at(place)
            if name != name.lower() and len(name.split()) > 1:
                return name
        return ""

    def _phrase_at(self, at: int) -> str:
        """The noun phrase that has the character `at`, or that its phrase is in apposition to."""
        i = self.analysis.place(at)
        if i is None:
            return ""
        sentence, inside = self.analysis.sentence(i), at - self.analysis.spans[i][0]
        words = sentence.words
        noun = next((n for n, word in enumerate(words) if word.start <= inside < word.end), None)
        if noun is None:
            return ""
        while words[noun].role in {"compound", "nmod", "amod"} and words[noun].head != noun:
            noun = words[noun].head
        if words[noun].role == "appos" and not words[noun].is_proper:
            noun = words[noun].head
        return _plain(sentence.written(*noun_phrase(sentence, noun)))


def _topic(sentence: Sentence) -> int | None:
    """The place of the first subject of the sentence's main clause, where it is one that can speak."""
    for at, word in enumerate(sentence.words):
        if word.role in {"nsubj", "nsubjpass"} and not sentence.is_quoted(at):
            return at if can_speak(sentence, at) else None
    return None


def _frame(sentence: Sentence, found: Reported, offset: int) -> Span:
    """The characters that say who speaks; behind a quotation also where and to whom he does."""
    end = found.end
    if any(behind <= found.start for _, behind in sentence.quoted):
        end = min((start for start, _ in sentence.quoted if start >= end), default=len(sentence.text))
    return offset + found.start, offset + end


def _is_own_words(analysis: Analysis, start: int, end: int, frames: Sequence[Span]) -> bool:
    """Whether a whole quoted sentence is part of it, or most of it beside who speaks is quoted."""
    text = analysis.text
    inside = [text[max(a, start) : min(b, end)] for a, b in analysis.quoted if a < end and b > start]
    if any(_is_whole(part) for part in inside):
        return True
    framing = sum(_letters(text[max(a, start) : min(b, end)]) for a, b in frames)
    return bool(inside) and sum(map(_letters, inside)) >= _OWN_WORDS * (_letters(text[start:end]) - framing)


def _is_whole(part: str) -> bool:
    """Whether a quotation is a sentence, and no title of a film."""
    later = [word for word in part.split()[1:] if word[0].isalpha()]
    return bool(_WHOLE.match(part)) and sum(word[0].islower() for word in later) > len(later) / 2


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _plain(phrase: str) -> str:
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


def _spelled_out(acronym: str, before: str) -> str:
    """World Health Organization for WHO, where the text before has it; else ""."""
    letters = [rf"{letter}[\w’'-]+" for letter in acronym if letter.isalnum()]
    if len(letters) < 3:
        return ""
    found = re.search(r"\b" + r"[\s-]+(?:(?:of|for|and|the|on|in)\s+){0,2}".join(letters), before)
    return _plain(found[0]) if found else ""


def _is_title(word: str) -> bool:
    return word.rstrip(".") in _TITLES


def _may_be_person(name: str) -> bool:
    """Whether "he" can stand for it: a person, or a name that is no body's."""
    return _is_person_name(name) or not (_is_body(name) or _is_several(name) or _head(name).islower())


def _is_single_name(name: str) -> bool:
    return " " not in name and name[0].isupper() and not name.isupper()


def _is_person_name(name: str) -> bool:
    """Whether its noun is one for a person, or a title or such a noun stands before a name."""
    head = _head(name)
    words = [head] if head.islower() else name.split()
    return any(_is_title(word) or word.lower() in _PEOPLE for word in words)


def _is_body(name: str) -> bool:
    if _is_several(name) or _is_person_name(name):
        return False
    is_named = " " not in name and name[0].isupper()
    is_known = bool(_COMPANY.search(name) or MEDIA.search(name))
    return is_named or is_known or _head(name).lower() in _BODIES or name.isupper()


def _is_several(name: str) -> bool:
    head = _head(name)
    if head in _PLURALS:
        return head != "police"
    if " and " in name and not MEDIA.search(name):
        return True
    return head.islower() and head.endswith("s") and not head.endswith("ss")


def _head(name: str) -> str:
    """The noun of a name: what stands before its first preposition."""
    return (re.split(r" (?:of|for|at|in|from|to|with|on) ", name)[0].split() or [name])[-1]
