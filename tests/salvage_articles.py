"""A small collection of one affair, for the tests of plans: four outlets, two authors and a reprint."""

from datetime import date
from pathlib import Path

from assistant.assistant import Assistant
from assistant.extractive.quoting import QuotingReader
from index.article import Article, article_id
from index.collection import Collection
from index.formats.readings import Reading

AS_OF = date(2031, 3, 20)

_SUNK = (
    "The ferry Orla sank off Tarnmouth on Monday after it struck the old breakwater, the coast guard said.\n\n"
    "All 42 passengers were taken off by fishing boats. The coast guard blamed a broken beacon for the accident. "
    "The harbour office rejected the charge and said that its beacon had been lit all night.\n\n"
    "Nobody was hurt, and the ferry company promised to pay for what the passengers had lost on board."
)
_RAISED = (
    "A crane raised the ferry Orla from the sea bed on Thursday, eleven days after it had sunk off Tarnmouth.\n\n"
    "The salvage cost 3.4 million crowns, the ferry company said. It will be paid by the insurers."
)
_BAKERS = (
    "The bakers of Tarnmouth ended their strike on Friday after the mill lowered the price of flour.\n\n"
    'The head of their guild, Mira Dell, called the deal "a good day for bread".'
)
_ENQUIRY = (
    "Harbour master Jon Pike resigned on Wednesday because the enquiry found that the beacon had been dark.\n\n"
    "The enquiry into the loss of the ferry took two weeks. Pike said that he had trusted a faulty report."
)


def salvage(folder: Path) -> Assistant:
    """The assistant over the collection, which whoever opens it closes."""
    collection = Collection(folder)
    rows = [
        (_SUNK, "Ferry sinks off Tarnmouth", "Tarn Courier", "Ada Bloom", date(2031, 3, 3)),
        (_SUNK, "Ferry lost off Tarnmouth", "Coast Gazette", "", date(2031, 3, 4)),
        (_BAKERS, "Bakers end strike", "Northern Post", "Ada Bloom", date(2031, 3, 7)),
        (_RAISED, "Crane raises the Orla", "Tarn Courier", "Piet Moss", date(2031, 3, 14)),
        (_ENQUIRY, "Harbour master resigns over the ferry", "Sea Herald", "Ada Bloom", date(2031, 3, 18)),
    ]
    list(collection.add(map(_reading, rows)))
    return Assistant(collection, QuotingReader(collection))


def _reading(row: tuple[str, str, str, str, date]) -> Reading:
    text, title, outlet, author, published = row
    key = article_id(text, title=title, outlet=outlet, published=published)
    return Reading(Article(key, text, title, outlet, author, "", published), text)
