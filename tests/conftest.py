"""For every test: a home of its own, no settings of the machine's, no network; and what may be skipped."""

import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

NEEDS_SLOW = "needs --slow"

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


class NetworkForbidden(RuntimeError):
    """A test tried to reach a machine other than this one."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow as well")
    parser.addoption("--cases", default="", help="a folder of cases for tests/test_cases.py, in place of its own")
    parser.addoption("--kills", type=int, default=6, help="how often the kill test kills a writer")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=NEEDS_SLOW))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    may_lack = "optional" in item.keywords and not item.config.getoption("--slow")
    return _without_silent_skip((yield), may_lack)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _without_silent_skip((yield))


def _without_silent_skip(report: Report, may_lack: bool = False) -> Report:
    """In CI nothing goes untested unseen: a skip other than for want of --slow is a failure.

    A test marked `optional` may lack its dependency group, and skip: CI runs it again, with --slow, when it does not.
    """
    if os.environ.get("CI") and report.skipped and not may_lack and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NEEDS_SLOW not in reason:
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid} was skipped in CI: {reason}"
    return report


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of this test alone."""
    for name in [name for name in os.environ if name.startswith("BYLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BYLINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let no socket of this process reach another machine, by name or by address."""

    def connect(self: socket.socket, address: Any) -> None:
        _refuse_remote(self.family, address)
        socket_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_remote(self.family, address)
        return socket_connect_ex(self, address)

    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None:
            _refuse_remote(socket.AF_INET, (host,))
        return getaddrinfo(host, *arguments, **options)

    socket_connect, socket_connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


def _refuse_remote(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        raise NetworkForbidden(f"a test tried to reach {':'.join(map(str, address[:2]))}; tests use no network")


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        here = ipaddress.ip_address(name)
    except ValueError:
        return name in ("", "localhost", socket.gethostname())
    return here.is_loopback or here.is_unspecified
