"""The sentences of articles that cover what a question is about, for a question that no plan can answer in its form.

They stand beside one another, dated, without a verdict: what they come to is for the reader to see.
"""

from collections.abc import Generator
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Form, Sentence, numbered
from assistant.events import Event, Token
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.quoting import EXTRACTIVE
from assistant.finishing import attributed
from assistant.layout import Item, Place, Row
from assistant.plans.articles_about import day_told
from assistant.plans.central import central_sentences
from assistant.plans.subjects import is_told, subject_named, subject_of
from assistant.plans.tools import READ_PASSAGES, Tools, by_turns
from assistant.question.asked import Kind
from index.english import lexicon

_WORDS, _COMPARED = lexicon("sequence"), lexicon("compared")
_ASKING = _WORDS.words("asking", "happening", "collection", "measures", "summaries", "counted", "summing", "several")
_ASKING |= _COMPARED.words("compare", "differ", "opposed", "views", "differences", "against", "setting")
_HEADER = ("Day", "What the article says")
_SEARCHED = 2 * READ_PASSAGES
_MOST = 5  # sentences
_COVERED, _COVERED_BY_LIST = 0.55, 0.8  # of the weight of the question's words, by the best sentence and its passage
_OF_SIDE = 0.5  # of the weight of a side's words


def plan(question: str, kind: Kind, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The sentences that cover a question best in the form of its kind, of several articles unless it is a summary.

    None where what is found does not have most of its words, or another reader than the quoting one reads.
    """
    asked = subject_asked(question, tools)
    subject = subject_named(asked, tools.collection)
    if tools.reader.name != EXTRACTIVE or not subject.text or not is_told(subject, tools):
        return None
    yield Token("")
    chosen = covering(asked, tools, _MOST, least=_COVERED_BY_LIST if kind == "list" else _COVERED)
    if len({one.found.article.id for one in chosen}) < (1 if kind == "summary" else 2):
        return None
    chosen.sort(key=lambda one: (one.found.article.published or date.min, one.start))
    told = numbered(_placed(one, at, kind) for at, one in enumerate(chosen))
    answer = tools.composed(question, attributed(told, tools.collection.text_of) if kind == "summary" else told)
    form: Form = "sentences" if kind == "summary" else "list" if kind == "list" else "table"
    yield Token(answer.text)
    return replace(answer, form=form)


def subject_asked(question: str, tools: Tools, left_out: str = "") -> str:
    """What a question is about, without the words that ask and those that are left out."""
    subject = subject_of(question, _ASKING | frozenset(left_out.lower().split()), tools.collection, tools.request.day)
    return subject.text


def covering(subject: str, tools: Tools, most: int, topic: str = "", least: float = _OF_SIDE) -> list[Candidate]:
    """At most so many sentences on a topic, of passages that tell of a subject: those told most, and no two alike."""
    both = f"{subject} {topic}".strip()
    found = by_turns([tools.search(both), tools.search(subject, any_time=True)], _SEARCHED)
    sentences = candidates(found)
    passages = list(found.passages)
    for text in filter(None, (subject, topic)):
        shares = subject_named(text, tools.collection).relevance(sentences, tools.collection)
        telling = {id(one.found) for one, share in zip(sentences, shares, strict=True) if share >= least}
        passages = [one for one in passages if id(one) in telling]
    central = central_sentences(passages, subject_named(both, tools.collection), tools.collection, most)
    return [one.candidate for one in central]


def _placed(one: Candidate, at: int, kind: Kind) -> Sentence:
    """A sentence in the form of the kind: in running text, as an item, or as a row with its article's day."""
    sentence, day = quoted(one), one.found.article.published
    if kind == "summary":
        return sentence
    if kind == "list":
        return replace(sentence, place=Place(at, items=(Item(at + 1, False),)))
    return replace(
        sentence, place=Place(at, row=Row(_HEADER, (day_told(day) if day else "", sentence.text), ((), (0,))))
    )
