"""Lines that publishing systems write into an article's own column, and that are not the article."""

import re

from index.formats.page_bylines import is_role
from index.formats.page_metadata import PageFacts
from index.written_dates import is_date_line

_HEAD = 8  # lines among which bylines and dates stand
_LONGEST = 400  # characters of a line that is no paragraph
_FOOT = 3  # lines among which notes on the author stand

_LINE = re.compile(
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
            r"utilizamos\s+cookies.{0,200}|get\s+(?:the|our)\s.{0,60}(?:newsletter|issue|brief|digest|app)\b.{0,80}|.{0,80}\b(?:join|sign\s+up)\s+(?:free|now|here|today)[.!]?|.{0,80}\b(?:in|to)\s+your\s+inbox\b.{0,60}",
            r"after\s+newsletter\s+promotion|(?:for\s+)?(?:subscribers?|members?)[\s-]+only(?:\s+(?:article|content))?|ad",
            r"sign\s+up\s+(?:to|for|now|here)\b.{0,160}|subscribe\s+(?:to\s+our|now|here|for\s+(?:free|full))\b.{0,160}",
            r"(?:to\s+(?:continue|keep)\s+reading|already\s+a\s+subscriber|subscribers\s+only)\b.{0,160}",
            r"advertisement|advert|anzeige|werbung|publicité|publicidad|reklam[ay]?|إعلان|реклама|story\s+continues\s+below.{0,40}",
            # links to other pages, buttons
            r"(?:weiterlesen|mehr\s+zum\s+thema|lesen\s+sie\s+auch|à\s+lire\s+aussi|lire\s+(?:aussi|la\s+suite)|leer\s+más"
            r"|(?:lea|leia)\s+(?:también|também|mais)|leggi\s+anche|lees\s+ook|läs\s+också|les\s+også|(?:zobacz|czytaj)\s+(?:także|też|również)"
            r"|читайте\s+также|διαβάστε\s+επίσης|devamını\s+oku|ilgili\s+haberler|اقرأ\s+أيضا[ً]?|اقرأ\s+المزيد|continue\s+reading|keep\s+reading"
            r"|read\s+(?:more|also|the\s+full\s+story)|more\s+(?:stories|news))(?:\s*[:：»→…].{0,150})?\s*[.…»→]*",
            r"share(?:\s+(?:on|via|this)\b.{0,40})?|tweet|copy\s+link|print|e-?mail|facebook|twitter|whatsapp|x",
            r"teilen|partager|compartir|paylaş|(?:follow\s+us|click\s+here)\b.{0,100}",
            r"(?:e-?mail|send|forward)\s+this\s+(?:page|article|story)\b.{0,40}",
            r"(?:print|printed|retrieved)\s+from\b.{0,160}|find\s+this\s+(?:story|article|page)\b.{0,160}|close\s+(?:this\s+)?window",
            r"(?:rate|save|gift|bookmark)\s+this\s+(?:article|story)\b.{0,40}",
            r"(?:previous|next)(?:\s+page)?|page\s+\d+(?:\s+of\s+\d+)?|back\s+to\s+top|skip\s+to\s+.{0,30}|most\s+read",
            # about the page
            r"(?:©|\(c\)|copyright)\s.{0,150}|.{0,60}all\s+rights\s+reserved\.?|(?:topics|tags)\s*:.{0,100}",
            r"\d+\s+(?:min(?:ute)?s?\s+read|comments?|shares?)|(?:last\s+)?updated\s*(?:on|at|:)?\s.{0,10}\d.{0,40}",
            r"filed\s+under\b.{0,60}|loading\s*…?|an?\s+version\s+of\s+this\s+(?:article|story)\s+(?:appears|appeared)\b.{0,200}",
            r"(?:our|editorial)\s+standards\s*:.{0,100}|(?:puedes\s+seguir|síguenos|suscríbete|apúntate)\b.{0,200}",
            r"this\s+(?:article|story)\s+(?:appears|appeared)\s+in\b.{0,200}|[【\[（(]?\s*(?:责任编辑|责编|编辑|編輯)\s*[:：].{0,30}",
            # whom to write to
            r"(?!\d{4}\s*[-/]\s*\d{4}\Z)(?:(?:tel|phone|fax)\b[.:\s]*)?\+?\d[\d\s().-]{6,25}",
            r"(?:media|press|investor)\s+(?:contacts?|inquiries|enquiries|relations)\b.{0,150}|(?-i:SOURCE|Source:)\s+(?-i:[A-Z]).{0,80}",
            r"(?:do|have|are|were|did)\s+(?:you|we)\b[^.?]{0,100}\?\s+(?:e-?mail|write|contact|ring|call|tell|let|get|send|share|join|submit)\b.{0,200}",
            r"[^.]{0,80}[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30})+[^.!?]{0,40}|(?:follow|like|find)\s+us\s+on\b.{0,80}",
        ]
    )
    + r")\s*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,6}[KM]?")  # of comments, of claps
_SENTENCE = re.compile(r"[.!?…。؟։:][\"'”’»)\]]*\Z")


def is_prose(line: str) -> bool:
    """Whether a line ends as sentences do and is not as short as a button."""
    return len(line) > 25 and _SENTENCE.search(line) is not None


def without_page_lines(lines: list[str], facts: PageFacts) -> list[str]:
    """The lines without those of templates: buttons, credits, the title and byline again, notes on the author."""
    authors = [name for name in facts.author.split(", ") if name]
    names = {name.casefold() for name in [facts.title, facts.author, facts.outlet, *authors] if name}
    names |= {f"by {name}" for name in names}
    kept = []
    for number, line in enumerate(lines):
        said = line.strip()
        is_short = len(said) <= _LONGEST
        if not said or (is_short and (said.casefold() in names or _LINE.fullmatch(said))):
            continue
        if number < _HEAD and (_is_byline(said, authors) or _is_in_head(said, facts.title)):
            continue
        kept.append(said)
    return _without_notes(kept, authors)


def _is_in_head(line: str, title: str) -> bool:
    """Whether a line of the head is a date, a count, a role, or the title with a label before it."""
    is_title = bool(title) and line.endswith(title) and len(line) < len(title) + 40
    return is_title or is_date_line(line) or is_role(line) or _COUNT.fullmatch(line) is not None


def _is_byline(line: str, authors: list[str]) -> bool:
    named = [name for name in authors if name in line]
    return bool(named) and not is_prose(line) and len(line) < len(", ".join(named)) + 60


def _without_notes(lines: list[str], authors: list[str]) -> list[str]:
    """The lines without those at the end that say who the author is."""
    if not authors or len(lines) <= _FOOT:
        return lines
    names = "|".join(map(re.escape, authors))
    note = re.compile(rf"(?:{names})\s+(?:is|covers?|writes?|reports?|teaches)\b.{{0,400}}")
    return [*lines[:-_FOOT], *(line for line in lines[-_FOOT:] if not note.fullmatch(line))]
