"""Forms of time are found by one of their words: no text that a form matches may lack it."""

import json
import random
from pathlib import Path

from index.times.periods import FORMS
from index.times.time_forms import HIDDEN, plain

QUESTIONS = Path(__file__).with_name("time_questions")
PIECES = (
    "may day|every spring|2020-10-05|5/10/20|from 5 to 7 October 2020|October 5th, 2020|Monday, 5 Oct.|on the 14th|May"
    "|last Christmas|New Year's Eve|Hallowe'en|Valentine's Day|Boxing Day 2019|the Fourth of July|Good Friday|Labor Day"
    "|March 2020|in March|Janaury|Septmber 2020|spring of 2019|last summer|in the fall|Q3 2020|in the second quarter"
    "|the 1990s|the '90s|the early nineties|2019-20|'21|2020may|mid-2020|the day before yesterday|this morning|tonight"
    "|over the weekend|the week before last|earlier this year|end of the month|the last 3 weeks|a couple of weeks ago"
    "|last Monday night|on Friday|to|and|-|,|the|of|people|Juneteenth|ash wednesday|20 minutes ago|thanksgiving"
    "|march madness|Chinese New Year|October 5-7|any Christmas|each March|the day after tomorrow|tomorrow"
    "|yesterday evening|last night|this past weekend|next weekend|Monday night football|Friday Night Lights|USA Today"
    "|at the end of spring|during the third quarter of 2020|last May|last Monday of last|March and April|May this year"
).split("|")


def test_a_form_that_matches_is_tried() -> None:
    draw = random.Random(7)
    texts = [
        json.loads(line)["question"]
        for file in ("questions.jsonl", "further_questions.jsonl")
        for line in (QUESTIONS / file).read_text().splitlines()
    ]
    texts += PIECES
    texts += [draw.choice([" ", " ", ""]).join(draw.choices(PIECES, k=draw.randint(1, 7))) for _ in range(1500)]
    matched = set()
    for question in texts:
        text = plain(question)
        wanted, left = set(), text.words.copy()
        for form in FORMS.forms:
            for at in range(len(left)):
                if match := form.match(text, left, at):
                    wanted.add((form, at))
                    left[at : match.end] = [HIDDEN] * (match.end - at)
        assert {(form, match.first) for form, match in FORMS.matches(text)} == wanted, question
        matched |= {form for form, _ in wanted}
    assert len(matched) > 0.9 * len(FORMS.forms)
