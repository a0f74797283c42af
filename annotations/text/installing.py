"""How a library that is missing is installed where this program runs."""

import importlib.util
import shlex
import sys
from pathlib import Path


def install_command(distribution: str) -> str:
    """What installs a distribution of the package index for the Python that runs this, typed in any folder."""
    python, wanted = shlex.quote(sys.executable), shlex.quote(distribution)
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return f"pipx inject {shlex.quote(environment.name)} {wanted}"
    if importlib.util.find_spec("pip") is None:
        # An environment that uv made has no pip.
        return f"uv pip install --python {python} {wanted}"
    return f"{python} -m pip install {wanted}"
