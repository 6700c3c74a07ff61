"""The language of a question and that of the articles: where they differ, and what a reader is told then."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from babel import Locale

from index.collection import Collection
from index.embedders import STATIC, word_rank
from index.english import lexicon
from index.search.result import Retrieved
from index.text.analysis import placed_words, words_of
from index.text.languages import ENGLISH, is_foreign, language_of

_LINES = lexicon("languages", __package__)
_NEWEST = 20  # articles, by which a collection's language is known where nothing was found


def is_read(question: str, passage: str) -> bool:
    """Whether Byline's own reader, which has learnt English alone, understands both."""
    return not is_foreign(passage) and not is_foreign(question)


def telling(question: str, passages: Sequence[Retrieved], collection: Collection) -> Retrieved | None:
    """The first passage with the rarest of the question's names that the collection knows; else the first of all.

    A name is written alike in many languages, and stands in the article that is meant, however well others match.
    """
    names = {word.stem: word.written for word in placed_words(question) if word.place and not word.written[0].islower()}
    counts = collection.frequency(names)
    known = [(counts[stem], -word_rank(written), stem) for stem, written in names.items() if counts[stem]]
    holding = (one for one in passages if min(known)[-1] in words_of(_text(one))) if known else iter(())
    return next(holding, passages[0] if passages else None)


def other_language(question: str, passages: Sequence[Retrieved], collection: Collection) -> str:
    """The language, by ISO 639, of the passage that is `telling`; where there is none, of most of the newest articles.

    "" where that is the question's language too, or where either is too short to tell.
    """
    told = telling(question, passages, collection)
    newest = () if told else islice(collection.articles(), _NEWEST)
    texts = [_text(told)] if told else [f"{one.title}\n{one.opening}" for one in newest]
    found = Counter(filter(None, map(language_of, texts))).most_common(1)
    other = found[0][0] if found else ""
    asked = asked_in(question, other)
    return other if asked and asked != other else ""


def asked_in(question: str, other: str = ENGLISH) -> str:
    """The language of a question; where it is short, of those in which a reader can be told something, and one other.

    "" where unknown: one word of Latin letters may be a name in any.
    """
    if (found := language_of(question)) or (question.isascii() and len(question.split()) < 2):
        return found
    return language_of(question, among=(*_LINES.names, other))


def across_languages(question: str, passages: Sequence[Retrieved], collection: Collection) -> str:
    """What is missing for an answer where the articles are in another language, in one line in the question's; else "".

    In English where there is no such line in the question's language.
    """
    other = other_language(question, passages, collection)
    if not other:
        return ""
    asked = asked_in(question, other)
    code = asked if asked in _LINES.names else ENGLISH
    told = _LINES.table(code)
    parts = ["nearest" if passages else "here", "do", *(["embedder"] if _knows_english_only(collection) else [])]
    return " ".join(told[part] for part in parts).replace("{language}", _name(other, code))


def _text(found: Retrieved) -> str:
    return f"{found.article.title}\n{found.passage.text}"


def _knows_english_only(collection: Collection) -> bool:
    return collection.embedder.name.startswith(STATIC)


def _name(language: str, code: str) -> str:
    """What a language is called in another."""
    return str(Locale.parse(code).languages.get(language, language))
