"""The training loop, which goes on where a stopped run left off."""

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

from eval.reader_training.encoder import Encoder

_CHECKPOINT = "checkpoint.pt"
_DECAY = 0.01
_LARGEST = 1.0  # norm of the gradient

Model = TypeVar("Model", bound=Encoder)
Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. The rate rises over the first twentieth of the steps, then falls to nothing."""

    steps: int
    batch: int = 16  # questions, or pairs of the check
    rate: float = 2e-4
    wrong: int = 1
    seed: int = 1
    keep_every: int = 100
    watch_every: int = 200


def train(
    model: Model,
    batches: Iterator[Batch],
    loss_of: Callable[[Model, Batch], Tensor],
    plan: Plan,
    folder: Path,
    watch: Callable[[Model], dict[str, Any]] | None = None,
) -> None:
    """Train the model in place; a checkpoint and `log.jsonl` go to the folder. `watch` measures it now and then.

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
        if watch and (step % plan.watch_every == 0 or step == plan.steps):
            _log(folder, {"step": step, **watch(model)})
    if done + len(losses) < plan.steps:
        raise SystemExit(f"the data fills no batch of {plan.batch}; give more data, or a lower --batch")
    _keep_model(model, folder)


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


def _keep_model(model: Encoder, folder: Path) -> None:
    torch.save(model.state_dict(), folder / "model.pt")


def _log(folder: Path, row: dict[str, Any]) -> None:
    line = json.dumps(row)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as out:
        out.write(line + "\n")
