"""The reader that asks a language model, and holds it to its citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.answer import CANNOT_ANSWER, Answer, nearest_articles
from assistant.assistant import Question, Turn
from assistant.citing import cite
from assistant.conversation.by_model import rewritten
from assistant.events import Done, Event, Notice, Token
from assistant.marks import MarkedSentence, parse_marks, visible_text
from assistant.models.http import Limits
from assistant.models.prices import Price
from assistant.models.streaming import Piece, stream_chat
from assistant.prompt import Message, build_prompt, is_small, prompt_budget
from assistant.prompts import Prompts
from index.neighbours import TextOf, merged, no_text
from index.search_result import Retrieved

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST_ANSWER = 20_000  # characters, thinking included; a small model can repeat itself for ever

_CUT = "The answer is cut short: the language model reached its limit of length."
_SAME = 0.75
_WORD = re.compile(r"\w+")


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

        Closing this iterator ends the model's work.

        Raises ModelError where the model or its server fails, also in mid-answer.
        """
        if not passages:
            yield Done(self._answer(question, passages, "", ()))
            return
        window = self._window()
        small = self._small or is_small(self._llm.metadata.model_name, window)
        prompt = build_prompt(
            question, passages, prompt_budget(window), self._text_of, small=small, prompts=self._prompts
        )
        text = shown = ""
        cut = False
        usage = None
        with closing(stream_chat(self._llm, prompt.messages, self._name, self._limits)) as pieces:
            for piece in pieces:
                text += piece.text
                visible = visible_text(text)
                yield Token(visible[len(shown) :] if visible.startswith(shown) else "")
                shown = visible
                usage = piece.usage or usage
                cut = cut or piece.cut or len(text) > LONGEST_ANSWER
                if len(text) > LONGEST_ANSWER:
                    break
        if cut:
            yield Notice(_CUT)
        if usage and self._price:
            usage = self._price.of(usage)
        yield Done(replace(self._answer(question, passages, text, prompt.passages), usage=usage))

    def standalone(self, question: str, history: Sequence[Turn]) -> Generator[None, None, str]:
        """The question in its standalone form, by the model; "" where it gives none that can be trusted."""

        def stream(messages: Sequence[Message]) -> Generator[Piece, None, None]:
            return stream_chat(self._llm, messages, self._name, self._limits)

        return (yield from rewritten(stream, question, history))

    def _answer(self, question: Question, found: Sequence[Retrieved], text: str, read: Sequence[Retrieved]) -> Answer:
        """The answer in a model's text, whose marks number the passages that it `read`."""
        marked = parse_marks(text, len(read))
        said = _without_refusals(marked.sentences)
        return Answer(
            question=question.text,
            as_of=question.as_of,
            answerable=bool(said),
            sentences=cite(said, read),
            nearest=() if said else nearest_articles(merged(found, self._text_of)),
            llm=self._name,
            dropped_citations=marked.dropped,
        )


def _without_refusals(sentences: Sequence[MarkedSentence]) -> list[MarkedSentence]:
    """The sentences that answer. None, where the first is a refusal, or there is one and nothing is cited."""
    refusals = [_is_refusal(sentence.text) for sentence in sentences]
    said = [sentence for sentence, refusal in zip(sentences, refusals, strict=True) if not refusal]
    if any(refusals) and (refusals[0] or not any(sentence.numbers for sentence in said)):
        return []
    return said


def _is_refusal(sentence: str) -> bool:
    """Whether a sentence is CANNOT_ANSWER, or nearly: a small model does not copy it to the letter."""
    said, refusal = (_WORD.findall(text.casefold()) for text in (sentence, CANNOT_ANSWER))
    if "".join(said) in ("cannotanswer", "cannot_answer"):
        return True
    return "not" in said and SequenceMatcher(None, said, refusal, autojunk=False).ratio() >= _SAME
