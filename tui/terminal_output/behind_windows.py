"""A screen that stays calm behind a window.

Textual draws what is behind a window again whenever it changes, and that again asks for it to be drawn: from the
first change on, the whole screen would be written fifty times a second until the window is closed.
"""

from textual.screen import Screen


class BehindWindows(Screen[None]):
    """Its changes are drawn once also where a window is over it."""

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False
            self._dirty_widgets.clear()
