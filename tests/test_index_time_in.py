"""What questions say of time, asked on Wednesday 7 October 2020 unless a test says otherwise."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.times import TimeExpression
from index.times.calendar import easter
from index.times.time_in import time_in

TODAY = date(2020, 10, 7)
EVENTS = {
    "the election": date(2020, 9, 15),
    "the invasion of Norland": date(2020, 8, 1),
    "his resignation": date(2020, 7, 30),
    "Brexit": date(2020, 1, 31),
    "the 2019 election": date(2019, 5, 2),
    "the harvest": date(2020, 12, 1),
}

NEAR = [
    # relative
    ("Who met last week?", "last week", "2020-09-28", "2020-10-04"),
    ("Who met this week?", "this week", "2020-10-05", "2020-10-07"),
    ("Who met this month?", "this month", "2020-10-01", "2020-10-07"),
    ("Who met last month?", "last month", "2020-09-01", "2020-09-30"),
    ("Who met this year?", "this year", "2020-01-01", "2020-10-07"),
    ("Who met last year?", "last year", "2019-01-01", "2019-12-31"),
    ("Who met last quarter?", "last quarter", "2020-07-01", "2020-09-30"),
    ("Who met this quarter?", "this quarter", "2020-10-01", "2020-10-07"),
    ("Who met the week before last?", "the week before last", "2020-09-21", "2020-09-27"),
    ("Who met today?", "today", "2020-10-07", "2020-10-07"),
    ("Who meets tonight?", "tonight", "2020-10-07", "2020-10-07"),
    ("Who met this morning?", "this morning", "2020-10-07", "2020-10-07"),
    ("Who met yesterday?", "yesterday", "2020-10-06", "2020-10-06"),
    ("Who met the day before yesterday?", "the day before yesterday", "2020-10-05", "2020-10-05"),
    ("Who met last night?", "last night", "2020-10-06", "2020-10-06"),
    ("Who met last weekend?", "last weekend", "2020-10-03", "2020-10-04"),
    ("Who met over the weekend?", "the weekend", "2020-10-03", "2020-10-04"),
    ("Who met in the last 3 days?", "the last 3 days", "2020-10-04", "2020-10-07"),
    ("Who met in the past two weeks?", "the past two weeks", "2020-09-23", "2020-10-07"),
    ("Who met over the past month?", "the past month", "2020-09-07", "2020-10-07"),
    ("Who met within the last year?", "the last year", "2019-10-07", "2020-10-07"),
    ("Who met in the last 24 hours?", "the last 24 hours", "2020-10-06", "2020-10-07"),
    ("Who met 3 days ago?", "3 days ago", "2020-10-04", "2020-10-04"),
    ("Who met two weeks ago?", "two weeks ago", "2020-09-21", "2020-09-27"),
    ("Who met a month ago?", "a month ago", "2020-09-01", "2020-09-30"),
    ("Who met five years ago?", "five years ago", "2015-01-01", "2015-12-31"),
    # days of the week
    ("Who met on Monday?", "Monday", "2020-10-05", "2020-10-05"),
    ("Who met on Wednesday?", "Wednesday", "2020-10-07", "2020-10-07"),
    ("Who met on Thursday?", "Thursday", "2020-10-01", "2020-10-01"),
    ("Who met last Wednesday?", "last Wednesday", "2020-09-30", "2020-09-30"),
    ("Who met last Monday?", "last Monday", "2020-10-05", "2020-10-05"),
    ("The ferry sank Monday in which sea?", "Monday", "2020-10-05", "2020-10-05"),
    ("Who met on Monday last week?", "Monday last week", "2020-09-28", "2020-09-28"),
    ("who met on monday", "monday", "2020-10-05", "2020-10-05"),
    ("Who met on Sunday evening?", "Sunday evening", "2020-10-04", "2020-10-04"),
    ("Whom did Will Berg meet on Monday?", "Monday", "2020-10-05", "2020-10-05"),
    # months
    ("Who met in October?", "October", "2020-10-01", "2020-10-07"),
    ("Who met in November?", "November", "2019-11-01", "2019-11-30"),
    ("Who met in October 2019?", "October 2019", "2019-10-01", "2019-10-31"),
    ("Who met in Oct. 2019?", "Oct. 2019", "2019-10-01", "2019-10-31"),
    ("Who met in early October 2019?", "early October 2019", "2019-10-01", "2019-10-10"),
    ("Who met in mid-October 2019?", "mid-October 2019", "2019-10-11", "2019-10-20"),
    ("Who met in late February 2020?", "late February 2020", "2020-02-21", "2020-02-29"),
    ("Who met in late October?", "late October", "2019-10-21", "2019-10-31"),
    ("Who met in May?", "May", "2020-05-01", "2020-05-31"),
    ("who marched in march", "march", "2020-03-01", "2020-03-31"),
    ("Who met in March last year?", "March last year", "2019-03-01", "2019-03-31"),
    ("Who met on the first Monday of June?", "June", "2020-06-01", "2020-06-30"),
    ("Who met on the last Monday of June?", "June", "2020-06-01", "2020-06-30"),
    ("Who met last March?", "last March", "2020-03-01", "2020-03-31"),
    ("Who met in the first week of June 2020?", "the first week of June 2020", "2020-06-01", "2020-06-07"),
    ("Who met in the first half of June 2020?", "the first half of June 2020", "2020-06-01", "2020-06-15"),
    # days
    ("Who met on 5 October 2019?", "5 October 2019", "2019-10-05", "2019-10-05"),
    ("Who met on 5 October?", "5 October", "2020-10-05", "2020-10-05"),
    ("Who met on 9 October?", "9 October", "2019-10-09", "2019-10-09"),
    ("Who met on the 5th of October?", "the 5th of October", "2020-10-05", "2020-10-05"),
    ("Who met on October 5th?", "October 5th", "2020-10-05", "2020-10-05"),
    ("Who met on October 5th, 2019?", "October 5th, 2019", "2019-10-05", "2019-10-05"),
    ("Who met on Monday, 5 October?", "Monday, 5 October", "2020-10-05", "2020-10-05"),
    ("Who met on 2020-10-05?", "2020-10-05", "2020-10-05", "2020-10-05"),
    ("Who met on 25/12/2019?", "25/12/2019", "2019-12-25", "2019-12-25"),
    ("Who met on 29 February?", "29 February", "2020-02-29", "2020-02-29"),
    ("Who met in the week of 1 October?", "the week of 1 October", "2020-09-28", "2020-10-04"),
    ("Who was mayor last October 5?", "last October 5", "2020-10-05", "2020-10-05"),
    # ranges
    ("Who met between March and May 2020?", "between March and May 2020", "2020-03-01", "2020-05-31"),
    ("Who met from 1 to 5 October 2019?", "from 1 to 5 October 2019", "2019-10-01", "2019-10-05"),
    ("Who met in March-May 2020?", "March-May 2020", "2020-03-01", "2020-05-31"),
    ("Who met in March–May 2020?", "March–May 2020", "2020-03-01", "2020-05-31"),
    ("Who met between October 28 and November 3?", "between October 28 and November 3", "2019-10-28", "2019-11-03"),
    ("Who met October 1-5, 2019?", "October 1-5, 2019", "2019-10-01", "2019-10-05"),
    ("Who met between November and February?", "between November and February", "2019-11-01", "2020-02-29"),
    ("Who ruled from 2015 to 2018?", "from 2015 to 2018", "2015-01-01", "2018-12-31"),
    ("Who won in 2018-19?", "2018-19", "2018-01-01", "2019-12-31"),
    ("Who met in August or September 2019?", "August or September 2019", "2019-08-01", "2019-09-30"),
    ("Who met in August and September?", "August and September", "2020-08-01", "2020-09-30"),
    ("Who met between Monday and Tuesday?", "between Monday and Tuesday", "2020-10-05", "2020-10-06"),
    # years and parts of them
    ("Who met in 2019?", "2019", "2019-01-01", "2019-12-31"),
    ("Who met in early 2019?", "early 2019", "2019-01-01", "2019-04-30"),
    ("Who met in mid-2019?", "mid-2019", "2019-05-01", "2019-08-31"),
    ("Who met in late 2019?", "late 2019", "2019-09-01", "2019-12-31"),
    ("Who met in Q3 2019?", "Q3 2019", "2019-07-01", "2019-09-30"),
    ("Who met in the third quarter of 2019?", "the third quarter of 2019", "2019-07-01", "2019-09-30"),
    ("Who met in the second half of 2019?", "the second half of 2019", "2019-07-01", "2019-12-31"),
    ("Who met in the spring of 2019?", "spring of 2019", "2019-03-01", "2019-05-31"),
    ("Who met in winter 2018?", "winter 2018", "2018-12-01", "2019-02-28"),
    ("Who met in the winter of 2019-20?", "winter of 2019-20", "2019-12-01", "2020-02-29"),
    ("Who met in the fall?", "fall", "2020-09-01", "2020-10-07"),
    ("Who met last summer?", "last summer", "2020-06-01", "2020-08-31"),
    ("Who met in the 1990s?", "the 1990s", "1990-01-01", "1999-12-31"),
    ("Who met in the early 1990s?", "the early 1990s", "1990-01-01", "1993-12-31"),
    ("Who sang in the ’80s?", "’80s", "1980-01-01", "1989-12-31"),
    ("Who won the 2018 World Cup?", "2018", "2018-01-01", "2018-12-31"),
    ("Who won the 2019 election?", "2019", "2019-01-01", "2019-12-31"),
    ("How many died of the 1918 flu?", "1918", "1918-01-01", "1918-12-31"),
    ("who met between march and may 2020", "between march and may 2020", "2020-03-01", "2020-05-31"),
    ("who met from march to may 2020", "from march to may 2020", "2020-03-01", "2020-05-31"),
    ("Who met in June, July and August?", "June, July and August", "2020-06-01", "2020-08-31"),
    ("Who met in June, July, and August 2019?", "June, July, and August 2019", "2019-06-01", "2019-08-31"),
    ("Who met in the spring of '19?", "spring of '19", "2019-03-01", "2019-05-31"),
    ("Who met in May ’98?", "May ’98", "1998-05-01", "1998-05-31"),
    ("Who met in Febuary 2020?", "Febuary 2020", "2020-02-01", "2020-02-29"),
    ("Who met in Ocotber 2019?", "Ocotber 2019", "2019-10-01", "2019-10-31"),
    ("Who met in Novemeber?", "Novemeber", "2019-11-01", "2019-11-30"),
    ("Who met on the 14th?", "the 14th", "2020-09-14", "2020-09-14"),
    ("Who met on the 31st?", "the 31st", "2020-08-31", "2020-08-31"),
    ("Who met on 24/10/19?", "24/10/19", "2019-10-24", "2019-10-24"),
    ("Who met a fortnight ago?", "a fortnight ago", "2020-09-21", "2020-09-27"),
    ("Who met in the past fortnight?", "the past fortnight", "2020-09-23", "2020-10-07"),
    ("Halloween in Lorne: who sang?", "Halloween", "2019-10-31", "2019-10-31"),
    ("What are people saying about the vote on Monday?", "Monday", "2020-10-05", "2020-10-05"),
    # days with a name
    ("Who met at Christmas?", "Christmas", "2019-12-25", "2019-12-25"),
    ("Who met on Christmas Eve 2018?", "Christmas Eve 2018", "2018-12-24", "2018-12-24"),
    ("Who met on New Year's Eve?", "New Year's Eve", "2019-12-31", "2019-12-31"),
    ("Who met on New Year’s Day 2020?", "New Year’s Day 2020", "2020-01-01", "2020-01-01"),
    ("Who met on Halloween?", "Halloween", "2019-10-31", "2019-10-31"),
    ("Who met on Thanksgiving?", "Thanksgiving", "2019-11-28", "2019-11-28"),
    ("Who met on the Fourth of July?", "the Fourth of July", "2020-07-04", "2020-07-04"),
    ("Who met on Independence Day?", "Independence Day", "2020-07-04", "2020-07-04"),
    ("Who met on Valentine's Day?", "Valentine's Day", "2020-02-14", "2020-02-14"),
    ("Who met at Easter 2019?", "Easter 2019", "2019-04-21", "2019-04-21"),
    ("Who met on Good Friday?", "Good Friday", "2020-04-10", "2020-04-10"),
    ("Who met on Labor Day?", "Labor Day", "2020-09-07", "2020-09-07"),
    ("Who met on Memorial Day 2019?", "Memorial Day 2019", "2019-05-27", "2019-05-27"),
    # bounds that open to the past
    ("Who met before 2019?", "before 2019", None, "2018-12-31"),
    ("Who met before last week?", "before last week", None, "2020-09-27"),
    ("Who ruled until October 2019?", "until October 2019", None, "2019-10-31"),
    ("Who had paid by May?", "by May", None, "2020-05-31"),
    ("How many had fled as of 5 October?", "as of 5 October", None, "2020-10-05"),
    ("Who had paid by the end of 2019?", "by the end of 2019", None, "2019-12-31"),
    ("Who met before Monday's vote?", "before Monday", None, "2020-10-05"),
    ("Who met the day before Christmas?", "the day before Christmas", "2019-12-24", "2019-12-24"),
    ("Who met two weeks after 1 September?", "two weeks after 1 September", "2020-09-02", "2020-09-15"),
    # of several the narrowest
    ("Which day in 2019, or in October 2019, or on 5 October 2019?", "5 October 2019", "2019-10-05", "2019-10-05"),
    ("What is the latest on what sank last month?", "last month", "2020-09-01", "2020-09-30"),
    ("What did the October 5 panel hear this week?", "this week", "2020-10-05", "2020-10-07"),
]

WITHIN = [
    ("Who has left since March?", "since March", "2020-03-01", "2020-10-07"),
    ("Since 5 October, who has left?", "Since 5 October", "2020-10-05", "2020-10-07"),
    ("Who has left since last year?", "since last year", "2019-01-01", "2020-10-07"),
    ("Who has left since early 2020?", "since early 2020", "2020-01-01", "2020-10-07"),
    ("Who has left since the end of August?", "since the end of August", "2020-08-31", "2020-10-07"),
    ("Who left after 5 October?", "after 5 October", "2020-10-06", "2020-10-07"),
    ("Who left after May 2020?", "after May 2020", "2020-06-01", "2020-10-07"),
    ("Who left after 2018?", "after 2018", "2019-01-01", "2020-10-07"),
    ("Who left after Monday's vote?", "after Monday", "2020-10-05", "2020-10-07"),
    ("From Monday on, who was ill?", "From Monday on", "2020-10-05", "2020-10-07"),
    ("How many have died since 2 October, at least?", "since 2 October", "2020-10-02", "2020-10-07"),
    ("Have any ministers left since March?", "since March", "2020-03-01", "2020-10-07"),
    ("Have only two left since March?", "since March", "2020-03-01", "2020-10-07"),
    ("Has the First Minister spoken since Monday?", "since Monday", "2020-10-05", "2020-10-07"),
    # what was published then
    ("Which articles from last week name the ferry?", "last week", "2020-09-28", "2020-10-04"),
    ("What was reported in 2019?", "2019", "2019-01-01", "2019-12-31"),
    ("What was written about the ferry in May?", "May", "2020-05-01", "2020-05-31"),
    ("Show me news about the ferry since March", "since March", "2020-03-01", "2020-10-07"),
    ("What were yesterday's headlines?", "yesterday", "2020-10-06", "2020-10-06"),
    ("What did the papers say on Monday?", "Monday", "2020-10-05", "2020-10-05"),
    ("Stories published between March and May 2020?", "between March and May 2020", "2020-03-01", "2020-05-31"),
    ("Which articles from 2019 tell of 5 May 2018?", "2019", "2019-01-01", "2019-12-31"),
]

NEWEST = [
    ("What is the latest on the ferry?", "the latest"),
    ("What is the newest bridge?", "newest"),
    ("What is the most recent count?", "most recent"),
    ("Who resigned recently?", "recently"),
    ("Who has sung lately?", "lately"),
    ("Who currently leads?", "currently"),
    ("Who leads now?", "now"),
    ("What do people eat these days?", "these days"),
    ("What do people eat nowadays?", "nowadays"),
    ("Who leads at the moment?", "at the moment"),
    ("How many have been found so far?", "so far"),
    ("Is the count up to date?", "up to date"),
    ("What do recent reports say of the ferry?", "recent"),
    ("Who is the current mayor?", "current"),
]

NOTHING = [
    "Why was Mar-a-Lago searched?",
    "Who leads the council?",
    "",
    "   ",
    # in the future, or no day at all
    "Who will meet next week?",
    "Who will win in 2030?",
    "Who will be paid by 2025?",
    "Who meets tomorrow?",
    "Who meets this weekend?",
    "Who met on 31 June 2019?",
    "Who met on 06/10/2020?",
    "Who will vote in November?",
    "Which hall is opening on November 15?",
    "When is the hall to open in November?",
    "Who is due in Lorne on Friday?",
    "Which ferries are expected on Friday?",
    # durations, ages, times of day
    "Who ruled for 30 years?",
    "Who saved a 40-year-old man?",
    "Who retired after 20 years in office?",
    "Who must pay within two weeks?",
    "Who has been jailed for the past 20 years?",
    "Who was asleep at 20:20?",
    "What did he do in his last year at school?",
    # superlatives and firsts
    "Is this the highest price since 1994?",
    "Who won for the first time since 2019?",
    "What was the biggest flood in 40 years?",
    "What was the worst drought in the last 40 years?",
    "Which bird had not been seen since 1945?",
    # frequencies
    "What closes every Monday?",
    "What is held each October?",
    "What is the annual fair?",
    "Who is paid once a year?",
    "Who works on a Sunday?",
    # numbers that look like years
    "Did 2020 people march?",
    "What cost $2019?",
    "Who counted 2,019 birds?",
    "Who flew the Boeing 1998?",
    "Who lives in room 2010?",
    "Were more than 2000 hurt?",
    "Who was born in 1066?",
    # names
    "Who sang “Yesterday”?",
    'Who wrote "March 2019"?',
    "Who wrote ‘The Summer of 2012’?",
    "What is sold on Black Friday?",
    "Who acts in Friday Night Lights?",
    "Who owns the Sunday Times?",
    "Who was ill on Ash Wednesday?",
    "Why did Theresa May resign?",
    "What may happen?",
    "What may 5 people do?",
    "Who will march for peace?",
    "Who led the Washington March?",
    "Who is a friend of May?",
    "Who is August Berg?",
    "Who writes for USA Today?",
    "Who saw Apocalypse Now?",
    "Who reports for https://news.example/2020/10/05/ferry?",
    # clauses, and what is no time
    "What happened after the minister resigned?",
    "What happened before the bridge was built?",
    "Who was the first to act after all?",
    "Did sales rise compared with 2018?",
    "Is the ferry still running?",
    "Who is so far ahead of the rest?",
    "Why did the fall of Norland matter?",
    "Where are the hot springs?",
    "Which train leaves in a minute?",
    "Who lives on the 14th floor?",
    "Who met on 06/10/19?",
    "How strong is the current in the river?",
    "Did it happen as recent as that?",
    "Who met on the 45th?",
    "Halloween is kept by whom?",
]


def asked(question: str, as_of: date = TODAY) -> TimeExpression | None:
    return time_in(question, as_of, EVENTS.get)


def days(expression: TimeExpression | None) -> tuple[str, str | None, str | None] | None:
    """The words, and both ends of the window."""
    if expression is None:
        return None
    first, last = expression.window.first, expression.window.last
    return expression.text, first and first.isoformat(), last and last.isoformat()


@pytest.mark.parametrize(("question", "text", "first", "last"), NEAR)
def test_days_that_the_story_is_near(question: str, text: str, first: str | None, last: str) -> None:
    found = time_in(question, TODAY)
    assert days(found) == (text, first, last)
    assert found
    assert found.kind == "near"


@pytest.mark.parametrize(("question", "text", "first", "last"), WITHIN)
def test_days_that_nothing_else_is_found_in(question: str, text: str, first: str | None, last: str) -> None:
    found = time_in(question, TODAY)
    assert days(found) == (text, first, last)
    assert found
    assert found.kind == "within"


@pytest.mark.parametrize(("question", "text"), NEWEST)
def test_what_is_newest(question: str, text: str) -> None:
    found = time_in(question, TODAY)
    assert found
    assert (days(found), found.kind) == ((found.text, None, "2020-10-07"), "newest")
    assert found.text.endswith(text)


@pytest.mark.parametrize("question", NOTHING)
def test_what_is_no_time(question: str) -> None:
    assert days(asked(question)) is None


@pytest.mark.parametrize(
    ("question", "text", "first", "last", "kind"),
    [
        ("Who left after the election?", "after the election", "2020-09-15", "2020-10-07", "within"),
        ("After the election, who left?", "After the election", "2020-09-15", "2020-10-07", "within"),
        ("After the election did prices rise?", "After the election", "2020-09-15", "2020-10-07", "within"),
        ("Who has left since Brexit?", "since Brexit", "2020-01-31", "2020-10-07", "within"),
        ("Who fled following the invasion of Norland?", "following the invasion of Norland", "2020-08-01",
         "2020-10-07", "within"),
        ("Who ruled before the invasion of Norland?", "before the invasion of Norland", None, "2020-07-31", "near"),
        ("Who spoke ahead of the election?", "ahead of the election", None, "2020-09-14", "near"),
        ("Who spoke during the election?", "during the election", "2020-09-15", "2020-09-15", "near"),
        ("What did he do after his resignation?", "after his resignation", "2020-07-30", "2020-10-07", "within"),
        ("Who left after the 2019 election?", "after the 2019 election", "2019-05-02", "2020-10-07", "within"),
        ("Who spoke the day after the election?", "the day after the election", "2020-09-16", "2020-09-16", "near"),
        ("Who fled after the invasion of Norland in August?", "after the invasion of Norland in August", "2020-08-01",
         "2020-10-07", "within"),
    ],
)  # fmt: skip
def test_an_event_stands_for_its_day(question: str, text: str, first: str | None, last: str, kind: str) -> None:
    found = asked(question)
    assert found
    assert (days(found), found.kind) == ((text, first, last), kind)


def test_an_event_that_nobody_can_date_is_no_time() -> None:
    assert time_in("Who left after the election?", TODAY) is None
    assert asked("Who left after the flood?") is None
    assert asked("Who left before the harvest?") is None  # it is to come
    assert asked("Is this the worst crisis since the election?") is None


def test_the_collection_is_asked_for_noun_phrases_only() -> None:
    phrases: list[str] = []
    for question in (
        "What happened after the minister resigned?",
        "What happened after Berg won the vote?",
        "What happened after 20 years in office?",
        "Who fell before Monday?",
        "Who fell during the week?",
        "Who fled after the attempted coup in Norland?",
        "What changed since Berg's trial, and why?",
    ):
        time_in(question, TODAY, lambda phrase: phrases.append(phrase))
    assert phrases == ["the attempted coup in Norland", "Berg's trial"]


def test_an_event_that_a_year_describes_lies_in_that_year() -> None:
    assert days(time_in("Who left after the 2019 election?", TODAY)) == ("after the 2019", "2019-01-01", "2020-10-07")
    assert days(time_in("Who left before the 2019 election?", TODAY)) == ("before the 2019", None, "2019-12-31")


@pytest.mark.parametrize(
    ("as_of", "question", "first", "last"),
    [
        (date(2020, 10, 4), "Who met last weekend?", "2020-09-26", "2020-09-27"),
        (date(2020, 10, 3), "Who met this weekend?", "2020-10-03", "2020-10-03"),
        (date(2020, 10, 5), "Who met this week?", "2020-10-05", "2020-10-05"),
        (date(2020, 3, 31), "Who met in the last month?", "2020-02-29", "2020-03-31"),
        (date(2021, 1, 2), "Who met in December?", "2020-12-01", "2020-12-31"),
        (date(2021, 1, 2), "Who met this winter?", "2020-12-01", "2021-01-02"),
        (date(2021, 1, 2), "Who met last quarter?", "2020-10-01", "2020-12-31"),
        (date(2021, 1, 2), "Who met in the winter?", "2020-12-01", "2021-01-02"),
        (date(2021, 6, 1), "Who met on 29 February?", "2020-02-29", "2020-02-29"),
        (date(2020, 12, 25), "Who met on Christmas Day?", "2020-12-25", "2020-12-25"),
        (date(2020, 12, 25), "Who met last Christmas?", "2019-12-25", "2019-12-25"),
        (date(2020, 10, 7), "Who met between March and December 2020?", "2020-03-01", "2020-10-07"),
    ],
)
def test_other_days_of_asking(as_of: date, question: str, first: str, last: str) -> None:
    found = days(time_in(question, as_of))
    assert found
    assert found[1:] == (first, last)


def test_easter() -> None:
    assert [easter(year) for year in (1961, 2000, 2008, 2011, 2038)] == [
        date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2038, 4, 25),
    ]  # fmt: skip


PIECES = [
    *"since after before the last this in from to and between of early week year 3 31 2020 October may".split(),
    *"February Monday Easter winter weekend days ago half quarter q3 '90s articles reported now 30 tomorrow ?".split(),
    *("mid-", "month", "1999", "’", "“", '"', "'", "-", ", ", "  ", "\n", "İ", "ſ", "\0", "the first", "the election"),
    *("9999", "00", "2020-02-30"),
]
DATES = st.dates() | st.sampled_from([date.min, date.max, TODAY])


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(), DATES, DATES)
@example("since the last 9999 years ago", date.min, date.max)
@example("after tomorrow", date.max, date.max)
def test_whatever_is_asked_whenever(question: str, as_of: date, event: date) -> None:
    found = time_in(question, as_of, lambda phrase: event)
    if found:
        assert question[found.start : found.end] == found.text != ""
        assert found.window.last is not None
        assert (found.window.first or date.min) <= found.window.last <= as_of
        assert found.kind in ("within", "near", "newest")


@pytest.mark.slow
@settings(deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from(PIECES))
def test_20_000_characters(one: str, other: str) -> None:
    question = (f"{one} {other} " * 20_000)[:20_000]
    asked: list[str] = []
    time_in(question, TODAY, lambda phrase: asked.append(phrase))
    assert len(asked) <= 3


def test_every_day_of_some_years() -> None:
    for number in range(800):
        as_of = date(2019, 1, 1) + timedelta(days=number)
        for question in ("Who met on Friday?", "Who met in May?", "Who met last week?", "Who met in winter?"):
            found = time_in(question, as_of)
            assert found
            assert found.window.first
            assert found.window.last
            assert found.window.first <= found.window.last <= as_of
            assert (as_of - found.window.first).days < 460
