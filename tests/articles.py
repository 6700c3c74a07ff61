"""Articles for the tests of the collection."""

from datetime import date
from pathlib import Path

from index.article import Article, article_id
from index.formats import Reading

# Words that no other article has, and which the stemmer leaves as they are.
CONSONANTS, VOWELS = "bdfgklmnprtvz", "aou"


def reading(
    text: str, title: str = "", published: date | None = date(2026, 5, 1), source: str = "", url: str = ""
) -> Reading:
    """A reading as `read_file` would make it; without a source, as of a file named by the text."""
    key = article_id(text, title=title, published=published, url=url)
    return Reading(Article(key, text, title, "", "", url, published, source or f"/news/{key}.txt"), text)


def generated(number: int) -> Reading:
    """Article `number` of a series: three paragraphs, and `unique_word(number)` in the second."""
    text = (
        f"The council of district {number} met on Monday to discuss the harbour and its bridges.\n"
        f"A report on {unique_word(number)} was read by the mayor, who asked for {number + 2} more weeks.\n"
        "Residents said that the ferry had been late for years and that nobody had told them why."
    )
    return reading(text, title=f"District {number} discusses the harbour", source=f"/news/{number}.txt")


def unique_word(number: int) -> str:
    """A word made of the number's digits, such as "zabadabof"."""
    syllables = [CONSONANTS[(number // 13**place) % 13] + VOWELS[place % 3] for place in range(4)]
    return "z" + "".join(syllables) + "x"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with the text, its line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path
