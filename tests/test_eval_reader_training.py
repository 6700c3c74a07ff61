"""The parts of the reader's training that need no torch: wrong passages, pairs and batches."""

import itertools

import numpy as np
import pytest

from eval.datasets.paragraphs import Asked, Paragraph
from eval.runs.judging import exact, f1
from eval.training.reader_questions import LENGTHS, RememberingCutter, Source, batches, hard_negatives
from index.embedders import STATIC_MODEL_FOLDER
from index.span_model.pairs import Batch, Pair, join, piece_span, stacked
from index.span_model.passage_reading import Logits, read

TOKENIZER = STATIC_MODEL_FOLDER / "tokenizer.json"
FERRY = "The ferry to Norrholm sank in March. Nobody was hurt. The captain, Ida Brandt, left last. "
NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
TRAIN = "The night train to Norrholm was late again. Its driver blamed the snow. Passengers slept at the station."


@pytest.fixture(scope="module")
def cutter() -> RememberingCutter:
    return RememberingCutter(TOKENIZER)


def paragraph(text: str, title: str = "", name: str = "page 1 paragraph 1") -> Paragraph:
    return Paragraph("squad2", title, text, False, name)


def asked(text: str, where: Paragraph, *answers: str, number: str = "1") -> Asked:
    return Asked(number, text, where, tuple((where.text.index(a), where.text.index(a) + len(a)) for a in answers))


def pair_of(cutter: RememberingCutter, question: str, text: str) -> Pair:
    return join(cutter.pieces(question), None, cutter.pieces(text), 256)


def holds(pair: Pair, pieces: list[int]) -> bool:
    return any(pair.ids[at : at + len(pieces)] == pieces for at in range(len(pair.ids)))


def test_wrong_passages_share_words_and_hold_no_answer() -> None:
    ferry = paragraph(FERRY)
    other = paragraph("Ida Brandt, captain of the ferry, spoke to reporters.", name="page 1 paragraph 2")
    train = paragraph(TRAIN, name="page 1 paragraph 3")
    apart = paragraph("Bakers want cheaper flour.", name="page 1 paragraph 4")
    questions = [asked("Who was captain of the ferry to Norrholm?", ferry, "Ida Brandt")]
    questions += [Asked(one.name, "?", one, ()) for one in (other, train, apart)]
    assert hard_negatives(questions, 5)[0] == [train]


def test_a_pair_marks_the_answers_pieces(cutter: RememberingCutter) -> None:
    own = cutter.pieces(FERRY)
    start = FERRY.index("Ida Brandt")
    span = piece_span(own, start, start + len("Ida Brandt"))
    assert span is not None
    assert FERRY[own.offsets[span[0]][0] : own.offsets[span[1]][1]] == "Ida Brandt"
    pair = join(cutter.pieces("Who left last?"), cutter.pieces("Ferry sinks"), own, 20)
    assert len(pair.ids) == 20
    assert pair.ids[pair.first : pair.last] == own.ids[: pair.last - pair.first]
    batch = stacked([pair])
    assert batch.types[0].tolist() == [0] * pair.second + [1] * (20 - pair.second)
    assert int(batch.text.sum()) == pair.last - pair.first


def test_training_groups_hold_one_marked_answer_and_come_again_with_the_same_seed(cutter: RememberingCutter) -> None:
    long = paragraph("Snow fell on the hills all day. " * 40 + FERRY + "Rain came later in the week. " * 40, "Ferries")
    train = paragraph(TRAIN, "Trains", "page 1 paragraph 2")
    questions = [asked(f"Who left the ferry at dusk, {word}?", long, "Ida Brandt", number=word) for word in NUMERALS]
    source = Source(questions, [[train]] * 8, cutter, 1, with_wrong=1.0)
    first, again = (list(itertools.islice(batches(source, 4, 7), 6)) for _ in range(2))
    assert first == again
    answer = cutter.pieces("Ida Brandt").ids
    for group in itertools.chain(*first):
        right, wrong = group
        assert right.start is not None
        assert right.end is not None
        assert right.ids[right.start : right.end + 1] == answer
        assert wrong.start is None
        assert not holds(wrong, answer)
        assert max(len(pair.ids) for pair in group) <= max(LENGTHS)


def test_a_question_with_something_exchanged_has_no_answer(cutter: RememberingCutter) -> None:
    where, other = paragraph(FERRY), paragraph(TRAIN, name="page 1 paragraph 2")
    questions = [asked("Who left last?", where, "Ida Brandt", number=str(n)) for n in range(8)]
    groups = list(
        itertools.chain(
            *itertools.islice(batches(Source(questions, [[other]] * 8, cutter, 1, with_wrong=1.0), 4, 7), 20)
        )
    )
    as_asked, exchanged = (cutter.pieces(text).ids for text in ("Who left last?", "Who left first?"))
    answered = {tuple(group[0].ids[1 : group[0].second - 1]): group[0].start is not None for group in groups}
    assert answered == {tuple(as_asked): True, tuple(exchanged): False}


def test_groups_of_news_come_to_each_batch(cutter: RememberingCutter) -> None:
    where, other = paragraph(FERRY), paragraph(TRAIN, name="page 1 paragraph 2")
    questions = [asked("Who left the boat?", where, "Ida Brandt", number=str(n)) for n in range(8)]
    news = [pair_of(cutter, "What is news?", "This is.")]
    source = Source(questions, [[other]] * 8, cutter, 1, news=lambda: itertools.repeat(news), of_news=2)
    for batch in itertools.islice(batches(source, 5, 7), 4):
        assert [group is news for group in batch] == [False] * 3 + [True] * 2


def test_batches_end_where_no_question_can_be_used(cutter: RememberingCutter) -> None:
    where, other = paragraph(FERRY), paragraph(TRAIN, name="page 1 paragraph 2")
    usable = asked("Who left the boat?", where, "Ida Brandt")
    assert list(batches(Source([usable], [[other]], cutter, 1), 4, 7)) == []  # too few for a batch
    assert list(batches(Source([], [], cutter, 1), 4, 7)) == []


def test_the_best_span_is_in_order_short_and_in_the_text(cutter: RememberingCutter) -> None:
    pair = pair_of(cutter, "Who left last?", FERRY)
    answer = FERRY.index("Ida Brandt")
    first, last = piece_span(cutter.pieces(FERRY), answer, answer + len("Ida Brandt")) or (0, 0)

    def forward(batch: Batch) -> Logits:
        start, end = np.zeros(batch.ids.shape, np.float32), np.zeros(batch.ids.shape, np.float32)
        start[0, 1] = end[0, 1] = 50  # in the question, so no candidate
        start[0, pair.first + first], end[0, pair.first + last] = 6, 4
        end[0, pair.first] = 5  # better, but before the start
        return start, end, np.array([1.5], np.float32)

    (got,) = read(forward, [pair], 1)
    best = got.best()
    assert best
    assert FERRY[best.start : best.end] == "Ida Brandt"
    assert best.logit == pytest.approx(5)
    assert got.relevance == pytest.approx(1.5)
    assert got.mass() > best.logit


def test_exact_match_and_f1_as_squad_has_them() -> None:
    assert exact("The Eiffel Tower!", ["eiffel tower"]) == 1
    assert exact("tower", ["eiffel tower"]) == 0
    assert f1("in the eiffel tower", ["nothing", "eiffel tower"]) == pytest.approx(0.8)
