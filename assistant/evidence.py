"""How well a sentence of a passage answers a question: the features that the quoting reader weighs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.focus import Focus, Kind
from assistant.metonyms import seats_of
from assistant.read_features import READ_FEATURES, Readings, read_features
from assistant.roots import Stems
from index.embedders import Embedder
from index.ranking import WEIGHTS
from index.search_result import Retrieved
from index.text_analysis import words_of

FEATURES = (
    "words in sentence",
    "words in sentence or neighbours",
    "words in passage or title",
    "near words in sentence",
    "names in sentence",
    "names in passage or title",
    "heaviest word missing in passage",
    "least covered deed in sentence",
    "least covered deed in sentence or neighbours",
    "heaviest word missing in sentence and neighbours",
    "own words",
    "pairs of words",
    "cosine",
    "search: vectors",
    "search: words",
    "search: recency",
    "search: behind the best",
    "kind who",
    "kind when",
    "kind where",
    "kind number",
    "kind money",
    "kind why",
    "kind not met",
    "new words",
    "long",
    "asks",
    "no sentence",
    "opens article",
    *READ_FEATURES,
)

Floats = NDArray[np.float32]

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|half|twice|third|quarter|no one|none|nobody)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\d[\d.,]*\s?(?:thousand|million|billion|trillion|bn|m)?\s?(?:dollars?|euros?|pounds?|yen|cents?|USD|EUR)\b"
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


class Evidence:
    """The features of candidates for a question, computed together.

    Vectors of sentences, and of single words for nearness of meaning, come from the embedder.
    """

    def __init__(self, question: str, sentences: Sequence[Candidate], embedder: Embedder, readings: Readings) -> None:
        self._sentences = sentences
        self._embedder = embedder
        self._read = read_features(question, sentences, readings)
        self._cosines = embedder.embed_passages([s.text for s in sentences]) @ embedder.embed_query(question)
        self._best = max((_search_score(s.found) for s in sentences), default=0.0)
        in_sentence = [s.words for s in sentences]
        around = [words_of(s.neighbours) for s in sentences]
        whole = {id(s.found): words_of(f"{s.found.article.title} {s.found.passage.text}") for s in sentences}
        self._vocabulary = sorted(set().union(*around, *whole.values()))
        place = {stem: i for i, stem in enumerate(self._vocabulary)}
        self._in_sentence = [_places(words, place) for words in in_sentence]
        self._around = [_places(words, place) for words in around]
        self._whole = {key: _places(words, place) for key, words in whole.items()}
        self._word_vectors = embedder.embed_passages(self._vocabulary)

    def features(self, focus: Focus) -> Floats:
        """The matrix of features, shape (sentences, len(FEATURES)), for one part of the question."""
        match = _Match(focus, self._vocabulary, self._word_vectors, self._embedder)
        whole = {key: match.of(places) for key, places in self._whole.items()}
        rows = [self._row(focus, match, i, whole[id(one.found)]) for i, one in enumerate(self._sentences)]
        plain = np.array(rows, np.float32).reshape(len(rows), len(FEATURES) - len(READ_FEATURES))
        return np.hstack([plain, self._read])

    def nearness(self, focus: Focus) -> tuple[Floats, Floats]:
        """How near each sentence, half of it with its neighbours, and each passage with its title come to a part's
        words: two vectors, shape (sentences,), from 0 to 1; 1 where the part has no words."""
        if not focus.terms:
            return np.ones(len(self._sentences), np.float32), np.ones(len(self._sentences), np.float32)
        match = _Match(focus, self._vocabulary, self._word_vectors, self._embedder)
        inside = [match.of(places).near_covered for places in self._in_sentence]
        around = [match.of(places).near_covered for places in self._around]
        of_passage = {key: match.of(places).near_covered for key, places in self._whole.items()}
        whole = [of_passage[id(one.found)] for one in self._sentences]
        return np.array([inside, around], np.float32).mean(axis=0), np.array(whole, np.float32)

    def _row(self, focus: Focus, match: "_Match", i: int, whole: "_Cover") -> list[float]:
        one = self._sentences[i]
        sentence, around = match.of(self._in_sentence[i]), match.of(self._around[i])
        vectors, words, recency = _search_parts(one.found)
        new = len(one.vocabulary) - int(match.exact[self._in_sentence[i]].any(axis=1).sum())
        return [
            sentence.covered,
            around.covered,
            whole.covered,
            sentence.near_covered,
            sentence.names,
            whole.names,
            whole.heaviest_missing,
            sentence.least_deed,
            around.least_deed,
            around.heaviest_missing,
            sentence.own,
            _pairs(focus, one.words),
            float(self._cosines[i]),
            vectors,
            words,
            recency,
            self._best - _search_score(one.found),
            *_kinds(focus, one.text),
            min(new, 20) / 20,
            min(len(one.text), 400) / 400,
            float(one.text.rstrip("\"”’'").endswith("?")),
            float(not _END.search(one.text)),
            float(one.start == 0),
        ]


def _search_parts(found: Retrieved) -> tuple[float, float, float]:
    """What search's vectors, words and recency say of a passage, each 1 at most, however search weighs them."""
    given = {"vectors": WEIGHTS.vectors, "words": WEIGHTS.words, "recency": WEIGHTS.recency}
    vectors, words, recency = (found.parts.get(name, 0.0) / weight for name, weight in given.items())
    return vectors, words, recency


