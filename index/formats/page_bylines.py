"""Who wrote an article, as its byline says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.formats.page_head import Head, is_beside, letters, lines_within, marks, one_line, same
from index.formats.page_json_ld import is_link
from index.times.written_dates import around_date, fold, is_date_label, is_weekday, tokens

_PREFIX = (
    r"by|written\s+by|reported\s+by|posted\s+by|submitted\s+by|published\s+by|story\s+by|words\s+by|(?:words|text)\s*:"
    r"|geschreven\s+door|von|par|por|di|door|av|yazan|haber|автор(?:ы)?|автори|հեղինակ|記者|文責|文|取材|بقلم|كتب|كتبت"
)
_BY = re.compile(rf"\A\s*(?:{_PREFIX})(?:\s*[:：՝=＝]\s*|[\s　]+)", re.IGNORECASE)
_TRAILING_BY = re.compile(rf"(?:\A|\s)(?:{_PREFIX})\s*[:：՝]?\s*\Z", re.IGNORECASE)
_PARTING = re.compile(r"[|·•–—/-]")
_PHOTO = re.compile(
    r"\A(?:fotos?|photos?|bild(?:er)?|images?|pictures?|video|foto[gğ]raf\w*|写真|撮影|사진)\s*[:：]", re.IGNORECASE
)
_INSIDE_BY = re.compile(rf"\s+(?:{_PREFIX})\s+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<=\S)\s+\(?@\w+\)?")
_MAIL = re.compile(r"\S+@\S+\s+\(([^()@]+)\)")  # as RSS has it: desk@post.example (Ann Lee)
_WITH = re.compile(r"\A\s*(?:with|mit|avec|con)\s+", re.IGNORECASE)
_MARKS = frozenset(
    "byline bylines byl by author authors writer writers reporter reporters contributor contributors "
    "autor autores auteur auteurs autore yazar username submitted sig signature".split()
)
_OTHER_MARKS = frozenset(
    "image images avatar photo picture bio about box card description role title job follow count social email "
    "date time links related prefix page more".split()
)
_ROLE = re.compile(
    r"(?:.*\s)?(?:writer|reporter|correspondent|editor|columnist|contributor|photographer|bureau|desk|staff|newsroom"
    r"|agencies|redaktion|redacción|rédaction)s?",
    re.IGNORECASE,
)
# What stands before a colon in a byline, where a name follows it: "Autor: ", "Text und Fotos: ", "取材・文＝".
_LABELLED = re.compile(r"\A\s*[^\W\d][^:：=＝\d]{0,39}[:：=＝](?!//)\s*")
# What templates write where a name should stand: the words for who wrote, in what Byline reads most.
_LABEL_WORDS = """
author authors autor autora autores autorin autoren auteur auteure auteurs autrice autore autori yazar yazarı
yazan författare forfatter kirjoittaja автор авторы автори συντάκτης συγγραφέας الكاتب כותב penulis tác giả
writer reporter editor editors redaktion redaktör redakcja redacción rédaction redazione redactie editör
written posted published updated reported submitted created geschrieben verfasst veröffentlicht erstellt
aktualisiert publié écrit rédigé publicado escrito redactado pubblicato scritto geplaatst geschreven
yayınlandı stand datum date by von par por di door av af on am le el il op the a an of this der die das den
dem post article story entry byline about über profile share follow contact name info more all view articles
posts from comment comments no us sobre à propos l'auteur unknown null none n/a last source
de del des du interview entrevista kommentar analyse analysis bericht reportage opinion meinung gastbeitrag
text texte texto foto fotos photo photos ein eine un une gepostet
"""
_CJK_LABEL = re.compile(
    r"この.*|.*(?:[をの].*(?:人|者)|執筆者|著者|作者|筆者|编辑|編集部?|記事|プロフィール|ライター|一覧|紹介|作成者|작성자|글쓴이|기사)"
)
_ACCOUNT = re.compile(r"(?:super\s*user|admin\w*|webmaster|editor|root|guest|user|staff|author|default)", re.IGNORECASE)
_TITLE_AFTER = re.compile(r"\s+(?:기자|특파원|記者|记者|muhabiri)\Z")
_AND = re.compile(r"\s+(?:and|&|und|et|ve|y|e|og|och|en|и|և)\s+", re.IGNORECASE)
_NO_LONGER_NAMES = re.compile(
    r"\s*[|·•–—]\s*|\s+\S+@\S+|\s+/\s+|,?\s+(?:(?:published|posted|updated|last\s+updated)\b|(?:in|from)\s+(?=[A-Z]))"
    r"|\s+for\s+the\s",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 80
_FOLDED_LABELS = frozenset(fold(_LABEL_WORDS).split())
# No name ends with one of these, but "Posted on" and "Veröffentlicht am" do.
_LEADING_WORDS = frozenset("on by at of in am um vom von par por em le la el il op da tarihinde".split())


def bylines(head: Head, outlet: str) -> Iterator[str]:
    """The names that the article's head gives, from the surest place down."""
    yield from _marked(head)
    for line in head.lines:
        names = _cut(line) if len(line) < _LONGEST_BYLINE else ""
        if (_BY.match(line) or _TRAILING_BY.search(line.partition(names)[0] if names else "")) and _are_names(names):
            yield names
    for line in head.lines:
        name, comma, rest = line.rpartition(",")
        if comma and same(rest, outlet) and _are_names(name):
            yield name


