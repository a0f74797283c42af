"""The actions that change the edges of the selection or the unit of a step, or drop the selection."""

from tui.action import Action, ActionHint, show_what
from tui.actions import hinting

SELECTING = (
    Action(
        "grow_right",
        ("shift+right", "."),
        "Select",
        "Grow at the right",
        show_what(lambda opened: opened.resizing.grow_right()),
        ActionHint(9, hinting.where(hinting.on_words, "right edge"), "shrink_right"),
    ),
    Action(
        "shrink_right",
        ("shift+left", ","),
        "Select",
        "Shrink at the right",
        show_what(lambda opened: opened.resizing.shrink_right()),
    ),
    Action(
        "grow_left",
        ("<", "Z"),
        "Select",
        "Grow at the left",
        show_what(lambda opened: opened.resizing.grow_left()),
        ActionHint(10, hinting.where(hinting.on_words, "left edge"), "shrink_left"),
    ),
    Action(
        "shrink_left",
        (">", "X"),
        "Select",
        "Shrink at the left",
        show_what(lambda opened: opened.resizing.shrink_left()),
    ),
    Action(
        "to_end_of_name",
        (")",),
        "Select",
        "Grow to the end of the name",
        show_what(lambda opened: opened.resizing.to_end_of_name()),
    ),
    Action(
        "to_start_of_name",
        ("(",),
        "Select",
        "Grow to the start of the name",
        show_what(lambda opened: opened.resizing.to_start_of_name()),
    ),
    Action(
        "toggle_characters",
        ("'", "H"),
        "Select",
        "Move by characters instead of words, or back",
        show_what(lambda opened: opened.selection.toggle_characters()),
        ActionHint(11, hinting.stepping),
    ),
    Action(
        "narrow",
        ("escape",),
        "Select",
        "Deselect; on a span, select only the word",
        lambda reader: reader.narrow(),
        ActionHint(20, hinting.clearing_selection),
    ),
)
