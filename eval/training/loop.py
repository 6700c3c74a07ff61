"""The training loop of both networks, which goes on where a stopped run left off, and its command's arguments."""

import argparse
import itertools
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor

from eval.training.encoder import Encoder, Model, learnt_weights

_CHECKPOINT = "checkpoint.pt"
_DECAY = 0.01
_LARGEST = 1.0  # norm of the gradient

Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. The rate rises over the first twentieth of the steps, then falls to nothing."""

    steps: int
    batch: int = 16  # questions, or pairs of the check
    rate: float = 2e-4
    seed: int = 1
    keep_every: int = 100


def arguments(description: str) -> argparse.ArgumentParser:
    """A parser with what both commands take."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--base", type=Path, required=True, help="the folder of ms-marco-MiniLM-L-12-v2 as int8 ONNX")
    parser.add_argument(
        "--output", type=Path, required=True, help="the folder for the checkpoint, the log and the model"
    )
    parser.add_argument("--start", type=Path, help="a run's model.pt, or a model.onnx, to learn on from")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--frozen", type=int, default=3, help="layers, from the words on, that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="of the processor (0: torch decides)")
    parser.add_argument("--keep-every", type=int, default=50, metavar="STEPS")
    return parser


def plan_of(options: argparse.Namespace) -> Plan:
    return Plan(options.steps, options.batch, options.rate, options.seed, options.keep_every)


def begun(model: Model, options: argparse.Namespace) -> Model:
    """The model with the weights to learn on from, and what stays as it is fixed."""
    if options.threads:
        torch.set_num_threads(options.threads)
    if options.start:
        model.load_state_dict(learnt_weights(options.start))
    model.freeze(options.frozen)
    return model


def train(
    model: Model,
    batches: Iterator[Batch],
    loss_of: Callable[[Model, Batch], Tensor],
    plan: Plan,
    folder: Path,
) -> None:
    """Train the model in place; a checkpoint, `log.jsonl` and at the end `model.pt` go to the folder.

    The batches are those of all steps from the first one on: what was done before is passed over. The words' vectors
    stay as they are: the data is too small to move more than those it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.words.weight.requires_grad_(False)
    learnt = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learnt, plan.rate, weight_decay=_DECAY, fused=True)
    done = _restored(model, optimizer, folder)
    rounds = itertools.islice(batches, done, plan.steps)
    began, losses = time.monotonic(), []
    _log(folder, {"from": done, **asdict(plan)})
    for step, batch in enumerate(rounds, done + 1):
        for one in optimizer.param_groups:
            one["lr"] = plan.rate * _share(step, plan.steps)
        loss = loss_of(model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learnt, _LARGEST)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if not math.isfinite(losses[-1]):
            raise SystemExit(f"step {step}: the loss is {losses[-1]}; try a lower --rate")
        if step % 10 == 0 or step == plan.steps:
            each = (time.monotonic() - began) / len(losses)
            _log(
                folder,
                {"step": step, "loss": round(sum(losses[-20:]) / len(losses[-20:]), 4), "seconds": round(each, 2)},
            )
        if step % plan.keep_every == 0 or step == plan.steps:
            _keep(model, optimizer, step, folder)
    if done + len(losses) < plan.steps:
        raise SystemExit(f"the data fills no batch of {plan.batch}; give more data, or a lower --batch")
    torch.save(model.state_dict(), folder / "model.pt")


def half_width(device: torch.device) -> torch.autocast:
    """Multiply by bfloat16 within, where the device has instructions for it.

    A processor without them takes nearly three times as long by it as by fp32, one with them half as long.
    """
    able = device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    return torch.autocast(device.type, torch.bfloat16, enabled=able)


def _share(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return min(step / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def _restored(model: Encoder, optimizer: torch.optim.Optimizer, folder: Path) -> int:
    """The steps that were done before, with the model and the optimizer as they were then."""
    file = folder / _CHECKPOINT
    if not file.exists():
        return 0
    kept = torch.load(file, map_location=model.words.weight.device, weights_only=True)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def _keep(model: Encoder, optimizer: torch.optim.Optimizer, step: int, folder: Path) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, folder / f"{_CHECKPOINT}.new")
    (folder / f"{_CHECKPOINT}.new").replace(folder / _CHECKPOINT)  # whole, or the one before


def _log(folder: Path, row: dict[str, Any]) -> None:
    line = json.dumps(row)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as out:
        out.write(line + "\n")
