"""A screen that is not drawn all the time behind a window.

Textual draws a screen behind a window again when it changes, and this drawing asks for the next one. So
after the first change, the whole screen would be written fifty times a second until the window is
closed.
"""

from textual.screen import Screen


class ScreenDrawnOnce(Screen[None]):
    """Each change is drawn only once, also if a window is over the screen."""

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False
            self._dirty_widgets.clear()
