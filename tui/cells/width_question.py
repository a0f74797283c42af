"""Asking the terminal how wide it draws what terminals differ about, while the program runs."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

from tui.cells.widths import Widths, widest

if TYPE_CHECKING:
    from tui.cells.width_probe import WidthProbe


class WidthQuestion:
    """The question, the answers as far as they have come, and what follows from them."""

    def __init__(self, adopt: Callable[[Widths], None]) -> None:
        """`adopt` gets the widths of the terminal, once all answers are there or none more come."""
        self.ambiguous = widest(os.environ).ambiguous
        """Cells of a character whose width in East Asia is ambiguous, at most."""
        self._adopt = adopt
        self._probe: WidthProbe | None = None
        self._unsent = ""

    @property
    def asked(self) -> bool:
        """Whether it was asked in this run: the answer is the same for all documents."""
        return self._probe is not None

    def ask(self, size: Size, widths: Widths) -> None:
        """Ask, with the next frame, what differs from `widths`."""
        from tui.cells.width_probe import WidthProbe

        self._probe = WidthProbe(*size, widths)
        self._unsent = self._probe.sequence()

    def take_unsent(self) -> str:
        """What to write to the terminal before the next frame: once."""
        unsent, self._unsent = self._unsent, ""
        return unsent

    def reply(self, event: events.CursorPosition) -> None:
        """The terminal reports where its cursor is, which it does when it is asked."""
        probe = self._probe
        if probe is not None and probe.reply(event.y + 1, event.x + 1) and not probe.waiting:
            self._conclude(probe)

    def stop(self) -> None:
        """No more answers are waited for."""
        if self._probe is not None and self._probe.waiting:
            self._probe.close()
            self._conclude(self._probe)

    def _conclude(self, probe: "WidthProbe") -> None:
        self.ambiguous = max(self.ambiguous, probe.widths.ambiguous)
        self._adopt(probe.widths)
