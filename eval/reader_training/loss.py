"""What training makes small."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from eval.reader_training.groups import Group
from eval.reader_training.loop import half_width
from eval.reader_training.model import ReaderModel
from index.span_model.pairs import Pair, stacked

ALONE, JUDGED, ORDERED = 0.5, 0.5, 1.0  # weights; the spans of a question's passages together weigh 1
_NEVER = -1e4
_AT_ONCE = 12  # pairs of like length that go through the network together


def loss_of(model: ReaderModel, groups: Sequence[Group], device: torch.device, at_once: int = _AT_ONCE) -> Tensor:
    """The mean over the questions of four losses:

    - the span among those of all passages of the question and "no answer" (shared normalisation: Clark and Gardner,
      "Simple and Effective Multi-Paragraph Reading Comprehension", 2018)
    - the same for each passage alone
    - whether each passage answers (binary cross-entropy)
    - which of the question's passages answers (softmax)
    """
    pairs = [pair for group in groups for pair in group]
    owners = [number for number, group in enumerate(groups) for _ in group]
    order = np.argsort([len(pair.ids) for pair in pairs], kind="stable").tolist()
    parts = [
        _scores(model, [pairs[place] for place in order[at : at + at_once]], device)
        for at in range(0, len(order), at_once)
    ]
    every = torch.cat(parts, dim=1)  # the rows of `_scores`, in order of length
    right = torch.tensor([pairs[place].start is not None for place in order], device=device)
    owner = torch.tensor([owners[place] for place in order], device=device)
    member = functional.one_hot(owner, len(groups)).T.to(torch.bool)  # (questions, pairs)
    answered = (member & right).any(1)
    spans = torch.zeros((), device=device)
    for mass, gold in ((every[0], every[1]), (every[2], every[3])):
        spans = spans + _together(mass, gold, member).mean() / 2
        spans = spans + ALONE * (functional.softplus(mass) - gold).mean() / 2
    relevance = every[4]
    judged = functional.binary_cross_entropy_with_logits(relevance, right.to(relevance.dtype))
    among = torch.where(member, relevance, _NEVER)
    ordered = among.logsumexp(1) - torch.where(member & right, relevance, 0.0).sum(1)
    return spans + JUDGED * judged + ORDERED * (ordered * answered).sum() / len(groups)


def _together(mass: Tensor, gold: Tensor, member: Tensor) -> Tensor:
    """For each question: the negative log of the right place's share; "no answer" has the logit 0."""
    return functional.softplus(torch.where(member, mass, _NEVER).logsumexp(1)) - torch.where(member, gold, 0.0).sum(1)


def _scores(model: ReaderModel, pairs: Sequence[Pair], device: torch.device) -> Tensor:
    """Shape (5, pairs): log-sum-exp and right logit (0 without answer) of the starts, of the ends, and relevance."""
    batch = stacked(pairs)
    ids, types, mask, text = (
        torch.from_numpy(one).to(device) for one in (batch.ids, batch.types, batch.mask, batch.text)
    )
    with half_width(device):
        start, end, relevance = model(ids, types, mask)
    rows = []
    for logits, places in ((start.float(), [p.start for p in pairs]), (end.float(), [p.end for p in pairs])):
        known = torch.tensor([place is not None for place in places], device=device)
        place = torch.tensor([place or 0 for place in places], device=device)
        gold = logits.gather(1, place[:, None]).squeeze(1)
        rows += [torch.where(text, logits, _NEVER).logsumexp(1), torch.where(known, gold, 0.0)]
    return torch.stack([*rows, relevance.float()])
