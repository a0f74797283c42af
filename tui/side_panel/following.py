"""Updates the side panel after edits: in the same frame if that is fast, otherwise a little later."""

from collections.abc import Callable

from tui.side_panel.panel import PanelContent, SidePanel

DELAY = 0.15
"""Seconds between an edit and the update of the panel, if listing everything takes long."""
QUICKLY_LISTED = 250
"""Up to how many spans the panel is updated within the frame of an edit; that takes 2 milliseconds."""


class PanelFollowing:
    """Keeps the panel up to date with the document. Many edits in a row cause one update."""

    def __init__(
        self,
        panel: SidePanel,
        content: Callable[[], PanelContent],
        is_open: Callable[[], bool],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        """`content` returns what to list now; `later` calls a function after some seconds."""
        self._panel = panel
        self._content = content
        self._is_open = is_open
        self._later = later
        self._due = False
        self._in_frame = False

    def show(self) -> None:
        """Bring the panel up to date, if it is open: at once if that is fast."""
        self._show(at_once=self._quickly_listed)

    @property
    def _quickly_listed(self) -> bool:
        return len(self._content().opened.session.annotations.spans) <= QUICKLY_LISTED

    def _show(self, *, at_once: bool) -> None:
        self._due = self._in_frame = False
        if self._is_open():
            self._panel.show(self._content(), at_once=at_once)

    def follow(self) -> None:
        """Something was edited: bring the panel up to date with the next frame, or soon."""
        if self._due or not self._is_open():
            return
        self._due = True
        if self._quickly_listed:
            self._in_frame = True
        else:
            self._later(DELAY, self.show)

    def before_frame(self) -> None:
        """A frame is about to be drawn."""
        if self._in_frame:
            self._show(at_once=True)
