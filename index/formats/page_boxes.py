"""The boxes of a page that are not its article, and the column that is."""

import re
from typing import Any

from index.formats.page_head import marks, names_beside, one_line

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
    r"|toolbar|paywall-?(?:prompt|box|message|offer)|donat\w*|pull-?quotes?|compartir|partager|teilen|paylas|condividi"
    r"|werbung|publicite|publicidad|reklam)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_OF_THE_PAGE = 0.4
_MOST_OF_THE_COLUMN = 0.75
_SHORTEST_TEXT = 25  # characters; what is shorter is a button or a label
_NO_COLUMN = frozenset("p li blockquote span b strong em i font a h1 h2 h3 h4 dd dt center".split())


def remove_boxes(body: Any) -> None:
    """Takes out what stands beside the article, unless most of the page's text is in it."""
    most = _MOST_OF_THE_PAGE * max(1, len(_prose(body)))
    dropped = frozenset(_DROPPED)
    doomed = []
    for element in body.iterdescendants():
        if not isinstance(element.tag, str) or element.tag in ("article", "main", "h1"):
            continue
        if element.tag in dropped or _is_box(element):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None and (
            element.tag in ("script", "style", "template") or len(_prose(element)) < most
        ):
            element.drop_tree()


def _is_box(element: Any) -> bool:
    said = f"{marks(element)} {element.get('role') or ''}"
    if len(said) > 2 and (names_beside(said) or _BOX.search(said)):
        return True
    return element.tag in ("ul", "ol", "p") and _is_links(element)


def _prose(element: Any) -> str:
    """The text of an element that is not script, style or link."""
    return "".join(
        element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::a or ancestor::template)]")
    )


def open_layout_tables(body: Any) -> None:
    """Turns a table that lays out a page into plain blocks: trafilatura would read its cells as data."""
    for table in list(body.iter("table")):
        cells = [len(one_line(cell.text_content())) for cell in table.iter("td")]
        if max(cells, default=0) > 300 or table.find(".//p") is not None or table.find(".//table") is not None:
            for element in table.iter("table", "tbody", "tr", "td", "th", "thead", "center"):
                element.tag = "div"


def column(body: Any) -> Any:
    """The innermost element that holds most of the page's text."""
    lengths = _lengths(body)
    needed = _MOST_OF_THE_COLUMN * lengths[body]
    found = body
    while True:
        inner = max(found, key=lambda child: lengths.get(child, 0), default=None)
        if inner is None or not needed or lengths.get(inner, 0) < needed:
            break
        found = inner
    while found is not body and found.tag in _NO_COLUMN and len(found.findall("br")) < 2:
        found = found.getparent()
    return found


def _lengths(body: Any) -> dict[Any, int]:
    """How much text each element holds, links and labels left out."""
    lengths: dict[Any, int] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str):
            continue
        own = 0 if element.tag == "a" else _counted(element.text)
        lengths[element] = own + sum(lengths.get(child, 0) + _counted(child.tail) for child in element)
    return lengths


def _counted(text: str | None) -> int:
    length = len(text.strip()) if text else 0
    return length if length > _SHORTEST_TEXT else 0


def _is_links(element: Any) -> bool:
    """Whether a list or a paragraph is nothing but headlines that lead to other pages."""
    entries = [one_line(link.text_content()) for link in element.iter("a")]
    linked, said = sum(map(len, entries)), one_line(element.text_content()).strip("[]|»›→ ")
    if not entries or linked < 0.9 * len(said) or linked < 20 * len(entries):
        return False
    return element.tag != "p" or not said.endswith(".")
