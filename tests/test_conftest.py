"""The guards that every test runs under."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CASES = """
import pytest

def test_skipped():
    pytest.skip("no such part here")

@pytest.mark.optional
def test_optional():
    pytest.skip("its group is not installed")

@pytest.mark.slow
def test_slow():
    assert True

@pytest.mark.xfail
def test_expected_to_fail():
    assert False
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow: of the test\n  optional: of the test\n")
    (tmp_path / "test_cases.py").write_text(CASES)
    (tmp_path / "test_module.py").write_text('import pytest\npytest.importorskip("no_such_module")\n')
    return tmp_path


def run(project: Path, *options: str, ci: str) -> str:
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *options, str(project)]
    environment = {**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return result.stdout


def test_skips_are_skips_outside_ci(project: Path) -> None:
    assert "4 skipped, 1 xfailed" in run(project, ci="")


def test_a_skip_is_a_failure_in_ci_with_its_reason(project: Path) -> None:
    output = run(project, "--continue-on-collection-errors", ci="true")
    assert "test_skipped was skipped in CI: Skipped: no such part here" in output
    assert "test_module.py was skipped in CI: Skipped: could not import 'no_such_module'" in output
    assert "1 failed, 2 skipped, 1 xfailed, 1 error" in output


def test_what_lacks_its_dependency_group_is_a_failure_in_ci_once_all_are_installed(project: Path) -> None:
    output = run(project, "--continue-on-collection-errors", "--slow", ci="true")
    assert "test_optional was skipped in CI: Skipped: its group is not installed" in output
    assert "2 failed, 1 passed, 1 xfailed, 1 error" in output


def test_slow_tests_run_with_their_option(project: Path) -> None:
    assert "1 passed, 3 skipped, 1 xfailed" in run(project, "--slow", ci="")


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "news.example"])
def test_no_connection_leaves_the_machine(host: str) -> None:
    with pytest.raises(RuntimeError, match=f"tried to reach {host}"):
        socket.create_connection((host, 80), timeout=1)


def test_no_address_is_reached_from_a_plain_socket() -> None:
    with socket.socket() as plain, pytest.raises(RuntimeError, match=r"192\.0\.2\.1:80"):
        plain.connect(("192.0.2.1", 80))


def test_this_machine_is_reached() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, socket.create_connection(server.getsockname(), timeout=5) as reached:
        assert reached.getpeername() == server.getsockname()


def test_the_home_is_a_folder_of_the_test(home: Path, tmp_path: Path) -> None:
    assert os.environ["BYLINE_HOME"] == str(home)
    assert home.is_relative_to(tmp_path)
    assert [name for name in os.environ if name.startswith("BYLINE_")] == ["BYLINE_HOME"]
