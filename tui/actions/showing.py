"""The actions that show something else, save, and leave."""

from collections.abc import Callable

from textual.message import Message

from tui.action import Action, ActionHint
from tui.actions import hinting
from tui.actions.requests import Finish, SaveAgain, Suspend
from tui.reader_protocol import Reader


def _posts(request: Callable[[], Message]) -> Callable[[Reader], None]:
    """The function of an action that sends a request to the program."""

    def post(reader: Reader) -> None:
        reader.post_message(request())

    return post


SHOWING = (
    Action(
        "side_panel",
        ("f2",),
        "Show",
        "Side panel",
        lambda reader: reader.toggle_panel(),
        ActionHint(18, hinting.always("panel")),
    ),
    Action("next_tab", ("f4",), "Show", "Next tab of the side panel", lambda reader: reader.next_tab()),
    Action(
        "label_rows",
        ("f3",),
        "Show",
        "Labels at the right, under the text, or not shown",
        lambda reader: reader.next_label_display(),
        ActionHint(19, hinting.always("names")),
    ),
    Action(
        "guidelines",
        ("G",),
        "Show",
        "Guidelines, at the label of the span",
        lambda reader: reader.open_window("guidelines"),
    ),
    Action(
        "keys",
        ("?", "f1"),
        "Show",
        "This list of keys",
        lambda reader: reader.open_window("keys"),
    ),
    Action(
        "palette", ("ctrl+p",), "Show", "Command palette", lambda reader: reader.open_window("palette")
    ),
    Action("theme", (), "Show", "Choose a theme", lambda reader: reader.open_window("theme")),
    Action(
        "screenshot",
        (),
        "Show",
        "Write the screen to an SVG file",
        lambda reader: reader.take_screenshot(),
    ),
    Action(
        "save_again", ("ctrl+s",), "Save", "Try again to save what could not be saved", _posts(SaveAgain)
    ),
    Action(
        "save_elsewhere",
        ("ctrl+o",),
        "Save",
        "Save to another database file",
        lambda reader: reader.open_window("database"),
    ),
    Action(
        "suspend", ("ctrl+z",), "Leave", "Go back to the shell; the command fg returns", _posts(Suspend)
    ),
    Action(
        "quit",
        ("ctrl+q",),
        "Leave",
        "Leave (everything is saved already)",
        _posts(Finish),
        ActionHint(21, hinting.always("leave")),
    ),
)
