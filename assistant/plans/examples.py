"""Questions that can be asked of a collection, made of its articles and tried before they are shown."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest

from assistant.english.parsing import Sentence, Word, sentence_of
from assistant.plans.tools import Tools, returned
from assistant.request import Reader, Request
from index.article import Article
from index.collection import Collection
from index.english import lexicon
from index.text.passages import sentence_spans

_ARTICLES = 24  # newest ones that questions are made of
_OPENING, _SENTENCES = 2000, 3  # characters of an article, and sentences in them, that questions are made of
_TRIED = 12  # questions at most
_SAYING = lexicon("questions").words("say")
_LIKELY = 0.5  # chance that an answer holds what is asked for, from which the question is shown
_LONGEST = 12  # words of what somebody is asked about


def example_questions(collection: Collection, reader: Reader, n: int, as_of: date | None = None) -> tuple[str, ...]:
    """At most n questions that the collection's newest articles answer, each made of another one.

    They are made once for what the collection holds. Each is asked before it is given, by the reader, which a language
    model need not be: who wants none to be paid for gives the quoting reader.
    """
    day = as_of or date.today()
    key = (collection.name, collection.catalogue.revision, reader.name, n, day)
    if key not in _made:
        while len(_made) >= _KEPT:
            _made.pop(next(iter(_made)))
        _made[key] = _examples(collection, reader, n, day)
    return _made[key]


_KEPT = 16  # collections whose questions are kept
_made: dict[tuple[object, ...], tuple[str, ...]] = {}


def _examples(collection: Collection, reader: Reader, n: int, as_of: date) -> tuple[str, ...]:
    articles = (one for one in collection.articles() if one.published is None or one.published <= as_of)
    of_each = [list(questions_of(article, collection)) for article in islice(articles, _ARTICLES)]
    in_turn = (one for row in zip_longest(*of_each) for one in row if one)
    made = islice(dict.fromkeys(in_turn), _TRIED)
    return tuple(islice((one for one in made if _is_answered(one, collection, reader, as_of)), n))


def questions_of(article: Article, collection: Collection) -> Iterator[str]:
    """Questions that an article is likely to answer, made of its first sentences by their grammar."""
    text = collection.text_of(article.id)
    for start, end in sentence_spans(text[:_OPENING])[:_SENTENCES]:
        yield from _of_sentence(sentence_of(text[start:end]))


def _of_sentence(sentence: Sentence) -> Iterator[str]:
    """Questions of a main clause: what its subject said of what, or why it did what it did."""
    words = sentence.words
    for at, word in enumerate(words):
        subjects = sentence.children(at, "nsubj")
        if word.role != "ROOT" or not word.is_verb or not subjects:
            continue
        who = _phrase(sentence, subjects[0])
        objects = sentence.children(at, "dobj")
        if not who or not any(words[i].is_proper for i in sentence.subtree(subjects[0])):
            continue
        is_whole = not sentence.children(at, "xcomp", "ccomp", "oprd", "prt", "neg")
        if is_whole and objects and (what := _phrase(sentence, objects[0])):
            behind = [i for i in sentence.children(at, "prep", "dative") if i > objects[0]]
            where = _phrase(sentence, behind[0]) if behind else ""
            yield f"Why did {who} {word.lemma} {f'{what} {where}'.strip()}?"
        if word.lemma in _SAYING and bool(objects) != bool(sentence.children(at, "ccomp")):  # not: told somebody that
            yield f"What did {who} {word.lemma}?"
        told = [i for i in sentence.children(at, "prep", "ccomp") if words[i].low in ("on", "about", "over")]
        if told and (what := _phrase(sentence, told[0])):
            yield f"What does {who} say {what}?"


def _phrase(sentence: Sentence, at: int) -> str:
    """The words of a phrase as they stand, as a question may have them; "" where it is long, or has a clause in it."""
    places = sorted(sentence.subtree(at))
    words: Sequence[Word] = [sentence.words[i] for i in places]
    if len(words) > _LONGEST or any(word.is_verb or word.divides or word.tag == "PRP" for word in words):
        return ""
    return sentence.written(places[0], places[-1] + 1)


def _is_answered(question: str, collection: Collection, reader: Reader, as_of: date) -> bool:
    """Whether the reader answers it, and not with what it only thinks likely."""
    asking = Tools(collection, reader, Request(question, as_of=as_of)).answer(question)
    answer = returned(asking)
    return answer.answerable and (answer.confidence is None or answer.confidence >= _LIKELY)
