"""The model by torch."""

from pathlib import Path

import torch

from eval.reader_training.model import ReaderModel
from index.reader_model.pairs import Batch
from index.reader_model.reading import Floats, Forward


def by_torch(model: ReaderModel) -> Forward:
    device = model.span.weight.device

    def forward(batch: Batch) -> tuple[Floats, Floats, Floats]:
        inputs = [torch.from_numpy(one).to(device) for one in (batch.ids, batch.types, batch.mask)]
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
            outputs = model(*inputs)
        start, end, relevance = (one.float().cpu().numpy() for one in outputs)
        return start, end, relevance

    return forward


def load_model(file: Path, device: str = "cpu") -> ReaderModel:
    """The model of `model.pt`, or of a `checkpoint.pt`. Exits with one line where there is none."""
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; train.py writes checkpoint.pt, and model.pt at its end")
    kept = torch.load(file, map_location="cpu", weights_only=True)
    model = ReaderModel()
    model.load_state_dict(kept.get("model", kept))
    model.to(device).eval()
    return model
