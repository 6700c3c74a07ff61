"""The reader that asks a language model, holds it to its citations, and passes over replies that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, nearest_articles
from assistant.citations.citing import Citer
from assistant.citations.marks import parse_marks, visible_text
from assistant.conversation.turn import Turn
from assistant.events import Done, Event, Notice, Token
from assistant.generative.drafts import CheckedDraft, Draft, PlainDraft, without_refusals
from assistant.generative.prompt import build_prompt, is_small, prompt_budget
from assistant.generative.prompts import Prompts
from assistant.generative.rewriting import rewritten
from assistant.models.http import Limits
from assistant.models.messages import Message
from assistant.models.prices import Price
from assistant.models.streaming import Piece, stream_chat
from assistant.request import Question
from index.errors import ModelError
from index.search.result import Retrieved, TextOf, merged, no_text

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST_ANSWER = 20_000  # characters, thinking included; a small model can repeat itself for ever
_CUT = "The answer is cut short: the language model reached its limit of length."
_GRAM = 4  # words
_WINDOW = 60  # words, in which a reply repeats itself
_FEWEST = 20  # words, in which it can be seen
_REPEATED = (
    0.6  # of the four-word runs of a window: all is said three times. Of 1,085 sane replies none has more than .33
)
_COPIED = 8  # words in a row; none of those had more than four, a refusal in the words of the rules has seven
_STEP = 5  # words between two looks
# In scripts without spaces between words each character counts as one.
_WORD = re.compile(r"[\u2e80-\uffff]|[^\W\u2e80-\uffff]+")


class ReplyWatch:
    """Sees, while a reply comes in, whether it repeats itself or copies its `frame`: the prompt without its passages.

    Repetition is seq-rep-4 of Welleck et al., "Neural Text Generation with Unlikelihood Training" (2019), the share of
    four-word runs that were there before, over the last sixty words.
    """

    def __init__(self, frame: str) -> None:
        self._frame = set(_runs(_words(frame), _COPIED))
        self._looked_at = 0

    def fault(self, text: str, *, whole: bool = False) -> str:
        """What is wrong with all that has come of the reply so far, `whole` at its end; "" where nothing is."""
        words = _words(text)
        ends = [*range(self._looked_at + _STEP, len(words) + 1, _STEP), *([len(words)] if whole else [])]
        for end in ends:
            self._looked_at = end
            window = words[max(0, end - _WINDOW) : end]
            if end >= _FEWEST and _repetition(window) >= _REPEATED:
                return "repeats itself"
            if not self._frame.isdisjoint(_runs(window, _COPIED)):
                return "copies what it was told"
        return ""


class UnusableReply(ModelError):
    """A model's reply is no answer that a reader could use."""


class LLMReader:
    """Answers from passages with a language model; `name` is the spec that names it.

    `window` gives the model's context window in tokens when a prompt is made; by default it is what `llm` tells of it.
    The model gets neighbouring passages as one, of the article whose text `text_of` gives by its id. A `small` one,
    which one with a small model's name or context window always is, gets the shorter of the `prompts`.

    A citation is the model's claim: each sentence is checked against the words that it cites.
    """

    def __init__(
        self,
        llm: LLM,
        name: str,
        text_of: TextOf = no_text,
        limits: Limits | None = None,
        price: Price | None = None,
        *,
        small: bool = False,
        window: Callable[[], int] | None = None,
        prompts: Prompts | None = None,
    ) -> None:
        self._llm = llm
        self._name = name
        self._text_of = text_of
        self._limits = limits
        self._price = price
        self._small = small
        self._window = window or (lambda: llm.metadata.context_window)
        self._prompts = prompts

    @property
    def name(self) -> str:
        return self._name

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
        window = self._window()
        small = self._small or is_small(self._llm.metadata.model_name, window)
        prompt = build_prompt(
            question, passages, prompt_budget(window), self._text_of, small=small, prompts=self._prompts
        )
        citer = Citer(prompt.passages, question.text)
        draft: Draft = CheckedDraft(citer) if question.only_supported else PlainDraft()
        watch = ReplyWatch(prompt.frame)
        text = ""
        cut = False
        usage = None
        with closing(stream_chat(self._llm, prompt.messages, self._name, self._limits)) as pieces:
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
            raise UnusableReply(f"nothing that {self._name} wrote is in the articles")
        if cut:
            yield Notice(_CUT)
        if usage and self._price:
            usage = self._price.of(usage)
        yield Done(replace(answer, usage=usage))

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        """The question in its standalone form, by the model; "" where it gives none that can be trusted."""

        def stream(messages: Sequence[Message]) -> Generator[Piece, None, None]:
            return stream_chat(self._llm, messages, self._name, self._limits)

        return (yield from rewritten(stream, question, history))

    def _refuse_if(self, fault: str) -> None:
        if fault:
            raise UnusableReply(f"{self._name} {fault}")

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
            llm=self._name,
            dropped_citations=marked.dropped,
        )


def _says_nothing(answer: Answer) -> bool:
    """Whether it is no refusal, and nothing of it is supported. Of a good model one true reply in six is like that."""
    return answer.answerable and all(sentence.status == "unsupported" for sentence in answer.sentences)


def _repetition(words: list[str]) -> float:
    runs = list(_runs(words, _GRAM))
    return 1 - len(set(runs)) / len(runs)


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
