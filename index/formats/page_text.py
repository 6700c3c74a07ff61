"""The text of a web page's article, one line for each paragraph, heading and list entry."""

import logging
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from index.formats.page_metadata import BESIDE, PageFacts, is_date_line, one_line
from index.furniture import without_furniture

MOST_ELEMENTS_READ_CLOSELY = 20_000  # above, trafilatura may take minutes

_BLOCKS = frozenset(
    "p div center h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr section article main header body html "
    "form tbody thead tfoot fieldset details summary".split()
)
_DROPPED = (
    "script style noscript template nav aside footer form button select textarea input iframe object embed video audio "
    "figure figcaption svg canvas dialog menu amp-ad amp-sidebar amp-consent amp-embed amp-user-notification amp-video "
    "amp-img amp-carousel amp-youtube amp-social-share amp-iframe amp-analytics amp-next-page"
).split()
_BOX = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletters?|subscri\w*|sign-?up|social-?(?:share|links|media|bar)|shar(?:e|ing)\w*"
    r"|adverts?|advertis\w*|ads?|ad-?(?:slot|unit|box|container|wrapper)|sponsored|breadcrumbs?|nav(?:igation|bar)?|captions?"
    r"|wp-caption-text|(?:photo|image|picture)-?(?:credit|source|caption)|credits?|(?:video-?)?player|media-?player|"
    r"most-?read|popup|modal|overlay|banner|pagination|pager|tags?|tag-?list|skip(?:-?link)?|author-?(?:bio|box)|print-?only|"
    r"byline|dateline|meta-?data|post-?meta|entry-?meta|article-?meta|timestamp|masthead|site-?(?:header|footer)|copyright"
    r"|toolbar|paywall-?(?:prompt|box|message|offer)|donat\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_OF_THE_PAGE = 0.4

# Lines that templates write into the article's own column, in the languages that news pages come in.
_FURNITURE_LINE = re.compile(
    r"\s*(?:"
    + "|".join(
        [
            # players, pictures
            r"(?:this|the)\s+video\s+(?:can\s?not|is\s+not|isn['’]t)\s+.{0,60}|to\s+play\s+this\s+video\b.{0,120}",
            r"(?:your\s+)?(?:browser|device)\s+(?:does|is)\s+not\s+support.{0,80}|video\s+player\s+is\s+loading.{0,40}",
            r"media\s+(?:playback|caption|player)\b.{0,120}|(?:please\s+)?enable\s+javascript.{0,80}",
            r"(?:image|photo|picture|video)\s+(?:source|caption|credit)\b.{0,150}",
            r"(?:photo(?:graph)?|picture|image|credit|fotos?|bild|crédit|fotoğraf|illustration)\s*(?:by\b|[:：/©]).{0,120}",
            # cookies, newsletters, paywalls, advertisements
            r"(?:we|this\s+(?:web)?site)\s+uses?\s+cookies\b.{0,300}|(?:accept|reject|manage)\s+(?:all|cookies).{0,40}",
            r"(?:wir|nous|diese\s+(?:web)?seite)\s+(?:verwende[nt]|utilisons)\s.{0,20}cookies.{0,200}",
            r"utilizamos\s+cookies.{0,200}|get\s+(?:the|our)\s.{0,60}newsletter.{0,80}|.{0,60}\bin\s+your\s+inbox[.!]?",
            r"sign\s+up\s+(?:to|for|now|here)\b.{0,160}|subscribe\s+(?:to\s+our|now|here|for\s+(?:free|full))\b.{0,160}",
            r"(?:to\s+(?:continue|keep)\s+reading|already\s+a\s+subscriber|subscribers\s+only)\b.{0,160}",
            r"advertisement|advert|anzeige|werbung|publicité|publicidad|reklam|إعلان|реклама|story\s+continues\s+below.{0,40}",
            # links to other pages, buttons
            r"(?:weiterlesen|mehr\s+zum\s+thema|lesen\s+sie\s+auch|à\s+lire\s+aussi|lire\s+(?:aussi|la\s+suite)|leer\s+más"
            r"|lea\s+también|devamını\s+oku|ilgili\s+haberler|اقرأ\s+أيضا[ً]?|اقرأ\s+المزيد|continue\s+reading|keep\s+reading"
            r"|read\s+(?:more|also|the\s+full\s+story)|more\s+(?:stories|news))(?:\s*[:：»→…].{0,150})?\s*[.…»→]*",
            r"share(?:\s+(?:on|via|this)\b.{0,40})?|tweet|copy\s+link|print|e-?mail|facebook|twitter|whatsapp|x",
            r"teilen|partager|compartir|paylaş|(?:follow\s+us|click\s+here)\b.{0,100}",
            r"(?:previous|next)(?:\s+page)?|page\s+\d+(?:\s+of\s+\d+)?|back\s+to\s+top|skip\s+to\s+.{0,30}|most\s+read",
            # about the page
            r"(?:©|\(c\)|copyright)\s.{0,150}|.{0,60}all\s+rights\s+reserved\.?|(?:topics|tags)\s*:.{0,100}",
            r"\d+\s+(?:min(?:ute)?s?\s+read|comments?|shares?)|(?:last\s+)?updated\s*(?:on|at|:)?\s.{0,10}\d.{0,40}",
            r"filed\s+under\b.{0,60}|loading\s*…?",
        ]
    )
    + r")\s*",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[^\S\n]+")


def article_text(tree: Any, facts: PageFacts) -> str:
    """The article's text, its paragraphs as lines; empty where the page has none. The tree is changed."""
    body = tree.find("body")
    if body is None:
        body = tree
    _remove_boxes(body)
    _open_layout_tables(body)
    lines = list(_lines(body))
    headings = {one_line(heading.text_content()) for heading in body.iter("h2", "h3", "h4")}
    text = _clean(_chosen(lines, headings, _main_text(tree)), facts) or _clean(filter(_is_prose, lines), facts)
    told = _clean([line for body in facts.bodies for line in _plain(body).splitlines()], facts)
    return told if len(text) < 0.5 * len(told) else text


def _chosen(lines: list[str], headings: set[str], main: str) -> list[str]:
    """The lines of the page that are in its main text, and sentences and headings between those.

    trafilatura knows where the article is, but at times gives it as one paragraph, or leaves a sentence out.
    """
    main = _condensed(main)
    inside = [bool(c := _condensed(line)) and c in main for line in lines]
    if True not in inside:
        return []
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    chosen = [inside[i] or _is_prose(line) for i, line in enumerate(lines)]
    return [lines[i] for i in range(first, last) if chosen[i] or (lines[i] in headings and chosen[i + 1])]


def _condensed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _is_prose(line: str) -> bool:
    return len(line) > 25 and re.search(r"[.!?…。؟:][\"'”’»)\]]*\Z", line) is not None


def _main_text(tree: Any) -> str:
    """The text that trafilatura finds; empty where it finds none or the page is too large for it."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS_READ_CLOSELY:
        return ""
    from lxml import etree  # type: ignore[import-untyped]

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported by us
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, with_metadata=False, favor_recall=True
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else "".join(body.itertext())


def _clean(lines: Iterable[str], facts: PageFacts) -> str:
    kept = []
    names = {name.casefold() for name in [facts.title, facts.author, facts.outlet, "by " + facts.author] if name}
    for number, line in enumerate(without_furniture("\n".join(lines)).splitlines()):
        said = line.strip()
        if not said or _FURNITURE_LINE.fullmatch(said) or said.casefold() in names:
            continue
        if number < 8 and (is_date_line(said) or _is_byline(said, facts.author)):
            continue
        kept.append(said)
    return "\n".join(kept)


def _is_byline(line: str, author: str) -> bool:
    return (
        bool(author)
        and len(line) < len(author) + 60
        and line.lower().startswith("by ")
        and author.split(",")[0] in line
    )


def _remove_boxes(body: Any) -> None:
    """Takes out what stands beside the article, unless most of the page's text is in it."""
    most = _MOST_OF_THE_PAGE * max(1, len(_prose(body)))
    dropped = frozenset(_DROPPED)
    doomed = []
    for element in body.iterdescendants():
        if not isinstance(element.tag, str) or element.tag in ("article", "main", "h1"):
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if element.tag in dropped or (len(marks) > 2 and (BESIDE.search(marks) or _BOX.search(marks))):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None and (
            element.tag in ("script", "style", "template") or len(_prose(element)) < most
        ):
            element.drop_tree()


def _prose(element: Any) -> str:
    """The text of an element that is not script, style or link."""
    return "".join(
        element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::a or ancestor::template)]")
    )


