"""The web chat: a question box, answers with numbered citations, and the cited articles beside them."""

import os

# Gradio reads these when it is imported. Unless the first is off, pages report to its makers; unless the second
# is high, it sums up all earlier requests after each one, for a monitoring page that we do not serve.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"

import contextlib
import inspect
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, wraps
from itertools import islice
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.conversation.turn import Turn
from assistant.extractive.quoting import QuotingReader
from assistant.plans.examples import example_questions
from assistant.request import Request
from index.article import Article
from index.collection import Collection
from index.errors import ArticleNotFound, BylineError
from index.sample_articles import EXAMPLE_QUESTIONS
from ui import chat
from ui.api.gradio_api import offer_ask
from ui.api.worker_pool import MODELS_AT_ONCE
from ui.chat import answer_html, article_html
from ui.chat.answering import Answering, ReaderChoice
from ui.chat.page_state import Chip, Conversation, without
from ui.wording import model_labels

if TYPE_CHECKING:
    from assistant.readers import Readers

_EXAMPLES = 3
_HEADLINES = 8
_CHOICES = 300  # names in a menu; any other can be typed

Updates = dict[Any, Any]  # a Gradio component and its new value or properties


def build_chat(
    assistant: Assistant,
    *,
    sample: bool = False,
    examples: Sequence[str] | None = None,
    readers: "Readers | None" = None,
) -> gr.Blocks:
    """The chat page over one assistant.

    `sample` says that the collection is the one that comes with Byline. `examples` are questions to offer on the empty
    page; without them they are made of the newest articles, beside the first visit. `readers` are those that a menu
    offers beside the assistant's own; who made them closes them.
    """
    offered = _examples(assistant, sample) if examples is None else examples
    return _Chat(assistant, sample, offered, examples is None and not sample, readers).blocks


