"""The model by torch."""

import torch

from assistant.reader_model.model import ReaderModel
from assistant.reader_model.pairs import Batch
from assistant.reader_model.reading import Floats, Forward


def by_torch(model: ReaderModel) -> Forward:
    device = model.span.weight.device

    def forward(batch: Batch) -> tuple[Floats, Floats, Floats]:
        inputs = [torch.from_numpy(one).to(device) for one in (batch.ids, batch.types, batch.mask)]
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
            outputs = model(*inputs)
        start, end, relevance = (one.float().cpu().numpy() for one in outputs)
        return start, end, relevance

    return forward
