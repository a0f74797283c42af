"""The command for installing a missing library is for the environment in which the program is installed."""

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


def test_a_tool_of_uv_is_installed_anew_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The files are as `uv tool install` wrote them, for a folder and for the package index."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    receipt = tmp_path / "uv-receipt.toml"
    receipt.write_text(
        "[tool]\nrequirements = [\n"
        '    { name = "annotate-tui", directory = "/a b/clone" },\n'
        '    { name = "lxml", specifier = ">=6" },\n'
        "]\n"
    )
    assert (
        install_command("pyarrow>=18")
        == "uv tool install --with 'pyarrow>=18' '/a b/clone' --with 'lxml>=6'"
    )
    receipt.write_text('[tool]\nrequirements = [{ name = "annotate-tui" }]\n')
    assert install_command("pandas") == "uv tool install --with pandas annotate-tui"
    for damaged in ("", "[tool]", "tool = 1", "[tool]\nrequirements = [1]", "["):
        receipt.write_text(damaged)
        assert "-m pip install" in install_command("pandas")
