"""How to install a missing library in the environment of this program."""

import importlib.util
import shlex
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

_OURS = "annotate-tui"
"""The name of this program's distribution."""


def install_command(distribution: str) -> str:
    """The command that installs a distribution from the package index for the running Python; it works
    in any folder.
    """
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
    """The requirements given to `uv tool install`: this program and what was installed with it; empty
    if uv did not install it.

    They are needed because packages added to such an environment in another way are lost at its next
    upgrade. The file is described by uv's own source (`uv-tool/src/receipt.rs`).
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
    """A requirement as it is typed in a command: its source, otherwise its name and versions."""
    for key, prefix in (("directory", ""), ("editable", ""), ("path", ""), ("url", ""), ("git", "git+")):
        if key in wanted:
            return f"{prefix}{wanted[key]}"
    return f"{wanted['name']}{wanted.get('specifier', '')}"
