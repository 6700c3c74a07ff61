"""Whatever is asked: no error, a bounded search, and in any script the article that says it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.collection import Collection
from index.indexes.vector_index import VectorIndex
from index.indexes.word_index import WordIndex
from tests.articles import generated, reading
from ui.cli import main

TODAY = date(2026, 5, 20)
MOST_TERMS = 64
MOST_LOOKED_UP = 2000
MOST_HITS = 200
MOST_NEIGHBOURS = 5000

TURKISH = reading(
    "Şiddetli rüzgâr yüzünden İzmir körfezindeki vapur seferleri salı günü iptal edildi. "
    "Belediye, yolcuların otobüslere yönlendirildiğini açıkladı. Çocuklar iskelede saatlerce bekledi.",
    "Fırtına vapurları durdurdu",
)
ARMENIAN = reading(
    "Քաղաքապետը երկուշաբթի օրը Գյումրիում բացեց նոր գրադարան։ Շենքում կա քսան հազար գիրք և մանկական սրահ։ "
    "Բնակիչները տասը տարի սպասում էին դրան։",
    "Գյումրին գրադարան ունի",
)
ARABIC = reading(
    "افتتحت المدينة يوم الخميس جسرا جديدا فوق القناة. وقال المهندس إن الجسر يتسع لأربعة مسارات. "
    "وانتظر السكان هذا الجسر خمس سنوات.",
    "جسر جديد فوق القناة",
)
CHINESE = reading("周一，市长在港口宣布新的渡轮将于六月开航。居民们等了三年。", "新渡轮六月开航")

FINDS = [
    ("İzmir vapur seferleri neden iptal edildi?", TURKISH),
    ("IZMIR VAPUR SEFERLERI", TURKISH),
    ("çocuklar iskelede", TURKISH),
    ("cocuklar iskelede", TURKISH),
    ("Ե՞րբ բացեց քաղաքապետը նոր գրադարան", ARMENIAN),
    ("ԳՐԱԴԱՐԱՆ ԳՅՈՒՄՐԻՈՒՄ", ARMENIAN),
    ("քսան հազար գիրք", ARMENIAN),
    ("متى افتتحت المدينة جسرا جديدا؟", ARABIC),
    ("\u200fجسرا\u200f فوق القناة\u202c", ARABIC),
    ("المهندس مسارات", ARABIC),
    ("新渡轮六月开航", CHINESE),
]

ODD = {
    "one word": "harbour",
    "one letter": "x",
    "nothing": "",
    "blanks": " \t\r\n\u00a0\u3000\u200b\ufeff ",
    "signs only": "?!… — «»",
    "stop words only": "what is it that they have been and who were we",
    "2,000 words": " ".join(f"harbour{number} mayor" for number in range(1000)),
    "2,000 known words": " ".join(["harbour", "mayor", "report", "ferry"] * 500),
    "Chinese": "市长在港口宣布了什么？",
    "Thai, without blanks": "นายกเทศมนตรีเปิดท่าเรือใหม่",
    "emoji": "🚢🚢🚢 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ferry?",
    "SQL": "'; DROP TABLE passages; -- \" OR 1=1 /* */ UNION SELECT * FROM articles",
    "a field": "key:1 text:harbour day:[0 TO 99] *:*",
    "a range": "key:[0 TO 99] AND day:{* TO 5}",
    "operators": "+harbour -mayor ~2 ferry^10 AND OR NOT && || !ferry",
    "unbalanced": '"harbour (mayor [ferry {report ))) ]] "" \\',
    "wildcards": "harb* m?yor /har.*r/ *",
    "a regular expression": r"^(?:(a+)+)$|\b\w{1,9999}(?P<x>[^\]]*)\1(?<=y)",
    "NUL": "har\0bour\0 mayor",
    "lone surrogates": "\ud83d harbour \udc80\udfff mayor",
    "right-to-left marks": "\u202e\u202d harbour \u2067 mayor \u2069\u202c\u200f",
    "15,000 combining marks": "e" + "\u0301" * 15_000 + " harbour",
    "a token of 100,000 letters": "harbour " + "a" * 100_000,
    "100,000 different letters": "".join(chr(0x4E00 + number % 20_000) for number in range(100_000)),
    "a million words": "harbour mayor " * 500_000,
    "50,000 different words": " ".join(f"w{number}" for number in range(50_000)),
    "numbers": "42 1,000,000 3.14159 -7 1e999 ٤٢ ४२ " + "9" * 5000,
    "half a word piece": "##ing [CLS] [SEP] [UNK] [PAD] [MASK]",
    "markup": "<script>alert(1)</script> &lt;b&gt; %s %n {0} ${HOME} ../../etc",
}


@dataclass
class Asked:
    """What the indexes were asked for."""

    terms: int = 0
    looked_up: int = 0
    hits: int = 0
    neighbours: int = 0

    def check(self) -> None:
        assert self.terms <= MOST_TERMS
        assert self.looked_up <= MOST_LOOKED_UP
        assert self.hits <= MOST_HITS
        assert self.neighbours <= MOST_NEIGHBOURS


@dataclass
class Watched:
    """A searcher of tantivy that notes what is asked of it and passes it on."""

    searcher: Any
    asked: Asked = field(default_factory=Asked)

    def search(self, query: Any, limit: int, **options: Any) -> Any:
        self.asked.terms += repr(query).count("TermQuery(")
        self.asked.hits = max(self.asked.hits, limit)
        return self.searcher.search(query, limit=limit, **options)

    def doc_freq(self, *term: Any) -> Any:
        self.asked.looked_up += 1
        return self.searcher.doc_freq(*term)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.searcher, name)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with Collection(tmp_path_factory.mktemp("home") / "collections" / "default") as made:
        list(made.add([TURKISH, ARMENIAN, ARABIC, CHINESE, *(generated(number) for number in range(30))]))
        made.search("harbour", 1, TODAY)  # opens the indexes
        yield made


@pytest.fixture
def words(collection: Collection) -> WordIndex:
    published = collection._derived.words.published()
    assert published is not None
    return published.index


@pytest.fixture
def asked(words: WordIndex, monkeypatch: pytest.MonkeyPatch) -> Asked:
    watched = Watched(words._searcher)
    nearest = VectorIndex.nearest

    def noted(self: VectorIndex, vector: Any, k: int) -> Any:
        watched.asked.neighbours = max(watched.asked.neighbours, k)
        return nearest(self, vector, k)

    monkeypatch.setattr(words, "_searcher", watched)
    monkeypatch.setattr("index.collection.COMPARED", 0)  # otherwise so few are compared without an index
    monkeypatch.setattr(VectorIndex, "nearest", noted)
    return watched.asked


def test_the_watch_sees_what_is_asked(collection: Collection, asked: Asked) -> None:
    collection.search("harbour mayor ferry", 10, TODAY)
    assert asked.terms == 3
    assert asked.hits >= 10
    assert asked.neighbours >= 10


@pytest.mark.slow
@pytest.mark.parametrize("query", ODD.values(), ids=ODD.keys())
def test_an_odd_query_is_a_bounded_search(collection: Collection, asked: Asked, query: str) -> None:
    found = collection.search(query, 10, TODAY)
    asked.check()
    assert len(found) <= 10
    if "harbour" in query.split():
        assert "harbour" in found[0].passage.text


@pytest.mark.parametrize("query", ["", " \n", "\0", "\u200f\u200e"])
def test_nothing_is_found_for_nothing(collection: Collection, query: str) -> None:
    assert list(collection.search(query, 10, TODAY)) == []


@pytest.mark.parametrize(("query", "article"), FINDS, ids=[query for query, _ in FINDS])
def test_in_any_script_the_article_is_found(collection: Collection, query: str, article: Any) -> None:
    assert collection.search(query, 10, TODAY)[0].article.id == article.article.id


def test_syntax_is_read_as_words(words: WordIndex) -> None:
    plain = words.best("harbour mayor ferry", 10)
    for query in ("harbour -mayor ferry^", "+harbour (mayor ferry", '"harbour mayor" ferry~', "harbour:mayor [ferry"):
        assert words.best(query, 10) == plain


PIECES = st.sampled_from(['"', "(", ")", "[", "]", ":", "key:", " AND ", " TO ", "*", "^", "~", "\\", "harbour ", "\0"])


@pytest.mark.slow
@given(query=st.text(st.characters()) | st.lists(PIECES | st.text(st.characters(), max_size=5)).map("".join))
@example(query="\ud800")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(collection: Collection, asked: Asked, query: str) -> None:
    asked.terms = asked.looked_up = asked.hits = asked.neighbours = 0
    found = collection.search(query, 3, TODAY)
    asked.check()
    assert len(found) <= 3
    for one in found:
        text = collection.article(one.article.id).text
        assert text[one.passage.start : one.passage.end] == one.passage.text


CLI = [
    "SQL",
    "a range",
    "operators",
    "unbalanced",
    "emoji",
    "NUL",
    "lone surrogates",
    "15,000 combining marks",
    "Chinese",
]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize("name", CLI)
def test_the_command_line_takes_it(
    collection: Collection, capfd: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    home = ["--home", str(collection._folder.parent.parent)]
    assert main([*home, command, "--json", "--as-of", "2026-05-20", "--", ODD[name]]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert json.loads(out)
    assert main([*home, command, "--as-of", "2026-05-20", "--", ODD[name]]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert out.strip()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["search", "ask"])
def test_bytes_that_are_no_text_on_the_command_line(collection: Collection, command: str) -> None:
    home = str(collection._folder.parent.parent)
    arguments = [sys.executable, "-m", "ui.cli", "--home", home, command, "--json", b"\xff\xfe harbour \x80"]
    done = subprocess.run(arguments, capture_output=True, cwd=Path(__file__).parent.parent, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)


def test_the_words_of_a_long_query_are_bounded_where_none_is_known(collection: Collection, asked: Asked) -> None:
    found = collection.search(" ".join(f"unheard{number}" for number in range(5000)), 10, TODAY)
    assert asked.terms <= MOST_TERMS
    assert asked.looked_up <= MOST_LOOKED_UP
    assert len(found) <= 10


def test_the_word_index_alone_finds_each_script(words: WordIndex) -> None:
    for query, _ in FINDS:
        assert words.best(query, 10), query
