"""Asks for another database file to save to."""

from collections.abc import Callable
from pathlib import Path

from tui.dialogs.host import Host


def ask_database(host: Host, save_to: Callable[[Path], None]) -> None:
    """`save_to` is called with the path that is typed."""
    from tui.screens.prompt import PromptScreen

    def answer(path: str) -> None:
        if path:
            save_to(Path(path).expanduser())

    host.ask(PromptScreen("Save to which database file?", "", host.base_style), answer)
