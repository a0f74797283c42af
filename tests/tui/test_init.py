"""`annotate init` writes complete files or none."""

import os
from pathlib import Path

import pytest

from tests.full_disk import full_disk
from tui.cli import main


@pytest.mark.parametrize("arguments", [["init"], ["init", "--example"]])
def test_a_full_disk_leaves_nothing_half_written(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with full_disk(100):
        status = main(arguments)
    assert (status, os.listdir()) == (2, [])
    assert "cannot be written: " in capsys.readouterr().err
    assert main(arguments) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(arguments) == 2
    assert "already exists" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
