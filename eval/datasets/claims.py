"""Claims with the texts that bear them out or do not: what the check is measured on and learns from.

Two layouts of JSONL, plain or compressed, told apart by what a row has:

- `{text, claims: [{claim, supported, kind}]}`: claims about a text; `source`, the set's name, and `kind` where known
- `{task, source, responses: [{response, labels: [{start, end, label_type}]}]}`, as RAGTruth (Niu et al., 2024) has
  them: what models wrote about a text, with the characters marked that it does not bear out; each sentence is a claim
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.datasets.questions import Known, each_file, json_rows, set_of
from index.errors import SourceError
from index.text.passages import Span, told_sentences

Half = Literal["kept", "training", "all"]

_EXAMPLE = '{"text": "…", "claims": [{"claim": "…", "supported": true}]}'
_LAYOUTS = f"write the lines as {_EXAMPLE}, or as RAGTruth has them"
_PASSAGE = re.compile(r"(?:^|\n)passage \d+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and the texts that it is about. `source` is one for all claims about the same texts.

    `spans` are the characters of the claim that the texts do not bear out, None where that is not known; `kind` says
    how the claim came about or what is wrong with it.
    """

    set: str
    source: str
    texts: tuple[str, ...]
    text: str
    supported: bool
    kind: str = ""
    spans: tuple[Span, ...] | None = None


def read_claims(path: Path) -> Iterator[Claim]:
    """The claims of a file, or of each `.jsonl` or `.jsonl.gz` file of a folder, in order.

    Raises SourceError, with file and line, where there are none or a row is not as it should be.
    """
    yield from each_file(path, (".jsonl",), _of_file, "claims", _LAYOUTS)


def of_half(claims: Iterator[Claim], half: Half) -> Iterator[Claim]:
    return (one for one in claims if half == "all" or is_kept(one) == (half == "kept"))


# The halves

_KEPT = {"ragtruth_summary": 0.5, "ragtruth_qa": 0.5, "qags_cnndm": 1.0, "summeval": 1.0, "written": 1.0}
_KEPT_OF_OTHERS = 0.1


def is_kept(claim: Claim) -> bool:
    """Whether a claim is kept for measuring: by its source, so that all claims about one text are on one side."""
    return int(claim.source[:8], 16) < _KEPT.get(claim.set, _KEPT_OF_OTHERS) * 2**32


def learnt_from(claims: Sequence[Claim]) -> list[Claim]:
    """The claims to learn from: of the training half, about texts that no kept claim of any set is about.

    The same news stands in several sets, spelled otherwise or cut off: `Known` tells.
    """
    kept = {one.source: one.texts for one in claims if is_kept(one)}
    known = Known(text for texts in kept.values() for text in texts)
    apart: dict[str, bool] = {}
    for one in claims:
        if one.source not in apart and not is_kept(one):
            apart[one.source] = one.source not in kept and not known.has(one.texts)
    return [one for one in claims if not is_kept(one) and apart[one.source]]


# Rows


def _of_file(file: Path) -> Iterator[Claim]:
    return (claim for place, row in json_rows(file, _EXAMPLE) for claim in _claims(place, row))


def _claims(place: str, row: Mapping[str, Any]) -> Iterator[Claim]:
    if "responses" in row:
        yield from _marked(place, row)
        return
    text, claims = row.get("text"), row.get("claims")
    if not isinstance(text, str) or not text.strip():
        raise SourceError(f'{place}: no "text"; {_LAYOUTS}')
    if not isinstance(claims, list) or not claims:
        raise SourceError(f'{place}: "claims" must be a list of claims; {_LAYOUTS}')
    set_name = row.get("source") or set_of(place)
    for number, one in enumerate(claims, 1):
        is_good = isinstance(one, dict) and isinstance(one.get("claim"), str) and one["claim"].strip()
        if not is_good or not isinstance(one.get("supported"), bool):
            raise SourceError(f'{place}: claim {number} needs "claim", a text, and "supported", true or false')
        spans = () if one["supported"] else None
        yield Claim(
            str(set_name), _digest((text,)), (text,), one["claim"], one["supported"], str(one.get("kind") or ""), spans
        )


def _marked(place: str, row: Mapping[str, Any]) -> Iterator[Claim]:
    """The sentences of responses; one is borne out when no label touches it."""
    texts, set_name = _texts(place, row), f"ragtruth_{row.get('task', 'responses')}"
    source = _digest(texts)
    responses = row["responses"] if isinstance(row["responses"], list) else [row["responses"]]
    for response in responses:
        try:
            text = str(response["response"])
            labels = [(int(one["start"]), int(one["end"]), str(one["label_type"])) for one in response["labels"]]
        except (KeyError, TypeError, ValueError) as error:
            raise SourceError(f"{place}: a response is not as RAGTruth has them ({error!r})") from error
        for start, end in told_sentences(text):
            touching = [one for one in labels if one[0] < end and one[1] > start]
            kind = Counter(name for _, _, name in touching).most_common(1)[0][0] if touching else ""
            spans = tuple((max(0, first - start), min(end, last) - start) for first, last, _ in touching)
            yield Claim(set_name, source, texts, text[start:end], not touching, kind, spans)


def _texts(place: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    source = row.get("source")
    if isinstance(source, dict) and isinstance(source.get("passages"), str):
        return tuple(text.strip() for text in _PASSAGE.split(source["passages"]) if text.strip())
    if isinstance(source, str) and source.strip():
        return (source,)
    raise SourceError(f'{place}: "source" must be a text, or a question with passages; not {json.dumps(source)[:60]}')


def _digest(texts: Sequence[str]) -> str:
    """One for the same letters, however they are spaced, cased and punctuated."""
    letters = "".join(letter for text in texts for letter in text.casefold() if letter.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:16]
