"""The day of an event that the collection reports, and None where it leaves the day open."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.collection import Collection
from index.indexes.word_index import WordIndex
from index.search.event_days import event_day
from index.store.catalogue import Catalogue
from tests.articles import reading

TODAY = date(2026, 6, 30)
ARTICLES = [
    ("2024-05-06", "Sorrel Party wins Marland election",
     "The Sorrel Party won Sunday's election in Marland with 41 per cent of the votes. Ada Quist will lead it."),
    ("2024-05-06", "Marland turns its government out",
     "Voters went to the polls on Sunday in Marland's general election and turned the government out."),
    ("2025-11-03", "Marland to hold early election in December",
     "An early election will be held in Marland on 7 December, the president said on Sunday."),
    ("2025-12-01", "Quist ahead a week before the election",
     "A week before the election Ada Quist leads in a survey of 900 voters."),
    ("2025-12-08", "Quist loses Marland election",
     "The Reed League won Marland's early election on Sunday. It will have 71 seats in the new house."),
    ("2026-01-10", "Seats quarrel goes on in Marland",
     "A month after the election, the parties in Marland still quarrel over who sits where."),
    ("2025-03-04", "Ossia invades Norland",
     "Troops of Ossia crossed into Norland on Tuesday morning. The invasion began before dawn, from three sides."),
    ("2025-03-05", "Norland blows up its bridges",
     "Norland blew up nine bridges on Wednesday to slow the invasion by Ossia."),
    ("2026-03-04", "Norland mourns", "A year after the invasion of Norland, the bells rang in every village."),
    ("2026-02-10", "Fire guts warehouse on Pell Street",
     "A fire broke out on Monday night in a warehouse on Pell Street. Nobody was hurt."),
    ("2026-03-02", "Fire at Lorne bakery", "A fire destroyed the oldest bakery of Lorne on Sunday."),
    ("2026-04-20", "Fire chief asks for two more engines", "The fire chief of Lorne asked for more engines."),
    ("2025-09-19", "Minister Berg resigns over the dam",
     "Anna Berg resigned as minister of works on Friday, two days after the dam at Hollin cracked."),
    ("2025-10-10", "Calls for resignation of Holm grow louder",
     "Three parties called for the resignation of Jan Holm, who had signed the plans of the dam."),
    ("2025-01-13", "Storm Petra floods Lorne harbour",
     "Storm Petra drove the sea over the harbour wall of Lorne on Sunday. Forty boats were lost."),
    ("2026-05-29", "Storm Rufus nears Lorne",
     "Storm Rufus is due to reach Lorne on Sunday, forecasters said."),
    ("2025-07-22", "Ferry Wavelet sinks off Lorne",
     "The ferry Wavelet sank off Lorne in the early hours of Tuesday with 40 people on board. All were saved."),
    ("2025-07-23", "Divers go down to the Wavelet",
     "Divers saw the wreck of the Wavelet on Wednesday, a day after it sank."),
    ("2025-10-06", "Bus drivers begin strike in Lorne",
     "Bus drivers in Lorne began a strike on Monday. They ask for longer breaks."),
    ("2025-10-20", "Bus strike ends in Lorne", "The bus strike in Lorne ended on Monday with a deal on breaks."),
    ("2025-04-15", "Explosion wrecks Hollin mill",
     "Three people were hurt in an explosion on 12 April that wrecked the mill at Hollin. The cause is not known."),
    ("2025-08-31", "Quill Bridge reopens", "Quill Bridge was opened again on Saturday, 30 August, after repairs."),
    ("2024-07-14", "Lorne festival draws 2,000", "The Lorne festival drew 2,000 people to the harbour on Saturday."),
    ("2025-07-13", "Lorne festival draws 3,000", "The Lorne festival drew 3,000 people to the harbour on Saturday."),
    *((f"2025-{month:02}-11", f"Trial of Drum hears of {thing}", f"The trial of Ivo Drum, a banker, heard of {thing}.")
      for month, thing in ((2, "a yacht"), (4, "two safes"), (6, "a forged seal"), (8, "a nephew"), (10, "a horse"))),
    *((f"2026-{month:02}-{day:02}", f"Protest over {thing} in Lorne", f"Some 300 people joined a protest over {thing}.")
      for month, day, thing in ((1, 12, "rents"), (2, 20, "the dam"), (4, 2, "bus fares"), (5, 14, "school meals"))),
    ("2026-05-04", "Parliament meets in Marland", "Parliament met in Marland on Monday to choose a speaker."),
    ("2026-05-05", "Parliament chooses its speaker", "Parliament chose Una Fell as its speaker on Tuesday."),
    ("2025-05-20", "Stoker saves steam engine", "A stoker saved an old engine when the firebox melted on Monday."),
]  # fmt: skip


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalogue, WordIndex]]:
    with Collection(tmp_path_factory.mktemp("events") / "news") as collection:
        for _ in collection.add(
            reading(text, title, date.fromisoformat(day), source=f"/news/{number}.txt")
            for number, (day, title, text) in enumerate(ARTICLES)
        ):
            pass
        words = collection.indexes().words
        assert words
        yield collection.catalogue, words.index


@pytest.mark.parametrize(
    ("phrase", "as_of", "day"),
    [
        ("the election", TODAY, "2025-12-07"),  # of two the latest
        ("the election", date(2025, 11, 20), "2024-05-05"),  # what is announced has not happened
        ("the Marland election", TODAY, "2025-12-07"),
        ("the 2024 election", TODAY, "2024-05-05"),
        ("the invasion of Norland", TODAY, "2025-03-04"),
        ("the invasion", TODAY, "2025-03-04"),
        ("the Pell Street fire", TODAY, "2026-02-09"),
        ("the fire on Pell Street", TODAY, "2026-02-09"),
        ("Berg's resignation", TODAY, "2025-09-19"),
        ("Storm Petra", TODAY, "2025-01-12"),
        ("the sinking of the Wavelet", TODAY, "2025-07-22"),
        ("the bus strike", TODAY, "2025-10-06"),
        ("the explosion at Hollin", TODAY, "2025-04-12"),
        ("the reopening of Quill Bridge", TODAY, "2025-08-30"),
        ("the Lorne festival", TODAY, "2025-07-12"),
        ("the Lorne festival", date(2025, 7, 1), "2024-07-13"),
    ],
)
def test_the_day_of_an_event(indexes: tuple[Catalogue, WordIndex], phrase: str, as_of: date, day: str) -> None:
    assert event_day(*indexes, phrase, as_of) == date.fromisoformat(day)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.lists(st.sampled_from("the storm of Lorne 2025 election - ' İ 0000 war".split())).map(" ".join))
def test_any_phrase_may_be_asked(indexes: tuple[Catalogue, WordIndex], phrase: str) -> None:
    day = event_day(*indexes, phrase, TODAY)
    assert day is None or day <= TODAY


@pytest.mark.parametrize(
    ("phrase", "as_of"),
    [
        ("the election", date(2024, 5, 5)),  # not yet reported
        ("the 2023 election", TODAY),
        ("the fire", TODAY),  # two in three weeks
        ("the protest", TODAY),  # four in four months
        ("the trial of Drum", TODAY),  # for most of a year
        ("his resignation", TODAY),  # whose
        ("the resignation of her minister", TODAY),
        ("the resignation of Holm", TODAY),  # asked for only
        ("Storm Rufus", TODAY),  # it was only expected
        ("the invasion of Marland", TODAY),
        ("the coup", TODAY),
        ("Parliament", TODAY),
        ("the meeting", TODAY),
        ("the firebox melts", TODAY),
        ("the", TODAY),
        ("", TODAY),
        ("the election", date.min),
    ],
)
def test_what_has_no_day(indexes: tuple[Catalogue, WordIndex], phrase: str, as_of: date) -> None:
    assert event_day(*indexes, phrase, as_of) is None
