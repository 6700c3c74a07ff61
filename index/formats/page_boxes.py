"""The boxes of a page that are not its article, and the column that is."""

import re
from typing import Any, NamedTuple

from index.formats.page_head import marks, names_beside, one_line

_DROPPED = (
    "script style noscript template nav aside footer form button select textarea input iframe object embed video audio "
    "figure figcaption svg canvas dialog menu amp-ad amp-sidebar amp-consent amp-embed amp-user-notification amp-video "
    "amp-img amp-carousel amp-youtube amp-social-share amp-iframe amp-analytics amp-next-page"
).split()
_BOX = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletters?|subscri(?:be|ption|ber-?(?:box|wall|offer|promo))s?|sign-?up|social-?(?:share|links|media|bar)|shar(?:e|ing)\w*"
    r"|adverts?|advertis\w*|ads?|ad-?(?:slot|unit|box|container|wrapper)|sponsored|breadcrumbs?|nav(?:igation|bar)?|captions?"
    r"|wp-caption-text|(?:photo|image|picture)-?(?:credit|source|caption)|credits?|(?:video-?)?player|media-?player|"
    r"most-?read|popup|modal|overlay|banner|pagination|pager|tags?|tag-?list|skip(?:-?link)?|author-?(?:bio|box)|print-?only|"
    r"byline|dateline|meta-?data|post-?meta|entry-?meta|article-?meta|timestamp|masthead|site-?(?:header|footer)|copyright"
    r"|toolbar|paywall-?(?:prompt|box|message|offer)|donat\w*|pull-?quotes?|polls?|quiz|survey|compartir|partager|teilen|paylas|condividi"
    r"|werbung|publicite|publicidad|reklam[ay]?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_ELEMENTS_READ_CLOSELY = 20_000  # above, trafilatura may take minutes
_MOST_OF_THE_PAGE = 0.4
_MOST_OF_THE_COLUMN = 0.7
_SHORTEST_TEXT = 25  # characters; what is shorter is a button or a label
_SHORTEST_LINK = 20  # characters, on average, of a headline that is a link
_LONGEST_LINK = 150  # what is longer is a text that is a link
_LONGEST_LIST = 3_000
_LONGEST_LABEL = 40
_NO_COLUMN = frozenset("p li blockquote span b strong em i font a h1 h2 h3 h4 dd dt center".split())


class _Linked(NamedTuple):
    """How many characters of text are in an element, how many of them in links, and in how many."""

    text: int
    in_links: int
    links: int


_NO_LINKS = _Linked(0, 0, 0)


def remove_boxes(body: Any) -> None:
    """Takes out what stands beside the article, unless most of the page's text is in it."""
    most = _MOST_OF_THE_PAGE * max(1, len(_prose(body)))
    dropped = frozenset(_DROPPED)
    linked = _linked(body) if is_read_closely(body) else {}
    doomed = []
    for element in body.iterdescendants():
        if not isinstance(element.tag, str) or element.tag in ("article", "main", "h1"):
            continue
        if element.tag in dropped or _is_box(element, linked.get(element, _NO_LINKS)):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None and (
            element.tag in ("script", "style", "template") or len(_prose(element)) < most
        ):
            element.drop_tree()


def _is_box(element: Any, linked: _Linked) -> bool:
    said = f"{marks(element)} {element.get('role') or ''}"
    if len(said) > 2 and (names_beside(said) or _BOX.search(said)):
        return True
    return element.tag in ("ul", "ol", "p", "section", "div") and _is_links(element, linked)


def _prose(element: Any) -> str:
    """The text of an element that is not script, style or link."""
    return "".join(
        element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::a or ancestor::template)]")
    )


def is_read_closely(body: Any) -> bool:
    """Whether a page is small enough to look at each of its elements from several sides."""
    return sum(1 for _ in body.iter()) <= _MOST_ELEMENTS_READ_CLOSELY


def open_layout_tables(body: Any) -> None:
    """Turns a table that lays out a page into plain blocks: trafilatura would read its cells as data."""
    for table in list(body.iter("table")):
        cells = [len(one_line(cell.text_content())) for cell in table.iter("td")]
        if max(cells, default=0) > 300 or table.find(".//p") is not None or table.find(".//table") is not None:
            for element in table.iter("table", "tbody", "tr", "td", "th", "thead", "center"):
                element.tag = "div"


def column(body: Any) -> Any:
    """The innermost element that holds most of the page's text; the body itself where the page is too large."""
    if not is_read_closely(body):
        return body
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


def _is_links(element: Any, linked: _Linked) -> bool:
    """Whether an element is nothing but headlines that lead to other pages, and a label such as "Read more"."""
    if not linked.links or not _SHORTEST_LINK <= linked.in_links / linked.links <= _LONGEST_LINK:
        return False
    if linked.text > _LONGEST_LIST or linked.in_links < 0.9 * (linked.text - _LONGEST_LABEL):
        return False
    said = one_line(element.text_content()).strip("[]|»›→ ")
    labels = [one_line(e.text_content()) for e in element.iter("h2", "h3", "h4", "h5", "h6", "strong", "b", "span")]
    label = next((one for one in labels if one and said.startswith(one) and len(one) < _LONGEST_LABEL), "")
    is_sentence = element.tag == "p" and said.endswith(".")
    return not is_sentence and linked.in_links >= 0.9 * (len(said) - len(label))


def _linked(body: Any) -> dict[Any, _Linked]:
    """The links of each element, in one walk."""
    found: dict[Any, _Linked] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        below = [found[child] for child in element if child in found]
        text = _said(element.text) + sum(one.text for one in below) + sum(_said(child.tail) for child in element)
        is_link = element.tag == "a" and text > 0
        in_links = text if is_link else sum(one.in_links for one in below)
        found[element] = _Linked(text, in_links, 1 if is_link else sum(one.links for one in below))
    return found


def _said(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0
