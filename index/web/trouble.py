"""What can go wrong with one request, inside this package; `Fetcher` makes a SourceError of it, once.

Trouble          what happened, as the end of a line that begins with the address
├── Refused      trying again will not help
│   └── NotPublic    the address is on this machine or a private network
└── Failed       it may work in a moment; `wait` is how many seconds the server asked for
"""


class Trouble(Exception):
    """A request came to nothing. `status` is the HTTP status where there was one, else 0.

    `reached`: whether there was a server at all to send it to.
    """

    def __init__(self, what: str, *, status: int = 0, reached: bool = True) -> None:
        super().__init__(what)
        self.status = status
        self.reached = reached
        self.hop = ""  # the address that a redirect led to, where it was not the one asked for


class Refused(Trouble):
    """Trying again will not help."""


class NotPublic(Refused):
    """The name leads to this machine or to a private network."""

    def __init__(self) -> None:
        super().__init__("is on this machine or a private network; add --allow-private if that is meant", reached=False)


class Failed(Trouble):
    """Trying again may help, after `wait` seconds where the server named a time."""

    def __init__(self, what: str, *, status: int = 0, reached: bool = True, wait: float | None = None) -> None:
        super().__init__(what, status=status, reached=reached)
        self.wait = wait
