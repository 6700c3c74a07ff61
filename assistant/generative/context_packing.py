"""Which of the passages that were found a prompt has room for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from index.article import Article
from index.search.neighbours import TextOf, merged
from index.search.result import Retrieved

Cost = Callable[[Sequence[Retrieved]], int]


def packed(passages: Sequence[Retrieved], budget: int, cost: Cost, text_of: TextOf) -> list[Retrieved]:
    """The passages that fit together, best first, with neighbours in one article merged; the best is always there.

    One half of the budget is filled by rank alone. The other half first takes the newest article and, of each source
    that has none yet, the best passage: so the many passages of one article do not crowd these out. What is left over
    is filled by rank again. `cost` counts the tokens of passages.
    """
    chosen: set[int] = set()

    def together() -> list[Retrieved]:
        return merged([passages[at] for at in sorted(chosen)], text_of)

    def take(places: Iterable[int], room: int) -> None:
        for at in places:
            if at in chosen:
                continue
            chosen.add(at)
            if len(chosen) > 1 and cost(together()) > room:
                chosen.remove(at)

    take(range(len(passages)), budget // 2)
    take(_newest(passages), budget)
    take(_of_other_sources(passages, chosen), budget)
    take(range(len(passages)), budget)
    return together()


def _newest(passages: Sequence[Retrieved]) -> list[int]:
    """The place of the best passage of the newest article."""
    dated = [(one.article.published or date.min, -at) for at, one in enumerate(passages)]
    return [-max(dated)[1]] if dated else []


def _of_other_sources(passages: Sequence[Retrieved], chosen: set[int]) -> Iterator[int]:
    """The places, best first, of passages of a source that nothing chosen so far comes from, nor reprints."""
    for at, one in enumerate(passages):
        others = [passages[place] for place in chosen]
        reprints = {article.id for other in others for article in other.also_in}
        sources = {_source(other.article) for other in others}
        if _source(one.article) not in sources and one.article.id not in reprints:
            yield at


def _source(article: Article) -> str:
    return " ".join(article.outlet.casefold().split()) or article.id
