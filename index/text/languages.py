"""The language of a text: English by its function words, any other by py3langid, which is loaded for those alone."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.english import lexicon

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

_STOP_WORDS = lexicon("stop_words").words("stop_words")
_READ_AS = lexicon("languages", __package__).table("read_as")
_WORD = re.compile(r"[^\W\d_]+")
_READ = 2000  # characters
_ENGLISH = 0.2  # of the words, and one and a half more: of English news .3 to .5 are, of other languages .17 at most
_SURE = 0.5  # likelier than all other languages together
_HARDLY = 0.1  # likely to be English: names and a verb may look like one of its creoles


def language_of(text: str, among: Collection[str] = ()) -> str:
    """The code of its language by ISO 639, such as "de"; "" where it is too short to tell.

    `among` are the languages that it may be in, by default all that py3langid knows; of few a short text tells more.
    """
    text = text[:_READ]
    words = _WORD.findall(text.lower())
    if sum(word in _STOP_WORDS for word in words) > _ENGLISH * len(words) + 1.5:
        return ENGLISH
    chances = _chances(text)
    if among:
        known = {code: chances[code] for code in among}
        chances = {code: chance / sum(known.values()) for code, chance in known.items()}
    best = max(chances, key=chances.__getitem__)
    if chances[best] < _SURE:
        return ""
    return best if chances[ENGLISH] < _HARDLY else ENGLISH


def is_foreign(text: str) -> bool | None:
    """Whether it is in another language than English; None where it is too short to tell."""
    found = language_of(text)
    return found != ENGLISH if found else None


@lru_cache(maxsize=4096)
def _chances(text: str) -> Mapping[str, float]:
    """How likely it is in each language, together 1."""
    chances: defaultdict[str, float] = defaultdict(float)
    for code, chance in _identifier().rank(text):
        chances[_READ_AS.get(code, code)] += float(chance)
    return chances


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model is loaded with it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
