"""Asks for another database file to save to."""

from collections.abc import Callable
from pathlib import Path

from tui.dialogs.host import Host


def ask_database(host: Host, save_to: Callable[[Path], None]) -> None:
    """Ask for the path; `save_to` is called with it."""
    from tui.screens.prompt import PromptQuestion, PromptScreen

    def answer(path: str) -> None:
        if path:
            save_to(Path(path).expanduser())

    question = PromptQuestion(
        mode="SAVE",
        title="Which database file should it be saved to?",
        field="file",
        done="save there",
        wide=True,
    )
    host.ask(PromptScreen(question, host.appearance), answer)
