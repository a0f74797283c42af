"""Asks in which theme to show everything."""

from collections.abc import Callable, Iterable

from tui.dialogs.host import Host


def ask_theme(host: Host, names: Iterable[str], now: str, choose: Callable[[str], None]) -> None:
    """`choose` is called with the name of the theme that is picked; `now` is the one in use."""
    from tui.screens.pick import Choice, PickList, PickScreen

    choices = [Choice(name, "used now" if name == now else "") for name in names]
    host.ask(PickScreen(PickList("THEME", "Which theme?", choices), host.appearance), choose)
