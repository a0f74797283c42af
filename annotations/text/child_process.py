"""How a process of our own is started: our packages are found, and the current directory is not looked in."""

import sys
from pathlib import Path

_PACKAGES = str(Path(__file__).parents[2])


def command_of(module: str) -> list[str]:
    """The command that runs `main()` of one of our modules, by its full name, with this Python.

    With -P nothing is imported from the current directory; our own packages are, from where they are.
    """
    boot = (
        "import sys; folder = sys.argv.pop(); folder in sys.path or sys.path.insert(0, folder); "
        f"from {module} import main; main()"
    )
    return [sys.executable, "-P", "-c", boot, _PACKAGES]
