"""Whether a text is in the language whose words the check knows: English."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SURE = 0.5  # likelier than all other languages together
_HARDLY = 0.1  # likely to be English: names and a verb may look like one of its creoles


@lru_cache(maxsize=512)
def is_foreign(text: str) -> bool | None:
    """Whether it is in another language than English; None where it is too short to tell."""
    chances = dict(_identifier().rank(text))
    if max(chances.values()) < _SURE:
        return None
    return bool(chances["en"] < _HARDLY)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model is loaded with it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
