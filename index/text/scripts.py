"""Words of the scripts that English does not have: of those written without spaces, with marks inside, with own digits.

tantivy takes a run of Chinese, Japanese, Korean or Thai for one word. Here it becomes its pairs of characters, as
Lucene's CJKBigramFilter has them; each pair is a word of index and query alike.
"""

import re
import unicodedata
from functools import cache

import tantivy

# Thai, Lao, Burmese, Khmer; kana; Chinese characters with their marks of repetition; Hangul.
_UNSPACED = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]+"
)
_OF_ARMENIAN = "՛՜՞"  # stress, exclamation and question stand on a vowel, inside the word
_OF_ARABIC = "\u0640\u064b-\u0652"  # the stretched line, and vowels, which newspapers hardly write
_SPACE = "\u200b"  # of no width, but between two words
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_SEPARATOR = re.compile("[٫٬](?<=[0-9].)(?=[0-9])")
_WRITTEN = {"٫": ".", "٬": ","}


def apart(text: str) -> str:
    """The text with what tantivy would miss written so that it finds it: marks left out, pairs for unspaced runs.

    ASCII text is left as it is.
    """
    if text.isascii():
        return text
    return _UNSPACED.sub(_pairs, _marks().sub("", plain_digits(text)))


def plain_digits(text: str) -> str:
    """The text with digits of any script as 0 to 9, and an Arabic point or comma in a number as "." or ",".

    Every character stands where it stood.
    """
    if text.isascii():
        return text
    text = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return _SEPARATOR.sub(lambda mark: _WRITTEN[mark[0]], text)


def _pairs(run: re.Match[str]) -> str:
    """Each character with the one behind it, a vowel sign counted to its letter; a single one alone."""
    letters: list[str] = []
    for character in run[0]:
        if letters and unicodedata.category(character) == "Mn":
            letters[-1] += character
        else:
            letters.append(character)
    pairs = [one + other for one, other in zip(letters, letters[1:], strict=False)] or letters
    return f" {' '.join(pairs)} "


@cache
def _marks() -> re.Pattern[str]:
    """The characters that belong to a word, and at which tantivy would end it: accents apart from their letter, points
    of Hebrew and Arabic, tones of Thai, the virama of Indian scripts, joiners."""
    known = [chr(code) for code in range(0x80, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Cf")]
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
    ending = [one for one in known if one != _SPACE and len(splitter.analyze(f"a{one}a")) > 1]
    return re.compile(f"[{''.join(map(re.escape, ending))}{_OF_ARMENIAN}{_OF_ARABIC}]")
