"""The word index: tantivy's BM25 over title and text as one field, and how a query is put to it.

A query's rare words, its phrases, its words that stand side by side, and words that are misspelt.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import tantivy

from index.errors import as_damage
from index.text.analysis import PlacedWord, analyzer, placed_words, to_analyze
from index.times import Window

_TOKENIZER = "news"
_HEAP = 64_000_000  # bytes that the writer may use before it flushes

PAIR_WEIGHT = 0.1  # of the BM25 of two words that stand side by side, in the query as in the passage
US_WEIGHT = 0.25  # the commonest name in much news: a query seldom means it by itself
TYPO_WEIGHT = 0.8  # of the BM25 of the word that a misspelt one may stand for
_MOST_TERMS = 64  # a query's rarest; a whole article as a query stays bounded
_MOST_READ = 20_000  # characters
_MOST_PAIRS = 8
_MOST_PHRASES = 4
_MOST_MISSPELT = 3  # terms that are looked up among the collection's
_RARE = 2  # passages that may be misspelt as the query is
_OFTENER = 100  # times, that the word must be which such a one stands for
_APART = 2  # places from the one word of a pair to the other: Bank of England
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_FIELD = "text"
Phrase = tuple[tuple[int, str], ...]  # stems with their places from the phrase's first
_HIGHEST = 2.2  # times a term's rarity is the most that BM25 gives, with k1 = 1.2
_SHORTEST = 4  # letters of a word that may be misspelt
_LONG = 8  # letters from which two mistakes are forgiven
_MOST = 3  # words that one may stand for


class WordEntry(NamedTuple):
    """A passage as it is indexed: its key, day number, text, and the terms of its article (see `index.store.names`)."""

    key: int
    day: int
    text: str
    terms: tuple[str, ...] = ()


class WordIndex:
    """BM25 search by words. Commits are atomic: a reader sees the last one.

    Raises IndexDamaged where tantivy cannot open, read or write the folder, or where it is not there and not to be
    made with `create`.
    """

    def __init__(self, folder: Path, create: bool = False) -> None:
        self._folder = folder
        self._schema = _schema()
        with self._translated():
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(self._schema, path=str(folder))
            else:
                self._index = tantivy.Index.open(str(folder))
            self._index.register_tokenizer(_TOKENIZER, analyzer())
            self._read()

    def close(self) -> None:
        """Nothing is held that must be let go of."""

    def count(self) -> int:
        return self._searcher.num_docs

    def change(self, removed: Sequence[int], added: Iterable[WordEntry | tuple[int, int, str]]) -> None:
        """Take out and add passages in one commit."""
        with self._translated():
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            for key in removed:
                # By query: deleting by term takes the key for a signed number and finds nothing.
                writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "key", key))
            for one in added:
                entry = WordEntry(*one)
                document = tantivy.Document()
                document.add_unsigned("key", entry.key)
                document.add_unsigned("day", entry.day)
                document.add_text("text", to_analyze(entry.text))
                for term in entry.terms:
                    document.add_text("term", term)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._read()

    def best(
        self, query: str, k: int, window: Window | None = None, groups: Sequence[Sequence[str]] = ()
    ) -> list[tuple[int, float]]:
        """At most k (key, BM25) pairs, best first. The query is plain words, without syntax.

        They are from these days, and of articles that have a term of each group.
        """
        with self._translated():
            wanted = self._builder.build(query)
        if wanted is None:
            return []
        if window is not None or groups:
            filters = [*([self._within(window)] if window else []), *map(self._having, groups)]
            wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in (wanted, *filters)])
        with self._translated():
            found = self._searcher.search(wanted, limit=k, count=False)
            keys = self._searcher.fast_field_values("key", [address for _, address in found.hits])
        return [(int(key or 0), float(score or 0)) for key, (score, _) in zip(keys, found.hits, strict=True)]

    def frequency(self, term: str) -> int:
        """The number of passages that hold an analysed term."""
        with self._translated():
            found = self._searcher.search(self._builder.term(term), limit=1, count=True)
            return int(found.count or 0)  # type: ignore[attr-defined] # forgotten in tantivy's stubs

    def attainable(self, query: str) -> float:
        """About the BM25 of a passage that holds each of the query's words once."""
        with self._translated():
            return self._builder.attainable(query)

    def _read(self) -> None:
        self._searcher = self._index.searcher()
        self._builder = QueryBuilder(self._schema, self._searcher)

    def _within(self, window: Window) -> tantivy.Query:
        first, last = window.numbers
        days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return tantivy.Query.const_score_query(days, 0.0)

    def _having(self, group: Sequence[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._schema, "term", term, "basic") for term in group]
        any_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return tantivy.Query.const_score_query(any_of, 0.0)

    def _translated(self) -> AbstractContextManager[None]:
        return as_damage(self._folder, "word", (ValueError, OSError))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for: stems, phrases that it quotes, and pairs of its words that stand side by side."""

    terms: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    pairs: tuple[Phrase, ...]


def asked(query: str) -> Asked:
    """Read a query."""
    query = query[:_MOST_READ]
    words = placed_words(query)
    phrases = dict.fromkeys(_phrase(placed_words(quoted)) for quoted in _QUOTED.findall(query)[:_MOST_PHRASES])
    pairs = dict.fromkeys(_phrase(pair) for pair in pairwise(words) if pair[1].place - pair[0].place <= _APART)
    return Asked(
        terms=tuple(dict.fromkeys(word.stem for word in words)),
        phrases=tuple(phrase for phrase in phrases if phrase),
        pairs=tuple(pairs)[:_MOST_PAIRS],
    )


class QueryBuilder:
    """Builds queries for one state of an index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def build(self, query: str) -> tantivy.Query | None:
        """BM25 of the query's words, and more where they stand side by side; None where no passage can match.

        A passage with a quoted phrase scores higher than any without.
        """
        wanted = asked(query)
        counts = {term: self._count(term) for term in wanted.terms}
        known = sorted((term for term in counts if counts[term]), key=counts.__getitem__)[:_MOST_TERMS]
        parts = [self._weighed(term) for term in known]
        if len(counts) <= _MOST_TERMS:
            parts += self._corrected(counts)
        if not parts:
            return None
        parts += [tantivy.Query.boost_query(self._phrase(pair), PAIR_WEIGHT) for pair in wanted.pairs]
        most = _HIGHEST * (1 + 2 * PAIR_WEIGHT) * sum(map(self._rarity, counts.values()))  # of a passage without phrase
        parts += [tantivy.Query.const_score_query(self._phrase(phrase), 2 * most) for phrase in wanted.phrases]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def attainable(self, query: str) -> float:
        """The sum of the rarities of its words; one that no passage holds is the rarest."""
        return sum(self._rarity(self._count(term)) for term in asked(query).terms)

    def term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _FIELD, term, "freq")

    def _weighed(self, term: str) -> tantivy.Query:
        return tantivy.Query.boost_query(self.term(term), US_WEIGHT) if term == "us" else self.term(term)

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        if len(phrase) == 1:
            return self.term(phrase[0][1])
        return tantivy.Query.phrase_query(self._schema, _FIELD, list(phrase))

    def _corrected(self, counts: Mapping[str, int]) -> Iterator[tantivy.Query]:
        """For each misspelt term one query for those that it may stand for, as rare as the commonest of them."""
        doubtful = [term for term, count in counts.items() if count <= _RARE and is_forgiven(term)]
        for term in sorted(doubtful, key=counts.__getitem__)[:_MOST_MISSPELT]:
            known = self._searcher.terms_with_prefix(_FIELD, term[0])
            near = near_words(term, (pair for pair in known if pair[1] > _OFTENER * counts[term]))
            if near:
                rarity = TYPO_WEIGHT * self._rarity(max(count for _, count in near))
                stand_ins = [tantivy.Query.boost_query(self.term(w), rarity / self._rarity(count)) for w, count in near]
                yield tantivy.Query.disjunction_max_query(stand_ins)

    def _count(self, term: str) -> int:
        return int(self._searcher.doc_freq(_FIELD, term))  # removed passages included

    def _rarity(self, count: int) -> float:
        """BM25's inverse document frequency."""
        return max(0.01, math.log(1 + (self._searcher.num_docs - count + 0.5) / (count + 0.5)))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("day", indexed=False, fast=True)
    builder.add_text_field("term", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()


def _phrase(words: Sequence[PlacedWord]) -> Phrase:
    return tuple((word.place - words[0].place, word.stem) for word in words)


def is_forgiven(term: str) -> bool:
    """Whether mistakes are looked for in this word at all: not in short ones, nor in those with a digit."""
    return len(term) >= _SHORTEST and term.isalpha()


def near_words(term: str, known: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The few nearest of the known words, each with its number of passages: fewest mistakes, then commonest.

    A mistake is a letter too many, too few or another, or two neighbours swapped. One is forgiven, in long words two;
    words with more mistakes than the nearest are left out.
    """
    most = 2 if len(term) >= _LONG else 1
    letters, found = set(term), []
    for word, count in known:
        if abs(len(word) - len(term)) > most or len(letters.symmetric_difference(word)) > 2 * most:
            continue
        mistakes = _mistakes(term, word, most)
        if mistakes <= most:
            found.append((mistakes, -count, word))
    least = min(found, default=(0,))[0]
    return [(word, -count) for mistakes, count, word in sorted(found) if mistakes == least][:_MOST]


def _mistakes(one: str, other: str, most: int) -> int:
    """The edit distance with swaps (optimal string alignment); once it is greater than `most`, any greater number."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (not before or min(last) > most):
            return most + 1
        before, last = last, row
    return last[-1]
