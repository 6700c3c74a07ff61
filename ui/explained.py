"""Why a passage was found, in lines for the terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.request import Request
from index.collection import Collection
from index.search.explaining import Explanation, MatchedWord, explain, explain_merged
from index.search.result import Results, Retrieved
from index.text.analysis import words_of
from index.text.decoding import storable
from index.times import TimeExpression


def explanations(
    collection: Collection, request: Request, found: Results, shown: Sequence[Retrieved]
) -> list[Explanation]:
    """Why search found each of the passages `shown`, which are those `found` with neighbours merged."""
    stems, (_, total) = set(words_of(storable(request.question))), collection.catalogue.count()
    explained = explain(request.question, found, collection.frequency(stems), total, request.day, found.time)
    return explain_merged(shown, found, explained)


def explained_lines(why: Explanation) -> Iterator[str]:
    """A line for each part of the score, in which what it rests on is told."""
    for name, value in why.parts.items():
        told = _TOLD[name](why) if name in _TOLD else ""
        yield f"{name} {value:.3f}{': ' if told else ''}{told}"
    if why.time and "time" not in why.parts:
        yield f"time: {_meant(why.time)}"


def _words(why: Explanation) -> str:
    there = [_word(word) for word in why.words]
    if why.unexplained:
        there.append(f"words like those asked for {why.unexplained:.3f}")
    told = " + ".join(there) or "none of the words asked for"
    return f"{told}; missing: {', '.join(why.missing)}" if why.missing else told


def _word(word: MatchedWord) -> str:
    others = ", ".join(f"“{form}”" for form in word.forms if form.casefold() != word.asked.casefold())
    return f"{word.asked} ({others}) {word.share:.3f}" if others else f"{word.asked} {word.share:.3f}"


def _vectors(why: Explanation) -> str:
    return "" if why.cosine is None else f"nearness in meaning, a cosine of {why.cosine:.2f}"


def _recency(why: Explanation) -> str:
    if why.days is None:
        return "undated"
    days = {0: "on", 1: "1 day before"}.get(why.days, f"{why.days} days before")
    return f"published {days} the day of the question"


def _time(why: Explanation) -> str:
    return _meant(why.time) if why.time else ""


def _same_article(why: Explanation) -> str:
    return "better passages of this article came before"


def _reranker(why: Explanation) -> str:
    return "the second stage's, which read the passage with the question; 0 for the worst that it read"


def _meant(time: TimeExpression) -> str:
    first, last = time.window.first, time.window.last
    if time.kind == "newest":
        days = "the newest first"
    elif first and last:
        days = f"{first}" if first == last else f"{first} to {last}"
    else:
        days = f"from {first}" if first else f"until {last}" if last else "any day"
    return f"“{time.text}” is read as {days}{', and nothing else is found' if time.kind == 'within' else ''}"


_TOLD: Mapping[str, Callable[[Explanation], str]] = {
    "words": _words,
    "vectors": _vectors,
    "recency": _recency,
    "time": _time,
    "same article": _same_article,
    "reranker": _reranker,
}
