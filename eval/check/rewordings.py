"""Light rewordings of a news sentence that leave true what was true, each a rule: for measuring the check.

The word lists are written for this alone and know nothing of the tables of the check.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

Reword = Callable[[str, date | None], str]

_SYNONYMS = dict(
    pair.split("/")
    for pair in """
    said/stated big/large started/began begins/starts start/begin kids/children about/around help/assist helped/assisted
    buy/purchase bought/purchased shows/indicates showed/indicated many/numerous often/frequently died/lost_their_lives
    killed/left_dead including/among_them trying/attempting tried/attempted enough/sufficient allow/permit
    allowed/permitted almost/nearly largest/biggest biggest/largest quickly/rapidly rapidly/quickly fast/quick
    currently/at_present revealed/disclosed ended/finished asked/requested movie/film film/movie job/post
    need/require needs/requires needed/required company/firm firm/company student/pupil students/pupils
    home/house homes/houses doctors/physicians cars/vehicles car/vehicle woman/lady got/received get/receive
    gave/handed wants/wishes wanted/wished illness/sickness important/significant whole/entire entire/whole
    happened/occurred choose/pick chose/picked worried/concerned nearly/almost approximately/about
    additional/further like/such_as attorney/lawyer lawyer/attorney finally/at_last
    """.split()
)
_ADVERBS = (
    r"also|just|already|now|really|simply|recently|currently|still|quickly|officially|immediately|previously|initially"
    r"|eventually|particularly|especially|actually|clearly|publicly|widely|largely|mostly|further"
)
_SHORTER = {
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "has not": "hasn't", "have not": "haven't", "will not": "won't",
    "would not": "wouldn't", "could not": "couldn't", "cannot": "can't", "it is not": "it isn't",
}  # fmt: skip
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = rf"({'|'.join(_MONTHS)})"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_ABBREVIATIONS = {
    "United States": "US", "United Kingdom": "UK", "European Union": "EU", "United Nations": "UN",
    "World Health Organization": "WHO", "kilometers": "km", "kilometres": "km", "per cent": "percent",
    "Prime Minister": "PM", "Doctor": "Dr.", "versus": "vs.", "television": "TV", "Supreme Court": "Supreme Court",
}  # fmt: skip
_SPELLINGS = dict(
    pair.split("/")
    for pair in """
    color/colour colors/colours center/centre centers/centres organization/organisation organize/organise
    organized/organised program/programme programs/programmes defense/defence favorite/favourite neighbor/neighbour
    neighbors/neighbours labor/labour theater/theatre traveled/travelled traveling/travelling canceled/cancelled
    recognize/recognise recognized/recognised honor/honour behavior/behaviour meters/metres harbor/harbour
    realized/realised criticized/criticised license/licence gray/grey analyze/analyse apologized/apologised
    """.split()
)
_TITLE = (
    r"(?:(?:Prime|Foreign|Health|Vice|Former|former) )?(?:President|Minister|Secretary|Senator|Sen\.|Rep\.|Gov\."
    r"|Governor|Mayor|Judge|Justice|Dr\.|Mr\.|Ms\.|Mrs\.|Gen\.|Professor|King|Prince|Princess|Chancellor|Chairman|CEO)"
)


def reworded(sentence: str, published: date | None, random: Random, most: int = 3) -> tuple[str, tuple[str, ...]]:
    """The sentence after up to `most` rules that change it, drawn at random, and the names of the rules."""
    names = list(RULES)
    random.shuffle(names)
    used: list[str] = []
    wanted = random.randint(1, most)
    for name in names:
        changed = RULES[name](sentence, published)
        if changed != sentence:
            sentence = changed
            used.append(name)
        if len(used) == wanted:
            break
    return sentence, tuple(used)


def joined(one: str, other: str) -> str:
    """Two sentences as one, or "" where the second does not open with a word that can be written small."""
    opening = _uncapped(other)
    return (
        f"{one[:-1]}, and {opening}" if one[-1] == "." and not set('"“”') & {*one, *other} and opening != other else ""
    )


def _synonyms(sentence: str, published: date | None) -> str:
    def put(match: re.Match[str]) -> str:
        return _SYNONYMS.get(match[0], match[0]).replace("_", " ")

    return _outside_quotes(sentence, lambda text: re.sub(r"\b[a-z]+\b", put, text))


def _moved_opening(sentence: str, published: date | None) -> str:
    """ "In Oslo, she won." becomes "She won in Oslo." """
    match = re.match(
        r"((?:In|On|At|After|Before|During|Since|Last|Earlier|As|For) [^,“\"]{3,60}), ([^“\"]+)\.$", sentence
    )
    if not match or "," in match[2]:
        return sentence
    opening, rest = match[1], match[2]
    return f"{rest[0].upper()}{rest[1:]} {opening[0].lower()}{opening[1:]}."


def _moved_end(sentence: str, published: date | None) -> str:
    match = re.match(rf"([A-Z][^,“\"]+) ((?:on|last) (?:{'|'.join(_WEEKDAYS)})|last (?:week|month|year))\.$", sentence)
    return f"{match[2][0].upper()}{match[2][1:]}, {_uncapped(match[1])}." if match else sentence


def _without_adverbs(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: re.sub(rf"(?<=\w) (?:{_ADVERBS})(?= [a-z])", "", text))


def _without_apposition(sentence: str, published: date | None) -> str:
    def cut(text: str) -> str:
        match = re.search(r"(?<=\w), ((?:a|an|the|who|which|where) [^,]{5,70}),(?= [a-z])", text)
        return text[: match.start()] + text[match.end() :] if match and " and " not in match[1] else text

    return _outside_quotes(sentence, cut)


def _contracted(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _SHORTER))


def _spelt_out(sentence: str, published: date | None) -> str:
    longer = {short.replace("'", mark): long for long, short in _SHORTER.items() if "n't" in short for mark in "'’"}
    return _outside_quotes(sentence, lambda text: _replaced(text, longer))


def _digits(sentence: str, published: date | None) -> str:
    words = {word: str(n) for n, word in enumerate(_NUMBERS) if n > 1}
    return _outside_quotes(
        sentence, lambda text: re.sub(r"(?<![-\w])(?:" + "|".join(words) + r")(?= [a-z])", lambda m: words[m[0]], text)
    )


def _number_words(sentence: str, published: date | None) -> str:
    def word(match: re.Match[str]) -> str:
        return _NUMBERS[int(match[0])] if int(match[0]) <= 12 else match[0]

    pattern = r"(?<=[a-z] )(?<!ary )(?<!rch )(?<!ril )(?<!May )(?<!une )(?<!uly )(?<!ust )(?<!ber )[2-9](?= [a-z]{3,})"
    return _outside_quotes(sentence, lambda text: re.sub(pattern, word, text))


def _whole_numbers(sentence: str, published: date | None) -> str:
    sizes = {"million": 1_000_000, "billion": 1_000_000_000}

    def whole(match: re.Match[str]) -> str:
        return f"{round(float(match[1]) * sizes[match[2]]):,}"

    def plain(text: str) -> str:
        text = re.sub(r"(?<![$£€\d.,])(\d+(?:\.\d+)?) (million|billion)\b", whole, text)
        return re.sub(r"(?<=\d)(?: percent| per cent)\b", "%", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))

    return _outside_quotes(sentence, plain)


def _day_first(sentence: str, published: date | None) -> str:
    return re.sub(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}}|,\d)", r"\2 \1", sentence)


def _short_month(sentence: str, published: date | None) -> str:
    return re.sub(
        rf"\b{_MONTH} (?=\d{{1,2}}\b)", lambda match: match[0] if match[1] == "May" else f"{match[1][:3]}. ", sentence
    )


def _weekday_as_date(sentence: str, published: date | None) -> str:
    """ "announced on Monday" with the date of the Monday on or before the day of publication, of what is past."""
    if not published or re.search(r"\b(?:will|next|expected|scheduled|every|plans?|set to)\b", sentence):
        return sentence

    def dated(match: re.Match[str]) -> str:
        day = published - timedelta(days=(published.weekday() - _WEEKDAYS.index(match[1])) % 7)
        return f"on {_MONTHS[day.month - 1]} {day.day}"

    pattern = rf"(?<=ed )on ({'|'.join(_WEEKDAYS)})(?= [a-z]|[.,])(?! (?:night|morning|evening|afternoon))"
    return re.sub(pattern, dated, sentence, count=1)


def _abbreviated(sentence: str, published: date | None) -> str:
    return _outside_quotes(sentence, lambda text: _replaced(text, _ABBREVIATIONS))


def _respelt(sentence: str, published: date | None) -> str:
    british = {**_SPELLINGS, **{other: one for one, other in _SPELLINGS.items()}}
    return _outside_quotes(sentence, lambda text: _replaced(text, british))


def _surname_only(sentence: str, published: date | None) -> str:
    return re.sub(rf"\b{_TITLE} [A-Z][\w.’'-]+ (?:[A-Z]\. )?(?=[A-Z][a-z’'-]+\b(?! [A-Z]))", "", sentence)


def _said_for_told(sentence: str, published: date | None) -> str:
    return re.sub(r"\btold (?:reporters|journalists|the media)\b(?: that)?", "said", sentence)


def _speaker_first(sentence: str, published: date | None) -> str:
    """“It is,” Ann Lind said. becomes Ann Lind said: “It is.”"""
    match = re.match(r"^([“\"][^”\"]+),([”\"]) ((?:[A-Z][\w.’'-]+ ?){1,3}) ?said\.$", sentence)
    return f"{match[3].strip()} said: {match[1]}.{match[2]}" if match else sentence


def _indirect(sentence: str, published: date | None) -> str:
    match = re.match(r"^[“\"]([^”\"]+),[”\"] ((?:[A-Z][\w.’'-]+ ?){1,3}) ?said\.$", sentence)
    if not match or re.search(r"\b(?:I|we|my|our|me|us|you|We|My|Our|You)\b", match[1]):
        return sentence
    return f"{match[2].strip()} said that {_uncapped(match[1])}."


RULES: Mapping[str, Reword] = {
    rule.__name__.strip("_"): rule
    for rule in (
        _synonyms, _moved_opening, _moved_end, _without_adverbs, _without_apposition, _contracted, _spelt_out, _digits,
        _number_words, _whole_numbers, _day_first, _short_month, _weekday_as_date, _abbreviated, _respelt,
        _surname_only, _said_for_told, _speaker_first, _indirect,
    )
}  # fmt: skip


def _outside_quotes(sentence: str, change: Callable[[str], str]) -> str:
    """A quotation stays as it is: its words are the speaker's."""
    parts = re.split(r"([“\"][^“”\"]*(?:[”\"]|$))", sentence)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def _replaced(text: str, table: Mapping[str, str]) -> str:
    pattern = "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda match: table[match[0]], text)


def _uncapped(text: str) -> str:
    is_plain = re.match(r"(?:The|A|An|It|They|He|She|This|That|These|Those|There|His|Her|Their|Its|Some|Many) ", text)
    return text[0].lower() + text[1:] if is_plain else text
