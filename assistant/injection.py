"""What an article may not do: command whoever reads it, or pass for something else than an article.

Lines that command, above all a language model, stay in the article, and in the prompt as data. But a sentence that an
article orders to be said stands in that article word for word, so such lines can not support what a model says.
"""

import re
import unicodedata

from index.english import lexicon
from index.text.decoding import whole_characters

_WORDS = lexicon("commands")
_MODEL = rf"(?:{_WORDS.pattern('models')}|[a-z]+bot)"
_NAMED_MODEL = rf"{_WORDS.pattern('named_models')}(?:-?\d)?"
_SAY, _REPLY = _WORDS.pattern("say"), _WORDS.pattern("replies")
_VERB = _WORDS.pattern("say", "other_orders")
_SOFTENED = rf"(?:{_WORDS.pattern('order_softens')} )*{_VERB}\b"
_ORDER = rf"(?:^|[.:;,!?)\]}}>*#–—-]\s*|\b{_WORDS.pattern('order_begins')}\s){_SOFTENED}"
_FORGET = rf"(?:{_WORDS.pattern('forget')}|{_WORDS.pattern('forget_beginnings')}\w*)"
_GUIDANCE = rf"(?:{_WORDS.pattern('guidance')}|{_WORDS.pattern('guidance_beginnings')}\w*)"
_BEFORE, _THESE = _WORDS.pattern("earlier"), _WORDS.pattern("which")
_CLAUSE = r"(?:^|[.:;,!?]\s*|\b(?:and|please|must|you|to|now)\s)"
_UP_TO_TWO, _UP_TO_THREE = r"(?:\w+\s){0,2}?", r"(?:\w+\s){0,3}?"
# In the whole line, quoted words and all.
_ANYWHERE = [
    rf"{_CLAUSE}{_FORGET}\s{_UP_TO_THREE}{_THESE}\s{_UP_TO_TWO}{_GUIDANCE}\b",
    rf"\b{_FORGET}\s{_UP_TO_TWO}{_BEFORE}\s(?:\w+\s)?{_GUIDANCE}\b",
    rf"{_CLAUSE}{_FORGET} (?:the user|what you were)\b",
    rf"\b{_FORGET}\s{_UP_TO_TWO}{_GUIDANCE}\s(?:\w+\s)?(?:above|before|anteriores|précédentes|previas)\b",
    r"(?:忽略|无视|忘记|無視)[^。\n]{0,12}(?:指示|指令|规则|说明)|(?:指示|指令|规则|说明)[^。\n]{0,4}(?:忽略|无视|無視)",
    # a turn, a fence or a tool call of a model's own protocol, or code that a page would run
    r"<\|[^\n|]{1,40}\|>|\[/?\s?(?:INST|SYSTEM|TOOL_CALLS)\s?\]|<</?SYS>>|```system|-{3,}\s?END OF",
    r"</?(?:passage|system|tool_call|assistant|start_of_turn|end_of_turn|script)\b",
    r"\bon(?:error|load|click)\s?=|javascript:|!\[[^\]\n]*\]\(|[\"'](?:function_call|tool_calls?)[\"']",
    r"^\W{0,8}(?:system|assistant|developer)(?: (?:prompt|message|note))?\W{0,3}(?::|$)",
    r"\b(?:human|user)\b:.*\bassistant:|\b(?:system|admin|developer|root) (?:override|instructions?)\b|\[system\]",
]
# In what is not quoted: there people may well order one another about. `"…"` stands for quoted words.
_UNQUOTED = [
    rf"\b(?:attention|note to|dear|hey|hello|for|to)\s(?:all\s)?{_MODEL}\s?[:,]|(?:^|[.!?]\s){_MODEL}[:,]\s",
    rf"\b{_MODEL}\b[^.!?\n]{{0,80}}?{_ORDER}",
    rf"\b{_MODEL}\b[^.!?\n]{{0,80}}?\b(?:must|shall|should|have to|required to)\s(?:also\s)?(?:contain|{_VERB})\b",
    rf"\b(?:you are|as|imagine you are) an? (?:\w+ )?{_MODEL}\b.*\byour?\b|\byou are (?:now|no longer) ",
    rf"{_ORDER}[^.!?\n\"]{{0,60}}\b(?:your {_REPLY}|the user|tell users|word for word|verbatim|with all citations)\b",
    rf"{_ORDER}[^.!?\n\"]{{0,40}}\"…\"",
    rf"\byour (?:next |final |only |whole )?{_REPLY} (?:is|has to|must|should|will)\b|\bfrom now on,? you\b",
    r"\b(?:correct|verified|expected|only) (?:answer|response)\b.{0,80}\"…\"|\bsystem prompt\b|\bdeveloper message\b",
    r"\bnew (?:instructions?|task)(?: for [\w\s]{1,30})?\s?:|\bto answer correctly\b|\bwhen you answer\b",
    r"\brules\b[^.\n]{0,20}\b(?:are|is) void\b|\bthe instructions you were\b|\bdecode (?:this|the following)\b",
    rf"\byou\b[^.!?\n\"]{{0,30}}\b(?:to|must|should|shall|have to|need to)\s(?:now\s|only\s)?{_SAY}"
    r"(?: that\b|[^.!?\n\"]{0,30}\"…\")",
    rf"\byou (?:also )?{_SAY}\b[^.!?\n\"]{{0,30}}\"…\"|(?:^|[.!?]\s){_SAY} (?:it|this|the following) ?(?:\.|$)",
    rf"\b(?:summaries|answers|replies|responses|{_REPLY}|\w+ summari[sz]es [^.!?]{{0,30}})\s"
    r"(?:must|should|has to|have to|is required to|are required to|needs? to)\b.{0,60}\"…\"",
    rf"\b(?:to|for) (?:the |any |all |every )?{_MODEL} (?:reading|that reads?|which reads?|processing)\b|"
    rf"\b{_MODEL}(?:'s)? (?:instructions?|prompt)\s?[:=]",
    rf"(?:^|[.!?]\s){_NAMED_MODEL}(?:,? (?:and )?{_NAMED_MODEL})*\s?:|{_ORDER} as (?:if|though)\b",
    rf"{_ORDER}\s(?:them|people|readers|everyone|users)\b|\byour (?:task|job|role|instructions) (?:has|have) changed\b",
    r"(?:请|并|て)(?:回答|写|说|答えて)",
]
_COMMAND = re.compile("|".join(_ANYWHERE), re.IGNORECASE | re.MULTILINE)
_COMMAND_UNQUOTED = re.compile("|".join(_UNQUOTED), re.IGNORECASE)
_ATTRIBUTED = re.compile(
    rf"\b(?:{_WORDS.pattern('attributing')}|{_WORDS.pattern('attributing_beginnings')}\w*)\b", re.IGNORECASE
)
_DICTATED = re.compile(
    rf"\b(?:{_WORDS.pattern('dictating')}|{_MODEL})\b"
    rf"|(?:^|[.:;,]\s*|\b(?:and|then|please|kindly|must|shall|should)\s){_WORDS.pattern('dictating_first')}\b",
    re.IGNORECASE,
)
_SENTENCE = 4  # words: fewer are a title, or a manner of speaking
_QUOTED = re.compile(r"[\"“”„«「][^\"“”„«»」]{0,600}[\"“”«»」]")
_LINE = re.compile(r"[^\n]+")
# < and > are for the prompt's own tags; their full-width and small forms read the same to a model.
_ANGLES = str.maketrans("<>＜＞﹤﹥", "‹›‹›‹›")
# What no reader sees: zero-width and soft hyphens, directions, tags, selectors that hide bytes, controls.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]"
)
# Joiners shape Persian and Indic letters and emoji, one between two of these; elsewhere they hide something.
_JOINER = "\u200c\u200d"
_JOINERS = re.compile(f"[{_JOINER}]{{2,}}|(?<![^\\x00-\\x7f])[{_JOINER}]|[{_JOINER}](?![^\\x00-\\x7f])")
_BRACKET_TOKEN = re.compile(r"\[\s?(/?\s?[A-Z]{3,}(?:_[A-Z]+)*)\s?\]")  # [INST], [/INST], [TOOL_CALLS]
_MARK = re.compile(
    r"[\[［【]\s?((?:(?:passage|source)\s)?\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)(?:†[^\]】\n]{0,99})?\s?[\]］】]",
    re.IGNORECASE,
)
_TURN = re.compile(
    rf"^(?=[^\w\n]{{0,12}}{_WORDS.pattern('speakers')}"
    r"(?: (?:prompt|message|note|override|update))?[^\w\n]{0,3}(?::|$))",
    re.IGNORECASE | re.MULTILINE,
)


