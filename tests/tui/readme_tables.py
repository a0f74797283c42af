"""The tables of keys and commands in `docs/reference`, made from the registries.

`python -m tests.tui.readme_tables` writes them; a test compares.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from tui.actions import ACTIONS
from tui.cli import COMMANDS
from tui.keymap import key_sign

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
"""Each table is in the page of its name."""


def keys_table() -> str:
    """What a person can do, by group, and the keys that do it."""
    lines = ["| do | keys |", "|---|---|"]
    group = ""
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines.append(f"| **{group}** | |")
        keys = ", ".join(f"`{key_sign(key)}`" for key in action.keys)
        lines.append(f"| {_cell(action.words)} | {keys or 'in the palette'} |")
    return "\n".join(lines)


def commands_table() -> str:
    """The commands and what each does."""
    lines = ["| command | what it does |", "|---|---|"]
    lines += [f"| `annotate {name}` | {_cell(does)} |" for name, does in COMMANDS.items()]
    return "\n".join(lines)


def tables() -> Mapping[str, str]:
    """The tables by their names, which are those of their pages."""
    return {"keys": keys_table(), "commands": commands_table()}


def page(name: str) -> Path:
    """Where a table is."""
    return REFERENCE / f"{name}.md"


def in_its_page(name: str) -> str:
    """The table of a name as its page has it."""
    found = re.search(_between(name), page(name).read_text("utf-8"), re.DOTALL)
    return found[1] if found else ""


def _between(name: str) -> str:
    return rf"<!-- table of {name} -->\n(.*?)\n<!-- end of the table -->"


def _cell(words: str) -> str:
    return words.replace("\\", "\\\\").replace("|", "\\|")


def _write() -> None:
    for name, table in tables().items():
        before, _, rest = page(name).read_text("utf-8").partition(f"<!-- table of {name} -->\n")
        _, end, after = rest.partition("\n<!-- end of the table -->")
        page(name).write_text(f"{before}<!-- table of {name} -->\n{table}{end}{after}", "utf-8")


if __name__ == "__main__":
    _write()
