"""Sentences made by rule from the articles of some data, true and false, each with the passage that it is cited to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from eval.check.falsified import KINDS, Material, names_in
from eval.check.rewordings import joined, reworded
from index.article import Article
from index.text.passages import Passage, sentence_spans, split_passages

VERBATIM, REWORDED, JOINED = "verbatim", "reworded", "two joined"
TRUE_KINDS = (VERBATIM, REWORDED, JOINED)
OTHER_ARTICLE, OTHER_PASSAGE = "sentence of another article", "another source"

_SHORTEST, _LONGEST = 7, 45  # words
_WHOLE = re.compile(r"^[“\"A-Z].*[a-z][.”\"]+$", re.DOTALL)
_LIKE = 0.35  # share of a sentence's words from which another passage may say the same


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence, the article and the passage that it is cited to, its kind, and the rules that reworded it."""

    text: str
    kind: str
    true: bool
    article: Article
    passage: Passage
    rules: tuple[str, ...] = ()


def made_sentences(articles: Sequence[Article], seed: int, of_each: int) -> list[Made]:
    """About `of_each` sentences of each kind of false, and as many true ones in all, drawn from all articles."""
    random = Random(seed)
    left = dict.fromkeys([*KINDS, OTHER_ARTICLE, OTHER_PASSAGE], of_each)
    true = dict.fromkeys(TRUE_KINDS, of_each * len(left) // 3)
    order = random.sample(range(len(articles)), len(articles))
    made: list[Made] = []
    foreign = [name for at in order[:60] for name in names_in(articles[at].text)]
    for at in order:
        if not any(left.values()) and not any(true.values()):
            break
        article, other = articles[at], articles[random.choice(order)]
        for one in [*_true(article, random), *_false(article, other, foreign, random)]:
            counts = true if one.true else left
            if counts[one.kind]:
                counts[one.kind] -= 1
                made.append(one)
    return made


def _true(article: Article, random: Random) -> Iterable[Made]:
    for passage, sentence, following in _drawn(article, random, 3):
        yield Made(sentence, VERBATIM, True, article, passage)
        text, rules = reworded(sentence, article.published, random)
        if rules:
            yield Made(text, REWORDED, True, article, passage, rules)
        if following and (both := joined(sentence, following)):
            yield Made(both, JOINED, True, article, passage)


def _false(article: Article, other: Article, foreign: Sequence[str], random: Random) -> Iterable[Made]:
    names = names_in(article.text)
    for passage, sentence, _ in _drawn(article, random, 4):
        material = Material(article.text, names, random.sample(foreign, min(40, len(foreign))))
        text, rules = reworded(sentence, article.published, random) if random.random() < 0.5 else (sentence, ())
        for kind, falsify in KINDS.items():
            if changed := falsify(text, material, random):
                yield Made(changed, kind, False, article, passage, rules)
        if other.id != article.id and _shared(sentence, other.text) < _LIKE:
            nearest = max(split_passages(other.id, other.text), key=lambda p: _shared(sentence, p.text))
            yield Made(text, OTHER_ARTICLE, False, other, nearest, rules)
        rest = [p for p in split_passages(article.id, article.text) if p.start != passage.start]
        rest = [p for p in rest if _shared(sentence, p.text) < _LIKE]
        if rest:
            nearest = max(rest, key=lambda p: _shared(sentence, p.text))
            yield Made(text, OTHER_PASSAGE, False, article, nearest, rules)


def _drawn(article: Article, random: Random, count: int) -> Iterable[tuple[Passage, str, str]]:
    """Passages of an article with a sentence of each, and the one after it."""
    found = []
    for passage in split_passages(article.id, article.text):
        spans = sentence_spans(passage.text)
        texts = [passage.text[slice(*span)] for span in spans]
        for text, following in zip(texts, [*texts[1:], ""], strict=True):
            if _is_plain(text):
                found.append((passage, text, following if _is_plain(following) else ""))
    return random.sample(found, min(count, len(found)))


def _is_plain(sentence: str) -> bool:
    return bool(_WHOLE.match(sentence)) and _SHORTEST <= len(sentence.split()) <= _LONGEST and "\n" not in sentence


def _shared(sentence: str, text: str) -> float:
    """The share of a sentence's longer words that a text has too."""
    words = set(re.findall(r"[^\W\d_]{5,}", sentence.casefold()))
    return len(words & set(re.findall(r"[^\W\d_]{5,}", text.casefold()))) / len(words) if words else 1.0
