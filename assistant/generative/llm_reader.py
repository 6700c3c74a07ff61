"""The reader that asks a language model, holds it to its citations, and passes over replies that are none."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import replace

from babel import Locale

from assistant.answer import CANNOT_ANSWER, Answer, nearest_articles
from assistant.citations import parse_marks, visible_text
from assistant.citations.citing import Citer
from assistant.conversation.turn import Turn
from assistant.events import Done, Event, Notice, Token
from assistant.generative.drafts import CheckedDraft, Draft, PlainDraft, ReplyWatch, without_refusals
from assistant.generative.prompt import Prompts, build_prompt, history_messages, is_small, prompt_budget
from assistant.models import OpenModel
from assistant.models.streaming import Message, Piece, stream_chat
from assistant.request import Question
from index.errors import ModelError
from index.search.result import Retrieved, TextOf, merged, no_text
from index.text.languages import language_of
from index.text.scripts import plain_digits

LONGEST_ANSWER = 20_000  # characters, thinking included; a small model can repeat itself for ever
REWRITING_SECONDS = 10.0  # for the reply
_LONGEST_QUESTION = 300  # characters, of one made standalone
_LONGEST_THOUGHT = 4000  # characters of a reply with such a question, thinking included
_CUT = "The answer is cut short: the language model reached its limit of length."

REWRITING = """\
Rewrite the last question of this conversation so that it can be understood without the conversation: put names and \
things in place of words like "it", "he", "there", and add what it leaves out. Change nothing else. Do not answer it. \
Reply with the rewritten question only, in its language.

{conversation}

Last question: {question}"""

PLANNING = """\
Which questions must be looked up, one by one, in news articles to answer the question below? Write at most five \
short questions, each on a line of its own, that can be understood alone and name only what the question names. Do \
not answer them. Where the question can be looked up as it stands, write it alone.

Question: {question}"""

_MOST_STEPS = 5
_ITEM = re.compile(r"^\s*(?:[-*•]|[0-9]{1,2}[.)])\s*")

TRANSLATING = """\
Translate this question into {language}. Leave names and numbers as they are. Do not answer it. Reply with the \
translated question only.

Question: {question}"""

_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*[’']?")
_LABEL = re.compile(r"^(?:(?:rewritten|standalone|last)\s+)?question\s*:\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_QUOTES = "\"'“”„«»` "


class UnusableReply(ModelError):
    """A model's reply is no answer that a reader could use."""


class LLMReader:
    """Answers from passages with a language model; `name` is the spec that names it.

    The model gets neighbouring passages as one, of the article whose text `text_of` gives by its id. A small one, by
    its file, its name or its context window, gets the shorter of the `prompts`, which are the shipped ones by default.

    A citation is the model's claim: each sentence is checked against the words that it cites.
    """

    def __init__(self, model: OpenModel, text_of: TextOf = no_text, prompts: Prompts | None = None) -> None:
        self.name = model.spec
        self._model = model
        self._text_of = text_of
        self._prompts = prompts

    def read(self, question: Question, passages: Sequence[Retrieved]) -> Generator[Event, None, None]:
        """Tokens as the model makes them, empty ones while it makes none, then Done.

        Where the question is `only_supported`, a Token is whole sentences that were checked. Closing this iterator ends
        the model's work.

        Raises ModelError where the model or its server fails, also in mid-answer; UnusableReply where the model repeats
        itself, copies its prompt or, a small one, says nothing that the passages support.
        """
        if not passages:
            yield Done(self._answer(question, passages, "", Citer(())))
            return
        window = self._model.window()
        small = self._model.small or is_small(self._model.llm.metadata.model_name, window)
        prompt = build_prompt(
            question, passages, prompt_budget(window), self._text_of, small=small, prompts=self._prompts
        )
        citer = Citer(prompt.passages, question.text)
        draft: Draft = CheckedDraft(citer) if question.only_supported else PlainDraft()
        watch = ReplyWatch(prompt.frame)
        text = ""
        cut = False
        usage = None
        with closing(self._stream(prompt.messages)) as pieces:
            for piece in pieces:
                text += piece.text
                self._refuse_if(watch.fault(visible_text(text)) if piece.text else "")
                yield Token(draft.more(text))
                usage = piece.usage or usage
                cut = cut or piece.cut or len(text) > LONGEST_ANSWER
                if len(text) > LONGEST_ANSWER:
                    break
        self._refuse_if(watch.fault(visible_text(text), whole=True))
        answer = self._answer(question, passages, text, citer)
        if small and _says_nothing(answer):
            raise UnusableReply(f"nothing that {self.name} wrote is in the articles")
        if cut:
            yield Notice(_CUT)
        if usage and self._model.price:
            usage = self._model.price.of(usage)
        yield Done(replace(answer, usage=usage))

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        """The model's standalone form of a question, or "" where it fails, is slow, or its reply cannot be trusted.

        It yields while it waits, so that it can be left at any moment. A failure is not reported here: the same model
        is asked for the answer next, and reports it then.
        """
        conversation = "\n".join(f"{message.role}: {message.content}" for message in history_messages(history))
        reply = yield from self._soon(REWRITING.format(conversation=conversation, question=question), _LONGEST_QUESTION)
        return trusted(reply, question, history)

    def translated(self, question: str, language: str) -> Generator[None, None, str]:
        """The question in another language, by its code, as the model says it; "" as for `standalone`."""
        name = Locale.parse("en").languages.get(language, language)
        reply = yield from self._soon(TRANSLATING.format(language=name, question=question), _LONGEST_QUESTION)
        return trusted_translation(reply, question, language)

    def steps(self, question: str) -> Generator[None, None, Sequence[str]]:
        """The questions that the model would look up one by one for the sake of this one, as `trusted_steps` has them.

        None where it fails or is slow. It yields while it waits.
        """
        reply = yield from self._soon(PLANNING.format(question=question), _MOST_STEPS * _LONGEST_QUESTION)
        return trusted_steps(reply, question)

    def _soon(self, prompt: str, longest: int) -> Generator[None, None, str]:
        """A short reply without the model's thinking; "" where the model fails, is slow, or says more than that."""
        until = time.monotonic() + REWRITING_SECONDS
        reply = ""
        try:
            with closing(self._stream([Message("user", prompt)])) as pieces:
                for piece in pieces:
                    yield
                    reply += piece.text
                    late = time.monotonic() > until
                    if late or len(reply) > _LONGEST_THOUGHT + longest or len(visible_text(reply)) > longest:
                        return ""
        except ModelError:
            return ""
        return visible_text(reply)

    def _stream(self, messages: Sequence[Message]) -> Generator[Piece, None, None]:
        return stream_chat(self._model.llm, messages, self.name, self._model.limits)

    def _refuse_if(self, fault: str) -> None:
        if fault:
            raise UnusableReply(f"{self.name} {fault}")

    def _answer(self, question: Question, found: Sequence[Retrieved], text: str, citer: Citer) -> Answer:
        """The answer in a model's text, whose marks number the passages of the citer."""
        marked = parse_marks(text, len(citer.passages))
        said = without_refusals(marked.sentences)
        return Answer(
            question=question.text,
            as_of=question.as_of,
            answerable=bool(said),
            sentences=citer.cite(said),
            nearest=() if said else nearest_articles(merged(found, self._text_of)),
            llm=self.name,
            dropped_citations=marked.dropped,
        )


