"""The words by which news English reports speech."""

import re
from functools import lru_cache

from index.times.calendar import MONTHS, WEEKDAYS


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Finite forms that report what their subject says.
SAYING = _set(
    """
    said says say told tells tell added adds wrote writes tweeted tweets written argued argues argue warned
    warns warn claimed insisted insists insist explained explains noted stressed stresses stated declared
    declares reported announced announces confirmed confirms admitted admits acknowledged acknowledges conceded
    concedes suggested recalled recalls revealed predicted predicts estimated maintained asserted asserts
    alleged alleges complained complains cautioned cautions caution vowed promised pledged replied responded
    concluded concludes observed remarked commented joked quipped testified reiterated credited lamented
    emphasised emphasized countered posted believes contends contended contend maintains allege predict hinted
    signalled signaled clarified disclosed assured informed reminded advised recommended repeated echoed swore
    texted emailed threatened agreed disputes disputed projected projects
    """
)
# Those that are nouns as well: verbs only before "that", a colon or an end.
NOUNS_TOO = _set(
    "claims claim reports report notes states projects comments estimates promises posts answers vows stresses "
    "believes believe believed thinks think thought hopes hope hoped fears fear feared"
)
# Speech acts: verbs of saying where a person or a body does it to someone or something.
ACTS = _set(
    """
    accused accuses accuse denied denies deny condemned condemns urged urges urge called calls call demanded
    demands criticised criticized criticises criticizes blamed blames blame praised praises described describes
    appealed appeals rejected rejects dismissed dismisses apologised apologized expressed voiced denounced
    slammed contrasted welcomed welcomes defended defends hailed hails questioned questions challenged thanked
    likened compared spoke speaks talked pointed points put puts ruled referred
    """
)
# The word that makes one of these a verb of saying, among the few that follow it.
COMPLETED_BY = {
    "spoke": "of",
    "speaks": "of",
    "talked": "of",
    "pointed": "out",
    "points": "out",
    "put": "at",
    "puts": "at",
    "ruled": "out",
    "questions": "whether",
    "agreed": "that",
    "repeated": "that",
    "referred": "to",
}
# Verbs of saying only beside a quotation.
BESIDE_QUOTES = _set("continued continues asked asks shouted whispered began went answered laughed cried read reads")
# What a paper or a count does.
FINDS = _set("shows showed show found finds suggests suggested indicates indicated reveals revealed estimates")
FINDERS = _set("report study survey poll count census audit inquiry review analysis newspaper team researcher")
PAPERS = _set("report study survey poll count census audit inquiry review analysis newspaper statement letter")

PARTICIPLES = _set("saying adding warning arguing insisting claiming noting stressing complaining")
NEEDS_AGENT = ACTS | FINDS | _set("reported announced confirmed maintained estimated noted posted credited concluded")
# ..., said the minister
INVERTED = SAYING - _set("told tells tell credited reported declared") | _set("asked asks continued") | NOUNS_TOO

# Nouns for those who speak, beside names.
PEOPLE = _set(
    """
    minister president premier chancellor counterpart mayor governor senator lawmaker congressman congresswoman
    deputy ambassador diplomat envoy king queen prince princess spokesman spokeswoman spokesperson official
    officer chief director manager chairman chairwoman chair head leader secretary general commander captain
    coach trainer player striker judge lawyer attorney prosecutor detective sheriff doctor nurse surgeon
    scientist researcher professor teacher economist analyst expert historian engineer author writer actor
    actress singer reporter journalist editor resident neighbour neighbor witness survivor passenger driver
    farmer worker owner founder executive critic supporter opponent activist campaigner protester organiser
    organizer consultant adviser advisor aide secretary-general mother father sister brother son daughter wife
    husband widow man woman boy girl friend student inspector investigator candidate bishop pope priest imam
    auditor trader investor baker fisherman keeper pilot person source insider eyewitness local reviewer
    commentator columnist scholar academic negotiator broker dealer shopkeeper homeowner parent pupil relative
    colleague counsel whistleblower defendant plaintiff guard paramedic firefighter policeman policewoman
    soldier admiral rebel user customer buyer seller vendor visitor tourist guest hunter ranger vet veterinarian
    zookeeper designer architect chef composer conductor musician dancer planner mediator curator conservator
    biologist geologist archaeologist climber cyclist swimmer skipper veteran pensioner tenant
    """
)
BODIES = (
    _set(
        """
    ministry government administration agency authority authorities commission committee council court
    parliament senate congress house cabinet department office bureau board bank company firm group union
    association federation organisation organization charity party police military army navy force service
    brigade hospital university institute school club team league newspaper paper daily magazine broadcaster
    channel network wire outlet website alliance embassy palace city town district operator airline maker
    manufacturer producer retailer supplier airport watchdog regulator campaign church museum society foundation
    staff family crowd public opposition tribunal consortium coalition bloc treasury assembly zoo theatre
    orchestra laboratory clinic centre center startup television radio tv media press station developer
    publisher studio utility trust fund panel delegation mission secretariat coastguard management leadership
    """
    )
    | PAPERS
)
IRREGULAR_PLURALS = _set("police people men women children staff families agencies ministries companies parties crew")

