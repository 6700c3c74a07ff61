"""Dates as articles carry them, in many languages: a date of any form, a line that states one, a dateline.

What tables hold is read by index.dates, which this asks first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from index.dates import parse_date

_LONGEST_LINE = 160

_LATIN_MONTHS = """
january jan januar januari janvier enero ocak gennaio janeiro stycznia
february feb februar februari février fevrier febrero şubat subat febbraio fevereiro lutego
march mar märz maerz mars marzo mart março maart marca
april apr avril abril nisan aprile kwietnia
may mai mayo mayıs mayis maggio maio mei maj maja
june jun juni juin junio haziran giugno junho czerwca
july jul juli juillet julio temmuz luglio julho lipca
august aug août aout agosto ağustos agustos augustus augusti sierpnia
september sep sept septembre septiembre eylül eylul settembre setembro września
october oct oktober octobre octubre ekim ottobre outubro października
november nov novembre noviembre kasım kasim novembro listopada
december dec dezember décembre decembre diciembre aralık aralik dicembre dezembro grudnia
"""
_OTHER_MONTHS = """
января січня հունվարի يناير
февраля лютого փետրվարի فبراير
марта березня մարտի مارس
апреля квітня ապրիլի أبريل ابريل
мая травня մայիսի مايو
июня червня հունիսի يونيو
июля липня հուլիսի يوليو
августа серпня օգոստոսի أغسطس اغسطس
сентября вересня սեպտեմբերի سبتمبر
октября жовтня հոկտեմբերի أكتوبر اكتوبر
ноября листопада նոյեմբերի نوفمبر
декабря грудня դեկտեմբերի ديسمبر
"""
MONTHS = {
    name: number
    for table in (_LATIN_MONTHS, _OTHER_MONTHS)
    for number, names in enumerate(table.strip().splitlines(), start=1)
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:of\s+|de\s+)?" + _MONTH + r",?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")

_A_DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)\.?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}\s*[年년].{1,6}[日일]"
    r"|\d{1,2}\S{0,2}\s+(?:of\s+|de\s+)?[^\W\d]{3,12}\.?,?\s+(?:de\s+|del\s+)?\d{4}"
    r"|[^\W\d]{3,10}\.?\s+\d{1,2}\w{0,2},?\s+\d{4})"
)
_ZONE = r"(?:\s*(?:uhr|hrs?\b|\(?[A-Z]{2,5}\b\)?|[+-]\d{2}:?\d{2}\b))*"
_TIME = (
    r"(?:(?:at|um|à|a\s+las|às|as|om|saat|kl\.?|alle|ore|в)\s+)?"
    r"\d{1,2}(?:\s*[:.h時]\s*\d{2}(?::\d\d)?\s*[分h]?|(?=\s*[ap]\.?m))(?:\s*[ap]\.?\s?m\b\.?)?" + _ZONE
)
_BETWEEN = r"[\s,|·•()–-]*"
# "Mon May 2, 2022", "4:22 PM EDT, Mon May 2, 2022", "2 May 2022 at 16.22": a date, a time perhaps, and nothing else.
_ONLY_A_DATE = re.compile(
    rf"{_BETWEEN}(?:(?:on|the|am|le|el|em|il|op|den)\s+)?(?:{_TIME}{_BETWEEN})?(?:[^\W\d]{{2,12}}\.?,?\s+)?(?P<date>{_A_DATE})"
    rf"{_BETWEEN}(?:{_TIME})?{_BETWEEN}\.?\s*",
    re.IGNORECASE,
)
_PUBLISHED = (
    r"(?:first\s+|originally\s+)?(?:published|posted)|veröffentlicht|erschienen|publiée?|publicado|pubblicato|gepubliceerd"
    r"|yayınlanma(?:\s+tarihi)?|yayın\s+tarihi|giriş(?:\s+tarihi)?|opublikowano|data\s+publikacji|publicerad|publiceret"
    r"|publisert|julkaistu|опубликовано|опубліковано|δημοσιεύ\w+|نشر|公開|掲載|入力|发布(?:时间)?|發布|입력|등록|게시"
)
_UPDATED = (
    r"(?:last\s+|zuletzt\s+|dernière\s+|última\s+|ultimo\s+|son\s+|ostatnia\s+|senast\s+|sist\s+|sidst\s+)?"
    r"(?:updated?|modified|edited|revised|aktualisiert|geändert|mise?\s+à\s+jour|modifiée?|actualizad[oa]|actualización"
    r"|atualizado|aggiornat[oa]|aggiornamento|bijgewerkt|laatste\s+update|güncellen?me(?:\s+tarihi)?|güncellendi"
    r"|aktualizacja|zaktualizowano|uppdaterad|opdateret|oppdatert|päivitetty|обновлено|изменено|оновлено|ενημερώ\w+"
    r"|تحديث|更新|수정|최종수정)"
)
_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<published>(?:{_PUBLISHED}))|(?P<updated>{_UPDATED}))(?!\w)\s*[:：]?(?=[\s\d(])", re.IGNORECASE
)
_THIS_ARTICLE = re.compile(r"\Athis\s+(?:article|story|post|report)\s+was\s+", re.IGNORECASE)
# "SPRINGFIELD, Ohio, Oct. 6, 2020 (AP) -": capitals, a full date and a dash at the text's start.
_DATELINE = re.compile(
    r"\A[^\W\d_a-z]{2}[^\d.!?]{0,50}[,(]\s*(?P<date>[^—–]{8,25}?\d{4})\)?"
    r"\s*(?:\([^)]{2,20}\)|/[^/\s][^/]{1,30}/)?\s*(?:—|–|--|-|:)"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line of an article's head states: the day of publication, the day of the last change, or both."""

    published: date | None = None
    updated: date | None = None
    is_labelled: bool = field(default=False, compare=False)  # it has a word such as "updated", and is no bare date


