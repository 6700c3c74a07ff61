"""Questions of every kind are what the evaluation takes them for, and a reader's verdicts mean what they say."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, Citation, Sentence
from eval.kinds.kinds_run import FOLDER, SETS, Expected, KindQuestion, KindResult, KindsRun, judged, read_kinds
from index.article import Article
from index.formats import read_file

QUESTIONS = [question for name in SETS for question in read_kinds(FOLDER / f"{name}.jsonl")]
FILES = {file.stem: read_file(file).article for file in (FOLDER / "articles").glob("*.md")}
DAY = date(2031, 5, 28)


def test_there_are_some_of_every_kind_a_fifth_without_an_answer() -> None:
    kinds = [question.kind for question in QUESTIONS]
    assert min(map(kinds.count, set(kinds))) >= 24
    without = [one for one in QUESTIONS if one.right.refuse or one.right.premise or one.right.verdict == "not told"]
    assert len(QUESTIONS) == 360
    assert len(without) >= 70
    assert len({question.id for question in QUESTIONS}) == 360


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_the_named_articles_are_there(question: KindQuestion) -> None:
    for named in (*question.right.cites, *question.right.only):
        assert {named} if isinstance(named, str) else set(named) <= FILES.keys()


def an_answer(*texts: str, short: str | None = None, reply: str = "", chance: float | None = 0.9) -> Answer:
    article = Article("0123456789ab", "", source="folder/a-strike.md", outlet="Isles Wire", author="Ann Ode")
    cited = [Sentence(text, "supported", (Citation(1, article, 0, 3, text),)) for text in texts]
    answerable = bool(texts or short)
    return Answer("?", DAY, answerable, tuple(cited), short_answer=short, reply=reply, confidence=chance)


@pytest.mark.parametrize(
    ("right", "answer", "verdict"),
    [
        (Expected(holds=[["25 days", "twenty-five days"]]), an_answer("It took twenty-five  days."), "right"),
        (Expected(holds=[["25 days"], ["Tolm"]]), an_answer("It took 25 days."), "in part"),
        (Expected(holds=[["25 days"]]), an_answer("It took long.", short="24 days"), "wrong"),
        (Expected(holds=[["25 days"]]), an_answer("It took long.", short="24 days", chance=0.3), "unsure"),
        (Expected(holds=[["25 days"]]), an_answer(), "refused"),
        (Expected(cites=["a-strike", ["b-dam", "c-dam"]]), an_answer("It took long."), "in part"),
        (Expected(cites=["a-strike"], only=["a-strike", "c-dam"]), an_answer("It took long."), "right"),
        (Expected(cites=["a-strike"], only=["c-dam"]), an_answer("It took long."), "in part"),
        (Expected(verdict="yes"), an_answer("It did.", short="Yes"), "right"),
        (Expected(verdict="yes"), an_answer("It did.", short="No"), "wrong"),
        (Expected(verdict="not told"), an_answer("It may."), "right"),
        (Expected(verdict="not told"), an_answer("It may.", short="Yes"), "wrong"),
        (Expected(refuse=True), an_answer("It may."), "wrong"),
        (Expected(refuse=True), an_answer(), "right"),
        (Expected(premise=True, premise_words=["Tolm"]), an_answer("It.", reply="They tell of no Tolm."), "right"),
        (Expected(premise=True, premise_words=["Tolm"]), an_answer("It was on Tolm."), "wrong"),
        (Expected(order=["first", "then"]), an_answer("It was first.", "It was then."), "right"),
        (Expected(order=["first", "then"]), an_answer("It was then.", "It was first."), "wrong"),
        (Expected(holds=[["long"]], never=["short"]), an_answer("It was long, not short."), "wrong"),
        (Expected(holds=[["a"]], at_most=1), an_answer("It was a.", "It was b."), "in part"),
        (Expected(plain=True), an_answer(reply="Good morning."), "right"),
        (Expected(plain=True), an_answer(), "refused"),
    ],
)
def test_an_answer_is_judged_by_what_a_right_one_has(right: Expected, answer: Answer, verdict: str) -> None:
    assert judged(answer, KindQuestion("x", "fact", "?", DAY, right))[0] == verdict


def test_outlets_count_as_shown_where_the_articles_are_asked_about() -> None:
    right = Expected(holds=[["Isles Wire"], ["Ann Ode"]])
    asked = KindQuestion("x", "collection", "Which outlets?", DAY, right)
    assert judged(an_answer("It took long."), asked)[0] == "right"
    assert judged(an_answer("It took long."), replace(asked, kind="fact"))[0] == "wrong"


def test_figures_and_report_follow_from_the_results() -> None:
    results = (
        KindResult("x1", "fact", "Who?", "right"),
        KindResult("x2", "fact", "When?", "wrong", missing=("“May”",)),
        KindResult("x3", "talk", "Hello", "refused"),
    )
    run = KindsRun(llm="extractive", results=results)
    assert run.figures["fact"]["right"] == run.figures["fact"]["wrong"] == 0.5
    assert run.figures["all"]["questions"] == 3
    text = "\n".join(run.lines())
    assert "x2 fact: When?" in text
    assert "“May”" in text
    assert "x1 fact" not in text
