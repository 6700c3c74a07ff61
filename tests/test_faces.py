"""The public faces of the packages: every name that they tell is there, and costs nothing before it is asked for."""

import importlib
import subprocess
import sys

import pytest

FACES = ("assistant", "eval", "index")


@pytest.mark.parametrize("face", FACES)
def test_every_name_of_a_face_is_there_and_no_other(face: str) -> None:
    module = importlib.import_module(face)
    assert sorted(module.__all__) == sorted(module._PLACES) == module.__all__
    for name in module.__all__:
        assert getattr(getattr(module, name), "__name__", "Event") in (name, "Event")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        module.nothing  # noqa: B018 the looking up is what is tested


@pytest.mark.parametrize("face", FACES)
def test_a_face_imports_nothing_by_itself(face: str) -> None:
    listed = f"import {face}, sys; print([n for n in sys.modules if n.startswith(('assistant.', 'eval.', 'index.'))])"
    result = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
