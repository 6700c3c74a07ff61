"""The text of a web page's article, one line for each paragraph, heading, list entry and table row."""

import logging
from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.formats.page_facts import PageFacts
from index.formats.page_lines import MODEL, Floats, Known, PageLine, aligned, features, page_body, page_lines
from index.formats.readings import ends_sentence, letters, looks_like_html, plain_paragraphs, without_boilerplate

_PROSE = 80  # characters
_MOST_ELEMENTS = 20_000  # above, trafilatura may take minutes
_LONGEST = 1_000_000  # characters of a page whose lines are looked for in other texts
_LIKELY = 0.55
_MOST_BETWEEN = 12  # lines
_MOST_OF_THE_MAIN_TEXT = 0.4
_ON_THE_PAGE = 0.6
_MOST_OF_THE_TOLD_TEXT = 0.5
_SHORTEST_SENTENCE = 17  # characters


def article_text(tree: Any, facts: PageFacts) -> str:
    """The article's text, its paragraphs as lines; empty where the page has none. The tree is changed.

    A line is the article's where a linear model, fitted to pages whose text is known, finds it likelier than not.
    Where trafilatura finds much that is in no line, its text stands, and where the page's JSON-LD gives much more as
    the article, that does: then the text is in a script.
    """
    lines, known = lines_known(tree, facts)
    likely = likelihood(features(page_body(tree), lines, known)) if known.main else None
    return text_of(lines, known, likely)


def text_of(lines: Sequence[PageLine], known: Known, likely: Floats | None) -> str:
    """The text by each line's likelihood; where there is none, the sentences of the page."""
    if likely is None:
        chosen = [line.text for line in lines if _is_sentence(line)]
    else:
        kept = _filled(likely > _LIKELY, aligned(lines, known.main))
        chosen = [line.text for line, is_kept in zip(lines, kept, strict=True) if is_kept]
    text = _joined(chosen, known)
    main = letters(known.main)
    on_page = sum(len(line.letters) for line in lines if line.letters in main)
    if not text or on_page < _ON_THE_PAGE * len(main):
        text = _longer(text, [known.main], known, _MOST_OF_THE_MAIN_TEXT)
    return _longer(text, known.bodies, known, _MOST_OF_THE_TOLD_TEXT)


def _longer(text: str, parts: Sequence[str], known: Known, share: float) -> str:
    """The parts' text where the other is less than this share of it, and it has a sentence."""
    instead = _joined([line.strip() for part in parts for line in part.splitlines()], known)
    has_sentence = any(map(_ends_as_sentence, instead.splitlines()))
    return instead if len(text) < share * len(instead) and has_sentence else text


def _filled(likely: Sequence[bool] | NDArray[np.bool_], main: Sequence[bool]) -> list[bool]:
    """What is likely, and the few lines between that are all in the main text: a short list, a heading, a table's rows.

    Little tells those from a template's labels but that others take them for the article's.
    """
    kept = [bool(one) for one in likely]
    sure = [number for number, is_likely in enumerate(kept) if is_likely]
    for above, below in pairwise(sure):
        if below - above <= _MOST_BETWEEN and all(main[above + 1 : below]):
            kept[above:below] = [True] * (below - above)
    return kept


def lines_known(tree: Any, facts: PageFacts) -> tuple[list[PageLine], Known]:
    """The lines of a page, and what is known of its article: what its features are made of. The tree is changed."""
    lines = page_lines(page_body(tree))
    main = _main_text(tree) if sum(len(line.text) for line in lines) < _LONGEST else ""
    box = _dropped(lines, letters(main))
    if main and box is not None:
        main = _main_text(tree, box)
    bodies = tuple(plain_paragraphs(one) if looks_like_html(one) else one for one in facts.bodies)
    authors = facts.author.split(", ")
    return lines, Known(main, facts.title, _description(tree), authors, facts.outlet, bodies)


def likelihood(rows: Floats) -> Floats:
    """That each line, given by its features, is of the article: 0 to 1."""
    weights = np.array(list(MODEL["weights"].values()))
    made: Floats = 1 / (1 + np.exp(-np.clip(rows @ weights + MODEL["constant"], -50, 50)))
    return made


def _dropped(lines: Sequence[PageLine], main: str) -> Any:
    """The innermost element that holds an h1 and prose, where none of that prose is in the main text; else None."""
    heading = next((line.block for line in lines if line.block.tag == "h1"), None)
    prose = [line for line in lines if len(line.text) > _PROSE and line.in_links < 0.5 * len(line.text)]
    if heading is None or not prose:
        return None
    around = [(line, {line.block, *line.block.iterancestors()}) for line in prose]
    for box in heading.iterancestors():
        if inside := [line for line, boxes in around if box in boxes]:
            return None if any(line.letters in main for line in inside) else box
    return None


def _main_text(tree: Any, box: Any = None) -> str:
    """The text that trafilatura finds; empty where it finds none or the page is too large for it.

    Whatever is around `box`, and itself, is read without class and id, for which it may have been dropped.
    """
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return ""
    from lxml import etree  # type: ignore[import-untyped]

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported by us
    import trafilatura

    try:
        found = trafilatura.bare_extraction(_copied(tree, box), include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return getattr(found, "text", None) or ""


def _copied(tree: Any, box: Any) -> Any:
    copied = deepcopy(tree)
    if box is not None:
        same = copied.getroottree().find(box.getroottree().getelementpath(box))
        for element in [] if same is None else [same, *same.iterancestors()]:
            for name in ("class", "id", "role", "style", "hidden", "aria-hidden"):
                element.attrib.pop(name, None)
    return copied


def _description(tree: Any) -> str:
    """What the page's head says that the article is about; often its first paragraph."""
    for meta in tree.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in ("description", "og:description"):
            return meta.get("content") or ""
    return ""


def _is_sentence(line: PageLine) -> bool:
    return line.in_links < 0.5 * len(line.text) and _ends_as_sentence(line.text)


def _ends_as_sentence(line: str) -> bool:
    return len(line.strip()) >= _SHORTEST_SENTENCE and ends_sentence(line, ".!?…。؟։:")


def _joined(lines: Sequence[str], known: Known) -> str:
    """The lines as a text, without the title where it stands alone, and links to other articles."""
    title = letters(known.title)
    return without_boilerplate(
        "\n".join(line for line in lines if line and (not title or letters(line) != title))
    ).strip()
