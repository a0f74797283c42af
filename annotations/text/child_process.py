"""How a process of our own is started: our packages are found, and the current directory is not looked in.

And what is said when it has ended though somebody waits for it.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_PACKAGES = str(Path(__file__).parents[2])
_NOTHING: Mapping[str, str] = MappingProxyType({})


class ProcessDiedError(Exception):
    """A process of our own ended, was ended or could not be started; the text says how, to be put in a sentence."""

    def __init__(self, how: str, *, too_long: bool = False) -> None:
        super().__init__(how)
        self.too_long = too_long
        """Whether it was ended as what it was asked for took too long."""


def command_of(module: str) -> list[str]:
    """The command that runs `main()` of one of our modules, by its full name, with this Python.

    With -P nothing is imported from the current directory; our own packages are, from where they are.
    """
    boot = (
        "import sys; folder = sys.argv.pop(); folder in sys.path or sys.path.insert(0, folder); "
        f"from {module} import main; main()"
    )
    return [sys.executable, "-P", "-c", boot, _PACKAGES]


def how_ended(status: int) -> str:
    """How a process ended, by the status that `Popen.wait` gives."""
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def start_process(module: str, environment: Mapping[str, str] = _NOTHING) -> "subprocess.Popen[bytes]":
    """Start `main()` of one of our modules, to be written to and read from, in a session of its own.

    It has our environment variables, and those of `environment` in their place. What it writes as an error
    is for nobody. Raises `OSError`.
    """
    return subprocess.Popen(
        command_of(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        start_new_session=True,
    )
