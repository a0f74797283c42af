"""The windows that a person opens over the reader to read or to choose something."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from textual.app import App

from annotations.model.errors import AnnotateError
from tui.dialogs.database import ask_database
from tui.dialogs.host import Host
from tui.dialogs.palette import ask_action
from tui.dialogs.theme import ask_theme
from tui.keymap import Keymap
from tui.reader.key_handler import KeyHandler
from tui.reader_protocol import WindowName


class Windows:
    """Opens each of these windows by its name."""

    def __init__(
        self,
        host: Host,
        keymap: Keymap,
        app: App[object],
        keys: KeyHandler,
        save_to: Callable[[Path], None],
        guidelines: Path | None,
    ) -> None:
        """`save_to` saves to another database file from now on.

        `guidelines` is the file with the guidelines of the project.
        """
        self._host = host
        self._keymap = keymap
        self._app = app
        self._keys = keys
        self._save_to = save_to
        self._guidelines = guidelines

    def open(self, window: WindowName) -> None:
        """Open a window."""
        app = self._app
        match window:
            case "keys":
                self._open_keys()
            case "guidelines":
                self._open_guidelines()
            case "palette":
                ask_action(self._host, self._keymap, self._keys.used, self._keys.choose)
            case "theme":
                ask_theme(self._host, app.available_themes, app.theme, self._set_theme)
            case "database":
                ask_database(self._host, self._save_to)
            case _:
                assert_never(window)

    def _set_theme(self, name: str) -> None:
        self._app.theme = name

    def _open_guidelines(self) -> None:
        from annotations.project.guidelines import read_guidelines

        try:
            markdown = read_guidelines(self._guidelines)
        except AnnotateError as error:
            self._host.say(str(error))
            return
        from tui.screens.guidelines import GuidelinesScreen

        span = self._host.opened.selection.focused_span
        label = span.label if span else ""
        window = GuidelinesScreen(markdown, label, self._keymap, self._host.appearance)
        self._host.ask(window, lambda _: None)

    def _open_keys(self) -> None:
        from tui.screens.keys import KeysScreen

        host = self._host
        scheme = host.opened.session.scheme
        host.ask(KeysScreen(self._keymap, scheme, host.appearance), lambda _: None)