def without_names(line: str) -> str:
    """What a byline says beside the names, such as the date in "By Ann Lee, 6 October 2020"."""
    names = _cut(line)
    if not _are_names(names) or names not in line:
        return ""
    before, _, after = line.partition(names)
    return (_TRAILING_BY.sub("", before) + after).strip(" ,|·•–—-/")


def byline_and_rest(line: str) -> tuple[str, str]:
    """The names of a line that says that they wrote it, such as "By Ann Lee, 6 October 2020", and what else it says.

    Empty names where it does not say so: names alone may be anything.
    """
    names = _cut(line) if len(line) < _LONGEST_BYLINE else ""
    if not _are_names(names) or names not in line:
        return "", ""
    before, _, after = line.partition(names)
    rest = _TRAILING_BY.sub("", before) + after
    label = _LABELLED.match(names)
    says_so = _BY.match(names) or _TRAILING_BY.search(before) or (label and is_no_name(label[0]))
    if not says_so:
        return "", ""
    found, *others = names_in(names).split(", ")
    # One word after a whole name is a place: "By Ann Lee, Combe, 6 October 2020".
    people = [found, *(other for other in others if " " in other or " " not in found)]
    return ", ".join(people), rest.strip(" ,|·•–—-/")


def names_in(raw: str, outlet: str = "", host: str = "") -> str:
    """Names of people, joined with a comma; labels, numbers, dates, links, handles, roles and the outlet are left out.

    `host` is that of the page: some name their outlet by it.
    """
    names: list[str] = []
    for part in re.split(r"\s*[,;，、]\s*", _MAIL.sub(r"\1", raw)):
        if _PHOTO.match(part):
            continue
        part = _HANDLE.sub("", part)
        name = _TITLE_AFTER.sub("", _unprefixed(part).strip(" .|–—-"))
        if name and not is_link(name) and len(name) < 100:
            both = _AND.split(name)
            names += both if all(" " in one.strip() or _ROLE.fullmatch(one) for one in both) else [name]
    names = [name for name in names if not same(name, outlet) and not _ACCOUNT.fullmatch(name) and not is_no_name(name)]
    people = [name for name in names if not _names_host(name, host)]
    return ", ".join(dict.fromkeys([name for name in people if not _ROLE.fullmatch(name)] or people))


def is_no_name(text: str) -> bool:
    """Whether a text that stands where a name should is none: a label, a number, a handle, a day, a time."""
    said = text.strip(" .,:：|·•–—-()[]")
    if not letters(said) or said.startswith("@") or said[0].isdigit() or not any(c.isalpha() for c in said):
        return True
    words = fold(said).split()
    return (
        all(word.strip(".,:&") in _FOLDED_LABELS for word in words)
        or _CJK_LABEL.fullmatch(said) is not None
        or is_weekday(tokens(fold(said)))
        or is_date_label(said)
        or (len(words) > 1 and words[-1] in _LEADING_WORDS and not said.isupper())
    )


def _names_host(name: str, host: str) -> bool:
    labels = [letters(label) for label in host.removeprefix("www.").split(".")]
    return bool(host) and (letters(name) in labels or letters(name) == letters(host.removeprefix("www.")))


