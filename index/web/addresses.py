"""Which web addresses may be asked: the form of the URL, and the IP addresses that its name stands for."""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable

import httpx

from index.text.decoding import printable
from index.web.trouble import Failed, NotPublic, Refused

Resolve = Callable[[str, int], list[str]]
"""A name and a port to IP addresses; raises OSError where there are none."""

# Ports of other services, which must not be sent an HTTP request by an address in a feed (fetch.spec.whatwg.org).
_NOT_WEB = frozenset(
    map(
        int,
        "0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 "
        "123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 "
        "990 993 995 1719 1720 1723 2049 3306 3659 4045 4190 5060 5061 5432 6000 6379 6566 6665 6666 6667 6668 6669 "
        "6679 6697 10080 11211 27017".split(),
    )
)
# All of the special-purpose registries of IPv4 and IPv6 at IANA (RFC 6890) as of 2025, the few that are marked there
# as globally reachable too: no news is there. Python's is_global follows them only by its version.
_SPECIAL_IPV4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
240.0.0.0/4
"""
# Those inside 2000::/3, all that is given out of IPv6. Outside it are NAT64, mapped, unique local, link-local, ...
_SPECIAL_IPV6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
_OF_A_CLOUD = "168.63.129.16/32"  # a public address that in Azure leads to the machine's own host
_NOT_PUBLIC = [ipaddress.ip_network(network) for network in f"{_SPECIAL_IPV4} {_SPECIAL_IPV6} {_OF_A_CLOUD}".split()]
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_USERINFO = re.compile(r"//[^/?#]*@")
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SHOWN = 300


def web_address(url: str) -> httpx.URL:
    """The address, without its fragment. Raises Refused where it is not a plain http or https address."""
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:  # ValueError: a port out of range
        raise Refused("is not a web address; write it as https://example.com/page") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Refused("is not a web address; write it with https:// or http:// in front")
    if parsed.userinfo:
        raise Refused("has a user name or password in it, which is not sent; take out what stands before the @")
    if parsed.port is not None and (parsed.port in _NOT_WEB or not 0 < parsed.port < 65536):
        raise Refused(f"asks for port {parsed.port}, which is not one of a web server; check the address")
    return parsed


def shown(url: str) -> str:
    """The address as it may stand in a message: one line, no password, no control characters, not endless."""
    line = printable(_SPACE.sub("", _USERINFO.sub("//", url.strip())))
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def is_public(address: str) -> bool:
    """Whether the IP address is one of the public internet, and neither of a special purpose nor another in disguise.

    IPv4-mapped, 6to4, Teredo and NAT64 addresses hold an IPv4 address, and are not taken as public.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip not in _GIVEN_OUT:
        return False
    return not any(ip in network for network in _NOT_PUBLIC)


def checked_addresses(host: str, port: int, resolve: Resolve, *, allow_private: bool, timeout: float) -> list[str]:
    """The IP addresses of a name, all of them looked at.

    Raises NotPublic where any of them is not public (unless allowed), Refused or Failed where there are none.
    """
    try:
        found = _within(timeout, lambda: resolve(host.strip("[]"), port))
    except TimeoutError as error:
        raise Failed(
            "cannot be reached (looking up its name took too long); check the network", reached=False
        ) from error
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Failed(
                "cannot be reached (its name could not be looked up); check the network", reached=False
            ) from error
        raise Refused("cannot be reached (no such name); check the address", reached=False) from error
    except (OSError, UnicodeError) as error:
        raise Refused("cannot be reached (its name cannot be looked up); check the address", reached=False) from error
    if not found:
        raise Refused("cannot be reached (its name has no address); check the address", reached=False)
    if not allow_private and not all(map(is_public, found)):
        raise NotPublic
    return found


def system_resolve(host: str, port: int) -> list[str]:
    """What the operating system knows of the name; an address stands for itself.

    2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1, as they are for most programs that connect.
    """
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except (OSError, UnicodeError):
        pass
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _within(seconds: float, action: Callable[[], list[str]]) -> list[str]:
    """What `action` returns or raises; TimeoutError where it takes longer. getaddrinfo itself knows no time limit."""
    results: list[list[str]] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            results.append(action())
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that asked
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]
