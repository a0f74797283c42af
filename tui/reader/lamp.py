"""Where the next key acts: the one place that has the lamp. All others show their selection underlined.

Keys go to an open window, otherwise to a mode, otherwise to the side panel while it has the keys,
otherwise to the text.
"""

from typing import Literal

from tui.modes import Mode

KeysPlace = Literal["selection", "letters", "panel"]
"""What is selected in the text; letters over the text; the current row of the side panel."""
LampPlace = Literal["window", "selection", "letters", "panel"]


def keys_place(mode: Mode | None, *, panel_walked: bool) -> KeysPlace:
    """Where keys act while no window is open."""
    if mode is not None and mode.acts_on != "as before":
        return mode.acts_on
    return "panel" if panel_walked else "selection"


def lamp_place(keys: KeysPlace, *, window_open: bool) -> LampPlace:
    """The place that has the lamp."""
    return "window" if window_open else keys