def is_role(line: str) -> bool:
    """Whether a line says what a writer is, such as "Gazette Staff Writer"."""
    return len(line) < _LONGEST_BYLINE // 2 and _ROLE.fullmatch(line) is not None


def _marked(head: Head) -> Iterator[str]:
    """The lines, or the names together, of the elements that are marked as the byline."""
    around = set() if head.heading is None else set(map(id, head.heading.iterancestors()))
    marked = {id(e): e for e in head.elements if id(e) not in around and _is_marked(e)}
    outermost = [e for e in marked.values() if not any(id(up) in marked for up in e.iterancestors())]
    for element in outermost:
        lines = [line for line in _rows(element) if letters(line)]
        lines = [_undated(line) for line in lines if len(line) < 2 * _LONGEST_BYLINE]
        first = next((line for line in lines if letters(_cut(line))), "")
        if name := _name_and_role(element):
            yield name
        leaves = [e for e in element.iterdescendants() if id(e) in marked and _is_leaf(e, marked)]
        inner = [one_line(" ".join(leaf.itertext())) for leaf in leaves]
        people = [name for name in inner if not _BY.fullmatch(name + " ") and _are_names(_cut(name))]
        if _BY.match(first) and _are_names(_cut(first)) and len(_cut(first)) < _LONGEST_BYLINE:
            yield _cut(first)
        elif people:
            yield ", ".join(map(_cut, people))
        elif len(first) < _LONGEST_BYLINE and letters(_unprefixed(_cut(first))):
            yield _cut(first)


def _undated(line: str) -> str:
    """The names in a line such as "Thu 9 Apr 2020 Ann Lee", or else the whole line."""
    before, after = around_date(line)
    return after if not before and _are_names(after) else line


def _name_and_role(element: Any) -> str:
    """The name in an element that has a name and a role in it, each in a tag of its own."""
    said = [one for one in (one_line(child.text_content()) for child in element) if one]
    return said[0] if len(said) == 2 and is_role(said[1]) and _are_names(said[0]) else ""


def _rows(element: Any) -> list[str]:
    """The lines of an element, or those of the blocks in it."""
    rows = list(lines_within(element, 2 * _LONGEST_BYLINE))
    return rows or [line for child in element for line in lines_within(child, 2 * _LONGEST_BYLINE)]


def _is_marked(element: Any) -> bool:
    if "author" in (element.get("rel") or "").lower().split():
        return not is_beside(element)
    tokens = {part for part in re.split(r"[\s_-]+", marks(element).lower()) if part}
    return bool(tokens & _MARKS) and not tokens & _OTHER_MARKS


def _is_leaf(element: Any, marked: Mapping[int, Any]) -> bool:
    return not any(id(below) in marked for below in element.iterdescendants())


def _unprefixed(text: str) -> str:
    """A byline without what leads to the names: "By", "Autorin:", "Ein Kommentar von"."""
    inside = _INSIDE_BY.search(text)
    if inside and all(word in _FOLDED_LABELS for word in fold(text[: inside.start()]).split()):
        text = text[inside.end() :]
    return _WITH.sub("", _BY.sub("", _LABELLED.sub("", _BY.sub("", text))))


def _cut(line: str) -> str:
    """The names in a byline: up to the bar, bullet, date, or place that follows them, or after the date before them."""
    before, after = around_date(line)
    if after and (not before or is_no_name(before)) and (_BY.match(after) or _PARTING.match(after)):
        return _NO_LONGER_NAMES.split(_BY.sub("", after.lstrip(" |·•–—-/")), maxsplit=1)[0]
    return _NO_LONGER_NAMES.split(before.strip(" |·•–—"), maxsplit=1)[0]


def _are_names(line: str) -> bool:
    """Whether a line is what names look like: few words, none of them in small letters only, no digits."""
    said = _unprefixed(line).strip(" .,|")
    people = [name for part in re.split(r"[,;，、]", said) for name in _AND.split(part) if name.strip()]
    if not people or re.search(r"[\d?!…]", said) or is_no_name(said):
        return False
    return all(_is_name(name.split()) for name in people)


def _is_name(words: list[str]) -> bool:
    particles = {"de", "da", "di", "du", "del", "der", "den", "van", "von", "la", "le", "al", "el", "bin", "ibn", "dos"}
    capital = [word for word in words if word.lower() not in particles]
    return 0 < len(words) <= 6 and bool(capital) and not any(word[0].islower() for word in capital)
