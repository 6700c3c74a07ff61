"""The prompt: its texts, from `prompts.toml` or the user's own file, and how many passages fit into it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from assistant.answer import CANNOT_ANSWER
from assistant.citations import without_marks
from assistant.conversation.turn import Turn
from assistant.injection import plain, quoted
from assistant.models.streaming import Message
from assistant.request import Question
from index.article import Article
from index.errors import SettingsError
from index.search.result import Retrieved, TextOf, merged, no_text
from index.text.passages import count_tokens

PROMPT_TOKENS = 4000  # of a whole prompt: more passages than are found do not come, and a slow model reads each token
HISTORY_TOKENS = 500
REPLY_TOKENS = 1024  # kept free for the reply
LONGEST_QUESTION = 2000  # characters
_OF_THE_MODEL = 0.85  # a model's own tokens are more than those that tiktoken counts, and its template has some too
_SMALL_WINDOW = 4096  # tokens; in less the short prompt leaves more room for passages
_SMALL_MODEL = 4.0  # billions of parameters
_PARAMETERS = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,2})?)\s?([bm])(?![a-z0-9])", re.IGNORECASE)
_LONGEST_FIELD = 200
_LONGEST_ANSWER = 1000
_LONGEST_PASSAGE = 8000  # characters
_SHIPPED = Path(__file__).with_name("prompts.toml")
_NEEDED = {"rules": ("cannot_answer",), "passage": ("n", "text"), "question": ("passages", "question")}
_FENCED = re.compile(r"<[^<>]+>.*\{text\}.*</[^<>]+>", re.DOTALL)
_LONGEST_TEXT = 20_000  # characters of one text

Cost = Callable[[Sequence[Retrieved]], int]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages, and the passages that they number from 1.

    `frame` is what a reply has no reason to repeat: the rules, and what stands around passages and question.
    """

    messages: tuple[Message, ...]
    passages: tuple[Retrieved, ...]
    frame: str = ""


@dataclass(frozen=True, slots=True)
class PromptTexts:
    """The rules, one passage and the question, with words in braces to be filled in."""

    rules: str
    passage: str
    question: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts for any model, and those for a small one."""

    standard: PromptTexts
    small: PromptTexts

    def of(self, small: bool) -> PromptTexts:
        return self.small if small else self.standard


def build_prompt(
    question: Question,
    passages: Sequence[Retrieved],
    budget: int = PROMPT_TOKENS,
    text_of: TextOf = no_text,
    *,
    small: bool = False,
    prompts: Prompts | None = None,
) -> Prompt:
    """The question with as many passages, best first, as fit `budget` tokens; the first is always there.

    Neighbours in one article, whose text `text_of` gives by its id, are one passage with one number. A `small` model
    gets the shorter of the `prompts`, which are the shipped ones by default.

    The rules are the only system message: text of articles stands in the user's message, so written that it can
    neither close its tags nor look like a turn of the chat, a model's control token or a citation.
    """
    texts = (prompts or shipped_prompts()).of(small)
    rules = filled(texts.rules, cannot_answer=CANNOT_ANSWER)
    asked = plain(question.text[:LONGEST_QUESTION])
    history = history_messages(question.history, min(HISTORY_TOKENS, budget // 4))

    def user(blocks: Sequence[str]) -> str:
        day = question.as_of.isoformat()
        return filled(texts.question, passages="\n\n".join(blocks), as_of=day, question=asked)

    used = sum(count_tokens([rules, user(()), *(message.content for message in history)]))
    chosen = packed(passages, budget - used, partial(_cost, texts), cache(text_of))
    messages = (Message("system", rules), *history, Message("user", user(_blocks(texts, chosen))))
    return Prompt(messages, tuple(chosen), _frame(texts, chosen))


def history_messages(turns: Sequence[Turn], budget: int = HISTORY_TOKENS) -> list[Message]:
    """The latest whole turns that fit, oldest first, without the marks of prompts that are gone."""
    kept: list[Message] = []
    for turn in reversed(turns):
        asked = plain(turn.question[:LONGEST_QUESTION]).strip()
        answered = plain(without_marks(turn.answer[:_LONGEST_ANSWER])).strip()
        if not asked or not answered:
            continue
        budget -= sum(count_tokens([asked, answered]))
        if budget < 0:
            break
        kept[:0] = [Message("user", asked), Message("assistant", answered)]
    return kept


def prompt_budget(context_window: int) -> int:
    """The tokens, as tiktoken counts them, that a prompt may have with a model of this context window."""
    reply = min(REPLY_TOKENS, context_window // 4)
    return min(PROMPT_TOKENS, int(_OF_THE_MODEL * (context_window - reply)))


def is_small(model: str, context_window: int) -> bool:
    """Whether a model is better served by the short prompt: up to 4 billion parameters by its name, or little room."""
    told = [float(number) / (1000 if unit in "mM" else 1) for number, unit in _PARAMETERS.findall(_apart(model))]
    return context_window < _SMALL_WINDOW or (bool(told) and max(told) <= _SMALL_MODEL)


def _apart(model: str) -> str:
    """A model's name with spaces between its parts: `qwen2.5:1.5b`, `SmolLM2-135M-Instruct-Q4_K_M.gguf`."""
    return re.sub(r"[-_:/]", " ", model)


def _frame(texts: PromptTexts, passages: Sequence[Retrieved]) -> str:
    bare = [
        replace(one, article=replace(one.article, title=""), passage=replace(one.passage, text="")) for one in passages
    ]
    around = filled(texts.question, passages="\n".join(_blocks(texts, bare)), as_of="", question="")
    return f"{filled(texts.rules, cannot_answer='')}\n{around}"


