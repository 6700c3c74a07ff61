"""An earlier turn of a conversation, as much of it as a follow-up question may lean on."""

from dataclasses import dataclass

from assistant.answer import Answer

REMEMBERED = 6  # turns of a conversation that a reader is told of: each costs a look at those before it


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and the text that answered it.

    `standalone` is the question as it was understood, where that differs. `articles` are the ids, and `titles` the
    titles, of the articles that the answer cites, in the order of their numbers.
    """

    question: str
    answer: str
    standalone: str = ""
    short_answer: str = ""
    articles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> "Turn":
        """The turn that ended with this answer. A refusal answers nothing that could be referred to."""
        cited = {citation.article.id: citation.article.title for citation in answer.citations}
        return cls(
            answer.question,
            answer.text,
            answer.standalone,
            answer.short_answer or "",
            tuple(cited),
            tuple(cited.values()),
        )

    @property
    def understood(self) -> str:
        """The question in its standalone form."""
        return self.standalone or self.question