def read_date(text: str, *, day_first: bool = False) -> date | None:
    """The day that a machine or a person wrote, as written there (no change of time zone); None if there is none.

    06.10.2020 has the day first. 06/10/2020 is read only where one of the numbers is no month, or with `day_first`,
    for a text in a language that writes the day first.
    """
    text = " ".join(text.split())[:200]
    if known := parse_date(text):
        return known
    for pattern in (_ISO, _CJK, _COMPACT):
        if match := pattern.search(text):
            return make_date(match[1], match[2], match[3])
    if match := _DAY_FIRST.search(text):
        return make_date(match[3], MONTHS.get(match[2].lower(), 0), match[1])
    if match := _MONTH_FIRST.search(text):
        return make_date(match[3], MONTHS.get(match[1].lower(), 0), match[2])
    if match := _NUMERIC.search(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second or day_first:
            return make_date(match[4], second, first)
        return make_date(match[4], first, second) if second > 12 else None
    return None


def stamp(line: str, *, day_first: bool = False) -> Stamp:
    """The dates that a line states and does nothing else: "6 October 2020", "Published: ... | Updated: ...".

    A date without a word before it is that of publication. A sentence with a date in it states nothing.
    """
    if len(line) > _LONGEST_LINE or not any(c.isdigit() for c in line):
        return Stamp()
    found: dict[str, date] = {}
    for kind, said in _segments(line):
        match = _ONLY_A_DATE.fullmatch(said)
        day = read_date(match["date"], day_first=day_first) if match else None
        if day:
            found.setdefault(kind, day)
        elif kind != "before":
            return Stamp()
    is_labelled = bool(found) and set(found) != {"before"}
    if not is_labelled and _LABEL.search(line):
        return Stamp()
    return Stamp(found.get("published") or found.get("before"), found.get("updated"), is_labelled)


def states_its_dates(line: str) -> bool:
    """Whether a line begins as those do that stand below an article: "This article was first published on ..."."""
    return _THIS_ARTICLE.match(line) is not None


def is_date_line(line: str) -> bool:
    """Whether a line is a date of publication or of change, or both, and nothing else."""
    return stamp(line, day_first=True) != Stamp()


def dateline(text: str) -> date | None:
    """The day in a text's opening such as "COMBE, Oct. 6, 2020 (LNA) — The mill ..."; None if it has none."""
    match = _DATELINE.match(text)
    return read_date(match["date"]) if match else None


def make_date(year: str | int, month: str | int, day: str | int) -> date | None:
    """The day, or None where there is no such day or it is before newspapers."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= 1700 else None


def _segments(line: str) -> Iterator[tuple[str, str]]:
    """What stands before the first word such as "updated", and after each; a name before it states no date."""
    line = _THIS_ARTICLE.sub("", line)
    labels = list(_LABEL.finditer(line))
    before = line[: labels[0].start()] if labels else line
    if before.strip(" |·•,()–-"):
        if labels and not before.rstrip().endswith(("|", "·", "•", "(", "–", "-", ",")):
            yield "published", "a sentence"
            return
        yield "before", before
    ends = [label.start() for label in labels[1:]] + [len(line)]
    for label, end in zip(labels, ends, strict=False):
        yield "updated" if label["updated"] else "published", re.sub(r"\s+and\s*\Z", "", line[label.end() : end])
