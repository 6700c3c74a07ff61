"""Verbs of news that tell the same deed, verbs that tell next to none, and the noun of a verb."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from assistant.check.slots import SAYING
from assistant.check.synonyms import synonyms
from assistant.check.words import Word, words_in
from assistant.roots import root

# A particle is joined by "_". A deed may be in several groups.
_SAME_DEED = """
close shut shutter shut_down shut_doors close_doors closure|open reopen inaugurate|
resign quit leave step_down stand_down depart|cancel scrap axe drop call_off abandon|
postpone delay defer put_off put_back|reject refuse turn_down rebuff decline veto|
accept approve agree back endorse pass adopt ratify okay|suspend halt freeze pause stop|
end finish stop cease conclude lift expire|abolish scrap repeal eliminate abrogate|
start begin launch open kick_off commence set_off|continue carry_on go_on keep persist|
buy purchase acquire take_over acquisition|sell sale|hire employ recruit appoint name|fire sack dismiss lay_off oust|
die kill perish lose_life lose_lives leave_dead claim_lives cost succumb|hurt injure wound|
murder kill slay assassinate|attack strike hit raid bomb shell|shoot fire gun_down|
arrest detain hold custody seize apprehend|charge indict accuse prosecute|jail imprison sentence|
convict guilty sentence|acquit clear free|free release let_go|win beat defeat victory triumph prize award|
lose defeat loss beat|give hand award grant provide donate supply|receive get win obtain earn gain accept|
provide supply deliver give furnish send|send ship dispatch deliver transport|
grow rise increase climb expand jump surge soar go_up|raise increase lift boost hike put_up|
fall drop decline sink slip plunge tumble decrease shrink go_down|cut reduce lower slash trim shrink lessen cutback|
build construct erect make put_up|rebuild restore renovate repair reconstruct|settle work_out finalize fix decide|
repair mend fix|destroy wreck ruin level raze devastate destruction|burn blaze fire|collapse fall_in cave_in give_way|
crash collide hit smash|meet talk gather negotiate|travel go trip visit fly head|visit tour go trip|
arrive reach come land|leave depart go|flee escape run_away|move relocate shift transfer|return come_back go_back|
urge call appeal ask request press exhort advise beg recommend call_on|ask inquire question|
order tell command instruct ask direct|advise counsel recommend urge guide|
condemn denounce criticize deplore decry slam blast|criticize attack fault complain object slam blast condemn|
praise hail laud commend welcome|accuse blame allege claim charge|deny reject dispute refute|
claim maintain assert insist argue contend allege|argue quarrel dispute disagree clash row|warn caution alert|
promise pledge vow commit|repeat renew reaffirm reiterate again|threaten menace threat|
answer reply respond hit_back retaliate react strike_back counter|
announce declare unveil reveal make_public disclose publish|publish release issue put_out print bring_out|
hide conceal cover_up|show reveal indicate suggest demonstrate display exhibit|find discover locate spot turn_up|
examine investigate probe look_into study check_out assess inquire|learn find_out establish know determine discover|
need require must|want wish seek aim hope desire|plan intend aim mean prepare|
expect anticipate foresee forecast predict|decide rule determine choose|choose pick select elect|elect vote choose|
book reserve|register sign_up enrol enroll apply|use employ deploy utilize|change alter amend modify revise|
correct revise amend adjust update replace|replace substitute swap supersede|
split break_away secede separate break_off|join enter|help assist aid support|
support back stand_behind side_with pledge|oppose resist fight|
allow permit authorize let permission license enable clear|ban prohibit outlaw forbid bar|protect guard defend shield|
fight battle clash combat war|border adjoin|belong member|own possess belong|house host home|carry transport bear|
equip fit carry|rest base rely depend found|stem result come arise originate|
cause lead trigger prompt bring_about spark|happen occur take_place|hold stage organize host run|
organize arrange run stage|attend visit join go|draw attract pull|fund finance pay|pay spend|cost charge price|
sue lawsuit court|marry wed wedding|divorce separate|bear birth born|steal rob theft loot|swim cross|sail run operate|
work operate run function|sign agree|withdraw pull_out pull_back retreat|withhold hold_back keep|
create set_up found establish form|establish prove|perform play sing|write pen author|teach instruct|save rescue|
drown die|sink founder go_under|flood inundate|erupt explode go_off blow_up blast|spread extend|
last continue endure go_on|stay remain|live reside home dwell|calm ease lower reduce soothe defuse cool|
escalate worsen intensify escalation|worry concern fear|describe call|
fulfil meet comply observe obey follow honour abide|break violate breach|finish complete|fail collapse|
drive push expel force_out|remove take_away|lack want short|travel tour|trade exchange swap|dispute contest|
watch monitor observe follow|outline set_out detail|felled knock_down|hurry rush|read go_through look_through peruse|
employ job worker employee
"""
# What tells little by itself: its object or its complement does.
_LIGHT = """
be have do make take get give go come put keep set let bring become remain seem appear need use include involve
concern follow face mean see look know think believe expect want hope try begin start continue happen occur contain
consist relate regard base bound due able unable lead run turn aim plan intend serve stand sit lie hold hear feel own
belong exist comment mention call name answer blame point_out likely part available possible born first last same such
more member made speak talk
"""
_JUDGING = {"condemn", "criticiz", "prais"}  # of what is said they tell too much to go without support
_NO_PAST = frozenset("hundred need indeed speed feed seed breed united exceed proceed".split())
_OWN = frozenset("his her its their our my".split())
_NOUN_ENDS = re.compile(r"(?:ation|ition|ion|ment|anc|enc|ur|al|th|e)$")
_LAST = re.compile(r"(?:ss|[sdtz])$")
_STEM = 4  # letters that a cut leaves


def past(word: Word) -> bool:
    """Whether it is written as a past form or participle is."""
    small = word.small
    return small in _IRREGULAR or (small.endswith("ed") and len(small) > 3 and small not in _NO_PAST)


@lru_cache(maxsize=20_000)
def stem(key: str) -> str:
    """The same for a verb and the noun made of it: suspend and suspension, close and closure."""
    for pattern in (_NOUN_ENDS, _LAST):
        cut = pattern.sub("", key)
        key = cut if len(cut) >= _STEM else key
    return key


@lru_cache(maxsize=20_000)
def own_forms(key: str) -> frozenset[str]:
    return frozenset((key, root(key), stem(key)))


@lru_cache(maxsize=20_000)
def forms(key: str) -> frozenset[str]:
    """The key, its stems, and those of what tells the same deed."""
    same = synonyms(key) | _groups().get(key, frozenset()) | _groups().get(root(key), frozenset())
    return frozenset(form for one in same for form in own_forms(one)) | own_forms(key)


def phrasal(words: Sequence[Word], at: int) -> str:
    """The key of a verb with its particle or object, where they are known as one, as "shut its doors"; else its own."""
    key, last = words[at].key, at + 1
    if last < len(words) and words[last].small in _OWN:
        last += 1
    if last >= len(words) or any(word.ends for word in words[at:last]):
        return key
    joined = f"{key}_{words[last].small}"
    return joined if joined in _groups() else key


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _SAME_DEED.replace("\n", " ").split("|"):
        keys = [_key(verb) for verb in group.split()]
        for key in keys:
            found.setdefault(key, set()).update(keys)
    return {key: frozenset(others) for key, others in found.items()}


def _key(verb: str) -> str:
    first, _, particle = verb.partition("_")
    key = words_in(first)[0].key
    return f"{key}_{particle}" if particle else key


LIGHT = frozenset(words_in(word)[0].key for word in _LIGHT.split()) | frozenset(_LIGHT.split()) | (SAYING - _JUDGING)
_IRREGULAR = frozenset(
    "went gone began begun won lost rose risen fell fallen gave given took taken made came saw seen got left met held"
    " kept led paid sold bought brought built sent spent found became broke broken chose chosen froze frozen grew"
    " grown knew known wrote written spoke spoken stood struck taught thought threw thrown stole stolen fought caught"
    " drew drawn drove driven flew flown felt ran shot sought hid hidden meant wore worn swore sworn sank sunk shut"
    " cut hit hurt set put quit sprang sang sung swam swum dealt fled fed bled slept swept wept lent bent burnt bet"
    " beat beaten bit bitten blew blown ate eaten forgot forgotten forgave forgiven hung laid lit lay mistook"
    " overthrew overthrown overtook read rode ridden rang shook shaken shone shrank shrunk slid spun split spread"
    " stuck stung swung tore torn told understood upheld withdrew withdrawn withheld withstood woke bound burst cost"
    " dug drank drunk".split()
)
