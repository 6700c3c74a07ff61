"""How well the speaker of a sentence fits a question about speech, and what answers it in short."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

import numpy as np

from assistant.english.parsing import quotations
from assistant.extractive.candidates import Candidate
from assistant.extractive.evidence import Evidence, Floats
from assistant.question.asked_speech import likeness
from assistant.question.focus import Focus
from assistant.speech.reporting import may_report
from assistant.speech.speakers import MEDIA, Speaker, speaker_of
from index.text.analysis import words_of

TextOf = Callable[[str], str]

_SAME_SPEAKER = 0.6  # likeness of two namings from which they can mean the same
_BY_SPEAKER = 8.0  # of score, added to what the one who is asked about says: more than the margin of what is quoted too
_BY_SOURCE = 2.0  # of score, added to what the one says by whose account something is asked
_ON_TOPIC = 6.0  # of score, times how near it comes to what he is asked about
_TOPICAL = 0.55  # nearness from which he speaks of it
_OFF_TOPIC = 0.25  # nearness below which he speaks of something else
_HEARD = 0.75  # times the doubt, where he does
_UNHEARD = 0.35  # times the confidence, where he says nothing of it in the passages
_OWN_WORDS = 1.0  # of score, added where it is told in his own words
_TOLD_BY = 2.0  # of score, added to what has a speaker, where that is asked for
_BY_ONE = frozenset(("words", "source"))  # questions about what one says
_MOST_READ = 24  # sentences whose speaker is looked for, those that are nearest to what is asked
_SHORTEST_QUOTE = 3  # words of a quoted clause that can be the short answer
_WROTE = re.compile(r"\bwho (?:wrote|writes|has written) (?:about|on|the (?:article|story|report))\b", re.IGNORECASE)
# Who announces something does it by the sentence's own verb; a paper that reports the announcement does not.
_ACTS = re.compile(r"\b(announce|confirm|reveal|disclose|publish|predict|estimate|declare)", re.IGNORECASE)


class SpeechRanking:
    """Ranks sentences by their speakers for one part of a question, and gives its short answer."""

    def __init__(self, part: Focus, evidence: Evidence, found: Sequence[Candidate], text_of: TextOf) -> None:
        self._asked = part.speech
        self._part = part.text
        self._found = found
        self._text_of = texts = cache(text_of)
        self._speaker_of = cache(lambda article, start, end: speaker_of(texts(article), start, end))
        self._near = self._passage_near = np.zeros(len(found), np.float32)
        if self._asked.kind:
            self._near, self._passage_near = evidence.nearness(part.about(self._asked.speaker))
        nearest = (found[i] for i in np.argsort(-self._near, kind="stable"))
        reporting = (one for one in nearest if self._asked.kind and may_report(one.text))
        self._read = {(one.found.article.id, one.start) for one in islice(reporting, _MOST_READ)}

    @property
    def added(self) -> Floats:
        """What the speakers add to the scores of the sentences, shape (sentences,)."""
        if not self._asked.kind:
            return np.zeros(len(self._found), np.float32)
        rows = zip(self._found, self._near.tolist(), strict=True)
        return np.array([self._added(one, near) for one, near in rows], np.float32)

    def judged(self, confidence: float) -> float:
        """The chance that the question is answered, by whether the one whose words are asked for speaks of it; where it
        is asked who does, by whether anyone."""
        if not self._asked.kind:
            return confidence
        said = np.array([self._speaks(one) for one in self._found], bool)
        if not said.any():
            return confidence * (_UNHEARD if self._asked.kind == "words" else 1.0)
        if self._asked.kind in _BY_ONE and self._passage_near[said].max() < _OFF_TOPIC:
            return confidence * _UNHEARD
        return 1 - (1 - confidence) * _HEARD if self._near[said].max() >= _TOPICAL else confidence

    def speaker(self, one: Candidate) -> Speaker:
        """Who says a sentence; of one that is far from what is asked it is not looked for."""
        if (one.found.article.id, one.start) not in self._read:
            return Speaker("", False)
        return self._speaker_of(one.found.article.id, one.start, one.end)

    def short(self, ranked: Sequence[Candidate], by_network: str) -> str | None:
        """The short answer of a question about speech, from its sentences, best first; None for any other.

        What someone says is a quoted clause of his, or nothing; who says something is the speaker that the text names,
        of a paper the article's own outlet where it names none.
        """
        if self._asked.kind == "words":
            return next(filter(None, map(self._quoted, ranked)), "")
        if self._asked.kind not in {"teller", "outlet"} or not ranked:
            return None
        if _WROTE.search(self._part):
            return ranked[0].found.article.author
        if self._asked.kind == "outlet":
            outlet = next((s.name for s in map(self.speaker, ranked) if MEDIA.search(s.name)), "")
            outlet = re.split(r"['’]s ", outlet)[0]  # the paper's count
            return outlet or ranked[0].found.article.outlet or None
        act = _ACTS.search(self._part)
        if act and not (set(words_of(act[0])) & ranked[0].vocabulary or act[0] in ranked[0].text):
            return None
        name = self.speaker(ranked[0]).name
        return None if not name or (by_network and name.casefold().endswith(by_network.casefold())) else name

    def _added(self, one: Candidate, near: float) -> float:
        speaker = self.speaker(one)
        if self._asked.kind == "source":
            return _BY_SOURCE * self._is_asked(speaker)
        if self._asked.kind == "words":
            return _BY_SPEAKER + _ON_TOPIC * near + _OWN_WORDS * speaker.quotation if self._is_asked(speaker) else 0.0
        return _TOLD_BY + _ON_TOPIC * near if self._speaks(one) else 0.0

    def _speaks(self, one: Candidate) -> bool:
        """Whether it is said by the one who is asked about; where it is asked who says it, by anyone, or by a paper."""
        speaker = self.speaker(one)
        if self._asked.kind in _BY_ONE:
            return self._is_asked(speaker)
        return bool(MEDIA.search(speaker.name) if self._asked.kind == "outlet" else speaker.name)

    def _is_asked(self, speaker: Speaker) -> bool:
        return likeness(self._asked.speaker, speaker.name) >= _SAME_SPEAKER

    def _quoted(self, one: Candidate) -> str:
        """The longest clause within quotation marks of a sentence by the one who is asked about."""
        near = self._near[[other is one for other in self._found].index(True)]
        if near < _TOPICAL or not self._is_asked(self.speaker(one)):
            return ""
        longest = max((one.text[start:end] for start, end in quotations(one.text)), key=len, default="")
        words = longest.strip("\"'“”„‘’«» ,.;")
        return words if len(words.split()) >= _SHORTEST_QUOTE else ""
