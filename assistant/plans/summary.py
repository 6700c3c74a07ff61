"""The plan for a summary: of a subject, an article, a time, or all there is, in the articles' own sentences."""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Sentence, numbered
from assistant.english.parsing import Word, sentence_of
from assistant.english.values import numbers_in
from assistant.events import Event, Token
from assistant.extractive.candidates import Candidate, citation_of
from assistant.extractive.quoting import EXTRACTIVE
from assistant.finishing import attributed
from assistant.layout import Item, Place
from assistant.plans.central import Central, central_sentences
from assistant.plans.corrected import superseded
from assistant.plans.gathering import Story, of_all, on_subject, passages_of, whole_articles
from assistant.plans.subjects import Subject, is_told, subject_of, time_of, untold
from assistant.plans.tools import READ_PASSAGES, Tools
from index.article import Article
from index.english import lexicon
from index.indexes.word_index import is_forgiven, near_words
from index.search.result import Results, Retrieved
from index.text.analysis import words_of
from index.text.passages import Passage
from index.times import TimeExpression, Window

_WORDS = lexicon("sequence")
_ASKING = _WORDS.words("asking", "happening", "collection", "measures", "summaries", "counted")
_SUMMARIES, _SHORT, _LONG = map(_WORDS.words, ("summaries", "short", "long"))
_SUMMING, _PICTURES = map(_WORDS.words, ("summing", "pictures"))
_REQUESTING = _WORDS.words("asking", "summing")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FURTHER = re.compile(r",\s+(?:and\s+)?(?=(?:what|where|when|why|who|how)\b)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_OPENING = 3  # words
_ARTICLE, _COUNTED = map(_WORDS.words, ("article", "counted"))
_QUOTED = re.compile(r"[\"“„«‘']([^\"”“»’]+)[\"”“»’']")
_SENTENCES, _FEWER, _MORE, _MOST = 4, 2, 8, 12
_OF_ALL = 6
_CITED = 3
_AROUND = 600  # characters on each side of a sentence that a language model reads too


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """A summary in quoted sentences, or by a language model of what stands around these.

    None where none is asked for, or its subject is not told of.
    """
    words = sentence_of(question).words
    if not tools.sure and not any({word.low, word.lemma} & _SUMMARIES for word in words):
        return None
    subject = subject_of(_request(question), _ASKING, tools.collection, tools.request.day)
    if not is_told(subject, tools):
        return untold(question, subject, tools)
    time = time_of(question, tools.collection, tools.request.day)
    most = length_asked(words) or (_SENTENCES if subject.text else _OF_ALL)
    chosen = _chosen(question, subject, time, tools, most)
    yield Token("")
    if not chosen:
        return None
    if tools.reader.name != EXTRACTIVE:
        read = Results(tuple(map(_around, chosen[:READ_PASSAGES])), time)
        answer = yield from tools.read(question, read)
        return replace(answer, steps=tuple(tools.steps))
    listed = any(word.lemma in ("bullet", "point") for word in words)
    sentences = numbered(_sentence(one, place if listed else None) for place, one in enumerate(chosen))
    answer = tools.composed(question, attributed(sentences, tools.collection.text_of))
    yield Token(answer.text)
    return replace(answer, form="list" if listed else "sentences", time=time)


def asks_to_sum_up(question: str) -> bool:
    """Whether a question opens with a verb of summing up, which may be misspelt, or wants an overview."""
    words = _letters(_request(question))
    return bool(_misspelt(words[:_OPENING], _SUMMING)) or (
        bool(set(words[:_OPENING]) & _REQUESTING) and bool(set(words) & _PICTURES)
    )


def _request(question: str) -> str:
    """The sentence of a request that asks to sum up, as far as its own clause goes, its verb without mistakes."""
    parts = _SENTENCE.split(question)
    text = _FURTHER.split(next((part for part in parts if set(_letters(part)) & _SUMMARIES), parts[0]))[0]
    for wrong, right in _misspelt(_letters(text)[:_OPENING], _SUMMING).items():
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text, flags=re.IGNORECASE)
    return text


def _letters(text: str) -> list[str]:
    return _LETTERS.findall(text.lower())


def _misspelt(words: Sequence[str], known: frozenset[str]) -> dict[str, str]:
    """For each of the words that is one of those known, or is that with a mistake, that one."""
    near = ((word, near_words(word, [(one, 1) for one in sorted(known)])) for word in words if is_forgiven(word))
    return {word: word for word in words if word in known} | {word: found[0][0] for word, found in near if found}


def length_asked(words: Sequence[Word]) -> int:
    """How many sentences a request asks for; 0 where it does not say."""
    for at, word in enumerate(words):
        if word.lemma not in _COUNTED:
            continue
        before = words[at - 1] if at else word
        if counts := [int(number.amount) for number in numbers_in(before.text)]:
            return max(1, min(_MOST, counts[0]))
        if before.low in ("one", "a", "single"):
            return 1
    asked = {form for word in words for form in (word.low, word.lemma)}
    return _FEWER if asked & _SHORT else _MORE if asked & _LONG else 0


def _chosen(question: str, subject: Subject, time: TimeExpression | None, tools: Tools, most: int) -> list[Central]:
    """The sentences of a summary: of the article asked for, of the days asked for, or of the stories told most."""
    words = sentence_of(question).words
    window = time.window if time and time.kind != "newest" else Window()
    if not subject.text:
        return _of_stories(of_all(tools, window, told_later=False), tools, most)
    found = on_subject(tools, subject.text)
    if article := _titled(question, found) or (found[0].article if found and _asks_one_article(words) else None):
        whole = whole_articles(tools, [article])
        return central_sentences(
            whole, Subject(), tools.collection, most, superseded([*whole, *found], tools.collection)
        )
    within = [one for one in found if one.article.published in window]
    return central_sentences(within if window.first else found, subject, tools.collection, most)


def _of_stories(stories: Sequence[Story], tools: Tools, most: int) -> list[Central]:
    """Of each of the greatest stories as many sentences as there is room for, one at least."""
    told = stories[:most]
    share, more = divmod(most, len(told)) if told else (0, 0)
    wrong = superseded(passages_of(stories), tools.collection)
    chosen = [
        one
        for place, story in enumerate(told)
        for one in central_sentences(story.articles, Subject(), tools.collection, share + (place < more), wrong)
    ]
    return sorted(chosen, key=Central.order)


def _titled(question: str, found: Sequence[Retrieved]) -> Article | None:
    """The article whose title stands in the question between quotation marks."""
    titles = [set(words_of(one)) for one in _QUOTED.findall(question)]
    return next((one.article for one in found if set(words_of(one.article.title)) in titles), None)


def _asks_one_article(words: Sequence[Word]) -> bool:
    return any(word.low in _ARTICLE and word.tag == "NN" for word in words)


def _around(one: Central) -> Retrieved:
    """What stands around a sentence in its passage."""
    found = one.candidate.found
    passage = found.passage
    start = max(0, one.candidate.start - passage.start - _AROUND)
    end = min(len(passage.text), one.candidate.end - passage.start + _AROUND)
    text = passage.text[start:end]
    return replace(found, passage=Passage(passage.article_id, passage.start + start, passage.start + end, text))


def _sentence(one: Central, place: int | None) -> Sentence:
    told: Sequence[Candidate] = (one.candidate, *one.others[: _CITED - 1])
    at = Place() if place is None else Place(place, items=(Item(place + 1, False),))
    return Sentence(" ".join(one.candidate.text.split()), "supported", tuple(map(citation_of, told)), place=at)
