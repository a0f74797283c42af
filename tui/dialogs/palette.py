"""Asks what to do, from a list of all actions that is narrowed by typing."""

from collections.abc import Callable

from tui.action import Action
from tui.dialogs.host import Host
from tui.keymap import Keymap

SIGN = 9
"""Cells for the key of an action in the list."""


def ask_action(host: Host, keymap: Keymap, choose: Callable[[Action], None]) -> None:
    """`choose` is called with the action that is picked."""
    from tui.screens.pick import Choice, PickScreen

    actions = {action.words: action for action in keymap.actions if action.name != "palette"}
    choices = [
        Choice(words, action.name, key=f"{keymap.sign(action.name):<{SIGN}}")
        for words, action in actions.items()
    ]
    host.ask(PickScreen("Do:", choices, host.base_style), lambda words: choose(actions[words]))
