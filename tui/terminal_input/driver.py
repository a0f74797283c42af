"""Textual's driver for Linux and macOS, reading the terminal with our parser.

Textual's own driver differs: it treats unknown answers of the terminal as keys, and ends the program
without a message when bytes are not UTF-8 or a sequence is unexpected.
"""

import os
import selectors
import time
from collections.abc import Container
from functools import partial
from typing import ClassVar

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal_input.parser import TerminalParser

_POLL = 0.1
"""Seconds after which to check whether the program is ending."""
_READ = 1 << 16
_UNTIL_SIGNAL = 1.0
"""Seconds to wait for the signal that the terminal was closed."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal on a thread; errors there are handled like any other error of the program."""

    alt_keys: ClassVar[Container[str]] = ()
    """The keys with Alt that have a meaning."""

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            # It is queued after the keys that came before it, so these are handled first.
            self.send_message(events.Callback(callback=partial(_raise, error)))

    def run_input_thread(self) -> None:
        """Read, parse and pass on until the program ends."""
        parser = TerminalParser(constants.ESCAPE_DELAY, self.alt_keys)
        give_up_at = float("inf")
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                wait = min(_POLL, max(give_up_at - time.monotonic(), 0))
                if selector.select(wait):
                    messages = parser.feed(self._read())
                    patience = parser.patience
                    give_up_at = float("inf") if patience is None else time.monotonic() + patience
                elif time.monotonic() >= give_up_at:
                    messages = parser.give_up()
                    give_up_at = float("inf")
                else:
                    continue
                for message in messages:
                    self.process_message(message)

    def _read(self) -> bytes:
        try:
            data = os.read(self.fileno, _READ)
        except OSError:
            data = b""
        if not data and not self.exit_event.wait(_UNTIL_SIGNAL):
            raise EOFError("The terminal is closed.")
        return data

    def _enable_mouse_support(self) -> None:
        """Ask for the mouse in cells: another program may have left it set to pixels."""
        if self._mouse:
            self.write("\x1b[?1016l")
        super()._enable_mouse_support()

    def _query_in_band_window_resize(self) -> None:
        """Sizes are reported by a signal; with sizes in the input, Textual assumes that the mouse is in pixels."""


def _raise(error: Exception) -> None:
    raise error
