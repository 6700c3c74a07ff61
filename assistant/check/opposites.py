"""Words that mean the opposite of one another, by the keys of `words.py`."""

from collections.abc import Mapping
from functools import lru_cache

from assistant.check.words import words_in

_PAIRS = """
rise/fall/drop/decline/decrease/sink/plunge/slump increase/decrease/decline/fall/drop/reduce grow/shrink raise/lower/cut
gain/lose win/lose victory/defeat lift/impose suspend/resume halt/resume freeze/unfreeze allow/ban/forbid/prohibit/bar
permit/ban/forbid/prohibit approve/reject/deny accept/reject/refuse/decline agree/disagree/refuse support/oppose
back/oppose favor/oppose open/close start/end/stop/finish begin/end/stop/finish continue/stop/cease/halt
arrive/leave/depart enter/leave/exit join/leave/quit buy/sell import/export lend/borrow give/take send/receive
hire/fire/dismiss appoint/dismiss arrest/release free/jail/imprison jail/release acquit/convict innocent/guilty
confirm/deny admit/deny acknowledge/deny praise/criticize/condemn love/hate succeed/fail success/failure pass/fail
live/die alive/dead survive/die birth/death create/destroy build/destroy/demolish attack/defend strengthen/weaken
strong/weak high/low higher/lower highest/lowest large/small larger/smaller largest/smallest big/small bigger/smaller
biggest/smallest long/short longer/shorter longest/shortest old/new/young older/younger/newer oldest/youngest/newest
young/elderly early/late earlier/later earliest/latest first/last former/current good/bad better/worse best/worst
fast/slow faster/slower hot/cold warm/cool rich/poor cheap/expensive safe/dangerous easy/difficult/hard simple/complex
positive/negative public/private major/minor majority/minority male/female man/woman men/women boy/girl
husband/wife son/daughter father/mother brother/sister north/south east/west northern/southern eastern/western
left/right domestic/foreign internal/external civilian/military peace/war ally/enemy friend/enemy/foe love/hate
always/never everyone/nobody all/none more/fewer/less most/fewest/least many/few before/after above/below
over/under inside/outside with/without up/down yes/no upper/lower maximum/minimum accelerate/slow widen/narrow
expand/shrink ease/tighten relax/tighten extend/shorten include/exclude attract/repel remember/forget
push/pull legal/illegal optimistic/pessimistic temporary/permanent partial/full complete/incomplete
increase/fall surge/plunge profit/loss surplus/deficit income/expense ancient/modern urban/rural
upgrade/downgrade overestimate/underestimate overturn/uphold reverse/uphold tie/untie rejected/accepted
escalate/ease calm/inflame likely/unlikely same/different widely/rarely often/rarely frequently/rarely
incoming/outgoing advance/retreat hope/fear hopeful/fearful thick/thin heavy/light deep/shallow
"""
_STEM = 4  # letters, at least, after a prefix
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_NOT_BY_PREFIX = frozenset(
    {"form", "vest", "port", "put", "cite", "tent", "stall", "land", "press", "pose", "cover", "til"}
)


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _PAIRS.split():
        one, *others = (words_in(word)[0].key for word in group.split("/"))
        for other in others:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {key: frozenset(others) for key, others in found.items()}


_LISTED = _opposites()


def are_opposite(one: str, other: str) -> bool:
    """Whether two keys mean the opposite, by the list or by a prefix such as un-."""
    return other in opposites_of(one)


@lru_cache(maxsize=50_000)
def opposites_of(key: str) -> frozenset[str]:
    """The keys that mean the opposite; not all of them need be words."""
    longer = {prefix + key for prefix in _PREFIXES} if len(key) >= _STEM and key not in _NOT_BY_PREFIX else set()
    cut = {key.removeprefix(prefix) for prefix in _PREFIXES} - {key}
    shorter = {stem for stem in cut if len(stem) >= _STEM and stem not in _NOT_BY_PREFIX}
    return _LISTED.get(key, frozenset()) | longer | shorter
