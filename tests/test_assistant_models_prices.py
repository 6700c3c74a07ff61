"""Prices as the user writes them."""

import pytest

from assistant.models import Price, parse_prices
from index.errors import SettingsError


def test_each_spec_has_its_price() -> None:
    text = " openai:gpt-x=0.15/0.60\n openai-like:http://127.0.0.1:8080/v1#a=b=0/1e1 "
    assert parse_prices(text) == {
        "openai:gpt-x": Price(0.15, 0.6),
        "openai-like:http://127.0.0.1:8080/v1#a=b": Price(0.0, 10.0),
    }
    assert parse_prices("") == {}


@pytest.mark.parametrize(
    "entry", ["openai:x", "openai:x=", "openai:x=1", "=1/2", "x=1/2/3", "x=-1/2", "x=nan/1", "x=1/inf"]
)
def test_what_is_no_price_is_told_in_one_line(entry: str) -> None:
    with pytest.raises(SettingsError, match="SPEC=PROMPT/REPLY") as caught:
        parse_prices(f"openai:y=1/2 {entry}")
    assert repr(entry) in str(caught.value)
