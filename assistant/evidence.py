"""How well a sentence of a passage answers a question: the features that the quoting reader weighs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.focus import Focus, same_root
from index.embedders import Embedder
from index.search import Retrieved
from index.sentences import sentence_spans
from index.text_analysis import words_of

FEATURES = (
    "words in sentence",
    "words in sentence or neighbours",
    "words in passage or title",
    "near words in sentence",
    "names in sentence",
    "names in passage or title",
    "heaviest missing word",
    "pairs of words",
    "cosine",
    "cosine of passage",
    "search: words",
    "search: recency",
    "search: behind the best",
    "own words",
    "kind who",
    "kind when",
    "kind where",
    "kind number",
    "kind why",
    "new words",
    "long",
    "asks",
    "no sentence",
    "opens article",
)

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|half|twice|third|quarter|no one|none|nobody)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept?"
    r"|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tomorrow|tonight"
    r"|(?:19|20)\d\d|(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter)|ago|century)\b"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|since|after|amid|over|so (?:as to|that|it)|in order to|to allow|therefore|reasons?"
    r"|follow(?:s|ing|ed)|citing|cited|response|alleg\w+|accus\w+|thanks to|result\w*|caus\w+|led to|blam\w+|concern\w*"
    r"|fear\w*|as|while|saying|needs?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|across|of|off|on)\s+(?:the\s+)?[A-Z]\w+")
_NAME = re.compile(r"(?<=[\w,;:“\"(’'] )[A-Z][\w.’'-]+|^[A-Z]\w+ [A-Z]\w+")
_END = re.compile(r"[.!?…。؟։:][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Candidate:
    """One sentence of a retrieved passage, at `start` to `end` of its article."""

    found: Retrieved
    start: int
    end: int
    text: str
    neighbours: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words_of(self.text))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)


def candidates(passages: Sequence[Retrieved]) -> list[Candidate]:
    """All sentences of the passages, passage by passage."""
    out = []
    for found in passages:
        text, offset = found.passage.text, found.passage.start
        spans = sentence_spans(text)
        for i, (start, end) in enumerate(spans):
            around = text[spans[max(0, i - 1)][0] : spans[min(len(spans), i + 2) - 1][1]]
            out.append(Candidate(found, offset + start, offset + end, text[start:end], around))
    return out


class Evidence:
    """The features of candidates for a question, computed together.

    `vectors` of sentences, and of single words for nearness of meaning, come from the embedder.
    """

    def __init__(self, question: str, sentences: Sequence[Candidate], embedder: Embedder) -> None:
        self._sentences = sentences
        self._embedder = embedder
        self._question = embedder.embed_query(question)
        self._cosines = embedder.embed_passages([s.text for s in sentences]) @ self._question
        self._best = max((s.found.score for s in sentences), default=0.0)
        self._vocabulary = sorted(set().union(*(s.vocabulary for s in sentences))) if sentences else []
        self._place = {stem: i for i, stem in enumerate(self._vocabulary)}

    def features(self, focus: Focus) -> NDArray[np.float32]:
        """The matrix of features, shape (sentences, len(FEATURES)), for one part of the question."""
        match = self._exact(focus)
        near = self._near(focus, match)
        rows = [self._row(focus, i, match, near) for i in range(len(self._sentences))]
        return np.array(rows, np.float32).reshape(len(rows), len(FEATURES))

    def _exact(self, focus: Focus) -> dict[str, frozenset[str]]:
        """For each question stem the stems in the passages that stand for it."""
        return {term: frozenset(s for s in self._vocabulary if same_root(term, s)) for term in focus.terms}

    def _near(self, focus: Focus, match: dict[str, frozenset[str]]) -> dict[str, NDArray[np.float32]]:
        """For each question stem its nearness, 0 to 1, to each stem of the vocabulary; names are never near."""
        if not self._vocabulary:
            return {}
        vocabulary = self._embedder.embed_passages(self._vocabulary)
        terms = list(focus.terms)
        cosines = vocabulary @ self._embedder.embed_passages([focus.surfaces[t] for t in terms]).T
        near = np.clip((cosines - 0.35) / 0.5, 0.0, 0.9)
        result = {}
        for j, term in enumerate(terms):
            column = near[:, j] if term not in focus.names else np.zeros(len(self._vocabulary), np.float32)
            for stem in match[term]:
                column[self._place[stem]] = 1.0
            result[term] = column
        return result

    def _row(
        self, focus: Focus, i: int, match: dict[str, frozenset[str]], near: dict[str, NDArray[np.float32]]
    ) -> list[float]:
        one = self._sentences[i]
        around = one.vocabulary | frozenset(words_of(one.neighbours))
        whole = frozenset(words_of(f"{one.found.article.title} {one.found.passage.text}")) & self._place.keys()
        weight = focus.weight or 1.0

        def covered(stems: frozenset[str]) -> float:
            return sum(w for term, w in focus.terms.items() if match[term] & stems) / weight

        def names(stems: frozenset[str]) -> float:
            return sum(bool(match[n] & stems) for n in focus.names) / len(focus.names) if focus.names else 1.0

        def nearest(term: str, stems: frozenset[str]) -> float:
            return max((float(near[term][self._place[s]]) for s in stems), default=0.0)

        missing = max(
            (w * (1 - nearest(t, whole)) for t, w in focus.terms.items() if t in focus.own), default=0.0
        )
        own = sum(focus.terms[t] for t in focus.own if t in focus.terms) or 1.0
        new = [w for w in one.vocabulary if not any(w in m for m in match.values())]
        parts = one.found.parts
        text = one.text
        return [
            covered(one.vocabulary),
            covered(around),
            covered(whole),
            sum(w * nearest(t, one.vocabulary) for t, w in focus.terms.items()) / weight,
            names(one.vocabulary),
            names(whole),
            missing / 8.0,
            _pairs(focus, one.words, match),
            float(self._cosines[i]),
            parts.get("vectors", 0.0) * 2,
            parts.get("words", 0.0) * 2,
            parts.get("recency", 0.0) * 2.5,
            self._best - one.found.score,
            sum(focus.terms[t] * nearest(t, one.vocabulary) for t in focus.own if t in focus.terms) / own,
            *_kinds(focus, text),
            min(len(new), 20) / 20,
            min(len(text), 400) / 400,
            float(text.rstrip("\"”’'").endswith("?")),
            float(not _END.search(text)),
            float(one.start == 0),
        ]


def _pairs(focus: Focus, words: tuple[str, ...], match: dict[str, frozenset[str]]) -> float:
    """The share of the question's neighbouring words that are neighbours in the sentence too."""
    terms = list(focus.terms)
    wanted = list(zip(terms, terms[1:], strict=False))
    if not wanted:
        return 0.0
    there = set(zip(words, words[1:], strict=False)) | set(zip(words[1:], words, strict=False))
    hits = sum(any(a in match[x] and b in match[y] for a, b in there) for x, y in wanted)
    return hits / len(wanted)


def _kinds(focus: Focus, text: str) -> list[float]:
    """For the kind that is asked for, 1 if the sentence holds such a thing that the question does not, else -1."""
    asked = focus.text.lower()

    def fresh(pattern: re.Pattern[str]) -> bool:
        return any(found[0].lower() not in asked for found in pattern.finditer(text))

    tests = {
        "who": lambda: fresh(_NAME),
        "when": lambda: fresh(_TIME),
        "where": lambda: fresh(_PLACE),
        "number": lambda: fresh(_NUMBER),
        "why": lambda: bool(_REASON.search(text)),
    }
    return [(1.0 if test() else -1.0) if focus.kind == kind else 0.0 for kind, test in tests.items()]
