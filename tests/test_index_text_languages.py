"""Which language a text is in."""

import pytest

from index.text.languages import is_foreign, language_of
from tests.test_index_packaging import modules_after


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said that the bridge would be closed until the end of the summer.", "en"),
        ("Ottawa froze exports in October 2019", "en"),
        ("Wann enden die Arbeiten?", "de"),
        ("Köprüyü kim kapattı?", "tr"),
        ("Combien coûtent les travaux du pont ?", "fr"),
        ("老桥", "zh"),
        ("كم تكلفة الجسر؟", "ar"),
        ("Trudeau NATO", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert is_foreign(text) == ((language != "en") if language else None)


def test_nothing_is_loaded_to_know_english() -> None:
    code = "from index.text.languages import language_of; language_of('What did the mayor say about the bridge?')"
    assert "py3langid" not in modules_after(code)
