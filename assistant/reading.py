"""What the reader's model makes of the passages for a question, or for one part of it."""

from collections.abc import Sequence

from assistant.read_features import Readings, key_of
from index.reader_model.span_reader import shared_span_reader
from index.search_result import Retrieved


def readings_of(question: str, passages: Sequence[Retrieved], anew: bool = False) -> Readings:
    """Each passage's reading: that of search's second stage, where it was that model, else it is read here.

    With `anew` all are read, for another question than the one that was searched for. Raises ModelError where the
    model's files are missing or damaged.
    """
    known = {} if anew else {key_of(one): one.reading for one in passages if one.reading}
    missing = [one for one in passages if key_of(one) not in known]
    if not missing:
        return known
    read = shared_span_reader().read(question, [(one.article.title, one.passage.text) for one in missing])
    return known | dict(zip(map(key_of, missing), read, strict=True))
