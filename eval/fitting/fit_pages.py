"""Fit the weights by which a page's lines are told from what is around them: `python -m eval.fitting.fit_pages FILE…`.

Each FILE is of pages as `eval.pages_run` reads it. A line is the article's where it stands in the truth's `body`,
in order, or where most of its letters do, or is one of its `heads`; what is `optional` counts neither way. Of pages
with segments, a line counts that has one: of `with` as the article's, of `without` as not. A page with a body weighs
ten times as much as a segment, divided among its lines by their words, so that the loss is near to what recall and
precision average; of what is around an article no more than twice its length counts. The pages of the tests (`python -m
tests.pages > OWN`, then `--own OWN`) count a fifth of real ones; they have what pages write into an article's column.
Logistic regression with a ridge penalty on standardised features, by Newton's method.

Prints the figures of each half of the sites, fitted to the other, then fits to all and writes the weights.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from eval.pages_run import Page, PageRead, compare, figures_of, half_of, read_pages, segments, words_of
from index.errors import SourceError
from index.formats.html import parsed_page
from index.formats.page_facts import page_facts
from index.formats.page_lines import FEATURES, WEIGHTS_FILE, Floats, Known, PageLine, aligned, features, page_body
from index.formats.page_text import lines_known, text_of
from index.formats.readings import letters

_OF_A_PAGE = 10.0
_OF_AN_OWN_PAGE = 0.2
_MOST_AROUND = 2  # times the article's own words
_PENALTY = 20.0
_STEPS = 25
_PIECE = 12  # letters
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """A page's lines and their features; `right` says which are the article's and `weights` how much each counts."""

    page: Page
    lines: Sequence[PageLine]
    known: Known
    rows: Floats
    right: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """A weight for each feature, and a constant."""

    weights: Floats
    constant: float

    def likelihood(self, rows: Floats) -> Floats:
        made: Floats = 1 / (1 + np.exp(-np.clip(rows @ self.weights + self.constant, -50, 50)))
        return made


def fit(examples: Sequence[Example]) -> Model:
    """Logistic regression over the lines that count."""
    rows = np.vstack([one.rows for one in examples])
    right = np.concatenate([one.right for one in examples])
    counts = np.concatenate([one.weights for one in examples])
    rows, right, counts = rows[counts > 0], right[counts > 0], counts[counts > 0]
    means, spreads = rows.mean(axis=0), rows.std(axis=0)
    spreads[spreads == 0] = 1
    made = np.hstack([(rows - means) / spreads, np.ones((len(rows), 1))])
    penalty = np.diag([*[_PENALTY] * rows.shape[1], 0.0])
    weights = np.zeros(made.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(made @ weights, -50, 50)))
        slope = made.T @ (counts * (chances - right)) + penalty @ weights
        curve = (made * (counts * chances * (1 - chances))[:, None]).T @ made + penalty
        weights = weights - np.linalg.solve(curve + 1e-6 * np.eye(len(curve)), slope)
    return Model(weights[:-1] / spreads, float(weights[-1] - (weights[:-1] * means / spreads).sum()))


def example(page: Page) -> Example | None:
    """The lines of a page with what is known of each; None where the page cannot be read or its lines are not told."""
    try:
        _, tree = parsed_page(page.data, source=page.id)
    except SourceError:
        return None
    facts = page_facts(tree, url=page.url, today=date.today())
    lines, known = lines_known(tree, facts)
    rows = features(page_body(tree), lines, known)
    right, weights = _by_body(page, lines) if page.truth.get("body") else _by_segments(page, lines)
    return Example(page, [line._replace(block=None) for line in lines], known, rows, right, weights)


def lighter(one: Example) -> Example:
    """A page made by hand: it counts a fifth of a real one."""
    return replace(one, weights=_OF_AN_OWN_PAGE * one.weights)


def save(model: Model, file: Path) -> None:
    """Write the weights as `index/formats/page_lines.py` reads them."""
    weights = dict(zip(FEATURES, (round(float(one), 5) for one in model.weights), strict=True))
    known = {"constant": round(model.constant, 5), "weights": weights}
    file.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _by_body(page: Page, lines: Sequence[PageLine]) -> tuple[Floats, Floats]:
    body = [str(one) for one in page.truth["body"]]
    headings, optional = ({letters(str(one)) for one in page.truth.get(name) or []} for name in ("heads", "optional"))
    whole = letters("\n".join(body))
    inside = aligned(lines, whole)
    right, weights = np.zeros(len(lines)), np.zeros(len(lines))
    for number, line in enumerate(lines):
        right[number] = inside[number] or line.letters in headings or _is_mostly_in(line.letters, whole)
        if right[number] or line.letters not in optional:
            weights[number] = words_of([line.text]).total()
    length = max(1, words_of(body).total())
    around = weights[right == 0].sum()
    weights[right == 0] *= min(1.0, _MOST_AROUND * length / max(1.0, around))
    return right, _OF_A_PAGE * weights / length


def _is_mostly_in(said: str, whole: str) -> bool:
    pieces = [said[start : start + _PIECE] for start in range(0, len(said) - _PIECE, _PIECE // 2)]
    return len(said) > 2 * _PIECE and sum(piece in whole for piece in pieces) > _SHARE * len(pieces)


def _by_segments(page: Page, lines: Sequence[PageLine]) -> tuple[Floats, Floats]:
    right, weights = np.zeros(len(lines)), np.zeros(len(lines))
    for name, is_right in (("with", 1.0), ("without", 0.0)):
        for segment in segments(page, name):
            having = [number for number, line in enumerate(lines) if segment in line.text]
            for number in having:
                right[number] = is_right
                weights[number] += 1 / len(having)
    return right, weights


def _told(examples: Sequence[Example], model: Model) -> None:
    for kind in ("body", "with"):
        chosen = [one for one in examples if one.page.truth.get(kind)]
        texts = [text_of(one.lines, one.known, _chances(one, model)) for one in chosen]
        figures = figures_of([compare(one.page, PageRead(text)) for one, text in zip(chosen, texts, strict=True)])
        print(f"  {len(chosen)} pages: recall {figures['recall']}, precision {figures['precision']}, ", end="")
        print(f"segments {figures['segment_f1']}, lost {figures['lost']}")


def _chances(one: Example, model: Model) -> Floats | None:
    return model.likelihood(one.rows) if one.known.main else None


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of the lines of web pages.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--own", type=Path, help="pages made by hand: they are learnt from, but not tried")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    options = parser.parse_args(arguments)
    pages = [page for file in options.files for page in read_pages(file)]
    own_pages = read_pages(options.own) if options.own else []
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        examples = [one for one in pool.map(example, pages, chunksize=4) if one]
        own = [lighter(one) for one in pool.map(example, own_pages, chunksize=4) if one]
    for half in ("even", "odd"):
        model = fit([one for one in examples if half_of(one.page.source) != half] + own)
        print(f"{half} half, fitted to the other:")
        _told([one for one in examples if half_of(one.page.source) == half], model)
    model = fit(examples + own)
    print("all, fitted to all:")
    _told(examples, model)
    save(model, options.out)
    print(f"written to {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
