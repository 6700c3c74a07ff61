"""Write the pairs that the check's network learns from: `python -m eval.training.check_pairs --data … --output FILE`.

A pair is a sentence, the words beside it, whether they bear it out, and which of its characters they do not, where that
is known. All are of the training half (`eval.datasets.claims`). Beside what people judged stand pairs made of it by
rule: a name, a number, a date exchanged, or what a sentence says cut out of the text.

What is learnt from in one step is drawn from all sets by their shares, true and false ones in balance: `batches`.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from assistant.check import MOST_WORDS, Source, nearest_sentences, words_beside, words_of_sources
from assistant.plans.claims import claim_of
from eval.check.falsified import KINDS, Material, names_in
from eval.check.made_sentences import made_sentences, reworded
from eval.datasets.claims import Claim, is_kept, learnt_from, read_claims
from eval.datasets.paragraphs import Asked, read_asked
from eval.datasets.paragraphs import learnt_from as learnt_from_questions
from eval.datasets.questions import Known, open_dataset
from eval.training.changed_sentences import Names, Verbs, answered, turned
from index.article import Article
from index.english import lexicon
from index.formats.readings import Reading
from index.text.analysis import words_of
from index.text.passages import Span, sentence_spans, told_sentences

_MADE_FALSE = tuple(kind for kind in KINDS if kind != "name of another article")  # what the text lacks is seen at once
_LIKE = 0.75  # of the words of a false claim, that a true one shares, for what is left over to be what is wrong
_CUT_OUT, _LEFT = 0.6, 0.4  # share of a sentence's words in the text, before and after what says it is cut out
_TURNED = 2  # of one sentence, at most
_OF_ARTICLE = 5  # sentences of an article that are turned
_READ, _PLAIN = 6000, range(7, 40)  # characters of an article, words of a sentence
_REWORDED = 0.6
_BEGINNING = 2500  # characters of a text whose clauses are said in other words
_HEADED, _PUBLISHED = 0.5, 0.4  # share of the texts with a heading, and of their clauses that it says who published
_CLAUSES_OF = ("squad_parts", "nq_swap", "qed_nq_dev")
_NEWS_ODD = slice(1, None, 2)  # as eval.check.check_run: the others are measured on


@dataclass(frozen=True, slots=True)
class Taught:
    """`group` is the set that the pair is of or was made of; `spans` as in a claim."""

    group: str
    sentence: str
    beside: str
    supported: bool
    spans: Sequence[Sequence[int]] | None


def taught(claims: Sequence[Claim], random: Random) -> Iterator[Taught]:
    """The pairs of the claims to learn from."""
    verbs = Verbs(dict.fromkeys(text for one in claims for text in one.texts if one.set in _FALSIFIED))
    by_source = defaultdict(list)
    for one in claims:
        by_source[one.set, one.source].append(one)
    foreign = [name for one in random.sample(claims, min(300, len(claims))) for name in names_in(" ".join(one.texts))]
    for (group, _), together in by_source.items():
        sentences = list(chain.from_iterable(_sentences(one, together) for one in together))
        for one in sentences:
            words = MOST_WORDS if group in _LIKE_THE_USE else random.choice(_WORDS)
            yield Taught(group, one.text, words_beside(one.text, one.texts, words), one.supported, one.spans)
        if group in _FALSIFIED:
            for one in sentences:
                yield from _falsified(one, foreign, random, _FALSIFIED[group])
                yield from _turned(one, verbs, random)


_LIKE_THE_USE = ("ragtruth_summary", "ragtruth_qa")
_WORDS = (60, 80, MOST_WORDS)  # beside the sentences of other sets: a shorter pair takes less of a step
_FALSIFIED = {"ragtruth_summary": 4, "ragtruth_qa": 4, "defacto": 1, "bump": 1, "summedits": 1, "factcg": 1}


def _sentences(claim: Claim, together: Sequence[Claim]) -> Iterator[Claim]:
    """The claim, or each of its sentences. Of a false one only, where it is known which of them are false."""
    spans = claim.spans if claim.spans is not None else _against_true(claim, together)
    parts = list(told_sentences(claim.text))
    if len(parts) < 2 or (spans is None and not claim.supported):
        yield Claim(claim.set, claim.source, claim.texts, claim.text, claim.supported, claim.kind, spans)
        return
    for start, end in parts:
        own = tuple((max(a, start) - start, min(b, end) - start) for a, b in spans or () if a < end and b > start)
        yield Claim(claim.set, claim.source, claim.texts, claim.text[start:end], not own, claim.kind, own)


def _against_true(claim: Claim, together: Sequence[Claim]) -> tuple[Span, ...] | None:
    """What a false claim has otherwise than a true one about the same text that is much like it."""
    best, found = _LIKE, None
    own = claim.text.split(" ")
    ends = [0]
    for word in own:
        ends.append(ends[-1] + len(word) + 1)
    for other in together:
        if other.supported and other.text != claim.text:
            matcher = SequenceMatcher(None, own, other.text.split(" "), autojunk=False)
            changed = [(a, b) for tag, a, b, _, _ in matcher.get_opcodes() if tag in ("replace", "delete")]
            if changed and matcher.ratio() > best:
                best, found = matcher.ratio(), tuple((ends[a], ends[b] - 1) for a, b in changed)
    return found


def _falsified(one: Claim, foreign: Sequence[str], random: Random, most: int) -> Iterator[Taught]:
    """Pairs made of a true one: changed words, each change telling its place; and what says it cut out of the text."""
    if not one.supported or len(one.text.split()) < 6:
        return
    text = " ".join(one.texts)
    material = Material(text, names_in(text), random.sample(foreign, min(40, len(foreign))))
    made = [(kind, changed) for kind in _MADE_FALSE if (changed := KINDS[kind](one.text, material, random))]
    for _, changed in random.sample(made, min(most, len(made))):
        spans = _changed(one.text, changed)
        yield Taught(f"{one.set}, changed", changed, words_beside(changed, one.texts), False, spans)
    if rest := _without(one):
        yield Taught(f"{one.set}, cut out", one.text, words_beside(one.text, rest), False, None)


def _turned(one: Claim, verbs: Verbs, random: Random) -> Iterator[Taught]:
    """Up to two pairs made of a true one, which say something else of the same names."""
    if one.supported and len(one.text.split()) >= 5:
        text = " ".join(one.texts)
        for other in turned(one.text, Material(text, names_in(text), ()), verbs, random)[:_TURNED]:
            yield Taught("turned", other, words_beside(other, one.texts), False, _changed(one.text, other))


def _changed(before: str, after: str) -> tuple[Span, ...] | None:
    return _against_true(Claim("", "", (), after, False), [Claim("", "", (), before, True)])


def _without(one: Claim) -> tuple[str, ...]:
    """The texts without the two sentences that say most of it, where they say most of it and the rest little."""
    told = set(words_of(one.text))
    whole = set(words_of(" ".join(one.texts)))
    if len(told) < 4 or len(told & whole) < _CUT_OUT * len(told):
        return ()
    rest = [list(text) for text in one.texts]
    ranked = nearest_sentences(one.text, one.texts, 1), nearest_sentences(one.text, one.texts, 50)
    for number, start, end in chain(*ranked):
        rest[number][start:end] = " " * (end - start)
    left = tuple("".join(text) for text in rest)
    said = len(told & set(words_of(" ".join(left))))
    return left if any(text.strip() for text in left) and said <= _LEFT * len(told) else ()


def news_articles(folder: Path) -> list[Article]:
    """Every second article."""
    readings = [reading for _, reading in open_dataset(folder).readings() if isinstance(reading, Reading)]
    return [reading.article for reading in readings][_NEWS_ODD]


def of_news(articles: Sequence[Article], seed: int, of_each: int) -> Iterator[Taught]:
    """Sentences made of articles by rule, true and false, beside the words of the passage they cite."""
    for one in made_sentences(articles, seed, of_each):
        spans = () if one.true else None
        yield Taught("made of news", one.text, words_beside(one.text, [one.passage.text]), one.true, spans)
    yield from turned_news(articles, Random(seed))


def turned_news(articles: Sequence[Article], random: Random) -> Iterator[Taught]:
    """Sentences of articles, lightly reworded, and the same turned."""
    verbs = Verbs(article.text for article in articles)
    for article in articles:
        text = article.text[:_READ]
        sentences = [text[start:end] for start, end in sentence_spans(text) if len(text[start:end].split()) in _PLAIN]
        for sentence in random.sample(sentences, min(_OF_ARTICLE, len(sentences))):
            said, _ = reworded(sentence, article.published, random) if random.random() < _REWORDED else (sentence, ())
            yield Taught("turned", said, words_beside(said, [text], random.choice(_WORDS)), True, ())
            yield from _turned(Claim("", "", (text,), said, True), verbs, random)


def asked_apart(paths: Sequence[Path], claims: Sequence[Claim]) -> list[Asked]:
    """The questions of the files whose texts neither the questions nor the claims keep."""
    asked = learnt_from_questions(list(chain.from_iterable(map(read_asked, paths))))
    known = Known(text for one in claims if is_kept(one) for text in one.texts)
    apart = {one for one in dict.fromkeys(one.paragraph for one in asked) if not known.has((one.text,))}
    return [one for one in asked if one.paragraph in apart]


def of_questions(asked: Sequence[Asked], random: Random) -> Iterator[Taught]:
    """Sentences made of questions with answers, and of their texts."""
    for one in answered(asked, random):
        beside = words_beside(one.sentence, [one.text], random.choice(_WORDS))
        yield Taught("answered", one.sentence, beside, one.supported, () if one.supported else ((0, one.said),))
    for paragraph in dict.fromkeys(one.paragraph for one in asked):
        yield from _left_out(paragraph.text, random)


def of_yes_no(asked: Sequence[Asked], random: Random) -> Iterator[Taught]:
    """What questions of yes or no ask about, and its denial, one of which the paragraph bears out."""
    for one in asked:
        verdict = one.wordings[0].lower() if one.wordings else ""
        claim = claim_of(f"{one.text[:1].upper()}{one.text[1:].rstrip('?')}?") if verdict in ("yes", "no") else None
        if claim is None:
            continue
        for text, supported in ((claim.text, verdict == "yes"), (claim.denied, verdict == "no")):
            beside = words_beside(text, [one.paragraph.text], random.choice(_WORDS))
            yield Taught("yes or no", text, beside, supported, () if supported else None)


def _left_out(text: str, random: Random) -> Iterator[Taught]:
    """A sentence of the text, lightly reworded, beside the text and beside what is left of the text without it."""
    sentences = [text[start:end] for start, end in sentence_spans(text) if len(text[start:end].split()) in _PLAIN]
    for sentence in random.sample(sentences, min(1, len(sentences))):
        said, _ = reworded(sentence, None, random) if random.random() < _REWORDED else (sentence, ())
        if rest := _without(Claim("", "", (text,), said, True)):
            yield Taught("left out", said, words_beside(said, [text], random.choice(_WORDS)), True, ())
            yield Taught("left out", said, words_beside(said, rest, random.choice(_WORDS)), False, None)


def of_clauses(texts: Sequence[str], random: Random) -> Iterator[Taught]:
    """Clauses of the texts in other words, true and false ones, and who published them; needs spaCy and lemminflect.

    Half of the texts stand under a heading, as they do in use.
    """
    from eval.training.rephrased import load_parser, rephrased

    names = Names()
    for text, document in zip(texts, load_parser().pipe(texts), strict=True):
        source = names.source(text, random) if random.random() < _HEADED else Source(text)
        for one in rephrased(document, random):
            beside = words_of_sources(one.sentence, [source], random.choice(_WORDS))
            yield Taught("rephrased", one.sentence, beside, one.supported, () if one.supported else None)
            shown = random.random() < _PUBLISHED
            for sentence, supported in names.published(one.clause, one.supported, source, random) if shown else ():
                beside = words_of_sources(sentence, [source], random.choice(_WORDS))
                yield Taught("published", sentence, beside, supported, () if supported else None)
        names.learn(document)


def _texts(claims: Sequence[Claim], asked: Sequence[Asked], articles: Sequence[Article]) -> list[str]:
    """The texts of claims about news, of questions, and the beginnings of articles, each once."""
    of_claims = (" ".join(one.texts)[:_BEGINNING] for one in claims if one.set in _FALSIFIED)
    of_questions = (one.paragraph.text for one in asked if one.paragraph.set in _CLAUSES_OF)
    return list(dict.fromkeys(chain(of_claims, of_questions, (one.text[:_BEGINNING] for one in articles))))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the pairs that the check's network learns from.")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="files or folders of claims")
    parser.add_argument("--news", type=Path, help="news as eval.datasets opens it, to make sentences of")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="questions with their paragraphs")
    parser.add_argument("--clauses", action="store_true", help="say clauses in other words: needs the group parse")
    parser.add_argument("--of-each", type=int, default=500, help="false sentences made of news, of each kind")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="gzipped where it ends in .gz")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    claims = list(chain.from_iterable(map(read_claims, options.data)))
    learnt, asked = learnt_from(claims), asked_apart(options.questions, claims)
    articles = news_articles(options.news) if options.news else []
    pairs: Iterable[Taught] = chain(
        taught(learnt, Random(options.seed)),
        of_questions(asked, Random(options.seed)),
        of_yes_no(asked, Random(options.seed)),
        of_news(articles, options.seed, options.of_each) if articles else (),
        of_clauses(_texts(learnt, asked, articles), Random(options.seed)) if options.clauses else (),
    )
    opened: Callable[..., object] = gzip.open if options.output.suffix == ".gz" else open
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    with opened(options.output, "wt", encoding="utf-8") as out:  # type: ignore[attr-defined]
        for one in pairs:
            counts[one.group, one.supported] += 1
            out.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    for (group, supported), count in sorted(counts.items()):
        print(f"{group}: {count} {'borne out' if supported else 'not'}")


# Batches


SHARES: Mapping[str, Sequence[float]] = lexicon("shares", __package__).table("groups")
"""For each group of pairs: its weight among all, and how much of it is false."""


Groups = Mapping[tuple[str, bool], Sequence[Taught]]


def read_pairs(file: Path) -> Groups:
    """The pairs of a file that this command wrote, by group and whether they are borne out."""
    groups: dict[tuple[str, bool], list[Taught]] = defaultdict(list)
    opened: Any = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = Taught(**json.loads(line))
            groups[one.group, one.supported].append(one)
    unknown = {group for group, _ in groups} - set(SHARES)
    if unknown:
        raise SystemExit(f"{file}: no share is told for {', '.join(sorted(unknown))}; add it to shares.toml")
    return groups


def batches(groups: Groups, size: int, seed: int) -> Iterator[list[Taught]]:
    """Batches of `size` pairs without end, the same for the same seed.

    Of each kind no pair comes again before all have come.
    """
    chance = Random(seed)
    weights = {}
    for group, supported in groups:
        weight, false = SHARES[group]
        weights[group, supported] = weight * ((1 - false) if supported else false)
    kinds = [kind for kind, weight in weights.items() if weight]
    turns = {kind: _turns(groups[kind], Random(f"{seed} {kind}")) for kind in kinds}
    while True:
        yield [next(turns[kind]) for kind in chance.choices(kinds, [weights[kind] for kind in kinds], k=size)]


def _turns(rows: Sequence[Taught], chance: Random) -> Iterator[Taught]:
    while True:
        yield from chance.sample(rows, len(rows))


if __name__ == "__main__":
    main()
