"""Which part of a record holds which field of an article: by its usual names in many languages, however nested."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from index.formats.cells import is_empty, text_of
from index.formats.readings import FIELDS, ReadOptions
from index.formats.wire import NAMES_OF_ITEMS, NAMES_OF_VERSIONS

# For each field the usual names of its column in English, the more telling ones first.
NAMES = {
    "title": "title headline web_title main_title article_title news_title post_title title_page heading headlines"
    " name",
    "text": "text body_xhtml body_nitf body_html body_text bodies body content_html content_text content article"
    " article_body article_html article_text articles_text full_text maintext main_text article_content"
    " news_content post_content text_content news_text plaintext plain_text raw_text content_encoded"
    " encoded story content_elements html",
    "published": "published date publish_date date_publish published_at date_published published_date published_on"
    " publication_date publishing_date web_publication_date pubdate first_published first_created"
    " content_created article_date news_date post_date posted_at posted_on issue_date release_date"
    " publish_time published_time seendate sqldate date_time datetime created_at created creation_date"
    " timestamp",
    "updated": "updated modified date_modified date_modify modified_at updated_at last_modified last_updated"
    " modified_date update_date lastmod version_created",
    "url": "url link web_url article_url news_url page_url permalink canonical_url source_url canonical href"
    " requested_url responded_url document_identifier",
    "outlet": "outlet publication newspaper news_outlet media_outlet media publisher publisher_name"
    " publication_name site_name source_hostname sitename site source_name news_source source"
    " source_common_name info_sources infosource credit_line copyright_holder provider sources agency"
    " channel source_domain domain hostname",
    "author": "author byline authors bylines author_name author_names creator dc_creator written_by writer writers"
    " journalist reporter contributors by",
    "id": "id _id uuid guid item_id article_id news_id post_id record_id",
}
# What stands in the place of the text where there is no other.
SUMMARIES = (
    "lead_paragraph description descriptions description_text summary abstract excerpt short_description standfirst"
    " trail_text teaser snippet"
)
# Other languages write 05/10/2020 with the day first, those that do not write the year first. Of Europe's, Turkish,
# Arabic, Persian, Chinese, Japanese, Korean and some others.
_OTHER_LANGUAGES = {
    "title": "titel überschrift ueberschrift schlagzeile artikeltitel titre titre_article título titular"
    " encabezado manchete titolo kop başlık haber_başlığı manşet tytuł rubrik overskrift tittel заголовок"
    " название 标题 標題 题目 タイトル 見出し 題名 제목 العنوان عنوان τίτλος cím főcím název titulek titlu"
    " judul tiêu_đề"
    " शीर्षक כותרת otsikko",
    "text": "volltext inhalt artikeltext haupttext artikelinhalt fließtext texte contenu corps texte_intégral"
    " texto texto_completo contenido cuerpo cuerpo_de_la_noticia noticia conteúdo corpo testo"
    " testo_completo contenuto tekst artikeltekst inhoud metin içerik haber haber_metni gövde treść"
    " brödtext innehåll brødtekst indhold innhold текст 正文 内容 內容 全文 本文 記事 본문 내용 النص المحتوى نص متن"
    " κείμενο περιεχόμενο szöveg tartalom obsah conținut isi konten nội_dung सामग्री טקסט תוכן teksti",
    "published": "datum erscheinungsdatum veröffentlichungsdatum veroeffentlichungsdatum veröffentlicht"
    " veröffentlicht_am erscheinungstag publikationsdatum date_de_publication date_publication publié_le"
    " publié date_de_parution parution fecha fecha_de_publicación fecha_publicación publicado data"
    " data_de_publicação data_di_pubblicazione pubblicato publicatiedatum gepubliceerd tarih yayın_tarihi"
    " yayım_tarihi yayınlanma_tarihi haber_tarihi data_publikacji publiceringsdatum publicerad"
    " udgivelsesdato dato publisert дата дата_публикации 日期 发布时间 发布日期 發布時間 日付 公開日"
    " 掲載日 날짜 작성일 등록일 التاريخ"
    " تاريخ_النشر تاریخ تاریخ_انتشار ημερομηνία dátum megjelenés datum_vydání data_publicării tanggal ngày"
    " दिनांक תאריך päivämäärä",
    "updated": "aktualisiert aktualisiert_am geändert geändert_am stand mise_à_jour mis_à_jour date_de_mise_à_jour"
    " modifié_le actualizado fecha_de_actualización modificado atualizado aggiornato bijgewerkt güncelleme"
    " güncelleme_tarihi güncellenme_tarihi обновлено 更新时间 更新日 수정일 ενημέρωση frissítve aktualizováno",
    "url": "adresse webadresse lien enlace dirección vínculo collegamento ligação bağlantı adres ссылка 网址 链接 連結"
    " リンク 링크 주소 الرابط رابط پیوند σύνδεσμος hivatkozás odkaz tautan",
    "outlet": "quelle zeitung herausgeber verlag nom_de_la_source journal média éditeur fuente medio periódico"
    " diario fonte veículo jornal testata giornale krant bron uitgever kaynak gazete yayın yayıncı źródło"
    " gazeta källa tidning kilde avis источник издание сми 来源 來源 媒体 媒體 報紙 出典 媒体名 신문사"
    " 언론사 매체 출처 المصدر"
    " الصحيفة منبع روزنامه πηγή forrás lap zdroj sursa sumber nguồn स्रोत מקור lähde",
    "author": "autor autoren autorin verfasser verfasserin redakteur auteur auteurs auteure autrice journaliste"
    " rédacteur autora autores periodista firma autore autori giornalista yazar yazarlar muhabir autorzy"
    " skribent författare forfatter автор авторы 作者 记者 記者 著者 執筆者 기자 작성자 저자 الكاتب الصحفي نویسنده"
    " συγγραφέας συντάκτης szerző autorul penulis tác_giả लेखक מחבר kirjoittaja",
    "id": "kennung identifiant identificador kimlik",
}
# Objects that hold parts of the article itself, not a thing of their own such as its picture.
_ENVELOPES = frozenset(
    "fields attributes data properties meta metadata info embedded html sourceinfo yoastheadjson frontmatter"
    " thread links credits".split()
)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_NOT_FROM_ENVELOPES = ("id", "text")
_DEEPEST = 5


class Cell(NamedTuple):
    """A value that may hold a field, and the name of its column as it is written."""

    value: Any
    column: str


class Columns:
    """Which cells of a record may hold a field: the one that `--map` names, else those of the usual names.

    `learned` are further columns by field, taken where no usual name has a value.
    """

    def __init__(self, options: ReadOptions) -> None:
        mapped = {field: (plain(column),) for field, column in options.columns.items()}
        taken = {column for (column,) in mapped.values()}
        self._names = {field: tuple(n for n in _USUAL[field] if n not in taken) for field in FIELDS} | mapped
        self._index()
        self._last: tuple[Mapping[str, Any], list[dict[str, Any]]] = ({}, [{}])
        self._summaries = () if "text" in mapped else _SUMMARIES
        self.learned: dict[str, str] = {}
        self.takes_summaries = False

    def take_summaries(self) -> None:
        """From now on a summary is a text."""
        self._names["text"] = (*self._names["text"], *self._summaries)
        self._index()
        self.takes_summaries = True

    def has_text(self, columns: Iterable[str]) -> bool:
        """Whether one of these columns is of the text, by its name."""
        return not {plain(column) for column in columns}.isdisjoint(self._text)

    def summary(self, columns: Iterable[str]) -> str:
        """The column that stands in for the text where there is none; "" for none."""
        by_name = {plain(column): column for column in columns}
        return next((by_name[name] for name in self._summaries if name in by_name), "")

    def is_known(self, column: str) -> bool:
        """Whether the name is one that Byline looks for, or was given or learned."""
        name = plain(column)
        if name in _EVERY or name in _ENVELOPES or name in self._places:
            return True
        return name in map(plain, self.learned.values())

    def is_titled(self, cells: Mapping[str, Any]) -> bool:
        """Whether a record has a title or a day, by the names of its cells."""
        return any(plain(name) in _TITLES for layer in self.layers(cells) for name in layer)

    def is_record(self, value: object) -> bool:
        """Whether a value is an object that holds a text of its own or in an object within it."""
        return isinstance(value, dict) and self._core(value, 0) is not None

    def has_own_text(self, cells: Mapping[str, Any]) -> bool:
        """Whether a record's text is one of its own cells, not in an object within; or it is an agency's item.

        That may have no text: a picture, or the notice that an item is withdrawn.
        """
        names = [plain(name) for name in cells]
        is_item = not NAMES_OF_VERSIONS.isdisjoint(names) and not {"altids", *NAMES_OF_ITEMS}.isdisjoint(names)
        texts = zip(names, cells.items(), strict=True)
        return is_item or any(name in self._text and self.is_text(*cell) for name, cell in texts)

    def layers(self, cells: Mapping[str, Any]) -> "list[dict[str, Any]]":
        """The record's own cells, and if its text is in an object within, that object's before them."""
        if cells is self._last[0]:  # asked for several times of each record
            return self._last[1]
        core = self._core(cells, 0) or []
        layers, within = [dict(cells)], cells
        for key in core:
            layers[-1].pop(key, None)
            within = within[key]
            layers.append(dict(within))
        self._last = (cells, layers[::-1])
        return self._last[1]

    def by_name(self, cells: Mapping[str, Any]) -> dict[str, list[Cell]]:
        """The cells that have a value by their plain names, those of objects within by their way: `headline.main`.

        Of several with the same name the record's own is first.
        """
        by_name: dict[str, list[Cell]] = {}
        for layer in self.layers(cells):
            _take(by_name, layer)
        return by_name

    def find(self, cells: Mapping[str, Any]) -> dict[str, list[Cell]]:
        """For each field the cells that may hold it and have a value, the more telling ones first."""
        by_name = self.by_name(cells)
        ranked: dict[str, list[tuple[int, Cell]]] = {}
        for name in by_name.keys() & self._places.keys():
            for field, place in self._places[name]:
                ranked.setdefault(field, []).extend((place, cell) for cell in by_name[name])
        found = {field: [cell for _, cell in sorted(cells, key=_place)] for field, cells in ranked.items()}
        for field, column in self.learned.items():
            found[field] = found.get(field) or by_name.get(plain(column), [])
        return found

    def _index(self) -> None:
        """The fields that a column of each name may be of, and where among the names of that field it stands."""
        self._text = frozenset(self._names["text"])
        self._places: dict[str, list[tuple[str, int]]] = {}
        for field, names in self._names.items():
            for place, name in enumerate(names):
                self._places.setdefault(name, []).append((field, place))

    def _core(self, cells: Mapping[str, Any], depth: int) -> "list[str] | None":
        """The way to the object that holds the text: no step where it is this one, None where there is none."""
        if self.has_own_text(cells):
            return []
        if depth < _DEEPEST:
            for key, value in cells.items():
                if isinstance(value, dict) and (way := self._core(value, depth + 1)) is not None:
                    return [key, *way]
        return None

    def is_text(self, name: str, value: object) -> bool:
        """Whether a cell is a text, and not an object that holds an article, nor the whole page that it is from."""
        if plain(name) == "html" and not (isinstance(value, str) and not _PAGE.match(value)):
            return False
        if any(self._is_article(one) for one in (value if isinstance(value, list) else [value])):
            return False
        return bool(text_of(value).strip())

    def _is_article(self, value: object) -> bool:
        titled = isinstance(value, dict) and any(plain(key) in _TITLES for key in value)
        return titled and self._core(value, 1) is not None  # type: ignore[arg-type]


def usual_names() -> frozenset[str]:
    """The usual names of all fields, plain."""
    return _EVERY


def is_of_other_language(columns: Iterable[str]) -> bool:
    """Whether one of these columns has a name in a language other than English, all of which write the day first."""
    return not {plain(column) for column in columns}.isdisjoint(_FOREIGN)


@lru_cache(maxsize=4096)
def plain(column: str) -> str:
    """The name of a column without what is written in different ways: case, accents, spaces and marks."""
    bare = column
    if column.endswith((")", ":")) and len(column) < 200:
        bare = re.sub(r"\s*\([^()]*\)\Z|:\Z", "", column) or column  # "Date (UTC)"
    folded = unicodedata.normalize("NFKD", re.sub(r"[\s_-]+", "", bare).casefold()).replace("ı", "i")
    return "".join(c for c in folded if not unicodedata.combining(c))


def short(column: str) -> str:
    """The name of a column, as a message shows it."""
    return " ".join(column.split())[:60]


def named(columns: Iterable[str]) -> str:
    """The names of the columns, as a message shows them."""
    names = [short(column) or "(no name)" for column in columns]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def _place(ranked: tuple[int, Cell]) -> int:
    return ranked[0]


def _take(by_name: dict[str, list[Cell]], layer: Mapping[str, Any]) -> None:
    """Take in the cells of a layer by their plain names, then those of the objects in it."""
    for column, value in layer.items():
        if not is_empty(value):
            by_name.setdefault(plain(column), []).append(Cell(value, column))
    for name, cell in _within(layer, "", depth=0):
        by_name.setdefault(name, []).append(cell)


def _within(layer: Mapping[str, Any], above: str, depth: int) -> Iterator[tuple[str, Cell]]:
    """The cells of the objects in a layer: all by their way, as `--map` may name them, some by their name alone."""
    for column, value in layer.items():
        if not isinstance(value, dict) or depth > 2:
            continue
        way = f"{above}{column}."
        is_envelope = plain(column) in _ENVELOPES
        for inner, held in value.items():
            if not is_empty(held):
                yield plain(f"{way}{inner}"), Cell(held, f"{way}{inner}")
                if is_envelope and plain(inner) in _FROM_ENVELOPES:
                    yield plain(inner), Cell(held, f"{way}{inner}")
        yield from _within(value, way, depth + 1)


def _plain_names(*lists: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(name) for names in lists for name in names.split()))


_USUAL = {field: _plain_names(NAMES[field], _OTHER_LANGUAGES[field]) for field in FIELDS}
_SUMMARIES = _plain_names(SUMMARIES)
_TITLES = frozenset((*_USUAL["title"], *_USUAL["published"]))
_ENGLISH = {name for names in NAMES.values() for name in _plain_names(names)}
_EVERY = frozenset((*(name for names in _USUAL.values() for name in names), *_SUMMARIES))
_FOREIGN = _EVERY - _ENGLISH - {*_SUMMARIES, *_ENVELOPES, "medio", "stand", "firma"}
_FROM_ENVELOPES = frozenset(n for field, names in _USUAL.items() if field not in _NOT_FROM_ENVELOPES for n in names)
