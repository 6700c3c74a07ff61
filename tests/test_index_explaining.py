"""Why a passage was found: words, shares that add up, what is missing, and the days."""

from collections.abc import Iterator
from datetime import date
from math import isclose

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import Article
from index.collection import Collection
from index.sample_articles import fill_sample
from index.search.explaining import Explanation, explain, explain_merged
from index.search.result import Retrieved, first_merged, merged
from index.text.analysis import words_of
from index.text.passages import Passage
from index.times import TimeExpression, Window

AS_OF = date(2020, 10, 8)


def found(text: str, words: float = 0.4, title: str = "", published: date | None = date(2020, 10, 5)) -> Retrieved:
    parts = {"words": words, "vectors": 0.3, "recency": 0.2, "something new": 0.1}
    article = Article("a", "", title, published=published)
    return Retrieved(Passage("a", 0, len(text), text), article, sum(parts.values()), parts)


def why(query: str, one: Retrieved, counts: dict[str, int] | None = None) -> Explanation:
    return explain(query, [one], counts or {}, 1000, AS_OF)[0]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("sample")) as collection:
        fill_sample(collection)
        yield collection


def test_words_are_told_as_asked_and_as_the_passage_has_them() -> None:
    given = why("Who suspended the Permits?", found("Canada suspends permits. It suspended one permit."))
    assert {one.asked: one.forms for one in given.words} == {
        "suspended": ("suspends", "suspended"),
        "Permits": ("permits", "permit"),
    }


def test_a_word_of_the_title_counts_as_it_does_in_the_index() -> None:
    given = why("ferry", found("It was late.", title="The ferry"))
    assert [one.forms for one in given.words] == [("ferry",)]


def test_rare_words_and_repeated_ones_have_the_greater_share() -> None:
    given = why("Canada permit", found("Canada. Permit."), {"canada": 400, "permit": 3})
    assert [one.asked for one in given.words] == ["permit", "Canada"]
    again = why("Canada permit", found("Canada. Permit. Permit."), {"canada": 400, "permit": 3})
    assert again.words[0].share > given.words[0].share


def test_missing_words_are_told_once_and_stop_words_not_at_all() -> None:
    given = why("Why did the walruses and the walrus leave Oslo?", found("They were seen in Oslo."))
    assert given.missing == ("walruses", "leave")


def test_parts_of_a_compound_are_words_of_their_own() -> None:
    given = why("drone-export", found("An export-ban, for drones."))
    assert {one.asked: one.forms for one in given.words} == {"drone": ("drones",), "export": ("export",)}


def test_what_no_word_explains_is_said_to_be_so() -> None:
    given = why("Zalensky", found("Zelensky spoke."))
    assert (given.words, given.unexplained, given.missing) == ((), 0.4, ("Zalensky",))


@pytest.mark.parametrize(("published", "days"), [(date(2020, 10, 8), 0), (date(2020, 10, 5), 3), (None, None)])
def test_days_are_counted_to_the_day_of_asking(published: date | None, days: int | None) -> None:
    assert why("x", found("x", published=published)).days == days


def test_time_of_the_question_is_told_in_json() -> None:
    meant = TimeExpression("last week", 4, 13, Window(date(2020, 9, 28), date(2020, 10, 4)), "near")
    [given] = explain("won last week", [found("x")], {}, 10, AS_OF, meant)
    expected = {"text": "last week", "kind": "near", "first": "2020-09-28", "last": "2020-10-04"}
    assert given.to_json()["time"] == expected


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=30), st.integers(0, 50))
@example("0\U00018d80", "0\U00018d80", "", 0)  # a letter that is newer than Python 3.11
def test_any_query_and_text_are_explained(query: str, text: str, title: str, count: int) -> None:
    given = why(query, found(text, title=title), dict.fromkeys(words_of(query), count))
    assert isclose(sum(one.share for one in given.words) + given.unexplained, 0.4)
    assert len(given.words) + len(given.missing) == len(set(words_of(query)))
    assert {stem for one in given.words for form in one.forms for stem in words_of(form)} <= set(
        words_of(f"{title}\n{text}")
    )


@pytest.mark.parametrize("query", ["Why did Canada suspend the permits?", "tolls on the bridge", "NATO ceasefire call"])
def test_on_a_real_search_the_parts_are_the_score(sample: Collection, query: str) -> None:
    results = sample.search(query, 20, AS_OF)
    frequencies = sample.frequency(set(words_of(query)))
    explained = explain(query, results, frequencies, sample.catalogue.count()[1], AS_OF, results.time)
    assert len(explained) == len(results) > 3
    for one, reason in zip(results, explained, strict=True):
        assert isclose(sum(reason.parts.values()), one.score)
        assert isclose(sum(word.share for word in reason.words) + reason.unexplained, reason.parts["words"])
        assert reason.unexplained == 0.0
        assert reason.cosine is not None
        assert abs(reason.cosine) <= 1.0001
        for word in reason.words:
            assert all(form in f"{one.article.title} {one.passage.text}" for form in word.forms)


def test_of_merged_passages_only_what_all_miss_is_missing() -> None:
    text = "The ferry came. The bridge fell."
    article = Article("a", "")
    parts = [
        Retrieved(Passage("a", 16, 32, text[16:32]), article, 0.9, {"words": 0.9}),
        Retrieved(Passage("a", 0, 15, text[:15]), article, 0.5, {"words": 0.5}),
    ]
    explained = explain("ferry bridge walrus", parts, {}, 10, AS_OF)
    shown = merged(parts, lambda article_id: text)
    [reason] = explain_merged(shown, parts, explained)
    assert [one.passage.text for one in shown] == [text]
    assert ([word.asked for word in reason.words], reason.missing) == (["bridge"], ("walrus",))
    assert reason.score == 0.9


def test_every_passage_shown_is_explained(sample: Collection) -> None:
    query = "Canada Turkey drones"
    results = sample.search(query, 30, AS_OF)
    explained = explain(query, results, sample.frequency(words_of(query)), 50, AS_OF)
    shown = first_merged(results, 10, sample.text_of)
    assert [reason.score for reason in explain_merged(shown, results, explained)] == [one.score for one in shown]


def test_the_text_of_an_article_that_is_gone_is_empty(sample: Collection) -> None:
    assert sample.text_of("ffffffffffff") == ""
    article = sample.search("ferry", 1)[0].article
    assert sample.text_of(article.id) == sample.article(article.id).text
