"""The side panel follows edits: within their frame where that is quickly done, else a little later."""

from collections.abc import Callable

from textual.screen import Screen

from tui.dialogs.host import Host
from tui.widgets.side_panel import SidePanel

OPEN = "with-panel"
"""The class of the screen while the panel is open."""
DELAY = 0.15
"""Seconds between an edit and the panel following it, where listing everything takes long."""
QUICKLY_LISTED = 250
"""Up to how many spans the panel is listed anew within the frame of an edit: 2 milliseconds."""


class PanelFollowing:
    """Opens and closes the panel and keeps it as the document is. Many edits in a row cost it once."""

    def __init__(
        self,
        panel: SidePanel,
        host: Host,
        screen: Screen[None],
        show_later: Callable[[], None],
    ) -> None:
        """`show_later` brings what stands around the article up to date with the next frame."""
        self._panel = panel
        self._host = host
        self._screen = screen
        self._show_later = show_later
        self._due = False
        self._in_frame = False

    def show(self) -> None:
        """Bring the panel up to date, if it is open."""
        self._due = self._in_frame = False
        if self._screen.has_class(OPEN):
            host = self._host
            self._panel.show(host.opened, host.label_colours, host.base_style)

    def follow(self) -> None:
        """Something was edited: bring the panel up to date with the next frame, or soon."""
        if self._due or not self._screen.has_class(OPEN):
            return
        self._due = True
        if len(self._host.opened.session.annotations.spans) > QUICKLY_LISTED:
            self._screen.set_timer(DELAY, self.show)
        else:
            self._in_frame = True
            self._show_later()

    def before_frame(self) -> None:
        """A frame is about to be drawn."""
        if self._in_frame:
            self.show()

    def toggle(self) -> None:
        """Open the panel and walk it; from there, close it."""
        walked = self._panel.walking
        self._screen.set_class(not walked, OPEN)
        self._panel.walking = not walked
        self._show_later()
        self._screen.call_after_refresh(self.show)

    def next_tab(self) -> None:
        """Show the next list, in the panel opened for it if need be."""
        self._screen.add_class(OPEN)
        self._panel.turn(1)
        self._screen.call_after_refresh(self.show)
