"""What tokens cost, as the user tells it: prices change, and a table of them in here would be wrong before long."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.answer import Usage
from index.errors import SettingsError

_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens of the prompt and of the reply."""

    prompt: float
    reply: float

    def of(self, usage: Usage) -> Usage:
        """The usage with its dollars."""
        dollars = (usage.prompt_tokens * self.prompt + usage.reply_tokens * self.reply) / _MILLION
        return replace(usage, dollars=dollars)


def parse_prices(text: str) -> Mapping[str, Price]:
    """The price of each spec in `SPEC=PROMPT/REPLY SPEC=PROMPT/REPLY ...`. Raises SettingsError."""
    prices = {}
    for entry in text.split():
        spec, equals, numbers = entry.rpartition("=")
        try:
            prompt, reply = (float(number) for number in numbers.split("/"))
        except ValueError:
            prompt = reply = math.nan
        if not equals or not spec or not all(0 <= number < math.inf for number in (prompt, reply)):
            raise SettingsError(
                f"llm_prices: {entry!r} is no price; write SPEC=PROMPT/REPLY, US dollars for a million tokens each"
            )
        prices[spec] = Price(prompt, reply)
    return prices
