"""What is asked about the answer before: shorter, longer, explained, whether it is sure, where it stands, translated.

The question before is asked again, as it was then, and its answer given another form.
"""

import contextlib
import math
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Literal

from assistant.answer import Answer, Citation, Sentence, numbered
from assistant.events import Event, Notice, Step
from assistant.extractive.candidates import Candidate, candidates, quoted
from assistant.extractive.read_features import best_span, readings_of
from assistant.layout import Item, Place
from assistant.plans.articles_about import day_told, enumerated, leads_of
from assistant.plans.tools import Tools, waiting
from assistant.question.asked import Kind, likely_kinds
from assistant.question.asked_features import words_asked
from assistant.question.focus import focuses
from assistant.request import Rewriter
from index.article import Article
from index.english import lexicon
from index.text.passages import sentence_spans

_LISTS = lexicon("answer_before")
_NOTHING = "There is no answer before this that it could be about; ask a question of the articles first."
_NOT_ANSWERED = "The collection does not hold the answer to the question before."
_COUNTED = "It is counted from what the collection holds."
_SURE, _FAIRLY_SURE = 0.8, 0.5  # chances that an answer is right
_LIKELIEST, _MORE = 6, 3  # sentences that are looked at, and that are told, where an answer is to be explained
_AROUND = 1  # sentences on either side of a quoted one, where more is wanted

Wanted = Literal["shorter", "longer", "simpler", "sure", "source", "translated", "again"]


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer before in the form that is asked for."""
    before = next((turn for turn in reversed(tools.request.history) if turn.question.strip()), None)
    if before is None:
        return replace(tools.composed(question), reply=_NOTHING)
    wanted = wanted_of(question)
    by_model = isinstance(tools.reader, Rewriter)
    if wanted == "translated" and by_model:
        return (yield from tools.ask(f"{before.understood} ({question})"))
    answer = yield from _again(before.understood, tools)
    if not answer.answerable:
        return replace(answer, reply=answer.reply or _NOT_ANSWERED)
    if wanted == "translated":
        reply = "Another language needs a language model, which `--llm` names; the articles' own words are:"
        return replace(answer, reply=reply)
    if wanted == "shorter":
        return _shorter(answer, before.understood, tools)
    if wanted == "longer":
        return _longer(answer, tools)
    if wanted == "simpler":
        return _explained(answer, before.understood, tools)
    if wanted == "sure":
        return replace(answer, reply=_certainty(answer))
    return _quotes(answer) if wanted == "source" else answer


def wanted_of(question: str) -> Wanted:
    """Which form is asked for, by the words that are asked with; the first list that has one counts."""
    words = f" {' '.join(words_asked(question))} "
    forms: tuple[Wanted, ...] = ("translated", "source", "sure", "simpler", "shorter", "longer")
    has = (one for one in forms if any(f" {' '.join(words_asked(phrase))} " in words for phrase in _LISTS.listed(one)))
    return next(has, "again")


def _again(question: str, tools: Tools) -> Generator[Event, None, Answer]:
    """The answer to the question before, by the plans that answered it; of its events what tells of the way to it."""
    from assistant import plans

    sure = tools.sure
    kinds: list[Kind] = [kind for kind in likely_kinds(question) if kind not in ("answer", "talk")]
    with contextlib.closing(plans.answer(question, kinds or ["fact"], tools)) as events:
        answer = yield from waiting(events, Notice, Step)
    tools.sure = sure
    return answer


def _shorter(answer: Answer, question: str, tools: Tools) -> Answer:
    """The sentence with the short answer; of a question of several parts that which is nearest to each."""
    if answer.reply:
        return replace(answer, sentences=(), rests_on=(), form="sentences")
    parts = _parts(question, tools)
    short = answer.short_answer or ""
    best = [one for one in answer.sentences if short and short in one.text][:1] if len(parts) == 1 else []
    if not best:
        texts = [_likeliest(answer, part, tools) for part in parts]
        best = [one for one in answer.sentences if one.text in texts]
    kept = [replace(one, place=Place()) for one in best or answer.sentences[:1]]
    rests_on = tuple(range(1, len(kept) + 1)) if answer.rests_on else ()
    is_left_out = any(short in one.text for one in answer.sentences) and not any(short in one.text for one in kept)
    short_answer = None if is_left_out else answer.short_answer
    shorter = replace(answer, sentences=numbered(kept), form="sentences", rests_on=rests_on, uncovered=())
    return replace(shorter, short_answer=short_answer)


def _parts(question: str, tools: Tools) -> list[str]:
    """What the question asks one by one; itself where it asks for one thing."""
    collection = tools.collection
    parts = [one.text for one in focuses(question, collection.frequency, collection.catalogue.count()[1])]
    return parts if len(parts) > 1 else [question]


def _likeliest(answer: Answer, question: str, tools: Tools) -> str:
    """The quoted sentence that has most of the question's words and the likeliest answer to it, both counting alike."""
    quotes = {citation.quote for citation in answer.citations}
    likely = [(logit, one) for logit, one in _by_likelihood(question, tools, answer) if one.text in quotes]
    collection = tools.collection
    [asked] = focuses(question, collection.frequency, collection.catalogue.count()[1], split=False)

    def worth(row: tuple[float, Candidate]) -> float:
        shared = sum(weight for term, weight in asked.terms.items() if term in row[1].vocabulary)
        return shared / (asked.weight or 1.0) + 1 / (1 + math.exp(-row[0]))

    return " ".join(max(likely, key=worth)[1].text.split()) if likely else ""


