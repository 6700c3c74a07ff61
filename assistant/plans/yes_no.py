"""Questions of yes or no: whether what was found bears out the claim that is asked about, or its denial.

The verdict stands first where it is likely enough; else the sentences that may tell, or that nothing tells it.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, nearest_articles, numbered
from assistant.events import Event, Found, Notice, Token
from assistant.extractive.candidates import quoted
from assistant.finishing import attributed
from assistant.plans.changes import changed
from assistant.plans.claims import Change, Choice, Claim, change_of, choice_of, claim_of
from assistant.plans.contrasts import Contrast, excludes
from assistant.plans.holding import Held, bearing_out, denies
from assistant.plans.tools import Tools
from assistant.plans.verdicts import Judged, judged, load_weights
from index.search.result import Results


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said, "" where it is not clear, with the sentences that it rests on; no sentences where nothing tells."""

    words: str
    chance: float
    sentences: tuple[Sentence, ...]
    note: str = ""


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """The verdict on the claim, or on the alternatives, that a question asks about; None where it asks about none."""
    choice, change, claim = choice_of(question), change_of(question), claim_of(question)
    if claim is None:
        return None
    found = tools.search(question)
    yield Found(found)
    yield from map(Notice, found.notices)
    verdict = _chosen(choice, found) if choice else _by_values(change, found) if change else None
    verdict = verdict or _verdict(question, claim, found)
    if verdict is None:
        return None
    answer = _answer(question, verdict, found, tools)
    yield from map(Token, (f"{word} " for word in answer.marked_text.split(" ")) if answer.answerable else ())
    return answer


def _answer(question: str, verdict: Verdict, found: Results, tools: Tools) -> Answer:
    sentences = attributed(numbered(verdict.sentences), tools.collection.text_of)
    answer = replace(
        tools.composed(question, sentences),
        form="yes/no",
        confidence=verdict.chance,
        time=found.time,
        reply=verdict.note,
    )
    if not sentences:
        return replace(answer, reply=_untold(question, verdict.note), nearest=nearest_articles(found))
    if not verdict.words:
        return answer
    return replace(answer, short_answer=verdict.words, rests_on=tuple(range(1, len(sentences) + 1)))


def _untold(question: str, note: str) -> str:
    return " ".join(filter(None, (f"The articles do not say: “{question}”", note)))


def _verdict(question: str, claim: Claim, found: Results) -> Verdict | None:
    """The verdict on one claim; None without passages."""
    told = judged(question, claim, found)
    if told is None:
        return None
    weights = load_weights()
    yes, no = told.yes >= weights.least["yes"], told.no >= weights.least["no"]
    other = told.other
    if other and not yes and other.odds > 0 and told.otherwise >= weights.least["other"]:
        said = Verdict("", told.otherwise, _told(other.text, [told.best]), _instead(other))
        return replace(said, words="No") if excludes(claim.text, other) else replace(said, sentences=())
    if yes != no:
        text, of, chance = (claim.text, told.best, told.yes) if yes else (claim.denied, told.against, told.no)
        sentences = _told(text, [of])
        if not (yes and denies(sentences[0].text) and not denies(claim.text)):
            return Verdict("Yes" if yes else "No", chance, sentences)
        return Verdict("", chance, sentences, _unclear(question))
    if told.told < weights.least["told"]:
        return Verdict("", max(told.yes, told.no), ())
    places = [told.best] if told.best.found is told.against.found else [told.best, told.against]
    return Verdict("", max(told.yes, told.no), _told(claim.text, places), _unclear(question))


def _unclear(question: str) -> str:
    return f"The articles do not say clearly: “{question}”"


def _told(text: str, places: Sequence[Held]) -> tuple[Sentence, ...]:
    return tuple(quoted(one) for held in places for one in bearing_out(text, held.found))


def _instead(other: Contrast) -> str:
    return f"The articles tell of {other.said}, not of {other.claimed}."


def _chosen(choice: Choice, found: Results) -> Verdict | None:
    """The one alternative that is borne out, or of two values the one that was told last; None where neither is."""
    told: list[tuple[str, Judged]] = []
    for words, question in zip(choice.words, choice.questions, strict=True):
        claim = claim_of(question)
        one = judged(question, claim, found) if claim else None
        if one is None:
            return None
        told.append((words, one))
    least = load_weights().least["yes"]
    first, *rest = sorted(told, key=lambda row: -row[1].yes)
    if first[1].yes < least:
        return None
    borne = [first, *(row for row in rest if row[1].best.claimed > 0 and not row[1].best.lacking)]
    sentences = _told_each(choice, borne)
    days = [one.best.found.article.published for _, one in borne]
    if len(borne) == 1:
        return Verdict(first[0], first[1].yes, sentences)
    if None in days or days[0] == days[1]:
        return Verdict("", first[1].yes, sentences, "The articles tell both.")
    late, early = sorted(borne, key=lambda row: str(row[1].best.found.article.published), reverse=True)
    return Verdict(late[0], late[1].yes, sentences, f"An earlier article has {early[0]}.")


def _told_each(choice: Choice, borne: Iterable[tuple[str, Judged]]) -> tuple[Sentence, ...]:
    claims = {words: claim_of(question) for words, question in zip(choice.words, choice.questions, strict=True)}
    told = [(claim, one.best) for words, one in borne if (claim := claims[words])]
    return tuple(dict.fromkeys(quoted(one) for claim, held in told for one in bearing_out(claim.text, held.found)))


def _by_values(change: Change, found: Results) -> Verdict | None:
    """Whether a value has changed; None where no two values are told."""
    told = changed(change, found)
    if told is None:
        return None
    sentences = tuple(dict.fromkeys(quoted(one.sentence) for one in (told.first, told.last)))
    note = f"From {told.first.words} to {told.last.words}."
    return Verdict("Yes" if told.is_so else "No", 1.0, sentences, note)
