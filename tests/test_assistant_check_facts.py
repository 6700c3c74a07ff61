"""The facts of sentences: names, numbers and days, each in its place."""

from itertools import product

from assistant.check.sources import Source, read_source
from index.reading import read_file
from index.sample_articles import SAMPLE_FOLDER


def test_a_sentence_with_a_fact_in_the_place_of_another_may_tell_it() -> None:
    """Sentences that may not are never looked at for that fact."""
    articles = [read_file(file).article for file in sorted(SAMPLE_FOLDER.glob("*.md"))]
    sentences = [one for article in articles for one in read_source(Source(article.text, article.published)).sentences]
    facts = [fact for sentence in sentences for fact in sentence.facts]
    shared = passed_over = 0
    for fact, sentence in product(facts, sentences):
        shares = any(fact.shares_place(other) for other in sentence.facts)
        shared += shares
        passed_over += not sentence.may_tell(fact)
        assert sentence.may_tell(fact) or not shares
    assert shared > len(facts)
    assert passed_over > shared