class _Chat:
    """The page's components, the events between them and what these do."""

    def __init__(
        self, assistant: Assistant, sample: bool, examples: Sequence[str], made: bool, readers: "Readers | None"
    ) -> None:
        self._assistant = assistant
        self._examples = examples
        self._makes_examples = made
        self._choice = ReaderChoice(assistant.reader, readers)
        self._answering = Answering(assistant, self._choice)
        self.blocks = gr.Blocks(title="Byline", analytics_enabled=False, fill_width=True)
        with self.blocks:
            self._conversation = gr.State(Conversation())
            with gr.Column(elem_id="page"):
                with gr.Row(elem_id="top"):
                    self._masthead = gr.HTML(self.masthead(), elem_id="masthead", apply_default_css=False)
                    self._new = gr.Button("New chat", elem_id="new-chat", size="sm")
                if sample:
                    gr.HTML(answer_html.sample_notice(), elem_id="sample-notice", apply_default_css=False)
                with gr.Row(elem_id="main"):
                    with gr.Column(elem_id="chat"):
                        self._lay_out_conversation()
                        self._lay_out_question()
                    with gr.Column(elem_id="side"):
                        self._lay_out_sources()
            self._wire()
            offer_ask(assistant)
        self.blocks.queue(default_concurrency_limit=MODELS_AT_ONCE, api_open=False)

    # The layout

    def _lay_out_conversation(self) -> None:
        with gr.Column(elem_id="conversation"):
            with gr.Column(elem_id="empty") as self._empty:
                self._welcome = gr.HTML(self.welcome(), apply_default_css=False)
                self._example_buttons = [gr.Button(text, elem_classes="example") for text in self._examples]
            # Always there, for what Gradio has not shown yet may be left out when two updates follow close.
            self._past = gr.HTML("", elem_id="past", apply_default_css=False)
            self._live = gr.HTML("", elem_id="live", apply_default_css=False)

    def _lay_out_question(self) -> None:
        with gr.Column(elem_id="asking"):
            with gr.Row(elem_id="question-row"):
                self._question = gr.Textbox(
                    label="Your question",
                    show_label=False,
                    container=False,
                    placeholder="Ask about the articles",
                    elem_id="question",
                    lines=1,
                    max_lines=6,
                    scale=1,
                )
                self._ask = gr.Button("Ask", elem_id="ask", variant="primary", scale=0)
                self._stop = gr.Button("Stop", elem_id="stop", visible=False, scale=0)
            with gr.Row(elem_id="choices"):
                self._options = _Options(self._assistant.collection)
                self._menu = _ModelMenu(self._choice)

    def _lay_out_sources(self) -> None:
        def open_article(request: Mapping[str, Any]) -> str:  # Gradio cannot mark a method as callable from the page
            return self.open_article(request)

        self._sources = gr.HTML(self.newest(), elem_id="sources", apply_default_css=False)
        self._reader = gr.HTML(
            article_html.PANE,
            elem_id="reader",
            apply_default_css=False,
            js_on_load=chat.script(),
            server_functions=[open_article],
        )

    def _wire(self) -> None:
        shown: list[Any] = [self._past, self._live, self._sources, self._empty, self._ask, self._stop]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        at_once: dict[str, Any] = {"queue": False, **quiet}
        opening = [self._masthead, self._welcome, self._sources, *self._options.menus, self._menu.component]
        self.blocks.load(self.open_page, self._conversation, opening, **at_once)
        if self._makes_examples and self._example_buttons:
            self.blocks.load(self.offer_examples, None, self._example_buttons, **at_once)
        # While an answer comes in, the question box is no output: the next question may be half written there.
        # "multiple", for Gradio takes an answer for unfinished until a moment after its end is seen.
        begin = self._drawn(self.begin)
        begun = [
            trigger(begin, [self._conversation, text], [*shown, self._question], **at_once)
            for trigger, text in [
                (self._question.submit, self._question),
                (self._ask.click, self._question),
                *((button.click, button) for button in self._example_buttons),
            ]
        ]
        filters = self._options.filters
        again = self._drawn(self.ask_again)
        begun.append(self._reader.select(again, [self._conversation, *filters], [*shown, *filters], **at_once))
        given = [self._conversation, self._menu.component, *self._options.inputs]
        # How many are answered at once stands in `Answering`: Gradio would count those by models with those quoted.
        streaming: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": None, **quiet}
        answer = self._drawn(self.answer)
        answering = [each.then(answer, given, shown, **streaming) for each in begun]
        for button, end in ((self._stop, Conversation.stop), (self._new, Conversation.clear)):
            ended = button.click(self._drawn(end), self._conversation, shown, cancels=answering, **at_once)
            # A picture of the answer that was under way may still be on its way here, and would stay.
            for settle in (_at_once, _a_second_later):
                ended = ended.then(self._drawn(settle), self._conversation, shown, **at_once)

    def _drawn(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """A handler of the conversation, for Gradio: after each step, and at the end, the page is drawn whole.

        Gradio empties every component that a handler has no value for, all of them where a generator ends at once. So
        no handler draws: what it returns, or yields, is no more than what else is to change.
        """

        def picture(conversation: Conversation, changes: Updates | None = None) -> Updates:
            return {**self._picture(conversation), **(changes or {})}

        @wraps(handler)  # Gradio looks at the signature
        def once(*given: Any) -> Updates:
            return picture(_conversation_in(given), handler(*given))

        @wraps(handler)
        def stepwise(*given: Any) -> Iterator[Updates]:
            conversation = _conversation_in(given)
            with contextlib.closing(handler(*given)) as steps:  # by Stop, too
                for changes in steps:
                    yield picture(conversation, changes)
            yield picture(conversation)

        return stepwise if inspect.isgeneratorfunction(handler) else once

    # What the events do

    def masthead(self) -> str:
        return _or_failure(lambda: answer_html.masthead(self._assistant.collection.status()))

    def welcome(self) -> str:
        return _or_failure(lambda: answer_html.welcome(self._assistant.collection.status()))

    def newest(self) -> str:
        return _or_failure(lambda: article_html.newest(_newest(self._assistant, _HEADLINES)))

    def open_page(self, conversation: Conversation) -> Updates:
        """The collection as it is now; the page was laid out when the chat was started."""
        return {
            self._masthead: self.masthead(),
            self._welcome: self.welcome(),
            self._sources: conversation.sources or self.newest(),
            **self._options.menus_now(),
            **self._menu.now(),
        }

    def offer_examples(self) -> Updates:
        """Questions that the articles answer, before those by their titles. Making them takes seconds, once."""
        collection, most = self._assistant.collection, len(self._example_buttons)
        made: tuple[str, ...] = ()
        with contextlib.suppress(BylineError):  # what is wrong shows where the collection is asked
            made = example_questions(collection, QuotingReader(collection), most)
        texts = [*made, *self._examples][:most]
        return {button: gr.update(value=text) for button, text in zip(self._example_buttons, texts, strict=True)}

    def begin(self, conversation: Conversation, question: str | None) -> Updates:
        """Take up a question and empty the box; one at a time."""
        text = (question or "").strip()
        if conversation.draft:
            return {self._question: question}
        if text:
            conversation.begin(text)
        return {self._question: ""}

    def ask_again(self, event: gr.SelectData, conversation: Conversation, *filters: Any) -> Updates | None:
        """The question of an earlier turn again, without the filter whose chip was clicked."""
        clicked = conversation.chip(str(event.value))
        if conversation.draft or clicked is None:
            return None
        request, chip = clicked
        conversation.begin(request.question, without(request, chip))
        return self._options.cleared(chip, *filters)

    def answer(self, conversation: Conversation, model: str | None, *options: Any) -> Iterator[None]:
        yield from self._answering.steps(conversation, model, self._options.reader(*options))

    def open_article(self, request: Mapping[str, Any]) -> str:
        """The HTML of an article, called from the page with what was clicked."""
        opening = article_html.Opening.from_json(request)
        try:
            return article_html.article(self._assistant.collection.article(opening.article_id), opening)
        except ArticleNotFound:
            return article_html.missing_article()
        except BylineError as error:
            return answer_html.failure(str(error))

    def _picture(self, conversation: Conversation) -> Updates:
        """All that is shown, every time: the browser may skip all but the last of updates in quick succession."""
        answering = conversation.draft is not None
        return {
            self._past: conversation.past,
            self._live: conversation.live,
            self._sources: conversation.sources or self.newest(),
            self._empty: gr.update(visible=not conversation.live),
            self._ask: gr.update(visible=not answering),
            self._stop: gr.update(visible=answering),
        }


class _Options:
    """The accordion under the question box: the day it is answered as on, and what days and names are looked at."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        with gr.Accordion("Options", open=False, elem_id="options"):
            with gr.Row(elem_id="days"):
                self._as_of = _day("As of", "as-of")
                self._since = _day("From", "since")
                self._until = _day("To", "until")
            with gr.Row(elem_id="names"):
                self._outlets = _names("Outlets", "outlets")
                self._authors = _names("Authors", "authors")

    @property
    def inputs(self) -> list[Any]:
        """The components whose values `read` takes."""
        return [self._as_of, self._since, self._until, self._outlets, self._authors]

    @property
    def filters(self) -> list[Any]:
        """Those of them that `cleared` changes, and takes the values of."""
        return self.inputs[1:]

    @property
    def menus(self) -> list[Any]:
        return [self._outlets, self._authors]

    def menus_now(self) -> dict[Any, Any]:
        """The outlets and authors that the collection has now."""
        try:
            outlets, authors = self._collection.outlets(_CHOICES), self._collection.authors(_CHOICES)
        except BylineError:
            return {}  # the masthead tells what is wrong
        menus = ((self._outlets, outlets), (self._authors, authors))
        return {menu: gr.update(choices=[one.name for one in counted]) for menu, counted in menus}

    @staticmethod
    def reader(
        as_of: str | None,
        since: str | None,
        until: str | None,
        outlets: Sequence[str] | None,
        authors: Sequence[str] | None,
    ) -> Callable[[str, Sequence[Turn]], Request]:
        """What makes a request of a question, with what was chosen. It raises FieldError."""
        return partial(Request.read, as_of=as_of, since=since, until=until, outlets=outlets, authors=authors)

    def cleared(self, chip: Chip, *values: Any) -> dict[Any, Any]:
        """The options without this filter, lest the next question has it again."""
        if chip.kind == "days":
            return {self._since: "", self._until: ""}
        menus = {"outlets": (self._outlets, values[2]), "authors": (self._authors, values[3])}
        if chip.kind not in menus:
            return {}
        menu, chosen = menus[chip.kind]
        return {menu: [name for name in chosen or () if name != chip.name]}


class _ModelMenu:
    """A menu over a choice of readers; unseen where there is only one."""

    def __init__(self, choice: ReaderChoice) -> None:
        self._choice = choice
        self.component = gr.Dropdown(
            label="Answers by",
            elem_id="model",
            container=False,
            filterable=False,
            min_width=0,
            value=choice.standing.name,
            **self._properties(),
        )

    def now(self) -> dict[Any, Any]:
        """The models that there are now."""
        return {self.component: gr.update(**self._properties())}

    def _properties(self) -> dict[str, Any]:
        try:
            specs = self._choice.specs()
        except BylineError:  # what is wrong shows where one is chosen
            specs = [self._choice.standing.name]
        return {"choices": list(zip(model_labels(specs), specs, strict=True)), "visible": len(specs) > 1}


def _at_once(conversation: Conversation) -> None:
    """Change nothing, so that the page is only drawn."""


def _a_second_later(conversation: Conversation) -> None:
    time.sleep(1)


def _conversation_in(given: Sequence[Any]) -> Conversation:
    """A handler's conversation, which stands behind the event, if it takes one."""
    return next(value for value in given if isinstance(value, Conversation))


def _examples(assistant: Assistant, sample: bool) -> list[str]:
    if sample:
        return list(EXAMPLE_QUESTIONS)
    return [f"What is “{article.heading}” about?" for article in _newest(assistant, _EXAMPLES) if article.title]


def _newest(assistant: Assistant, most: int) -> list[Article]:
    return list(islice(assistant.collection.catalogue.articles(), most))


def _or_failure(html: Callable[[], str]) -> str:
    try:
        return html()
    except BylineError as error:
        return answer_html.failure(str(error))


def _day(label: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder="YYYY-MM-DD", elem_id=elem_id, min_width=0, max_lines=1)


def _names(label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown(
        [], label=label, multiselect=True, allow_custom_value=True, elem_id=elem_id, elem_classes="names", min_width=0
    )
