"""Running commands of the program, each in a separate process."""

import os
import subprocess
from pathlib import Path

from tests.program.terminal import COMMAND, ROOT


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """How a command ended, and what it printed."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def output_of(folder: Path, *arguments: str) -> str:
    """What a command prints; it must end with status 0."""
    result = run(folder, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout
