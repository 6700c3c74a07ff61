"""What stands beside the sentences of an answer, and days, in words: the same in the terminal and in the chat."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer, Citation, Sentence, Usage, Version
from index.article import Article
from index.text.analysis import words_of
from index.times import TimeExpression, Window
from index.times.calendar import MONTHS

UNDERSTOOD_AS = "Understood as"
ASKED_FOR_IT = "Asked for it"
NOT_COVERED = "Not in the collection"
SOURCES_DIFFER = "Sources differ"
READING_STATUS = "Reading the articles"
CONFIDENCE = "Confidence"
_LONG = [name.title() for name in MONTHS]
_MONTHS = [name[:3] for name in _LONG]
_SURE, _FAIRLY_SURE = 0.8, 0.5  # chances that the answer is right


def doubt(sentence: Sentence) -> str:
    """What its source does not bear out, for example `partly supported; not in the source: 270`; "" without doubt."""
    if sentence.status == "supported":
        return ""
    if not sentence.citations:
        return "no source found"
    source = "source" if len(sentence.citations) == 1 else "sources"
    missing = f"; not in the {source}: {', '.join(sentence.doubts)}" if sentence.doubts else ""
    if sentence.status == "unchecked":
        return f"not checked: other language{missing}"
    verdict = "partly supported" if sentence.status == "partly" else "not supported"
    return verdict + (missing or f" by its {source}")


def attribution(sentence: Sentence) -> str:
    """Who said it, and whether in these words, for example `the ministry, quoted`; "" where the sentence tells it."""
    if not sentence.speaker or _names(sentence.text, sentence.speaker):
        return ""
    return f"{sentence.speaker}, quoted" if sentence.quotation else sentence.speaker


def version_words(version: Version) -> str:
    """For example `310 (Northgate Courier, 15 Oct 2019, newest)`."""
    newest = ", newest" if version.newest else ""
    return f"{version.value} ({origin(version.citation.article)}{newest})"


def uncovered(answer: Answer) -> str:
    """The parts of the question that an answer leaves open, as one text; "" for a refusal, which leaves open all."""
    return "; ".join(answer.uncovered) if answer.answerable else ""


def confidence(answer: Answer) -> str:
    """How likely it is that the answer is right, in words; "" for a refusal, and where that was not judged."""
    if not answer.answerable or answer.confidence is None:
        return ""
    return "sure" if answer.confidence >= _SURE else "fairly sure" if answer.confidence >= _FAIRLY_SURE else "unsure"


def failed(answer: Answer) -> str:
    """That a language model failed; "" where none did."""
    return f"{answer.failed} failed; the answer is quoted from the articles instead" if answer.failed else ""


def written_by(answer: Answer) -> str:
    """The language model and what it used; "" for an answer that none had a part in."""
    author = [] if _quotes(answer.llm) else [f"Written by {answer.llm}"]
    return " · ".join(author + ([used(answer.usage)] if answer.usage else []))


def used(usage: Usage) -> str:
    """For example `1,240 tokens in, 85 out, $0.0004`."""
    tokens = f"{usage.prompt_tokens:,} tokens in, {usage.reply_tokens:,} out"
    return tokens if usage.dollars is None else f"{tokens}, {_dollars(usage.dollars)}"


def starting_status(spec: str) -> str:
    """What is being done while a reader is not there yet."""
    return f"Starting {model_label(spec)}"


def reading_status(spec: str) -> str:
    """What is being done before there are words of an answer."""
    return READING_STATUS if _quotes(spec) else f"{READING_STATUS} with {model_label(spec)}"


def model_label(spec: str) -> str:
    """A short name for a spec: the model's own, or the file's."""
    if _quotes(spec):
        return "Quotes (no model)"
    family, _, rest = spec.partition(":")
    name = (
        Path(rest).name if family == "gguf" else rest.rpartition("#")[2] if "#" in rest else rest.partition("@http")[0]
    )
    return name or spec


def model_labels(specs: Sequence[str]) -> list[str]:
    """A short name for each spec; the spec itself where two would share one."""
    short = [model_label(spec) for spec in specs]
    return [label if short.count(label) == 1 else spec for label, spec in zip(short, specs, strict=True)]


def shown_citations(answer: Answer) -> list[Citation]:
    """The citations of the sentences and of the values on which sources differ, each number once."""
    differing = [version.citation for versions in answer.disagreements for version in versions]
    unique = {citation.n: citation for citation in (*differing, *answer.citations)}
    return [unique[n] for n in sorted(unique)]


def outlet_of(article: Article) -> str:
    """The outlet, or the file's name where none is known."""
    return article.outlet or Path(article.source).name or "unknown outlet"


def is_web_address(url: str) -> bool:
    """Whether an article's address can be a link: what an article says of itself may be a script."""
    return url[:8].lower().startswith(("http://", "https://"))


def origin(article: Article) -> str:
    """Outlet and date, for example `Fernhill Wire, 5 Oct 2020`."""
    return f"{outlet_of(article)}, {short_date(article.published)}"


def short_date(day: date | None) -> str:
    """For example `5 Oct 2020`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "undated"


def days_of(window: Window) -> str:
    """For example `5–11 Oct 2020`, `October 2019`, `2019`, `from 5 Oct 2020`, `until 5 Oct 2020`; "" for all days."""
    first, last = window.first, window.last
    if first is None or last is None:
        return f"from {short_date(first)}" if first else f"until {short_date(last)}" if last else ""
    if first == last:
        return short_date(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if first.year != last.year:
        return f"{short_date(first)} – {short_date(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {short_date(last)}"
    return f"{first.day}–{short_date(last)}"


def days_meant(time: TimeExpression, as_of: date | None = None) -> str:
    """The days that a question's words for time stand for, and how they were taken.

    Of days from one on until `as_of`, the first is enough.
    """
    window = time.window
    if time.kind == "within" and window.first and window.first < (window.last or date.max) == as_of:
        return days_of(Window(window.first))
    if time.kind == "newest":
        return "the newest first"
    return f"around {days_of(time.window)}" if time.kind == "near" else days_of(time.window)


def time_line(time: TimeExpression, as_of: date | None = None) -> str:
    """What the terminal says of them."""
    return f'dates: {days_meant(time, as_of)} ("{time.text}"); --any-time looks at all'


def _quotes(spec: str) -> bool:
    from assistant.extractive.quoting import EXTRACTIVE  # takes a second to import

    return spec == EXTRACTIVE


def _names(text: str, speaker: str) -> bool:
    """Whether the text has all words of the name, which ends where an apposition begins."""
    name = words_of(speaker.partition(",")[0]) or words_of(speaker)
    return bool(name) and set(name) <= set(words_of(text))


def _dollars(amount: float) -> str:
    """Two digits that count, of a dollar and more two decimals."""
    return f"${amount:,.2f}" if amount >= 1 else f"${Decimal(f'{amount:.2g}'):f}"


def _months(first: date, last: date) -> str:
    """Of whole months."""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{_LONG[first.month - 1]} {first.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{_LONG[first.month - 1]}{year} – {_LONG[last.month - 1]} {last.year}"
