"""The words of a sentence as the check compares them: small stems at exact places, stop words told apart."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.text_analysis import STOP_WORDS, words_of

_LETTERS_OF_NAME, _NUMBER, _NOT = r"(?:[A-Za-z]\.){2,}", r"\d+(?:[.,:]\d+)*", r"[^\W\d_]+?(?=n't\b)|n't\b"
_REST = r"'(?:s|re|ve|ll|d|m)\b|[^\W\d_]+(?:'[^\W\d_]{3,})?|[$£€%]"
_WORD = re.compile(f"({_LETTERS_OF_NAME}|{_NUMBER}|{_REST})")
_WORD_OR_NOT = re.compile(f"({_LETTERS_OF_NAME}|{_NUMBER}|{_NOT}|{_REST})")  # slow, for few sentences
_STRAIGHT = {code: code for code in range(128)} | str.maketrans(  # what a table lacks takes longer than what it keeps
    {**dict.fromkeys("‘’‛′`", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_BREAK = re.compile(r"[,;:()\"!?\[\]\n]|\s-|-\s|--|\.(?=\s|$)")
_OPENS = re.compile(r"[.!?:][\"')\]]*\s|[\"(\[]$")
_STOP = frozenset(STOP_WORDS) | {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"}
# British and American spellings, after stemming.
_SPELLINGS = (  # letters that each needs, as a quick look
    ("our", re.compile(r"(?<=\w{3})our(?=$|[eis])"), "or"),
    ("is", re.compile(r"(?<=\w{3})is(?=$|ation|ing|ed|e)"), "iz"),
    ("ys", re.compile(r"(?<=\w{3})yse?d?$"), "yz"),
    ("re", re.compile(r"(?<=\w{2})(?<=[bt])re$"), "er"),
    ("ll", re.compile(r"(?<=\w{3})ll$"), "l"),
    ("enc", re.compile(r"(?<=[fl]e[n])c$"), "s"),
)
_ONE_FORM = {
    "programm": "program", "gray": "grey", "usa": "us", "american": "us", "america": "us", "uk": "britain",
    "british": "britain", "tv": "televis", "pm": "premier",
}  # fmt: skip
_ONE_NAME = {
    ("United", "States"): "us", ("United", "Kingdom"): "britain", ("Great", "Britain"): "britain",
    ("United", "Nations"): "un", ("European", "Union"): "eu", ("Prime", "Minister"): "premier",
    ("prime", "minister"): "premier",
}  # fmt: skip
_BY_HAND = {
    "said": "say", "says": "say", "told": "tell", "went": "go", "gone": "go", "began": "begin", "begun": "begin",
    "won": "win", "lost": "lose", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "gave": "give",
    "given": "give", "took": "take", "taken": "take", "made": "make", "came": "come", "saw": "see", "seen": "see",
    "got": "get", "left": "leave", "met": "meet", "held": "hold", "kept": "keep", "led": "lead", "paid": "pay",
    "sold": "sell", "bought": "buy", "brought": "bring", "built": "build", "sent": "send", "spent": "spend",
    "found": "find", "became": "become", "broke": "break", "broken": "break", "chose": "choose", "chosen": "choose",
    "froze": "freeze", "frozen": "freeze", "grew": "grow", "grown": "grow", "knew": "know", "known": "know",
    "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak", "stood": "stand", "struck": "strike",
    "taught": "teach", "thought": "think", "threw": "throw", "thrown": "throw", "stole": "steal", "fought": "fight",
    "caught": "catch", "drew": "draw", "drawn": "draw", "drove": "drive", "driven": "drive", "flew": "fly",
    "felt": "feel", "forced": "force", "ran": "run", "shot": "shoot", "sought": "seek", "hid": "hide", "meant": "mean",
    "women": "woman", "men": "man", "children": "child", "people": "person", "lives": "life", "died": "die",
    "dies": "die", "dying": "die", "dead": "die", "deaths": "die", "death": "die", "killed": "kill", "better": "good",
    "worse": "bad", "worst": "bad", "bore": "bear", "worn": "wear", "wore": "wear", "swore": "swear",
}  # fmt: skip


@dataclass(slots=True)  # frozen ones take four times as long to make, and a passage has hundreds
class Word:
    """A word at `start` to `end` of its sentence, never to be changed. `small` is the word in small letters, `key` what
    it is compared by; `ends` is whether a comma, bracket or the like comes between it and the next one; `opens` whether
    a sentence or a quotation begins with it."""

    text: str
    start: int
    end: int
    small: str
    key: str
    is_capital: bool
    is_content: bool
    ends: bool
    opens: bool


def straight(text: str) -> str:
    """The text, of the same length, with one kind of quotation mark, apostrophe and dash."""
    return text if text.isascii() and "`" not in text else text.translate(_STRAIGHT)


def words_in(sentence: str) -> tuple[Word, ...]:
    """All words of a sentence, numbers and the signs of money and percent among them."""
    text = straight(sentence)
    first, *pieces = (_WORD_OR_NOT if "n't" in text else _WORD).split(text)  # words and what stands between by turns
    words: list[Word] = []
    start, opens = len(first), True
    for written, between in zip(pieces[::2], pieces[1::2], strict=True):
        end = start + len(written)
        small, key, is_capital, is_content = _form(written)
        ends, next_opens = (False, False) if between == " " else _gap(between)
        words.append(Word(written, start, end, small, key, is_capital, is_content, ends, opens))
        start, opens = end + len(between), next_opens
    if any(first in text for first, _ in _ONE_NAME):
        _join_names(words)
    return tuple(words)


def _join_names(words: list[Word]) -> None:
    for at, (word, following) in enumerate(pairwise(words)):
        if one := _ONE_NAME.get((word.text, following.text)):
            words[at] = replace(word, key=one)
            words[at + 1] = replace(following, key="", is_content=False)


@lru_cache(maxsize=1000)
def _gap(between: str) -> tuple[bool, bool]:
    """Whether what stands between two words ends what is said, and whether it opens a sentence or a quotation."""
    return bool(_BREAK.search(between)), bool(_OPENS.search(between))


@lru_cache(maxsize=100_000)
def _form(written: str) -> tuple[str, str, bool, bool]:
    """A word in small letters, its key, whether it has a capital, and whether it is more than a function word."""
    key, is_content = _compared(written)
    return written.lower(), key, written[0].isupper(), is_content


def _compared(written: str) -> tuple[str, bool]:
    """The key of a word, and whether it is more than a function word."""
    small = written.lower().rstrip(".")
    if written[0].isdigit() or not written[0].isalpha():
        return small.replace(",", ""), written[0].isdigit()
    if "." in small:
        small = small.replace(".", "")
        return _ONE_FORM.get(small, small), True
    if small in _STOP and not (small in ("us", "it", "who") and written.isupper() and len(written) > 1):
        return small, False
    if small in _BY_HAND:
        return _BY_HAND[small], True
    stem = next(iter(words_of(written)), small)
    return respelt(stem), True


def respelt(stem: str) -> str:
    for letters, pattern, other in _SPELLINGS:
        if letters in stem:
            stem = pattern.sub(other, stem)
    return _ONE_FORM.get(stem, stem)
