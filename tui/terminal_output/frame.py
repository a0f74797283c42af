"""Draws everything that a key changed on a screen at once, as one frame.

Textual gets a separate message for each change. It draws the first change at once and the next one with
its next tick, a 60th of a second later. So all changes are gathered here before the first one is drawn.
"""

from collections.abc import Iterator

from textual import messages
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Frame:
    """Draws what changed in the widgets of a screen; the screen keeps the same widgets while it is open."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._widgets: tuple[Widget, ...] = ()

    @property
    def must_wait(self) -> bool:
        """Whether widgets must be placed first: Textual calls a screen idle while one message is left."""
        return isinstance(self._screen._pending_message, messages.Layout | messages.UpdateScroll)

    def draw(self) -> bool:
        """Draw; `False` if something must be styled or laid out first, which has then been started."""
        self._widgets = self._widgets or tuple(self._screen.walk_children(Widget))
        taken = [self._take(widget) for widget in self._drawn()]
        if not all(taken):
            return False
        self._screen._on_timer_update()
        return True

    def _drawn(self) -> Iterator[Widget]:
        for widget in self._widgets:
            yield widget
            if isinstance(widget, ScrollView) and widget.show_vertical_scrollbar:
                yield widget.vertical_scrollbar

    def _take(self, widget: Widget) -> bool:
        """Mark a widget to be drawn if it changed; `False` if it must be styled or laid out first."""
        if widget._layout_required or widget._scroll_required or widget._refresh_styles_required:
            widget._check_refresh()
            return False
        if widget._repaint_regions:
            widget._repaint_required = False
            self._screen._dirty_widgets.add(widget)
        return True
