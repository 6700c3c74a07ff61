"""What an outlet of the collection says: answered from its articles alone. What anyone else says is asked as a fact."""

from collections.abc import Generator
from dataclasses import replace

from assistant.answer import Answer, numbered
from assistant.events import Event
from assistant.plans.articles_about import enumerated, leads_of, sentences_about
from assistant.plans.collection_facts import subject_of
from assistant.plans.outlet_named import outlets_named, without
from assistant.plans.tools import Tools

_MOST = 4  # sentences


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The sentences of the named outlets' articles that say most of the subject, with the lead of the first article;
    None where no outlet is named."""
    yield from ()
    outlets = outlets_named(question, tools.collection)
    subject = subject_of(without(question, outlets))
    if not outlets or not subject:
        return None
    filters = replace(tools.request.filters, outlets=tuple(outlets))
    reports = sentences_about(tools, subject, filters)
    if not reports:
        reply = f"No article of {enumerated(outlets)} in the collection is about “{subject}”."
        return replace(tools.composed(question), reply=reply)
    best = sorted(reports, key=lambda one: -one.near)[:_MOST]
    lead = leads_of(tools, [best[0].article])[0]  # what the article that says most of it reports
    if all((one.article.id, one.start) != (lead.article.id, lead.start) for one in best):
        best = [*best[: _MOST - 1], lead]
    told = sorted(best, key=lambda one: ([its.article.id for its in best].index(one.article.id), one.start))
    return tools.composed(question, numbered(one.sentence() for one in told))
