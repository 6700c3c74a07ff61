"""A cutter that cuts each text once."""

from collections.abc import Sequence
from pathlib import Path

from index.span_model.pairs import Cutter, Pieces


class RememberingCutter(Cutter):
    def __init__(self, tokenizer: Path) -> None:
        super().__init__(tokenizer)
        self._known: dict[str, Pieces] = {}

    def pieces(self, text: str) -> Pieces:
        if text not in self._known:
            self.learn([text])
        return self._known[text]

    def learn(self, texts: Sequence[str]) -> None:
        """Cut many texts at once, which is quicker."""
        self._known.update(zip(texts, self.cut(texts), strict=True))
