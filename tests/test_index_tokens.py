"""Token counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.passages import count_tokens
from tests.test_index_passages import HARD, TEXTS

BEGINNINGS = st.sampled_from(["“Yes”, he said.", "/root", "\nNo", " gap", "’s", "1,000", "\0", "", "…", "\r\n"])


@given(st.lists(TEXTS | BEGINNINGS, max_size=12))
@settings(deadline=None)
def test_counted_together_as_one_by_one(texts: list[str]) -> None:
    assert count_tokens(texts) == [count_tokens([text])[0] for text in texts]


def test_hard_texts_counted_together_as_one_by_one() -> None:
    texts = [text[:2000] for text in HARD.values()]
    assert count_tokens(texts) == [count_tokens([text])[0] for text in texts]


def test_nothing_to_count() -> None:
    assert count_tokens([]) == []
