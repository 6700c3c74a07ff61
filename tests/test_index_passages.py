"""Sentences and passages at exact offsets, for any text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.passages import LONGEST, TOKEN_BUDGET, Passage, count_tokens, sentence_spans, split_passages

PROSE = (
    "The council of the harbour town met on Monday to discuss the state of its four bridges, two of which were "
    "closed in March after divers found cracks. “We have waited for years,” Mayor Kari Berg told reporters. Dr. Nes, "
    "an engineer at Hav Marine Inc., said the repair would cost 3.4 million euros and take till autumn. "
    "Residents of the island are not convinced. They remember the promise of 2019, when a new ferry was announced, "
    "paid for and never built. The council votes on Friday.\n"
)
HARD = {
    "nothing": "",
    "white space": " \n\t\u2003\r\n",
    "one character": "x",
    "repeated sentences": "It rained. " * 300,
    "windows line ends": "One. Two.\r\nThree.\r\n\r\nFour." * 50,
    "emoji": "🚢⛴️ 👩‍👩‍👧‍👦 Ferry! 🇳🇴 " * 200,
    "combining": "e\u0301a\u0300\u0316 Zalgo\u0336\u0489. " * 300,
    "no punctuation": "the ferry was late and nobody knew why " * 300,
    "an unbroken line": "x" * 50_000,
    "an unbroken line of all kinds": "".join(chr(33 + i * 7919 % 30_000) for i in range(50_000)),
    "a long line of words": "harbour " * 6_250,
    "nul": "One\0two. Three\0." * 30,
    "lone surrogates": "One \ud800 two. \udfff" * 30,
    "gaps": "One." + " " * 5_000 + "Two." + "\n" * 5_000 + "Three.",
    "tabs": "word\tword\u00a0word\u3000" * 2_000,
    "turkish": "İstanbul’da Iğdır’a IŞIK geldi. Ölçü şöyle: büyüdü! " * 60,
    "armenian": "Հայաստանը հայտարարել է այսօր։ Ինչո՞ւ։ " * 60,
    "arabic": "أعلنت كندا يوم الاثنين تعليق الصادرات. لماذا؟ " * 60,
    "chinese": "加拿大周一宣布暂停出口。为什么？因为调查仍在进行！" * 100,
    "prose": PROSE * 20,
    "wrapped": "The minister said on Tuesday that the government would not\nchange its mind about it, and that the\n"
    * 40,
}
PIECES = st.sampled_from(
    ["It rained. ", "\r\n", "\n\n", "Dr. ", "“Yes.” ", "🚢", "e\u0301", "x" * 90, "。", "։ ", "  ", "\ud800"]
)
# Lone surrogates, but no two that tiktoken takes for one character: no article in the collection holds any.
TEXTS = st.one_of(
    st.text(), st.lists(PIECES, max_size=80).map("".join), st.text(st.characters(categories=["Cs", "Ll", "Zs"]))
).filter(lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text))


def check(text: str, budget: int) -> list[Passage]:
    passages = split_passages("id", text, budget)
    ends = [0, *(passage.end for passage in passages)]
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert all(p.text and p.text == p.text.strip() for p in passages)
    assert all(end <= p.start for end, p in zip(ends, passages, strict=False))
    left_out = [text[a:b] for a, b in zip(ends, [*(p.start for p in passages), len(text)], strict=True)]
    assert not "".join(left_out).strip()
    counts = count_tokens([p.text for p in passages])
    assert all(count <= budget or len(p.text) == 1 for count, p in zip(counts, passages, strict=True))
    return passages


@given(TEXTS, st.integers(1, 60))
@example("a.  b.  c.", 3)
@example(f"{'0' * 75}xxxxxxxxxxxxxxa000 0000000", 4)
@settings(deadline=None)
def test_passages_of_any_text(text: str, budget: int) -> None:
    check(text, budget)


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("budget", [TOKEN_BUDGET, 20])
def test_passages_of_hard_texts(name: str, budget: int) -> None:
    check(HARD[name], budget)


@given(TEXTS)
@settings(deadline=None)
def test_sentences_of_any_text(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_sentences_of_prose() -> None:
    assert sentences(PROSE)[1:3] == [
        "“We have waited for years,” Mayor Kari Berg told reporters.",
        "Dr. Nes, an engineer at Hav Marine Inc., said the repair would cost 3.4 million euros and take till autumn.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Die Sanierung kostet nach Angaben der Stadt 4,2 Mio. Euro.|Die Arbeiten enden am 1. September.",
        "Die Kirche stammt aus dem 19. Jahrhundert.|Sie wird nun saniert.",
        "Köprüyü II. Abdülhamid yaptırdı.|Onarım 20. yüzyılda da sürdü.|Çalışmalar 1 Eylül'de bitecek.",
        "El puente cruza el río St. Johns desde 1962.|La obra la dirige la Dra. Gil.|Costará 3 millones.",
        "工程师发现了裂缝。|维修将耗资四千二百万元。",
        "Ճարտարագետները ճաքեր էին գտել։|Որքա՞ն կարժենա վերանորոգումը։",
    ],
)
def test_sentences_end_as_their_language_ends_them(text: str) -> None:
    between = "" if "。" in text else " "
    assert sentences(text.replace("|", between)) == text.split("|")


def test_a_line_end_closes_a_sentence() -> None:
    assert sentences("A crosshead\nThe text begins. It goes on") == ["A crosshead", "The text begins.", "It goes on"]


def test_a_line_end_in_wrapped_text_does_not() -> None:
    text = (
        "The minister said on Tuesday that the government would not\n"
        "change its mind about the exports, and that the companies\n"
        "which had asked for permits before the summer would have to\n"
        "wait until the committee had finished. It meets in May.\n"
        "\n"
        "Nobody else spoke.\n"
    )
    assert [len(s.split("\n")) for s in sentences(text)] == [4, 1, 1]
    assert sentences(text.replace("\n", "\r\n"))[1:] == ["It meets in May.", "Nobody else spoke."]


def test_passages_of_prose_are_of_even_length_below_900_characters() -> None:
    lengths = [len(passage.text) for passage in check(PROSE * 40, TOKEN_BUDGET)]
    assert 600 < sum(lengths) / len(lengths) <= 900
    assert min(lengths) > max(lengths) / 2


def test_a_passage_holds_whole_sentences() -> None:
    starts = {start for start, _ in sentence_spans(PROSE * 5)}
    assert {passage.start for passage in split_passages("id", PROSE * 5)} <= starts


def test_passages_know_their_article() -> None:
    assert split_passages("abc", "Text.") == [Passage("abc", 0, 5, "Text.")]
