"""How well the check tells true sentences from false ones: `python -m eval.check_sentences DATA`.

DATA is news or SQuAD, as `eval.datasets` reads it. Sentences are made by rule: true ones by quoting, lightly rewording
or joining what articles say, false ones by a change of each kind or by citing another source. Flagged is what is not
"supported". Rules were fitted on articles with odd numbers only: `--half even` measures on the others.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.check.checking import check
from assistant.check.sources import Source
from eval.datasets import open_dataset
from eval.made_sentences import Made, made_sentences
from index.article import Article
from index.errors import BylineError
from index.reading import Reading

_HALVES = {"odd": slice(1, None, 2), "even": slice(0, None, 2), "all": slice(None)}


@dataclass(frozen=True, slots=True)
class Figure:
    """Of one kind of sentence, or of all true or false ones: how many, and the shares flagged and "partly"."""

    kind: str
    true: bool
    sentences: int
    flagged: float
    partly: float


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The figures, and milliseconds for a sentence: by the clock and, as `cpu_ms`, in the mean by the processor.

    A sentence is held against a passage that mostly was not read before, which takes the most of its time.
    """

    data: str
    half: str
    seed: int
    figures: tuple[Figure, ...]
    median_ms: float
    p95_ms: float
    cpu_ms: float


def measure(articles: Sequence[Article], data: str, half: str, seed: int, of_each: int) -> CheckReport:
    """Make sentences from half of the articles, check each, and count."""
    made = made_sentences(articles[_HALVES[half]], seed, of_each)
    check("A first one loads the model.", [Source("Nothing of the kind.")])
    statuses, taken = [], []
    cpu = time.process_time()
    for one in made:
        article = one.article
        source = Source(one.passage.text, article.published, article.title, article.outlet, article.author)
        began = time.perf_counter()
        statuses.append(check(one.text, [source]).status)
        taken.append(1000 * (time.perf_counter() - began))
    cpu = 1000 * (time.process_time() - cpu) / max(1, len(made))
    median, p95 = (statistics.median(taken), statistics.quantiles(taken, n=20)[-1]) if len(taken) > 1 else (0.0, 0.0)
    return CheckReport(data, half, seed, tuple(_figures(made, statuses)), median, p95, cpu)


def report_lines(report: CheckReport) -> Iterator[str]:
    yield f"{report.data}, {report.half} articles, seed {report.seed}"
    yield f"{'':32}{'sentences':>10}{'flagged':>9}{'partly':>9}"
    for one in report.figures:
        yield f"  {one.kind:30}{one.sentences:>10}{one.flagged:>9.3f}{one.partly:>9.3f}"
    times = f"median {report.median_ms:.1f}, p95 {report.p95_ms:.1f}; {report.cpu_ms:.1f} of the processor"
    yield f"milliseconds a sentence: {times}"


def _figures(made: Sequence[Made], statuses: Sequence[str]) -> Iterator[Figure]:
    for true in (True, False):
        of_it = [(one.kind, status) for one, status in zip(made, statuses, strict=True) if one.true == true]
        for kind in dict.fromkeys(kind for kind, _ in of_it):
            yield _figure(kind, true, [status for other, status in of_it if other == kind])
        yield _figure(f"all {'true' if true else 'false'}", true, [status for _, status in of_it])


def _figure(kind: str, true: bool, statuses: Sequence[str]) -> Figure:
    count = len(statuses) or 1
    flagged, partly = sum(status != "supported" for status in statuses), statuses.count("partly")
    return Figure(kind, true, len(statuses), flagged / count, partly / count)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.check_sentences", description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--of-each", type=int, default=110, metavar="N", help="false sentences of each kind (110)")
    parser.add_argument("--half", choices=list(_HALVES), default="all")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        data = open_dataset(options.data)
        articles = [reading.article for _, reading in data.readings() if isinstance(reading, Reading)]
    except BylineError as error:
        print(error, file=sys.stderr)
        return 1
    report = measure(articles, data.name, options.half, options.seed, options.of_each)
    print(json.dumps(asdict(report), indent=1) if options.json else "\n".join(report_lines(report)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
