"""Asks for a label, with a list of all labels; typing makes the list shorter."""

from tui.dialogs.host import Host
from tui.widgets.examples import example_words
from tui.widgets.status import quoted


def ask_label(host: Host) -> None:
    """Label the selection."""
    from tui.screens.pick import Choice, PickList, PickScreen

    appearance = host.appearance
    choices = [
        Choice(
            label.name,
            label.definition,
            label.key or appearance.glyphs.keyless,
            appearance.colours.ink(label.name, bold=True),
            "    ".join(example_words(label)),
        )
        for label in host.opened.session.scheme
    ]
    opened = host.opened
    focus = opened.selection.focus
    words = quoted(opened.session.text[focus.start : focus.end], 40, appearance)
    title = f"label for {words}" if words else "label"
    host.ask(
        PickScreen(PickList("LABEL", title, choices, "label it", has_foot=True), appearance),
        lambda name: host.show_outcome(host.opened.review.label(name)),
    )
