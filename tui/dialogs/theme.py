"""Asks for the theme of the screen."""

from collections.abc import Callable, Iterable

from tui.dialogs.host import Host


def ask_theme(host: Host, names: Iterable[str], now: str, choose: Callable[[str], None]) -> None:
    """`choose` is called with the name of the chosen theme; `now` is the current one."""
    from tui.screens.pick import Choice, PickList, PickScreen

    choices = [Choice(name, "used now" if name == now else "") for name in names]
    host.ask(PickScreen(PickList("THEME", "Which theme?", choices), host.appearance), choose)