def _by_likelihood(question: str, tools: Tools, answer: Answer) -> list[tuple[float, Candidate]]:
    """The sentences of the cited articles with how likely the span model finds an answer there, the likeliest first."""
    cited = tuple(dict.fromkeys(citation.article.id for citation in answer.citations))
    found = tools.search(question, filters=replace(tools.request.filters, articles=cited))
    readings = readings_of(question, found, anew=True)
    spans = [(best_span(one, readings), one) for one in candidates(found)]
    return sorted(((span.logit, one) for span, one in spans if span), key=lambda row: -row[0])


def _explained(answer: Answer, question: str, tools: Tools) -> Answer:
    """The answer's sentences with others of their articles: what it is about, and what more is told of the question."""
    told = {citation.place: citation for sentence in answer.sentences for citation in sentence.citations[:1]}
    articles = list({one.article.id: one.article for one in told.values()}.values())
    leads = [one.sentence().citations[0] for one in leads_of(tools, articles[:1])]
    likely = [one for _, one in _by_likelihood(question, tools, answer)]
    further = [quoted(one).citations[0] for one in likely[:_LIKELIEST]]
    beside = [near for one in told.values() for near in _beside(one, tools.collection.text_of(one.article.id))]
    new = {one.place: one for one in (*leads, *further, *beside) if one.place not in told}
    by_article = sorted(
        (*told.values(), *list(new.values())[:_MORE]), key=lambda one: (_place_of(articles, one), one.start)
    )
    return replace(
        answer, sentences=numbered(_quoted(one, Place()) for one in by_article), form="sentences", rests_on=()
    )


def _place_of(articles: Sequence[Article], one: Citation) -> int:
    """The place of a citation's article among those that the answer cites."""
    return next((at for at, article in enumerate(articles) if article.id == one.article.id), len(articles))


def _longer(answer: Answer, tools: Tools) -> Answer:
    """Each sentence with those beside it in its article."""
    told: dict[tuple[str, int, int], Sentence] = {}
    for block, sentence in enumerate(answer.sentences):
        for citation in sentence.citations[:1]:
            for near in _beside(citation, tools.collection.text_of(citation.article.id)):
                told.setdefault(near.place, _quoted(near, Place(block=block)))
    return replace(answer, sentences=numbered(told.values()), form="sentences", rests_on=())


def _beside(citation: Citation, text: str) -> list[Citation]:
    """The citation's sentence and its neighbours, in the article's order; itself alone where the article changed."""
    if text[citation.start : citation.end] != citation.quote:
        return [citation]
    spans = sentence_spans(text)
    at = next((i for i, (start, end) in enumerate(spans) if start <= citation.start < end), None)
    if at is None:
        return [citation]
    near = spans[max(0, at - _AROUND) : at + _AROUND + 1]
    return [replace(citation, start=start, end=end, quote=text[start:end]) for start, end in near]


def _quotes(answer: Answer) -> Answer:
    """The cited words as a list, each behind the outlet and the day that it is from."""
    cited = answer.citations
    items = [_quoted(one, Place(block=at, items=(Item(at + 1, False),))) for at, one in enumerate(cited)]
    where = [f"{one.article.outlet or 'an unnamed outlet'}{_on(one)}" for one in cited]
    reply = f"It is told by {'; '.join(dict.fromkeys(where))}."
    return replace(answer, sentences=numbered(items), reply=reply, form="list" if len(items) > 1 else "sentences")


def _on(citation: Citation) -> str:
    day = citation.article.published
    return f", {day_told(day)}" if day else ""


def _quoted(citation: Citation, place: Place) -> Sentence:
    return Sentence(" ".join(citation.quote.split()), "supported", (citation,), place=place)


def _certainty(answer: Answer) -> str:
    """How sure the answer is, how many outlets tell it on their own, and whether any tells it otherwise."""
    if not answer.citations:
        return f"{answer.reply} {_COUNTED}".strip()
    chance = answer.confidence
    if chance is None:
        sure = "The sentences stand so in the articles"
    else:
        sure = "Sure" if chance >= _SURE else "Fairly sure" if chance >= _FAIRLY_SURE else "Not sure"
    outlets = list(dict.fromkeys(one.article.outlet or "an unnamed outlet" for one in answer.citations))
    copies = {one.outlet for citation in answer.citations for one in citation.also_in if one.outlet} - {*outlets}
    rests = f"{sure}. The answer rests on {enumerated(outlets)}"
    reprinted = f", reprinted by {enumerated(sorted(copies))}" if copies else ""
    if answer.disagreements:
        values = "; ".join(" against ".join(one.value for one in versions) for versions in answer.disagreements)
        return f"{rests}{reprinted}. The sources differ: {values}."
    return f"{rests}{reprinted}; none of the articles found tells it otherwise."
