"""What is said to Byline and asks the articles nothing: greetings, thanks, help; and what asks for its opinion."""

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.answer import Answer, numbered
from assistant.english.parsing import sentence_of
from assistant.events import Event
from assistant.plans.articles_about import Report, listed, sentences_about
from assistant.plans.examples import example_questions
from assistant.plans.tools import Tools
from assistant.question.asked_features import words_asked
from assistant.speech.speakers import speaker_of
from index.english import Lexicon, lexicon

_CLASSES = lexicon("kinds")
_ENGLISH = "english"
_MOST_SAID = 4  # sentences of those who have an opinion


def plan(question: str, tools: Tools) -> Generator[Event, None, Answer | None]:
    """What Byline says itself; of a question for its opinion, what those say who have one."""
    yield from ()
    said = _of_courtesy(question)
    if not said and _asks_opinion(question):
        return _opinions(question, tools)
    strings = strings_of(question)
    reply = strings[said] if said in ("thanks", "parting") else _help(strings, tools, strings.get(said) or "")
    return replace(tools.composed(question), answerable=True, reply=reply)


def strings_of(text: str) -> Mapping[str, str]:
    """What Byline says, in the language whose words the text has; in English where it has none."""
    words = f" {' '.join(words_asked(text))} "
    for table in _languages().values():
        if any(f" {' '.join(words_asked(one))} " in words for one in table["words"]):
            return table
    return _languages()[_ENGLISH]


@cache
def _languages() -> Mapping[str, Mapping[str, str]]:
    lists = Lexicon("talk", "assistant.plans")
    return {name: lists.table(name) for name in lists.names}


def _of_courtesy(question: str) -> str:
    """greeting, thanks or parting, where the text is that alone; else ""."""
    words = words_asked(question)
    text = f" {' '.join(words)} "
    for name in ("thanks", "parting", "greeting"):
        if any(f" {' '.join(words_asked(one))} " in text for one in _CLASSES.listed(name)):
            return name if name == "greeting" or len(words) <= 6 else ""
    return ""


def _help(strings: Mapping[str, str], tools: Tools, opening: str) -> str:
    """What Byline does, what is open and what can be asked of it; behind a greeting without the first."""
    status = tools.collection.status()
    if not status.articles:
        return f"{opening or strings['help']} {strings['empty']}"
    days = _days(strings, status.first, status.last)
    held = strings["holds"].format(articles=f"{status.articles:,}", days=days) if days else ""
    examples = example_questions(tools.collection, tools.reader, 2, tools.request.day)
    tried = strings["try" if len(examples) > 1 else "try_one"] if examples else ""
    told = tried.format(first=examples[0], second=examples[-1]) if examples else ""
    return " ".join(filter(None, (opening or strings["help"], held, told)))


def _days(strings: Mapping[str, str], first: date | None, last: date | None) -> str:
    if not first or not last:
        return ""
    written = [f"{day.day}.{day.month}.{day.year}" for day in (first, last)]
    if strings is _languages()[_ENGLISH]:
        written = [f"{day.day} {day:%B} {day.year}" for day in (first, last)]
    return strings["on" if first == last else "between"].format(first=written[0], last=written[1])


def _asks_opinion(question: str) -> bool:
    """Whether something is to be judged: there is a word of judging, and somebody or something else than Byline."""
    words = words_asked(question)
    return bool(_CLASSES.words("judging") & set(words)) and bool(_subject(question))


def _subject(question: str) -> str:
    """The names and nouns of a question, without words of judging."""
    judging = _CLASSES.words("judging") | {"you", "byline"}
    found = sentence_of(question).words
    return " ".join(one.text for one in found if one.tag.startswith("NN") and one.low not in judging)


def _opinions(question: str, tools: Tools) -> Answer:
    """What those say of the subject whom the articles quote, one sentence of each."""
    strings = strings_of(question)
    subject = _subject(question)
    by_speaker: dict[str, Report] = {}
    for one in sorted(sentences_about(tools, subject, tools.request.filters), key=lambda one: -one.near):
        speaker = speaker_of(tools.collection.text_of(one.article.id), one.start, one.end).name
        if speaker:
            by_speaker.setdefault(speaker.partition(",")[0], one)
    told = list(by_speaker.values())[:_MOST_SAID]
    if not told:
        return replace(tools.composed(question), answerable=True, reply=strings["no_opinion"])
    from assistant.finishing import attributed

    sentences = attributed(numbered(listed(told)), tools.collection.text_of)
    return replace(tools.composed(question, sentences), reply=strings["no_side"], form="list")
