"""Sentences made by rule from the articles of some data, true and false, each with the passage that it is cited to.

A true one is a sentence as it stands, two joined, or one after light rewordings that leave true what was true, each a
rule; the false ones are made in `falsified.py`. The words of the rules stand in `made_sentences.toml`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from eval.check.falsified import KINDS, Material, names_in
from index.article import Article
from index.english import lexicon
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


# Rewordings


Reword = Callable[[str, date | None], str]

_WORDS = lexicon("made_sentences", __package__)
_SYNONYMS = dict(pair.replace("_", " ").split("/") for pair in _WORDS.listed("synonyms"))
_SPELLINGS = {
    one: other
    for way in (slice(None), slice(None, None, -1))
    for one, other in (pair.split("/")[way] for pair in _WORDS.listed("spellings"))
}
_SHORTER = _WORDS.table("contractions")
_LONGER = {short.replace("'", mark): long for long, short in _SHORTER.items() if "n't" in short for mark in "'’"}
_NUMBERS, _WEEKDAYS, _MONTHS = map(_WORDS.listed, ("numbers", "weekdays", "months"))
_MONTH, _DAY, _ADVERBS, _OPENINGS, _PLAIN, _OWN, _TO_COME = map(
    _WORDS.pattern, ("months", "weekdays", "adverbs", "openings", "plain openings", "own words", "to come")
)
_TITLE = rf"(?:{_WORDS.pattern('before titles')} )?{_WORDS.pattern('titles')}"


def reworded(sentence: str, published: date | None, random: Random, most: int = 3) -> tuple[str, tuple[str, ...]]:
    """The sentence after up to `most` rules that change it, drawn at random, and the names of the rules."""
    names = list(RULES)
    random.shuffle(names)
    used: list[str] = []
    wanted = random.randint(1, most)
    for name in names:
        changed = RULES[name](sentence, published)
        if changed != sentence:
            sentence = changed
            used.append(name)
        if len(used) == wanted:
            break
    return sentence, tuple(used)


def joined(one: str, other: str) -> str:
    """Two sentences as one, or "" where the second does not open with a word that can be written small."""
    opening = _uncapped(other)
    return (
        f"{one[:-1]}, and {opening}" if one[-1] == "." and not set('"“”') & {*one, *other} and opening != other else ""
    )


def _synonyms(sentence: str, published: date | None) -> str:
    def put(match: re.Match[str]) -> str:
        return _SYNONYMS.get(match[0], match[0])

    return _outside_quotes(sentence, lambda text: re.sub(r"\b[a-z]+\b", put, text))


def _moved_opening(sentence: str, published: date | None) -> str:
    """ "In Oslo, she won." becomes "She won in Oslo." """
    match = re.match(rf"({_OPENINGS} [^,“\"]{{3,60}}), ([^“\"]+)\.$", sentence)
    if not match or "," in match[2]:
        return sentence
    opening, rest = match[1], match[2]
    return f"{rest[0].upper()}{rest[1:]} {opening[0].lower()}{opening[1:]}."


def _moved_end(sentence: str, published: date | None) -> str:
    match = re.match(rf"([A-Z][^,“\"]+) ((?:on|last) {_DAY}|last (?:week|month|year))\.$", sentence)
    return f"{match[2][0].upper()}{match[2][1:]}, {_uncapped(match[1])}." if match else sentence


def _without_adverbs(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: re.sub(rf"(?<=\w) {_ADVERBS}(?= [a-z])", "", text))


def _without_apposition(sentence: str, published: date | None) -> str:
    def cut(text: str) -> str:
        match = re.search(r"(?<=\w), ((?:a|an|the|who|which|where) [^,]{5,70}),(?= [a-z])", text)
        return text[: match.start()] + text[match.end() :] if match and " and " not in match[1] else text

    return _outside_quotes(sentence, cut)


def _contracted(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _SHORTER))


def _spelt_out(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _LONGER))


def _digits(sentence: str, published: date | None) -> str:
    words = {word: str(n) for n, word in enumerate(_NUMBERS) if n > 1}
    return _outside_quotes(
        sentence, lambda text: re.sub(r"(?<![-\w])(?:" + "|".join(words) + r")(?= [a-z])", lambda m: words[m[0]], text)
    )


def _number_words(sentence: str, published: date | None) -> str:
    def word(match: re.Match[str]) -> str:
        return _NUMBERS[int(match[0])] if int(match[0]) <= 12 else match[0]

    pattern = r"(?<=[a-z] )(?<!ary )(?<!rch )(?<!ril )(?<!May )(?<!une )(?<!uly )(?<!ust )(?<!ber )[2-9](?= [a-z]{3,})"
    return _outside_quotes(sentence, lambda text: re.sub(pattern, word, text))


def _whole_numbers(sentence: str, published: date | None) -> str:
    sizes = {"million": 1_000_000, "billion": 1_000_000_000}

    def whole(match: re.Match[str]) -> str:
        return f"{round(float(match[1]) * sizes[match[2]]):,}"

    def plain(text: str) -> str:
        text = re.sub(r"(?<![$£€\d.,])(\d+(?:\.\d+)?) (million|billion)\b", whole, text)
        return re.sub(r"(?<=\d)(?: percent| per cent)\b", "%", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))

    return _outside_quotes(sentence, plain)


def _day_first(sentence: str, published: date | None) -> str:
    return re.sub(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}}|,\d)", r"\2 \1", sentence)


def _short_month(sentence: str, published: date | None) -> str:
    return re.sub(
        rf"\b({_MONTH}) (?=\d{{1,2}}\b)", lambda match: match[0] if match[1] == "May" else f"{match[1][:3]}. ", sentence
    )


def _weekday_as_date(sentence: str, published: date | None) -> str:
    """ "announced on Monday" with the date of the Monday on or before the day of publication, of what is past."""
    if not published or re.search(rf"\b{_TO_COME}\b", sentence):
        return sentence

    def dated(match: re.Match[str]) -> str:
        day = published - timedelta(days=(published.weekday() - _WEEKDAYS.index(match[1])) % 7)
        return f"on {_MONTHS[day.month - 1]} {day.day}"

    pattern = rf"(?<=ed )on ({_DAY})(?= [a-z]|[.,])(?! (?:night|morning|evening|afternoon))"
    return re.sub(pattern, dated, sentence, count=1)


def _abbreviated(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _WORDS.table("abbreviations")))


def _respelt(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _SPELLINGS))


def _surname_only(sentence: str, published: date | None) -> str:
    return re.sub(rf"\b{_TITLE} [A-Z][\w.’'-]+ (?:[A-Z]\. )?(?=[A-Z][a-z’'-]+\b(?! [A-Z]))", "", sentence)


def _said_for_told(sentence: str, published: date | None) -> str:
    return re.sub(r"\btold (?:reporters|journalists|the media)\b(?: that)?", "said", sentence)


def _speaker_first(sentence: str, published: date | None) -> str:
    """“It is,” Ann Lind said. becomes Ann Lind said: “It is.”"""
    match = re.match(r"^([“\"][^”\"]+),([”\"]) ((?:[A-Z][\w.’'-]+ ?){1,3}) ?said\.$", sentence)
    return f"{match[3].strip()} said: {match[1]}.{match[2]}" if match else sentence


def _indirect(sentence: str, published: date | None) -> str:
    match = re.match(r"^[“\"]([^”\"]+),[”\"] ((?:[A-Z][\w.’'-]+ ?){1,3}) ?said\.$", sentence)
    if not match or re.search(rf"\b{_OWN}\b", match[1]):
        return sentence
    return f"{match[2].strip()} said that {_uncapped(match[1])}."


RULES: Mapping[str, Reword] = {
    rule.__name__.strip("_"): rule
    for rule in (
        _synonyms, _moved_opening, _moved_end, _without_adverbs, _without_apposition, _contracted, _spelt_out, _digits,
        _number_words, _whole_numbers, _day_first, _short_month, _weekday_as_date, _abbreviated, _respelt,
        _surname_only, _said_for_told, _speaker_first, _indirect,
    )
}  # fmt: skip


def _outside_quotes(sentence: str, change: Callable[[str], str]) -> str:
    """A quotation stays as it is: its words are the speaker's."""
    parts = re.split(r"([“\"][^“”\"]*(?:[”\"]|$))", sentence)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def _replaced(text: str, table: Mapping[str, str]) -> str:
    pattern = "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda match: table[match[0]], text)


def _uncapped(text: str) -> str:
    is_plain = re.match(rf"{_PLAIN} ", text)
    return text[0].lower() + text[1:] if is_plain else text
