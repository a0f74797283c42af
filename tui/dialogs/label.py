"""Asks for a label, from a list of all that is narrowed by typing."""

from tui.dialogs.host import Host


def ask_label(host: Host) -> None:
    """Label what is selected."""
    from tui.screens.pick import Choice, PickScreen

    colours = host.colours
    choices = [
        Choice(
            label.name,
            label.definition,
            colours.chip(label.name),
            label.key,
        )
        for label in host.opened.session.scheme
    ]
    host.ask(
        PickScreen("Label:", choices, host.base_style),
        lambda name: host.show_outcome(host.opened.review.label(name)),
    )
