"""Neighbouring passages become one, exactly and without loss."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.search.result import MOST, Retrieved, depth_of, first_merged, merged, no_text
from index.text.passages import Passage, split_passages
from tests.retrieved import reading

SENTENCES = ["The ferry is late. ", "Nobody said why.\n\n", "Ünïcode \N{SNOWMAN} too. ", "Water rose. " * 9, "No! "]
TEXT = "One came. Two came.\n\nThree came. Four came. Five came."


def retrieved(text: str, start: int, end: int, score: float = 1.0, article_id: str = "a", also: str = "") -> Retrieved:
    passage = Passage(article_id, start, end, text[start:end])
    others = tuple(Article(name, "") for name in also)
    return Retrieved(passage, Article(article_id, ""), score, {"words": score}, others)


def of(sentence: str, score: float = 1.0, also: str = "") -> Retrieved:
    start = TEXT.index(sentence)
    return retrieved(TEXT, start, start + len(sentence), score, also=also)


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Retrieved], dict[str, str]]:
    """Some passages of some articles, in any order, and the articles' texts."""
    texts = {
        name: "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=60)))
        for name in draw(st.sampled_from(["a", "ab", "abc"]))
    }
    budget = draw(st.sampled_from([8, 40, 210]))
    cut = [passage for name, text in texts.items() for passage in split_passages(name, text, budget)]
    chosen = draw(st.lists(st.sampled_from(cut), unique_by=lambda one: (one.article_id, one.start), max_size=40))
    scored = enumerate(chosen)
    found = [retrieved(texts[p.article_id], p.start, p.end, 1 - at / 100, p.article_id) for at, p in scored]
    return found, texts


def inside(one: Retrieved, other: Retrieved) -> bool:
    """Whether `one` lies in `other`."""
    first, second = one.passage, other.passage
    return first.article_id == second.article_id and second.start <= first.start and first.end <= second.end


def touching(one: Retrieved, other: Retrieved, texts: Mapping[str, str]) -> bool:
    first, second = one.passage, other.passage
    if first.article_id != second.article_id or second.start < first.start:
        return False
    return not texts[first.article_id][first.end : second.start].strip()


@given(searches())
def test_merged_passages_are_exact_and_hold_every_passage_once(search: tuple[list[Retrieved], dict[str, str]]) -> None:
    found, texts = search
    shown = merged(found, texts.__getitem__)
    for one in shown:
        assert texts[one.article.id][one.passage.start : one.passage.end] == one.passage.text
    assert all(sum(inside(one, other) for other in shown) == 1 for one in found)
    for other in shown:  # and nothing but what was found
        held = sum(len("".join(one.passage.text.split())) for one in found if inside(one, other))
        assert held == len("".join(other.passage.text.split()))


@given(searches())
def test_merged_passages_stand_at_the_best_rank_with_its_score(search: tuple[list[Retrieved], dict[str, str]]) -> None:
    found, texts = search
    shown = merged(found, texts.__getitem__)
    best = [next(rank for rank, one in enumerate(found) if inside(one, other)) for other in shown]
    assert best == sorted(best)
    assert [(one.score, one.parts) for one in shown] == [(found[rank].score, found[rank].parts) for rank in best]


@given(searches())
def test_what_touches_is_merged_unless_it_is_long_and_once_is_enough(
    search: tuple[list[Retrieved], dict[str, str]],
) -> None:
    found, texts = search
    shown = merged(found, texts.__getitem__)
    for one in shown:
        for other in shown:
            if one is not other and touching(one, other, texts):
                assert other.passage.end - one.passage.start > MOST
    assert merged(shown, texts.__getitem__) == shown


@given(searches(), st.integers(1, 12))
def test_as_many_are_shown_as_asked_for_where_there_are(search: tuple[list[Retrieved], dict[str, str]], k: int) -> None:
    found, texts = search
    shown = first_merged(found, k, texts.__getitem__)
    assert len(shown) == min(k, len(shown))
    if len(shown) < k:
        assert shown == merged(found, texts.__getitem__)
    assert all(any(inside(one, other) for other in shown) for one in found[:k])


def test_neighbours_are_one_passage_in_reading_order() -> None:
    [shown] = merged([of("Three came.", 0.9), of("One came. Two came.", 0.7)], {"a": TEXT}.__getitem__)
    assert shown.passage == Passage("a", 0, 32, "One came. Two came.\n\nThree came.")
    assert (shown.score, shown.parts) == (0.9, {"words": 0.9})


def test_a_sentence_between_keeps_passages_apart() -> None:
    found = [of("Three came."), of("Five came.")]
    assert merged(found, {"a": TEXT}.__getitem__) == found


def test_articles_are_never_mixed() -> None:
    found = [retrieved("Ab. Cd.", 0, 3, article_id="a"), retrieved("Ab. Cd.", 4, 7, article_id="b")]
    assert merged(found, lambda article_id: "Ab. Cd.") == found


def test_reprints_are_those_of_the_whole() -> None:
    [shown] = merged([of("One came. Two came.", also="xyz"), of("Three came.", also="zyw")], {"a": TEXT}.__getitem__)
    assert [article.id for article in shown.also_in] == ["y", "z"]


@pytest.mark.parametrize("text", ["", "Another text by now. " * 9])
def test_an_article_that_changed_meanwhile_is_left_as_it_was_found(text: str) -> None:
    found = [of("Three came."), of("One came. Two came.")]
    assert merged(found, lambda article_id: text) == found
    assert merged(found, no_text) == found


def test_a_long_chain_is_cut_into_readable_pieces() -> None:
    text = "Word and word again. " * 400
    chain: Sequence[Passage] = split_passages("a", text)
    found = [retrieved(text, one.start, one.end) for one in chain]
    shown = merged(found, lambda article_id: text)
    assert 1 < len(shown) < len(found)
    assert all(len(one.passage.text) <= MOST for one in shown)


def test_deeper_search_is_bounded() -> None:
    assert [depth_of(k) for k in (1, 10, 50, 1000)] == [3, 30, 150, 1100]


def test_what_was_read_of_one_passage_is_not_said_of_several() -> None:
    one, other = (replace(of(sentence), reading=reading(1.0)) for sentence in ("One came.", "Two came."))
    assert [shown.reading for shown in merged([one, other], lambda article_id: TEXT)] == [None]
    assert merged([one], lambda article_id: TEXT)[0].reading is one.reading