DETERMINERS = _set(
    "the a an this these those his her its their our my some several many few most all both two three four five "
    "six seven eight nine ten dozens hundreds thousands another other no one"
)
PERSON_PRONOUNS = _set("he she")
BODY_PRONOUNS = _set("it")
PLURAL_PRONOUNS = _set("they")
SPEAKING_SELF = _set("i we you who which that there what nobody nothing")  # subjects that name no speaker
PREPOSITIONS = _set("of for at in to from with on by")
BE = _set("is are was were be been being get got")
HAVE = _set("has have had")
NEVER = _set("not to did do does would could can will might may must should cannot never n't didn't doesn't wouldn't "
    "didn’t doesn’t wouldn’t won’t won't nor if")  # fmt: skip
BREAKS = _set(
    """
    and but or as while when after before because since although though that which who whom whose if where than
    then until so once unless whether yet nor what how why by about over into against through during amid
    despite under near between is are was were be been has have had will would could can may might must did does
    do not to with on also only even still now however meanwhile later earlier again
    """
)
TIMES = {*WEEKDAYS, *MONTHS} - {"may"} | _set(
    """
    yesterday today tomorrow tonight morning afternoon evening night week
    month year years weeks months days day hours
    """
)
# What may stand between a subject and its verb.
BETWEEN = _set(
    "has have had also then later earlier again once now still only just even further always often there here "
    "himself herself itself themselves both all reportedly"
)
# What opens an insertion between a subject and its verb: Marc Garneau, the foreign minister, said.
OPENS_INSERTION = (
    DETERMINERS
    | _set(
        "who which whose whom where of from now then however too meanwhile for in on at by also formerly speaking "
        "asked while nevertheless though aged another with head chief director president professor author leader"
    )
    | PEOPLE
)
TITLES = _set("Mr Mrs Ms Dr Prof Professor Sir Lady Lord Sen Rep Gov Gen Col Lt Sgt Capt Judge President Miss")

MEDIA = re.compile(
    r"\b(?:Times|Post|Mail|Guardian|Globe|Ledger|Journal|Herald|Star|Gazette|Courier|Telegraph|News|Tribune|Chronicle"
    r"|Independent|Observer|Wire|Press|Dispatch|Daily|Weekly|Lantern|Sun|Mirror|Standard|Economist|Examiner|Reuters"
    r"|Bloomberg|BBC|CNN|NPR|AFP|AP|Associated Press|Interfax|Xinhua|newspaper|daily|weekly|magazine|broadcaster"
    r"|paper|agency|website|network|channel|outlet|Echo|Bulletin|Argus|Review|Sentinel|Argosy|Record|Mercury)\b"
)


@lru_cache(1 << 16)
def is_agent(noun: str) -> bool:
    """Whether a noun of lower case, singular or plural, is one for those who speak."""
    word = noun.lower()
    singular = word.removesuffix("s")
    return word in IRREGULAR_PLURALS or any(
        one in PEOPLE or one in BODIES for one in (word, singular, word.removesuffix("es"), word[:-3] + "y")
    )


def is_person(noun: str) -> bool:
    return noun.lower() in PEOPLE
