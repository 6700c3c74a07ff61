"""Nouns that name an event, and how a report of it may put it: "invasion", "invaded"."""

import re
from functools import cache

# After the colon what a report says in place of the noun. What lasts for years, as a war, has no day and is not here.
_NOUNS = """
abdication: abdicates abdicated
accident
acquittal: acquitted acquits
amnesty
appointment: appointed appoints
arrest: arrested arrests
assassination: assassinated
attack: attacked attacks
auction: auctioned
avalanche
ban: banned bans
bankruptcy: bankrupt
battle
blackout
blaze: ablaze
blast
blockade: blockaded blockades
bombardment: bombarded
bombing: bombed bombs
boycott: boycotted boycotts
breach: breached
break-in
brexit
budget
burglary: burgled
by-election
cancellation: cancelled canceled cancels
capture: captured captures
ceasefire: cease-fire truce
census
ceremony
championship
closure: closed closes shut shuts
collapse: collapsed collapses
collision: collided collides
concert
conference
congress
conviction: convicted convicts
coronation: crowned
coup
crash: crashed crashes
cyclone
death: died dies dead
debate
defeat: defeated defeats
demolition: demolished demolishes
departure
deportation: deported
derailment: derailed derails
devaluation: devalued devalues
disaster
discovery: discovered discovers
dismissal: dismissed dismisses sacked sacks fired
dissolution: dissolved dissolves
earthquake: quake
eclipse
election
eruption: erupted erupts
escape: escaped escapes
evacuation: evacuated evacuates
eviction: evicted
execution: executed
expulsion: expelled expels
explosion: exploded explodes
festival
final
fire
flood: floods flooded flooding
funeral
gala
heatwave
hijacking: hijacked
hostage-taking
hurricane
impeachment: impeached impeaches
inauguration: inaugurated
incident
invasion: invaded invades
kidnapping: kidnapped kidnaps
landing: landed lands
landslide: mudslide
launch: launched launches
leak: leaked leaks
lockdown
massacre
match
merger: merged merge merges
murder: murdered murders
mutiny
nationalisation: nationalised
nationalization: nationalized
opening: opened opens
outage
outbreak
parade
plebiscite
poisoning: poisoned
poll
premiere
privatisation: privatised
privatization: privatized
promotion: promoted promotes
protest
putsch
race
raid: raided raids
rally
rebellion
recall: recalled recalls
referendum
relegation: relegated
release: released releases
relaunch: relaunched relaunches
reopening: reopened reopens
rescue: rescued rescues
reshuffle
resignation: resigned resigns quit quits steps_down stepped_down
retirement: retired retires
revolt
revolution
riot
robbery: robbed robs
rout
secession: seceded
seizure: seized seizes
sentencing: sentenced
settlement: settled settles
shipwreck: sank sinks wrecked
shooting: shot shoots
shutdown
siege: besieged
signing: signed signs
sinking: sank sinks sunk
spill
stabbing: stabbed
stampede
storm
strike: walkout stoppage walk_out walks_out walked_out
summit
surrender: surrendered surrenders
swearing-in: sworn
takeover
theft: stole stolen steals
tornado
tournament
tragedy
treaty
trial
truce: ceasefire
tsunami
typhoon
uprising
verdict
victory
vote
walkout: strike stoppage walk_out walks_out walked_out
wedding: married marries wed
wildfire
withdrawal: withdrew withdraws withdrawn
wreck: wrecked
"""
# Of these the latest is meant.
RECURRING = frozenset(
    "auction avalanche battle blackout blaze budget by-election census ceremony championship concert conference"
    " congress cyclone debate earthquake eclipse election eruption explosion festival final fire flood"
    " funeral gala heatwave hurricane landslide match outage outbreak parade plebiscite poll premiere protest"
    " race raid rally referendum reshuffle riot storm strike summit tornado tournament typhoon vote wildfire".split()
)
_FORMS: dict[str, tuple[str, ...]] = {
    name: tuple(form.replace("_", " ") for form in forms.split())
    for name, _, forms in (line.partition(":") for line in _NOUNS.split("\n") if line)
}


def event_noun(word: str) -> str | None:
    """The noun in the singular if it names an event."""
    small = word.lower()
    for name in (small, small.removesuffix("s"), small.removesuffix("es"), small.removesuffix("ies") + "y"):
        if name in _FORMS:
            return name
    return None


def forms(noun: str) -> tuple[str, ...]:
    """The noun, its plural and what may stand in its place."""
    plural = (
        f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith(("sh", "ch", "s")) else f"{noun}s"
    )
    return (noun, plural, *_FORMS[noun])


@cache
def mentions(noun: str) -> re.Pattern[str]:
    """Finds the noun and its other forms in small letters, but for idioms and what it only describes."""
    return re.compile(rf"(?<!\bunder )\b(?P<form>{'|'.join(map(re.escape, forms(noun)))})\b{_DESCRIBING}")


_DESCRIBING = (  # an election campaign is no election
    r"(?![ -](?:campaign\w*|polls?|ballots?|warnings?|candidates?|debates?|service|chief|brigade|station|engines?"
    r"|alarms?|fighters?|crews?|defen[cs]es?|barriers?|memorial|museum|risks?|funds?|manifesto\w*|seasons?|plans?|bill|laws?"
    r"|date|threats?|fears?|commission\w*|offic\w+|insurance|drills?|talks|hopes?|bid|preparations?|anniversary"
    r"|victims?|survivors?|inquiry|probe|committee|veterans?|correspondent|club|school)\b)"
)
