"""How a library that is missing is installed where this program runs."""

import importlib.util
import shlex
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

_OURS = "annotate-tui"
"""The distribution that this program is."""


def install_command(distribution: str) -> str:
    """What installs a distribution of the package index for the Python that runs this, typed in any folder."""
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return shlex.join(("pipx", "inject", environment.name, distribution))
    if ours := _installed_by_uv_tool(environment):
        return shlex.join(("uv", "tool", "install", "--with", distribution, *ours))
    if importlib.util.find_spec("pip") is None:
        # An environment that uv made has no pip.
        return shlex.join(("uv", "pip", "install", "--python", sys.executable, distribution))
    return shlex.join((sys.executable, "-m", "pip", "install", distribution))


def _installed_by_uv_tool(environment: Path) -> list[str]:
    """What `uv tool install` was told: this program and what was installed with it; empty where it was not.

    What is added to such an environment by other means is lost with its next upgrade. The file is described
    by uv's own source (`uv-tool/src/receipt.rs`).
    """
    try:
        receipt = tomllib.loads((environment / "uv-receipt.toml").read_text("utf-8"))
        wanted = {one["name"]: one for one in receipt["tool"]["requirements"]}
        return [_source(wanted.pop(_OURS)), *_with(wanted)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _with(wanted: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for one in wanted.values():
        yield from ("--with", _source(one))


def _source(wanted: Mapping[str, object]) -> str:
    """A requirement as it can be typed: where it is from, else its name with the versions."""
    for key, prefix in (("directory", ""), ("editable", ""), ("path", ""), ("url", ""), ("git", "git+")):
        if key in wanted:
            return f"{prefix}{wanted[key]}"
    return f"{wanted['name']}{wanted.get('specifier', '')}"