def is_command(line: str) -> bool:
    """Whether a line of an article, or its title, speaks to whoever answers from it."""
    shown = revealed(line)
    told = _QUOTED.sub(lambda quoted: '"…"' if len(quoted[0].split()) >= _SENTENCE else " ", shown)
    return bool(_COMMAND.search(shown) or _COMMAND_UNQUOTED.search(told) or _is_dictated(told))


def _is_dictated(told: str) -> bool:
    """Whether a sentence is quoted that nobody said: it is one to be said."""
    return '"…"' in told and not _ATTRIBUTED.search(told) and bool(_DICTATED.search(told))


def without_commands(text: str) -> str:
    """The text with spaces in place of each line that is a command, so that all other characters keep their places."""
    return _LINE.sub(lambda line: " " * len(line[0]) if is_command(line[0]) else line[0], text)


def plain(text: str) -> str:
    """Words of the user's or the model's: nothing hidden, no tags, no control tokens."""
    text = _JOINERS.sub("", _HIDDEN.sub("", whole_characters(text)))
    return _BRACKET_TOKEN.sub(r"(\1)", text.translate(_ANGLES))


def revealed(text: str) -> str:
    """The text as a reader sees it: without what is hidden, and with one form of each letter."""
    return unicodedata.normalize("NFKC", _JOINERS.sub("", _HIDDEN.sub("", text)))


def quoted(text: str) -> str:
    """Words of an article: plain, without marks such as [2], which are the model's, and with `›` before "System:"."""
    return _TURN.sub("› ", _MARK.sub(r"(\1)", plain(text)))
