"""Starting this program's own processes, so that they find its packages and ignore the current directory.

Also the error for a process that ended while the program was waiting for it.
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
    """One of the program's processes ended, was ended or could not be started; the text says how, as a
    part of a sentence.
    """

    def __init__(self, how: str, *, too_long: bool = False) -> None:
        super().__init__(how)
        self.too_long = too_long
        """Whether it was ended because its work took too long."""


def command_of(module: str) -> list[str]:
    """The command that runs `main()` of a module of this program, given by its full name, with this Python.

    With -P nothing is imported from the current directory; the program's packages are imported from
    where they are.
    """
    boot = (
        "import sys; folder = sys.argv.pop(); folder in sys.path or sys.path.insert(0, folder); "
        f"from {module} import main; main()"
    )
    return [sys.executable, "-P", "-c", boot, _PACKAGES]


def how_ended(status: int) -> str:
    """How a process ended, according to the status from `Popen.wait`."""
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def start_process(module: str, environment: Mapping[str, str] = _NOTHING) -> "subprocess.Popen[bytes]":
    """Start `main()` of a module in a new session, with pipes to write to it and read from it.

    It gets the environment variables of this process; those of `environment` replace them. What it writes
    to standard error is discarded. Raises `OSError`.
    """
    return subprocess.Popen(
        command_of(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        start_new_session=True,
    )
