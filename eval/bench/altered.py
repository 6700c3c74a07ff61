"""A collection grown by articles that read like its own and are copies of none: for measuring at a larger size."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.article import article_id
from index.formats import Reading

MOST_TIMES = 8  # words of neighbouring frequency, among which one stands for another
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = 150  # most frequent words stay: they hold the sentences together


def grown(readings: Callable[[], Iterable[Reading]], times: int) -> Iterator[Reading]:
    """All readings, then `times` - 1 altered versions of each; `readings` is called once for each round.

    In version v each word but the most frequent gives way to the one whose rank in frequency differs in the bits of
    v, so lengths, frequencies and repetitions stay as in real text. At most MOST_TIMES.
    """
    if times > MOST_TIMES:
        raise ValueError(f"{times}: at most {MOST_TIMES} times")
    counts: Counter[str] = Counter()
    for reading in readings():
        counts.update(_WORD.findall(reading.article.text))
        yield reading
    ranked = [word for word, _ in counts.most_common()]
    for version in range(1, times):
        swapped = _swapped(ranked, version)
        for reading in readings():
            yield _altered(reading, swapped, version)


def _swapped(ranked: Sequence[str], version: int) -> dict[str, str]:
    changed = range(_KEPT, len(ranked))
    pairs = ((rank, _KEPT + ((rank - _KEPT) ^ version)) for rank in changed)
    return {ranked[rank]: ranked[other] for rank, other in pairs if other < len(ranked)}


def _altered(reading: Reading, swapped: dict[str, str], version: int) -> Reading:
    def swap(text: str) -> str:
        return _WORD.sub(lambda found: swapped.get(found[0], found[0]), text)

    article = reading.article
    url = f"{article.url}?version={version}" if article.url else ""
    source = f"{article.source}?version={version}"
    text, title = swap(article.text), swap(article.title)
    key = article_id(text, title=title, outlet=article.outlet, published=article.published, url=url)
    return Reading(replace(article, id=key, text=text, title=title, url=url, source=source), text, reading.origins)
