"""What the README says of keys and commands is what there is."""

import re
from pathlib import Path

from tui.actions import ACTIONS
from tui.cli import COMMANDS
from tui.keymap import key_sign

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def keys_in_the_table() -> set[str]:
    """The keys named in the second column of the table of keys."""
    table = README.partition("| do | keys |\n|---|---|\n")[2].partition("\n\n")[0]
    keys: set[str] = set()
    for line in table.splitlines():
        cell = line.strip("|").rpartition("|")[2]
        quoted = re.findall(r"`([^`]+)`", cell)
        plain = re.sub(r"`[^`]+`", " ", cell)
        keys.update(quoted, (word.strip(";,") for word in plain.split()))
    return keys - {"", "or"}


def test_the_table_of_keys_has_the_keys_of_all_actions_and_no_others() -> None:
    assert keys_in_the_table() == {key_sign(key) for action in ACTIONS for key in action.keys}


def test_every_command_is_described() -> None:
    assert [name for name in COMMANDS if f"annotate {name}" not in README] == []
