"""Asks for a label, from a list of all that is narrowed by typing."""

from tui.dialogs.host import Host


def ask_label(host: Host) -> None:
    """Label what is selected."""
    from tui.screens.pick import Choice, PickScreen

    colours = host.label_colours
    choices = [
        Choice(
            label.name,
            label.definition,
            f"bold {colours[label.name].on_back} on {colours[label.name].back}",
            label.key,
        )
        for label in host.opened.session.scheme
    ]
    host.ask(
        PickScreen("Label:", choices, host.base_style),
        lambda name: host.show_outcome(host.opened.review.label(name)),
    )