def _search_score(found: Retrieved) -> float:
    """Their sum as search weighed them when the reader's weights were fitted."""
    vectors, words, recency = _search_parts(found)
    return 0.5 * words + 0.5 * vectors + 0.4 * recency


@dataclass(frozen=True)
class _Cover:
    """How far some words cover a question's: shares from 0 to 1."""

    covered: float  # by weight, the same words
    near_covered: float  # by weight, words near in meaning counted in part
    own: float  # the same for the words that this part of the question alone brings
    names: float
    least_deed: float  # the nearness of the worst covered word that is not a name
    heaviest_missing: float


class _Match:
    """A question's words against the vocabulary of the passages.

    `exact` has shape (vocabulary, terms): whether a stem stands for a term. `near` is 1 there, else the nearness
    in meaning; a name is near to nothing but itself.
    """

    def __init__(self, focus: Focus, vocabulary: Sequence[str], vectors: Floats, embedder: Embedder) -> None:
        terms = list(focus.terms)
        shape = (len(vocabulary), len(terms))
        stems = Stems(vocabulary)
        self.exact = np.zeros(shape, bool)
        for column, term in enumerate(terms):
            self.exact[[*stems.of_root(term), *stems.among(seats_of(term))], column] = True
        cosines = vectors @ embedder.embed_passages([focus.surfaces[t] for t in terms]).T
        self._is_name = np.array([t in focus.names for t in terms], bool)
        near = np.clip((cosines.reshape(shape) - 0.35) / 0.5, 0.0, 0.9) * ~self._is_name
        self.near = np.where(self.exact, 1.0, near)
        self._weights = np.array(list(focus.terms.values()), np.float32)
        self._own = np.array([t in focus.own for t in terms], bool)

    def of(self, places: NDArray[np.intp]) -> _Cover:
        exact: NDArray[np.bool_] = np.asarray(self.exact[places].any(axis=0))
        near: Floats = np.asarray(self.near[places].max(axis=0, initial=0.0), np.float32)
        weights, own, deeds = self._weights, self._own, self._own & ~self._is_name
        return _Cover(
            covered=_share(exact, weights),
            near_covered=_share(near, weights),
            own=_share(near[own], weights[own]),
            names=float(exact[self._is_name].mean()) if self._is_name.any() else 1.0,
            least_deed=float(near[deeds].min(initial=1.0)),
            heaviest_missing=float((weights * (1 - near))[own].max(initial=0.0)) / 8,
        )


def _share(values: NDArray[Any], weights: Floats) -> float:
    total = float(weights.sum())
    return float(values @ weights) / total if total else 0.0


def _places(words: Sequence[str], place: Mapping[str, int]) -> NDArray[np.intp]:
    return np.array(sorted({place[word] for word in words if word in place}), np.intp)


def _pairs(focus: Focus, words: Sequence[str]) -> float:
    """The share of the question's neighbouring words that are neighbours in the sentence too."""
    terms = list(focus.terms)
    wanted = set(zip(terms, terms[1:], strict=False))
    there = set(zip(words, words[1:], strict=False)) | set(zip(words[1:], words, strict=False))
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _kinds(focus: Focus, text: str) -> list[float]:
    """1 at the kind asked for, if the sentence holds such a thing and the question does not; else 1 at the end."""
    asked = focus.text.lower()

    def fresh(pattern: re.Pattern[str]) -> bool:
        return any(found[0].lower() not in asked for found in pattern.finditer(text))

    tests: dict[Kind, Callable[[], bool]] = {
        "who": lambda: fresh(_NAME),
        "when": lambda: fresh(_TIME),
        "where": lambda: fresh(_PLACE),
        "number": lambda: fresh(_NUMBER),
        "money": lambda: fresh(_MONEY),
        "why": lambda: bool(_REASON.search(text)),
    }
    met = focus.kind in tests and tests[focus.kind]()
    return [*(float(met and focus.kind == kind) for kind in tests), float(focus.kind in tests and not met)]
