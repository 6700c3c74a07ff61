"""What a question tells as a deed, told as a noun: "did they lift the ban" is "the lifting of the ban"."""

import re
from collections.abc import Iterator

from assistant.conversation.question_words import tokens_of

# The noun, what joins its object, and the verb with its irregular forms.
_DEEDS = """
agreement on: agree
appeal to: appeal
appointment of: appoint
approval of: approve
arrest of: arrest
attack on: attack
ban on: ban
boycott of: boycott
cancellation of: cancel
capture of: capture
closure of: close; shut
collapse of: collapse
conviction of: convict
crash of: crash
cut of: cut
death of: die
defeat of: defeat
delay of: delay
construction of: build built
delivery of: deliver
demand for: demand
deportation of: deport
detention of: detain
extradition of: extradite
departure of: depart; leave left
destruction of: destroy
discovery of: discover
dismissal of: dismiss; sack; fire
election of: elect
eruption of: erupt
escape of: escape
evacuation of: evacuate
expulsion of: expel
explosion of: explode
export of: export
flooding of: flood
freeze of: freeze froze frozen
halt of: halt; stop
imprisonment of: imprison; jail
investigation of: investigate
invasion of: invade
killing of: kill
launch of: launch
loss of: lose lost
merger of: merge
murder of: murder
nomination of: nominate
opening of: open
postponement of: postpone
production of: produce
protest of: protest
publication of: publish
purchase of: buy bought
recall of: recall
rejection of: reject
release of: release
removal of: remove
replacement of: replace
rescue of: rescue
resignation of: resign; quit; step_down stepped_down
restriction of: restrict
retirement of: retire
sale of: sell sold
sentencing of: sentence
shutdown of: shut_down
sinking of: sink sank sunk
strike of: strike struck
suspension of: suspend
theft of: steal stole stolen
vote on: vote
walkout of: walk_out walked_out
warning of: warn
wedding of: marry
withdrawal of: withdraw withdrew withdrawn
"""
_LONGEST = 12  # words of a deed told as a noun
_BE = r"(?:is|are|was|were|been|being|be)"
_BOUND = re.compile(r"\s+(?:before|after|since|until)\s+(?:(?:1[89]|20)\d\d|[A-Z]\w+ (?:1[89]|20)\d\d)$")
_ADVERB = re.compile(r"\s+(?:for the first time|first|again|exactly|so far|yet|today|now|then)$", re.IGNORECASE)


def deed_in(aux: str, rest: str, agent: str = "") -> str:
    """The deed told by a question's auxiliary and the rest, as a noun phrase; "" where no known verb stands there.

    `agent` stands for a subject that the question asks for.
    """
    verbs = {token.start for token in tokens_of(f"did {rest}" if aux else f"who {rest}") if token.kind == "verb"}
    found = next((match for match in _VERB.finditer(rest) if match.start() + 4 in verbs), None)
    if not found or (found.start() == 0 and not agent and not re.search(_BE, aux, re.I)):
        return ""
    noun, joint = _NOUN_OF[found[0].lower().replace(" ", "_")]
    subject, rest_after = rest[: found.start()].strip(" ,"), _ADVERB.sub("", rest[found.end() :].strip(" ,"))
    passive = bool(re.fullmatch(_BE, aux, re.I) or re.search(rf"\b{_BE}$", subject))
    subject = re.sub(rf"\s*\b(?:{_BE}|not|ever|already|last|first|once|also|want to|plan to)$", "", subject) or agent
    if not subject:
        return ""
    after = rest_after.split(", ")[0]
    if passive:
        told = f"the {noun} {joint} {subject} {after}"
    elif after and not _PREPOSITION.match(after):
        told = f"{_owner(subject, noun)} {joint} {after}"
    else:
        told = f"{_owner(subject, noun, 'by' if after else 'of')} {after}"
    told = _BOUND.sub("", " ".join(told.split()))
    return told if len(told.split()) <= _LONGEST else ""


def _owner(subject: str, noun: str, joint: str = "by") -> str:
    if len(subject.split()) > 3 or re.search(r"\b(?:of|in|at|and)\b", subject):
        return f"the {noun} {joint} {subject}"
    return f"{subject}'" + ("" if subject.endswith("s") else "s") + f" {noun}"


_PREPOSITION = re.compile(r"(?:of|in|at|on|to|from|with|for|by|against|after|before|over|because|out|down)\b", re.I)


def _forms(verb: str) -> Iterator[str]:
    yield verb
    yield f"{verb}d" if verb.endswith("e") else f"{verb[:-1]}ied" if re.search(r"[^aeo]y$", verb) else f"{verb}ed"
    if re.search(r"^[^aeiou]*[aeiou][bdgmnprt]$|(?:cel|pel)$", verb):
        yield f"{verb}{verb[-1]}ed"


def _table() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for line in filter(None, _DEEDS.split("\n")):
        noun, _, verbs = line.partition(": ")
        for verb in verbs.split("; "):
            base, *irregular = verb.split()
            for form in (*irregular, *_forms(base)):
                table.setdefault(form, (noun.split()[0], noun.split()[1]))
    return table


_NOUN_OF = _table()
DEED_NOUNS = frozenset(noun for noun, _ in _NOUN_OF.values())
_FORMS = "|".join(sorted((form.replace("_", " ") for form in _NOUN_OF), key=len, reverse=True))
_VERB = re.compile(rf"(?<![\w’'-])(?:{_FORMS})(?![\w’'-])", re.IGNORECASE)
