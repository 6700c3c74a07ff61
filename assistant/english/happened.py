"""The day on which what a sentence tells happened, by its own words for time and its article's day."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.english.parsing import Sentence, Word
from index.english import lexicon
from index.times.calendar import Days, Recurring, Weekly, month, one_day, years
from index.times.periods import periods
from index.times.time_forms import plain

_WORDS = lexicon("sequence")
_THEN, _OTHER_TIMES, _SAME_TIME, _TIMES_OF_DAY = map(_WORDS.words, ("then", "other_times", "same_time", "times_of_day"))
_PRONOUNS, _DURATIONS = map(_WORDS.words, ("pronouns", "durations"))
_SAYING = lexicon("reporting").words("saying")
_REPORTING = lexicon("reporting").words("saying", "with_clause")
_DAY, _ALMOST_A_WEEK = timedelta(days=1), timedelta(days=6)
_ALMOST_A_YEAR = timedelta(days=270)
_MONTH, _WEEK = 31, 8
_DASHES = tuple("-–—:")
_PAST = frozenset(("VBD", "VBN"))


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that a sentence tells happened on one of `days`, which it names (`dated`) or else is news of.

    `verb` is the place of the verb that tells it; it is `said` where that is a verb of saying. The day is `counted`
    where the words for it hang on the article's day: "on Monday".
    """

    days: Days
    verb: int
    said: bool
    dated: bool
    counted: bool


def happened(sentence: Sentence, published: date | None, is_lead: bool = False) -> Happened | None:
    """What a sentence of an article of this day tells; of several things that of its main clause.

    None for what is to come, was not, may be, or has no day. Without words for time a `lead`, an article's first
    sentence, tells news of the article's day.
    """
    named = list(_dated(sentence, published, is_lead))
    dated = [(verb, when) for when in named if (verb := _deed(sentence, when)) is not None]
    if dated:
        verb = _verb_told(sentence, [its for its, _ in dated])
        when = min((when for its, when in dated if its == verb), key=lambda when: when.days.length)
        return Happened(when.days, verb, _is_said(sentence, verb), True, when.counted)
    if not is_lead or published is None or any(_is_older(sentence, when, published) for when in named):
        return None
    told = (at for at, word in enumerate(sentence.words) if word.is_verb and word.role in ("ROOT", "ccomp"))
    verbs = (at for at in told if sentence.words[at].lemma != "be")  # what was so is no news
    verb = next((at for at in verbs if is_past(sentence, at) and not sentence.is_quoted(at)), -1)
    return Happened(one_day(published), verb, _is_said(sentence, verb), False, True) if verb >= 0 else None


def stated_on(sentence: Sentence, published: date | None) -> Happened | None:
    """What a sentence states on its article's day, whether it came to be or is to come; None without a day or verb."""
    root = root_of(sentence)
    if published is None or root is None or sentence.is_quoted(root):
        return None
    return Happened(one_day(published), root, _is_said(sentence, root), False, False)


def _verb_told(sentence: Sentence, verbs: Sequence[int]) -> int:
    """Of the verbs that have a day the main one, but where it only reports another that has a day of its own."""
    root = root_of(sentence)
    told = [at for at in verbs if at != root and sentence.words[at].role == "ccomp" and sentence.words[at].head == root]
    if root is None or root not in verbs:
        return verbs[0]
    return told[0] if told and sentence.words[root].lemma in _REPORTING else root


def stands_alone(sentence: Sentence, verb: int) -> bool:
    """Whether the subject of its verb is named in it, and it is not another's words from end to end."""
    words = sentence.words
    if words[0].tag in ("PRP", "PRP$"):
        return False
    if sentence.is_quoted(verb) or (_is_said(sentence, verb) and not _tells_what(sentence, verb)):
        return False
    if _is_misread(words, verb):
        return words[words[verb].head].low not in _PRONOUNS
    while not (subjects := sentence.children(verb, "nsubj", "nsubjpass", "expl")) and words[verb].role == "conj":
        verb = words[verb].head
    owners = [its for at in subjects for its in sentence.children(at, "poss")]
    return bool(subjects) and not any(
        words[at].low in _PRONOUNS or words[at].tag == "PRP$" for at in [*subjects, *owners]
    )


def root_of(sentence: Sentence) -> int | None:
    """The place of its main verb, also of one that the parser hangs on its subject: "The company Marl filed ..."."""
    for at, word in enumerate(sentence.words):
        if word.is_verb and (word.head == at or _is_misread(sentence.words, at)):
            return at
    return None


def _is_misread(words: Sequence[Word], at: int) -> bool:
    """Whether the parser takes a finite verb for what describes the noun that is the root."""
    above = words[at].head
    return words[at].tag == "VBD" and words[at].role == "acl" and words[above].head == above


def is_past(sentence: Sentence, verb: int) -> bool:
    """Whether what a verb says came to be: not what will or may be, is wanted, or was not."""
    word, hung = sentence.words[verb], [sentence.words[at] for at in sentence.children(verb)]
    helpers = [one for one in hung if one.role in ("aux", "auxpass")]
    if any(one.role == "neg" for one in hung) or any(one.tag in ("MD", "TO") for one in helpers):
        return False
    if word.tag == "VB":
        return any(one.tag == "VBD" and one.lemma == "do" for one in helpers)
    if word.tag == "VBG":
        return any(one.tag == "VBD" for one in helpers)
    if word.tag == "VBN" and word.role == "ROOT" and not helpers:
        return False
    return word.tag in _PAST


