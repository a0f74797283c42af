"""Asks for an action, with a list of all actions; typing makes the list shorter."""

from collections.abc import Callable, Sequence

from tui.action import Action
from tui.dialogs.host import Host
from tui.keymap import Keymap

LATEST = 5
"""How many of the actions used last are at the beginning of the list."""
STEPS = ("Move", "Select")
"""Actions of these groups are never listed first, because nobody looks for such small steps in a list."""


def ask_action(
    host: Host, keymap: Keymap, used: Sequence[str], choose: Callable[[Action], None]
) -> None:
    """`choose` is called with the chosen action; `used` names the actions used before, the latest last."""
    from tui.screens.pick import Choice, PickList, PickScreen

    actions = {action.words: action for action in palette_order(keymap, used)}
    key_style = host.appearance.colours.style("bright", bold=True)
    sign = host.appearance.glyphs.key
    choices = [
        Choice(words, action.group, sign(keymap.sign(action.name)), key_style)
        for words, action in actions.items()
    ]
    host.ask(
        PickScreen(PickList("DO", "Which action?", choices, "do it"), host.appearance),
        lambda words: choose(actions[words]),
    )


def palette_order(keymap: Keymap, used: Sequence[str]) -> list[Action]:
    """All actions, each once: those used last, the latest first; those without a key; the others."""
    offered = {action.name: action for action in keymap.actions if action.name != "palette"}
    wanted = [n for n in dict.fromkeys(reversed(used)) if n in offered and offered[n].group not in STEPS]
    latest = wanted[:LATEST]
    rest = [action for name, action in offered.items() if name not in latest]
    return [
        *(offered[name] for name in latest),
        *(action for action in rest if not action.keys),
        *(action for action in rest if action.keys),
    ]