def _open_layout_tables(body: Any) -> None:
    """Turns a table that lays out a page into plain blocks: trafilatura would read its cells as data."""
    for table in list(body.iter("table")):
        cells = [len(one_line(cell.text_content())) for cell in table.iter("td")]
        if max(cells, default=0) > 300 or table.find(".//p") is not None or table.find(".//table") is not None:
            for element in table.iter("table", "tbody", "tr", "td", "th", "thead", "center"):
                element.tag = "div"


def _lines(root: Any) -> Iterator[str]:
    """The lines of a tree, by its blocks and line breaks; an element's text is walked once, whatever its depth."""
    pieces: list[str] = []
    todo: list[tuple[Any, bool]] = [(root, True)]
    while todo:
        element, entering = todo.pop()
        if not entering:
            pieces.append(("\n" if element.tag in _BLOCKS else "") + (element.tail or "").replace("\n", " "))
            continue
        if not isinstance(element.tag, str):
            pieces.append(element.tail or "")
            continue
        pieces.append(_opening(element) + (element.text or "").replace("\n", " "))
        todo.append((element, False))
        todo += [(child, True) for child in reversed(element)]
    for line in "".join(pieces).split("\n"):
        if said := _SPACE.sub(" ", line).strip(" |"):
            yield said


def _opening(element: Any) -> str:
    if element.tag in ("td", "th"):  # of a table of data: those that lay out a page are blocks by now
        return " | " if element.getprevious() is not None else ""
    return "\n" if element.tag in _BLOCKS or element.tag == "br" else ""


def _plain(body: str) -> str:
    """A JSON-LD text without the tags that some outlets leave in it."""
    text = re.sub(r"<(?:br|/p|p|/div|/h\d|/li)\b[^<>]{0,300}>", "\n", body, flags=re.IGNORECASE)
    return re.sub(r"<[a-zA-Z/][^<>]{0,300}>", "", text)
