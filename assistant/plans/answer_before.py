"""What is asked about the answer before: shorter, longer, whether it is sure, where it stands, in another language.

The question before is asked again, by the plan of its own kind, and its answer given another form.
"""

import math
from collections.abc import Generator
from dataclasses import replace
from typing import Literal

from assistant.answer import Answer, Citation, Sentence, numbered
from assistant.events import Event
from assistant.extractive.candidates import candidates
from assistant.extractive.read_features import best_span, readings_of
from assistant.layout import Item, Place
from assistant.plans.articles_about import day_told, enumerated
from assistant.plans.tools import Tools
from assistant.question.asked import kind_asked
from assistant.question.asked_features import words_asked
from assistant.request import Rewriter
from index.english import lexicon
from index.text.passages import sentence_spans

_LISTS = lexicon("answer_before")
_NOTHING = "There is no answer before this that it could be about; ask a question of the articles first."
_NOT_ANSWERED = "The collection does not hold the answer to the question before."
_COUNTED = "It is counted from what the collection holds."
_SURE, _FAIRLY_SURE = 0.8, 0.5  # chances that an answer is right
_AROUND = 1  # sentences on either side of a quoted one, where more is wanted

Wanted = Literal["shorter", "longer", "sure", "source", "translated", "again"]


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
    if answer is None:
        return None
    if not answer.answerable:
        return replace(answer, reply=answer.reply or _NOT_ANSWERED)
    if wanted == "translated":
        reply = "Another language needs a language model, which `--llm` names; the articles' own words are:"
        return replace(answer, reply=reply)
    if wanted == "shorter":
        return _shorter(answer, before.understood, tools)
    if wanted == "longer":
        return _longer(answer, tools)
    if wanted == "sure":
        return replace(answer, reply=_certainty(answer))
    return _quotes(answer) if wanted == "source" else answer


def wanted_of(question: str) -> Wanted:
    """Which form is asked for, by the words that are asked with; the first list that has one counts."""
    words = f" {' '.join(words_asked(question))} "
    forms: tuple[Wanted, ...] = ("translated", "source", "sure", "shorter", "longer")
    has = (one for one in forms if any(f" {' '.join(words_asked(phrase))} " in words for phrase in _LISTS.listed(one)))
    return next(has, "again")


def _again(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The answer to the question before, by the plan of its kind."""
    from assistant.plans import plan_for

    kind = kind_asked(question)
    own = plan_for(kind) if kind not in ("answer", "talk") else None
    answer = (yield from own(question, tools)) if own else None
    if answer is None:
        answer = yield from tools.ask(question)
    return answer


def _shorter(answer: Answer, question: str, tools: Tools) -> Answer:
    """One sentence: that with the short answer, else the likeliest to answer the question."""
    if answer.reply:
        return replace(answer, sentences=(), rests_on=(), form="sentences")
    short, quoted = answer.short_answer or "", {one.text: one for one in answer.sentences}
    best = next((one for one in answer.sentences if short and short in one.text), None)
    if best is None:
        best = quoted.get(_likeliest(answer, question, tools))
    kept = [replace(best or answer.sentences[0], place=Place())] if answer.sentences else []
    rests_on = (1,) if answer.rests_on and kept else ()
    return replace(answer, sentences=numbered(kept), form="sentences", rests_on=rests_on, uncovered=())


def _likeliest(answer: Answer, question: str, tools: Tools) -> str:
    """The quoted sentence in which the span model finds the likeliest answer to the question."""
    cited = tuple(dict.fromkeys(citation.article.id for citation in answer.citations))
    found = tools.search(question, filters=replace(tools.request.filters, articles=cited))
    readings = readings_of(question, found, anew=True)
    quotes = {citation.quote for citation in answer.citations}
    spans = [(best_span(one, readings), one.text) for one in candidates(found) if one.text in quotes]
    likely = max(spans, key=lambda one: one[0].logit if one[0] else -math.inf, default=(None, ""))
    return " ".join(likely[1].split())


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