def _cost(texts: PromptTexts, passages: Sequence[Retrieved]) -> int:
    return sum(count_tokens(_blocks(texts, passages)))


def _blocks(texts: PromptTexts, passages: Sequence[Retrieved]) -> list[str]:
    return [_block(texts, n, found) for n, found in enumerate(passages, 1)]


def _block(texts: PromptTexts, n: int, found: Retrieved) -> str:
    article = found.article
    title = _field(article.title)
    return filled(
        texts.passage if title else re.sub(r"\{title\}\n?", "", texts.passage),
        n=n,
        outlet=_field(article.outlet).replace('"', "'") or "unknown",
        published=article.published.isoformat() if article.published else "unknown",
        title=title,
        text=quoted(found.passage.text[:_LONGEST_PASSAGE]),
    )


def _field(text: str) -> str:
    return " ".join(quoted(" ".join(text[:_LONGEST_FIELD].split())).split())


def packed(passages: Sequence[Retrieved], budget: int, cost: Cost, text_of: TextOf) -> list[Retrieved]:
    """The passages that fit together, best first, with neighbours in one article merged; the best is always there.

    One half of the budget is filled by rank alone. The other half first takes the newest article and, of each source
    that has none yet, the best passage: so the many passages of one article do not crowd these out. What is left over
    is filled by rank again. `cost` counts the tokens of passages.
    """
    chosen: set[int] = set()

    def together() -> list[Retrieved]:
        return merged([passages[at] for at in sorted(chosen)], text_of)

    def take(places: Iterable[int], room: int) -> None:
        for at in places:
            if at in chosen:
                continue
            chosen.add(at)
            if len(chosen) > 1 and cost(together()) > room:
                chosen.remove(at)

    take(range(len(passages)), budget // 2)
    take(_newest(passages), budget)
    take(_of_other_sources(passages, chosen), budget)
    take(range(len(passages)), budget)
    return together()


def _newest(passages: Sequence[Retrieved]) -> list[int]:
    """The place of the best passage of the newest article."""
    dated = [(one.article.published or date.min, -at) for at, one in enumerate(passages)]
    return [-max(dated)[1]] if dated else []


def _of_other_sources(passages: Sequence[Retrieved], chosen: set[int]) -> Iterator[int]:
    """The places, best first, of passages of a source that nothing chosen so far comes from, nor reprints."""
    for at, one in enumerate(passages):
        others = [passages[place] for place in chosen]
        reprints = {article.id for other in others for article in other.also_in}
        sources = {_source(other.article) for other in others}
        if _source(one.article) not in sources and one.article.id not in reprints:
            yield at


def _source(article: Article) -> str:
    return " ".join(article.outlet.casefold().split()) or article.id


@cache
def shipped_prompts() -> Prompts:
    """The texts that come with Byline."""
    tables = tomllib.loads(_SHIPPED.read_text("utf-8"))
    standard = PromptTexts(**_stripped(tables["standard"]))
    return Prompts(standard, replace(standard, **_stripped(tables["small"])))


def load_prompts(file: str) -> Prompts:
    """The texts of a file, and those that it does not give as they are shipped; "" is no file.

    Raises SettingsError, in one line, for a file that cannot be read or lacks what it must hold.
    """
    prompts = shipped_prompts()
    if not file:
        return prompts
    path = Path(file).expanduser() if file.startswith("~/") else Path(file)
    for name, texts in _tables(path).items():
        if name not in _names(Prompts):
            raise SettingsError(f"{path}: unknown table [{name}]; known are {_listed(_names(Prompts))}")
        prompts = replace(prompts, **{name: _changed(getattr(prompts, name), texts, f"{path}, [{name}]")})
    return prompts


def filled(text: str, /, **words: object) -> str:
    """The text with each {word} in its place; braces around anything else, and in what is filled in, stay."""
    return re.sub(rf"\{{({'|'.join(words)})\}}", lambda found: str(words[found.group(1)]), text)


def _tables(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"not valid TOML: {error}"
        raise SettingsError(f"{path}: the prompts cannot be read ({reason}); mend the file or the setting") from error


def _changed(texts: PromptTexts, changes: object, where: str) -> PromptTexts:
    if not isinstance(changes, dict):
        raise SettingsError(f"{where}: must be a table of texts, such as {_listed(_names(PromptTexts))}")
    for name, text in changes.items():
        if name not in _names(PromptTexts):
            raise SettingsError(f"{where}: unknown text {name!r}; known are {_listed(_names(PromptTexts))}")
        if not isinstance(text, str) or not 0 < len(text.strip()) <= _LONGEST_TEXT:
            raise SettingsError(f"{where}: {name} must be a text in quotes of at most {_LONGEST_TEXT} characters")
        missing = [f"{{{word}}}" for word in _NEEDED[name] if f"{{{word}}}" not in text]
        if missing:
            raise SettingsError(f"{where}: {name} lacks {_listed(missing)}; put it where it is to be filled in")
        if name == "passage" and not _FENCED.search(text):
            raise SettingsError(f"{where}: {name} must have {{text}} between tags, such as <passage>{{text}}</passage>")
    return replace(texts, **_stripped(changes))


def _stripped(texts: Mapping[str, str]) -> dict[str, Any]:
    return {name: text.strip() for name, text in texts.items()}


def _names(of: type[Prompts] | type[PromptTexts]) -> list[str]:
    return [field.name for field in fields(of)]


def _listed(words: list[str]) -> str:
    return ", ".join(words)
