"""Everything that a key changed on a screen, drawn as one frame and at once.

Textual draws the first thing that changed at once and the next one with its next tick, a 60th of a
second later; each change comes to it by a message of its own. So whatever changed is gathered before the
first thing is drawn, not when each widget comes to it.
"""

from collections.abc import Iterator

from textual import messages
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Frame:
    """Draws what changed in the widgets of a screen, which has the same ones for as long as it is open."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._widgets: tuple[Widget, ...] = ()

    @property
    def must_wait(self) -> bool:
        """Whether places of widgets change first: Textual calls a screen idle with one message left."""
        return isinstance(self._screen._pending_message, messages.Layout | messages.UpdateScroll)

    def draw(self) -> bool:
        """Draw; `False` where something must be styled or laid out first, which is then under way."""
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
        """Take over what is to be drawn of a widget; `False` if more must be done with it first."""
        if widget._layout_required or widget._scroll_required or widget._refresh_styles_required:
            widget._check_refresh()
            return False
        if widget._repaint_regions:
            widget._repaint_required = False
            self._screen._dirty_widgets.add(widget)
        return True
