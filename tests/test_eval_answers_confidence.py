"""Risk over coverage, and calibration, of confidences made by hand."""

from collections.abc import Sequence

import pytest

from eval.answers.answer_result import AnswerResult
from eval.answers.confidence import calibration_of, curve_of


def results(*judged: tuple[float | None, bool]) -> list[AnswerResult]:
    return [
        AnswerResult(
            id=str(number),
            question="Who?",
            as_of=None,
            answerable=True,
            slices=(),
            confidence=confidence,
            contained=right,
        )
        for number, (confidence, right) in enumerate(judged)
    ]


@pytest.mark.parametrize(
    ("judged", "aurc"),
    [
        ([(0.9, True)], 0),
        ([(0.9, False)], 1),
        ([(0.9, True), (0.1, False)], (0 + 1 / 2) / 2),
        ([(0.1, True), (0.9, False)], (1 + 1 / 2) / 2),
        ([(0.5, True), (0.5, False)], (1 / 2 + 1 / 2) / 2),  # the mean of both orders
        ([(0.5, False), (0.5, True)], (1 / 2 + 1 / 2) / 2),
        ([(0.9, True), (0.5, True), (0.5, False)], (0 + 1 / 4 + 1 / 3) / 3),
        ([(0.9, True), (None, False)], 0),  # without a confidence there is no place for it
    ],
)
def test_the_area(judged: Sequence[tuple[float | None, bool]], aurc: float) -> None:
    curve = curve_of(results(*judged))
    assert curve is not None
    assert curve.aurc == pytest.approx(aurc)
    assert curve.low <= curve.aurc <= curve.high


def test_the_risk_at_each_tenth() -> None:
    curve = curve_of(results(*((1 - place / 20, place % 4 != 3) for place in range(20))))
    assert curve is not None
    wrong = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]  # of the surest 2, 4, 6 … 20; each fourth is wrong
    assert curve.risks == pytest.approx([count / (2 * tenth) for tenth, count in enumerate(wrong, 1)])


def test_calibration_in_ten_bins() -> None:
    judged = [(0.95 - bin_number / 10, number < 9 - bin_number) for bin_number in range(10) for number in range(10)]
    calibration = calibration_of(results(*judged))
    assert calibration is not None
    assert [one.right for one in calibration.bins] == pytest.approx([0.9 - place / 10 for place in range(10)])
    assert [one.questions for one in calibration.bins] == [10] * 10
    assert calibration.error == pytest.approx(0.05)  # each bin lies that far above its share


def test_the_order_of_questions_changes_nothing() -> None:
    judged = [(0.5, number % 3 == 0) for number in range(30)] + [(0.7, True)] * 5
    there, back = calibration_of(results(*judged)), calibration_of(results(*judged[::-1]))
    assert there is not None
    assert back is not None
    assert there.error == pytest.approx(back.error)
    assert there.bins == back.bins


def test_without_confidences_there_is_neither() -> None:
    assert curve_of(results((None, True))) is None
    assert calibration_of([]) is None
