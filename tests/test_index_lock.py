"""One writer at a time."""

import json
import os
from pathlib import Path

import pytest

from index.errors import CollectionError, LockedError
from index.store.database import lock


def test_the_holder_leaves_its_name_and_takes_it_with_it(tmp_path: Path) -> None:
    with lock(tmp_path):
        name = json.loads((tmp_path / "writer.json").read_text())
        assert name["pid"] == os.getpid()
        assert set(name) == {"pid", "host", "command", "since"}
    assert not (tmp_path / "writer.json").exists()


def test_the_lock_is_let_go_when_its_holder_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), lock(tmp_path):
        raise KeyError
    assert not (tmp_path / "writer.json").exists()
    with lock(tmp_path, wait=0):
        pass


@pytest.mark.parametrize("name", ["", "{}", "[1]", '{"pid":', None])
def test_a_holder_whose_name_cannot_be_read(tmp_path: Path, name: str | None) -> None:
    with lock(tmp_path):
        if name is None:
            (tmp_path / "writer.json").unlink()
        else:
            (tmp_path / "writer.json").write_text(name)
        with pytest.raises(LockedError, match="left no name"), lock(tmp_path, wait=0):
            pass


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CollectionError), lock(tmp_path / "file", wait=0):
        pass
