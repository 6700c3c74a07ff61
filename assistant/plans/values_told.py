"""How a value moved: what dated articles tell of it, one after another."""

from collections import Counter
from collections.abc import Sequence

from assistant.english.parsing import Word, sentence_of
from assistant.english.values import Value, deed_of, values_of
from assistant.plans.tellings import Telling
from index.english import lexicon
from index.text.analysis import words_of

_CHANGING, _VALUES = map(lexicon("sequence").words, ("changing", "values"))


def moving(question: str) -> tuple[str, str] | None:
    """What a question asks the changes of, and the noun that its values stand beside: "How did their offer move?"

    None where it asks of no change.
    """
    sentence = sentence_of(question)
    words = sentence.words
    if not words or words[0].low != "how" or len(words) < 2 or words[1].lemma not in ("do", "have", "be"):
        return None
    verb = next((at for at in range(3, len(words)) if {words[at].low, words[at].lemma} & _CHANGING), 0)
    phrase = _counted(words[2:verb])
    nouns = [word.text for word in phrase[: _behind(phrase)] if word.tag.startswith("NN")]
    return (question[phrase[0].start : phrase[-1].end], nouns[-1]) if nouns else None


def _counted(phrase: Sequence[Word]) -> Sequence[Word]:
    """A phrase without what says no more than that there is a value: of "the number of ships" the ships."""
    behind = _behind(phrase)
    if 0 < behind < len(phrase) - 1 and phrase[behind - 1].lemma in _VALUES:
        return _counted(phrase[behind + 1 :])
    return phrase


def _behind(phrase: Sequence[Word]) -> int:
    """Where what describes the noun of a phrase begins: of "ships waiting off the port" behind the ships."""
    nouns = (at for at, word in enumerate(phrase) if word.tag.startswith("NN"))
    first = next(nouns, len(phrase))
    return next((at for at in range(first, len(phrase)) if phrase[at].tag in ("IN", "VBN", "VBG")), len(phrase))


def values_in_order(told: Sequence[Telling], subject: str, noun: str) -> list[Telling]:
    """The tellings of values beside the noun of a subject, or of those dead or hurt where it names these, of the unit
    that most outlets tell, by their days; each value once."""
    stems, deed = frozenset(words_of(noun)), deed_of(words_of(subject))
    beside = [one for one in told if deed or stems <= one.candidate.vocabulary]
    beside.sort(key=lambda one: one.happened.days)
    numbers = {id(one): [value for value in _numbers(one) if value.deed == deed] for one in beside}
    told_by = {(one.outlet, value.unit) for one in beside for value in numbers[id(one)]}
    counted = Counter(unit for _, unit in told_by)
    unit = max(counted, key=lambda unit: counted[unit], default="")
    known: set[float] = set()
    kept = []
    for one in beside:
        amounts = {value.amount for value in numbers[id(one)] if deed or value.unit == unit}
        if amounts - known:
            kept.append(one)
        known |= amounts
    return kept if len(kept) > 1 else []


def _numbers(one: Telling) -> list[Value]:
    return [value for value in values_of(one.candidate.text) if value.kind == "number"]
