"""The registry of what a person can do: bindings, dispatch, hints, help and palette all read it.

Lower-case letters and digits belong to labels. No action needs a key that plain terminals, tmux or ssh
do not deliver. A key is written as its character (`U`, `<`) or its name (`enter`, `shift+right`, `f2`).
"""

from collections.abc import Mapping

from tui.action import Action
from tui.actions.deciding import DECIDING
from tui.actions.moving import MOVING
from tui.actions.selecting import SELECTING
from tui.actions.showing import SHOWING

ACTIONS = (*MOVING, *SELECTING, *DECIDING, *SHOWING)

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}