def _is_before(sentence: Sentence, verb: int) -> bool:
    """Whether a verb only points back, to what had been before something else."""
    helpers = (sentence.words[at] for at in sentence.children(verb, "aux"))
    return any(one.lemma == "have" and one.tag == "VBD" for one in helpers)


@dataclass(frozen=True, slots=True)
class _When:
    """An expression for time: the word that it hangs by, its days, and whether these hang on the article's day."""

    at: int
    days: Days
    counted: bool
    heads: bool  # it opens an entry of a chronicle: "24 May - ..."


def _deed(sentence: Sentence, when: _When) -> int | None:
    """The verb that an expression for time dates, where it tells what came to be."""
    if when.heads:
        return root_of(sentence)
    if not _is_unit(when.days):
        return None
    verb = _verb_of(sentence, when.at)
    if verb is None or (when.counted and when.days.length > 1 and _is_before(sentence, verb)):
        return None
    return verb if is_past(sentence, verb) and _is_main(sentence, verb) else None


def _tells_what(sentence: Sentence, verb: int) -> bool:
    """Whether a verb of saying has with it what is said."""
    return bool(sentence.children(verb, "ccomp", "dobj", "xcomp", "parataxis", "prep", "oprd"))


def _is_older(sentence: Sentence, when: _When, published: date) -> bool:
    """Whether an expression for time says of the main clause that it was days before the article."""
    at = when.at
    while not sentence.words[at].is_verb and sentence.words[at].head != at:
        at = sentence.words[at].head
    return when.days.last < published - _DAY and _is_main(sentence, at)


def _is_said(sentence: Sentence, verb: int) -> bool:
    lemma = sentence.words[verb].lemma
    return lemma in _SAYING or lemma == "say"


def _dated(sentence: Sentence, published: date | None, is_lead: bool) -> Iterator[_When]:
    """The expressions for time in a sentence that name days until the article's."""
    text = plain(sentence.text)
    for period in periods(text, published or date.max):
        start, end = text.span(period.first, period.end)
        written = sentence.text[start:end]
        inside = [at for at, word in enumerate(sentence.words) if word.start < end and word.end > start]
        heads = [at for at in inside if sentence.words[at].head not in inside]
        days = _days(period.when, published, is_lead)
        if not heads or days is None or sentence.is_quoted(heads[0]):
            continue
        has_year = any(len(part) == 4 and part.isdecimal() for part in written.replace(",", " ").split())
        has_number = any(letter.isdigit() for letter in written)
        if not has_year and (published is None or days.length > _MONTH):
            continue
        if days.first <= (published + _DAY if published else days.first):
            opens = not start and sentence.text[end:].lstrip()[:1] in _DASHES
            yield _When(heads[0], days, not has_number and days.length <= _WEEK, opens and has_number)


def _is_unit(days: Days) -> bool:
    """Whether days are one, a weekend, a week, a month or a year: "the last few weeks" has no day."""
    whole = (month(days.first.year, days.first.month), years(days.first.year, days.first.year))
    return days.length in (1, 2, 7) or days in whole


def _days(when: Days | Recurring, published: date | None, is_lead: bool) -> Days | None:
    """The days, of what comes again the latest by the article's day.

    A weekday that would be six days before is the next day's in an article's first sentence, where its place is ahead
    of the paper's; elsewhere it is left open, as is a month that is nearer in the next year.
    """
    if isinstance(when, Days):
        return when
    if published and isinstance(when, Weekly) and when.begun_by(published).first == published - _ALMOST_A_WEEK:
        return one_day(published + _DAY) if is_lead else None
    with suppress(ValueError, OverflowError):  # outside the calendar
        days = when.begun_by(published) if published else None
        return days if days and published and published - days.last < _ALMOST_A_YEAR else None
    return None


def _verb_of(sentence: Sentence, at: int) -> int | None:
    """The verb whose deed an expression for time dates; None where it describes a noun or bounds another time."""
    words = sentence.words
    if words[at].role in ("poss", "compound", "nmod", "amod", "nummod"):
        return None
    is_near = True
    while not (words[at].is_verb and words[at].role not in ("aux", "auxpass", "amod")):
        above = words[at].head
        if above == at:
            return None
        word = words[above]
        if word.tag in ("IN", "TO", "VBG") and word.role in ("prep", "mark", "pcomp", "agent"):
            lasts = not is_near and word.low == "for" and words[at].lemma in _DURATIONS  # for six hours on Monday
            if (word.low in _OTHER_TIMES and not lasts) or (is_near and not _leads(sentence, above)):
                return None
            is_near = word.low == "of" and is_near
        at = above
    return at


def _leads(sentence: Sentence, preposition: int) -> bool:
    """Whether a preposition before a day says that it was then: "on Monday", "on the night of 3 March"."""
    word = sentence.words[preposition]
    if word.low == "of":
        return sentence.words[word.head].lemma in _TIMES_OF_DAY
    return word.low in _THEN


def _is_main(sentence: Sentence, verb: int) -> bool:
    """Whether a verb's clause is the main one, stands beside it, or is what was said or seen to be."""
    words: Sequence[Word] = sentence.words
    while words[verb].head != verb:
        word, above = words[verb], words[verb].head
        if _is_misread(words, verb):
            return True
        if word.role == "advcl":
            marks = [words[at].low for at in sentence.children(verb, "mark", "advmod")]
            if not _SAME_TIME & set(marks):
                return False
        elif word.role not in ("conj", "ccomp", "parataxis"):
            return False
        if not words[above].is_verb:
            return False
        verb = above
    return True
