"""What a form of time needs: no text that it matches may lack it, or the form would not be tried."""

import json
import random
import re
from pathlib import Path

from index.times.periods import FORMS
from index.times.question_text import HIDDEN, plain
from index.times.time_words import held_words

QUESTIONS = Path(__file__).with_name("time_questions")
PIECES = (
    "may day|every spring|2020-10-05|5/10/20|from 5 to 7 October 2020|October 5th, 2020|Monday, 5 Oct.|on the 14th|May"
    "|last Christmas|New Year's Eve|Hallowe'en|Valentine's Day|Boxing Day 2019|the Fourth of July|Good Friday|Labor Day"
    "|March 2020|in March|Janaury|Septmber 2020|spring of 2019|last summer|in the fall|Q3 2020|in the second quarter"
    "|the 1990s|the '90s|the early nineties|2019-20|'21|2020may|mid-2020|the day before yesterday|this morning|tonight"
    "|over the weekend|the week before last|earlier this year|end of the month|the last 3 weeks|a couple of weeks ago"
    "|last Monday night|on Friday|to|and|-|,|the|of|people|Juneteenth|ash wednesday|20 minutes ago|thanksgiving"
).split("|")


def test_a_form_that_matches_has_the_words_that_it_needs() -> None:
    draw = random.Random(7)
    texts = [
        json.loads(line)["question"]
        for file in ("questions.jsonl", "further_questions.jsonl")
        for line in (QUESTIONS / file).read_text().splitlines()
    ]
    texts += PIECES
    texts += [draw.choice([" ", " ", ""]).join(draw.choices(PIECES, k=draw.randint(1, 7))) for _ in range(1500)]
    matched = set()
    for text in texts:
        left = plain(text).small
        held = held_words(left)
        for at, (form, _, needs) in enumerate(FORMS):
            if re.search(form, left):
                matched.add(at)
                assert not any(held.isdisjoint(words) for words in needs), (text, form)
            left = re.sub(form, lambda found: HIDDEN * len(found[0]), left)
    assert len(matched) > 0.9 * len(FORMS)
