"""The command that installs a missing library is one for the environment that the program is in."""

import importlib.util
import sys
from pathlib import Path

import pytest

from annotations.text.installing import install_command


def test_it_is_for_the_python_that_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/a b/bin/python")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    assert install_command("pyarrow>=18") == "'/a b/bin/python' -m pip install 'pyarrow>=18'"
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert install_command("pyarrow") == "uv pip install --python '/a b/bin/python' pyarrow"
    (tmp_path / "pipx_metadata.json").touch()
    assert install_command("pyarrow") == f"pipx inject {tmp_path.name} pyarrow"
