"""Holds a sentence against the words that it is cited to, by rules and without a large model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.check.agreement import doubtful_facts, with_facts
from assistant.check.certainty import overstated
from assistant.check.evidence import Evidence, clauses_of, evidence_for, runs, share, with_told
from assistant.check.facts import Read
from assistant.check.names import inside_names, opening_names
from assistant.check.polarity import contradictions
from assistant.check.predicates import compared
from assistant.check.quotations import unlike_source
from assistant.check.quoted_only import only_quoted
from assistant.check.sources import ReadSource, Source, read_source
from assistant.check.speakers import doubtful_speakers
from assistant.check.words import words_in

SUPPORTED = 0.57  # share of a sentence's weight that the source must hold
SUPPORTED_PLAIN = 0.5  # and of the weight of the words that are neither names nor numbers
PARTLY = 0.45


@dataclass(frozen=True, slots=True)
class Support:
    """The characters `start` to `end` of the text of the source of this number."""

    source: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the status, what supports the sentence, the words of it that its source does not bear out.

    `nearness`, 0 to 1, is how much of its wording the supporting words have.
    """

    status: Status
    supports: tuple[Support, ...]
    doubts: tuple[str, ...]
    nearness: float


def check(sentence: str, sources: Sequence[Source]) -> Checked:
    """Whether the sources say what the sentence says.

    Its names, numbers, days, quotations and denials must agree with the sentences of the sources that say most of it,
    and its wording must be near enough. "partly" is what is true in one clause and not in another, or is told in other
    words throughout.
    """
    sources_read = [read_source(source) for source in sources]
    if not sources_read or not sentence.strip():
        return Checked("unsupported", (), (), 0.0)
    words = words_in(sentence)
    small = frozenset[str]().union(*(source.small for source in sources_read))
    names = frozenset[str]().union(*(source.names for source in sources_read))
    names |= inside_names(words) | opening_names(words, small)
    said = Read(sentence, words, sources[0].published, names)
    found = with_facts(said, evidence_for(said, sources_read), sources_read)
    if not found.places:
        return Checked("unsupported", (), (), 0.0)
    if (first := sources[found.places[0][0]].published) != sources[0].published:
        said = Read(sentence, words, first, names)
    doubts = list(_doubts(said, found, sources, sources_read))
    supports = tuple(_supports(found, sources_read))
    predicates = compared(said, found, sources_read)
    quoted = only_quoted(said, found, sources, sources_read)
    status = _status(said, with_told(found, predicates.told), [place for place, _ in doubts])
    if status == "supported" and (predicates.untold or quoted):
        status = "partly"
    doubts += [*((at, said.words[at].text) for at in predicates.untold), *([(0, quoted)] if quoted else [])]
    return Checked(status, supports, tuple(dict.fromkeys(text for _, text in doubts)), found.nearness)


def _doubts(
    said: Read, found: Evidence, sources: Sequence[Source], sources_read: Sequence[ReadSource]
) -> Iterator[tuple[int, str]]:
    """Each doubt with the place of its word."""
    published = sources[found.places[0][0]].published
    for fact in doubtful_facts(said, found, sources_read, published):
        yield fact.first, said.said(fact)
    against = [
        *contradictions(said, found, sources_read),
        *overstated(said, found.sentences),
        *doubtful_speakers(said, found.sentences),
    ]
    for at in against:
        yield at, said.words[at].text
    for quoted in unlike_source(said.text, [f"{source.text} {source.title}" for source in sources]):
        start = said.text.find(quoted[:10])
        yield max(0, sum(word.end <= start for word in said.words)), quoted


def _supports(found: Evidence, sources: Sequence[ReadSource]) -> Iterator[Support]:
    for source, first, last in runs(found.places):
        spans = sources[source].spans
        yield Support(source, spans[first][0], spans[last][1])


def _status(said: Read, found: Evidence, doubts: Sequence[int]) -> Status:
    plain = [at for at in range(len(said.words)) if at not in said.of_facts]
    if (
        not doubts
        and found.nearness >= SUPPORTED
        and (share(found.held[plain], found.weights[plain]) >= SUPPORTED_PLAIN or not found.weights[plain].any())
    ):
        return "supported"
    good = bad = False
    for first, last in clauses_of(said, found.weights):
        held = share(found.held[first:last], found.weights[first:last])
        is_good = held >= SUPPORTED and not any(first <= at < last for at in doubts)
        good, bad = good or is_good, bad or not is_good
    if (good and bad) or (not doubts and found.nearness >= PARTLY):
        return "partly"
    return "unsupported"
