"""Words as search sees them: lower-cased, without accents, stop words and endings."""

from functools import cache

import tantivy

# Function words, the words that ask, and those of reporting that every news text has. A query's meaning is
# carried by what is left.
STOP_WORDS = tuple(
    """
a about above after again against all am an and any are aren as at be because been before being
below between both but by can cannot could couldn d did didn do does doesn doing don down during
each else ever few for from further had hadn has hasn have haven having he her here hers herself him
himself his how i if in into is isn it its itself just ll m many me might more most much must my
myself no nor not now of off on once only or other our ours ourselves out over own per re s same
shall she should shouldn so some such t than that the their theirs them themselves then there these
they this those through to too under until up upon us ve very was wasn we were weren what whatever
when where whether which while who whom whose why will with within without would wouldn yes you your
yours yourself yourselves
""".split()
)


def words_of(text: str, limit: int = 100_000) -> list[str]:
    """The stems of a text's words in order, without stop words; the text is read up to `limit` characters."""
    tokens: list[str] = analyzer().analyze(text[:limit])
    return tokens


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """The one analyzer of index and query: an index made by another must be rebuilt."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.ascii_fold())  # before lower-casing, which would split a Turkish İ in two
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.custom_stopword(list(STOP_WORDS)))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
