"""Requests of a person that concern the program, not the document: messages from the reader to the app."""

from pathlib import Path

from textual.message import Message


class SaveAgain(Message):
    """Try again to save, at another path if one is given."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self.path = path


class Suspend(Message):
    """Go back to the shell for a while."""


class Finish(Message):
    """Leave the program."""
