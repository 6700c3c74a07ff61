"""Words of news that mean the same and are not near by their vectors, or stem apart."""

from collections.abc import Mapping
from functools import cache

from assistant.check.words import words_in

_SYNONYMS = """
suspend halt freeze stop pause hold block withhold|ask appeal urge call request demand tell
toll count number figure tally|talk negotiation meeting discussion|kill die dead slay victim|wound injure hurt
ship deliver send supply export|unit subsidiary branch arm|trip visit travel journey itinerary tour
begin start launch open|end finish close stop|claim allegation accuse accusation allege|back support
troop force army soldier military|probe investigate look examine|mean aim intend plan want seek
rule regulation law regime|maker manufacturer producer make build|help aid assist
chief head leader boss secretary director president|win award receive earn get|use employ deploy|begin begun
job work post position|break split separate secede|region area territory
fight clash conflict war battle hostility combat|city town|decide decision move step measure
buy acquire purchase takeover|resign quit leave|elect vote election poll|choose pick select|find discover
show reveal indicate suggest demonstrate|big large huge major|cut reduce lower reduction|grow increase rise climb
fall drop decline decrease|say state tell|doctor physician|child kid|film movie|picture photograph photo image
cost price|firm company business corporation maker|house home residence|car vehicle|person resident citizen
storm hurricane cyclone|police officer|lawsuit suit case|ill sick|near close|whole entire|whether if
allow permit permission let authorize|prohibit ban forbid|join enter|fire blaze|quake earthquake|member belong
old long-standing|carry equip fit|video footage film|calm cool ease lower reduce|reason cause why because
currently present now|attempt try|approximate about around near almost|happen occur take|need require
nation country state|yearly annual year|attorney lawyer|often frequent|need must|give hand provide|say describe call
"""


def synonyms(key: str) -> frozenset[str]:
    """The keys that may stand for this one."""
    return _table().get(key, frozenset())


@cache
def _table() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _SYNONYMS.strip().replace("\n", "|").split("|"):
        keys = [words_in(word)[0].key for word in group.split()]
        for key in keys:
            found.setdefault(key, set()).update(keys)
    return {key: frozenset(others) for key, others in found.items()}
