"""What agencies say of an item beside its text: which version it is, and whether it may be used. IPTC's terms.

ninjs and AP's JSON say it in a record, NITF and NewsML in XML (index.formats.wire_xml); both are made one here.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.formats.cells import line_of, lines_of
from index.versions import Version

NAMES_OF_VERSIONS = frozenset(["pubstatus", "versioncreated", "altids"])  # a record with none is no agency's
NAMES_OF_ITEMS = ("altids.itemid", "itemid", "urn", "uri", "guid", "id")  # where its id may stand, the best first
# IPTC's newscodes for a status under which an item must not be used, and what agencies write.
_WITHDRAWN = frozenset("canceled cancelled withheld withdrawn killed kill withhold elimination deleted delete".split())
# AP's slugline "BC-EU--Ferry Fire,2nd Ld-Writethru"; a kill is told behind a comma, where no topic stands.
_LEAD = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)[\s-]+)?(?:Ld|Lead|Writethru|Write-thru)\b", re.IGNORECASE)
_NOTE = re.compile(
    r"[,;]?\s*((?:\d{1,2}(?:st|nd|rd|th)[\s-]+)?(?:Ld|Lead|Writethru|Write-thru|Correction|Corrective)\b.*)\Z",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"correct|update|writethru|write-thru|clarif|rewrit")
_KILL = re.compile(r"(?:,\s*(?:mandatory\s+)?|\bmandatory\s+)(?:kill|withhold|elimination)\b", re.IGNORECASE)
# RFC 3085: urn:newsml:provider:day:item:revision, where the revision has a mark of its kind.
_URN = re.compile(r"(urn:newsml:[^:]+:\d{8}(?:T\d{6}[Z+\-\d]*)?:.+):(\d+)[NUA]?\Z", re.IGNORECASE)
_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?")


def version_of(cells: Mapping[str, Any]) -> Version | None:
    """The version that a record in an agency's JSON is, its cells by their plain names; None for any other record."""
    if not (NAMES_OF_VERSIONS & cells.keys()):
        return None
    item = next(
        (
            line
            for name in ("altids.itemid", "itemid", "urn", "uri", "guid", "id")
            if (line := line_of(cells.get(name)))
        ),
        "",
    )
    if not item:
        return None
    kinds = [*lines_of(cells.get("editorialtypes")), *lines_of(cells.get("signals")), line_of(cells.get("signal"))]
    slug = line_of(cells.get("slugline"))
    return make_version(
        item,
        number=line_of(cells.get("version")),
        created=line_of(cells.get("versioncreated")),
        slugline=slug,
        statuses=[line_of(cells.get("pubstatus")), *kinds],
    )


def make_version(item: str, *, number: str, created: str, slugline: str, statuses: list[str]) -> Version:
    """The version with what an agency said of it; a revision at the end of a NewsML URN is its number."""
    if urn := _URN.fullmatch(item):
        item, number = urn[1], number or urn[2]
    withdrawing = [status for status in statuses if code(status) in _WITHDRAWN]
    if kill := _KILL.search(slugline):
        withdrawing.append(kill[0].strip(" ,").lower())
    lead, note = _LEAD.search(slugline), _NOTE.search(slugline)
    said = [*withdrawing, note[1] if note else "", *(code(one) for one in statuses if _CHANGE.match(code(one)))]
    digits = re.search(r"\d{1,12}", number)
    return Version(
        item=item,
        number=int(digits[0]) if digits else 0,
        created=utc(created),
        lead=int(lead[1] or 1) if lead else 0,
        is_withdrawn=bool(withdrawing),
        note=next((code(one) if one in withdrawing else one for one in said if one), "")[:80],
    )


def code(written: str) -> str:
    """IPTC's word in a code such as `stat:canceled`, in lower case."""
    return written.rpartition(":")[2].rpartition("/")[2].strip().lower()


def utc(written: str) -> str:
    """A time as agencies write it, in UTC and so that times order as their texts do; "" for none."""
    found = _TIME.match(written.strip())
    if not found:
        return ""
    *numbers, zone = found.groups(default="")
    text = f"{'-'.join(numbers[:3])}T{':'.join(number or '00' for number in numbers[3:])}"
    try:
        time = datetime.fromisoformat(text + ("+00:00" if zone in ("", "Z") else zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return time.strftime("%Y-%m-%dT%H:%M:%S")
