"""The training loop, which goes on where a stopped run left off."""

import itertools
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from eval.reader_training.groups import Source, batches
from eval.reader_training.loss import loss_of
from eval.reader_training.model import ReaderModel

_CHECKPOINT = "checkpoint.pt"
_DECAY = 0.01
_LARGEST = 1.0  # norm of the gradient


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. The rate rises over the first twentieth of the steps, then falls to nothing."""

    steps: int
    batch: int = 16  # questions
    rate: float = 2e-4
    wrong: int = 1
    seed: int = 1
    keep_every: int = 100
    watch_every: int = 200


def train(
    model: ReaderModel, source: Source, plan: Plan, folder: Path, watch: Callable[[ReaderModel], dict[str, Any]]
) -> None:
    """Train the model in place; a checkpoint and `log.jsonl` go to the folder. `watch` measures it now and then.

    The words' vectors stay as they are: the data is too small to move more than those it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.words.weight.requires_grad_(False)
    device = model.span.weight.device
    learnt = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learnt, plan.rate, weight_decay=_DECAY, fused=True)
    done = _restored(model, optimizer, folder)
    rounds = itertools.islice(batches(source, plan.batch, plan.seed), done, plan.steps)
    began, losses = time.monotonic(), []
    _log(folder, {"from": done, **asdict(plan)})
    for step, groups in enumerate(rounds, done + 1):
        for one in optimizer.param_groups:
            one["lr"] = plan.rate * _share(step, plan.steps)
        loss = loss_of(model, groups, device)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learnt, _LARGEST)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if not math.isfinite(losses[-1]):
            raise SystemExit(f"step {step}: the loss is {losses[-1]}; try a lower --rate")
        if step % 20 == 0 or step == plan.steps:
            each = (time.monotonic() - began) / len(losses)
            _log(
                folder,
                {"step": step, "loss": round(sum(losses[-20:]) / len(losses[-20:]), 4), "seconds": round(each, 2)},
            )
        if step % plan.keep_every == 0 or step == plan.steps:
            _keep(model, optimizer, step, folder)
        if step % plan.watch_every == 0 or step == plan.steps:
            _log(folder, {"step": step, **watch(model)})
    if done + len(losses) < plan.steps:
        raise SystemExit(f"the data fills no batch of {plan.batch} questions; give more data, or a lower --batch")
    _keep_model(model, folder)


def _share(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return min(step / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def _restored(model: ReaderModel, optimizer: torch.optim.Optimizer, folder: Path) -> int:
    """The steps that were done before, with the model and the optimizer as they were then."""
    file = folder / _CHECKPOINT
    if not file.exists():
        return 0
    kept = torch.load(file, map_location=model.span.weight.device, weights_only=True)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def _keep(model: ReaderModel, optimizer: torch.optim.Optimizer, step: int, folder: Path) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, folder / f"{_CHECKPOINT}.new")
    (folder / f"{_CHECKPOINT}.new").replace(folder / _CHECKPOINT)  # whole, or the one before


def _keep_model(model: ReaderModel, folder: Path) -> None:
    torch.save(model.state_dict(), folder / "model.pt")


def _log(folder: Path, row: dict[str, Any]) -> None:
    line = json.dumps(row)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as out:
        out.write(line + "\n")