def _says_nothing(answer: Answer) -> bool:
    """Whether it is no refusal, and nothing of it is supported. Of a good model one true reply in six is like that."""
    return answer.answerable and all(sentence.status == "unsupported" for sentence in answer.sentences)


def trusted(reply: str, question: str, history: Sequence[Turn]) -> str:
    """The question in a model's reply; "" where it is empty, long, an answer, or has other names or numbers.

    It must keep the names and numbers of the question, and may add only those of the turns before.
    """
    made = _asked_in(reply)
    if not made or (question.endswith("?") and not made.endswith("?")):
        return ""
    said = " ".join(text for turn in history for text in (turn.understood, turn.question, turn.answer, *turn.titles))
    known = _words(f"{said} {question}")
    kept = set(_particulars(question)) <= _words(made)
    return made if kept and set(_particulars(made)) <= known else ""


def trusted_steps(reply: str, question: str) -> Sequence[str]:
    """The questions in a model's plan; none where it has one alone, more than five, or other names or numbers."""
    lines = [_ITEM.sub("", line).strip(_QUOTES) for line in reply.splitlines()]
    steps = list(dict.fromkeys(line for line in lines if line.endswith("?")))
    known = _words(question)
    invented = any(not set(_particulars(step)) <= known for step in steps)
    return () if invented or not 1 < len(steps) <= _MOST_STEPS else steps


def trusted_translation(reply: str, question: str, language: str) -> str:
    """The question in a model's reply; "" where that is empty, long, in another language, or lacks a number of it."""
    made = _asked_in(reply)
    numbers = _NUMBER.findall(plain_digits(made))
    is_whole = all(number in numbers for number in _NUMBER.findall(plain_digits(question)))
    return made if made and is_whole and language_of(made) in ("", language) else ""


def _asked_in(reply: str) -> str:
    """The question that is all of a reply; "" where there is more, or none."""
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    made = _LABEL.sub("", lines[0].strip(_QUOTES)).strip(_QUOTES) if len(lines) == 1 else ""
    return "" if len(made) > _LONGEST_QUESTION or CANNOT_ANSWER in made else made


def _particulars(text: str) -> Iterable[str]:
    """The names and numbers of a question, in small letters: capitals say nothing of its first word."""
    for word in _WORD.finditer(text):
        if (word[0][0].isupper() and word.start() > 0) or any(letter.isdigit() for letter in word[0]):
            yield from _words(word[0])


def _words(text: str) -> set[str]:
    return {re.sub(r"[’']s?$", "", word) for word in _WORD.findall(text.lower())}
