"""Asks the terminal, while the program runs, how wide it draws characters that terminals draw differently."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

from tui.cells.widths import Widths, widest

if TYPE_CHECKING:
    from tui.cells.width_probe import WidthProbe


class WidthQuestion:
    """The question, the answers that have come, and the widths that follow from them."""

    def __init__(self, adopt: Callable[[Widths], None]) -> None:
        """`adopt` gets the widths of the terminal, once all answers have come or the wait is over."""
        self.ambiguous = widest(os.environ).ambiguous
        """The largest number of cells that a character whose width in East Asia is ambiguous may take."""
        self._adopt = adopt
        self._probe: WidthProbe | None = None
        self._unsent = ""

    @property
    def asked(self) -> bool:
        """Whether the question was asked in this run: the answer is the same for all documents."""
        return self._probe is not None

    def ask(self, size: Size, widths: Widths) -> None:
        """Ask with the next frame; what is not answered keeps its width in `widths`."""
        from tui.cells.width_probe import WidthProbe

        self._probe = WidthProbe(*size, widths)
        self._unsent = self._probe.sequence()

    def take_unsent(self) -> str:
        """What to write to the terminal before the next frame; it is returned only once."""
        unsent, self._unsent = self._unsent, ""
        return unsent

    def reply(self, event: events.CursorPosition) -> None:
        """The terminal reports where its cursor is; this may be an answer."""
        probe = self._probe
        if probe is not None and probe.reply(event.y + 1, event.x + 1) and not probe.waiting:
            self._conclude(probe)

    def stop(self) -> None:
        """Stop waiting for answers."""
        if self._probe is not None and self._probe.waiting:
            self._probe.close()
            self._conclude(self._probe)

    def _conclude(self, probe: "WidthProbe") -> None:
        self.ambiguous = max(self.ambiguous, probe.widths.ambiguous)
        self._adopt(probe.widths)
