"""The view of the article: the wrapped text, which never moves, with its spans and the selection.

It is drawn line by line (Textual's line API). Only visible rows are drawn, and a drawn row is kept until an
edit or the selection changes it, so a key takes as long in a text of 10 MB as in one of 3 KB. The widget
combines the parts in `tui.article`: rows, styles, the drawing of a row, scrolling, drags.
"""

from collections.abc import Callable, Iterable

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.article.drag import Drag, rows_beyond
from tui.article.geometry import Geometry
from tui.article.marks import Marks
from tui.article.page import ArticlePage
from tui.article.scrolling import VisibleRows
from tui.article.shown import ShownDocument, ShownSelection
from tui.article.styles import ArticleStyles, FocusPlace
from tui.cells.widths import Widths
from tui.widgets.line_by_line import LineByLine, filled
from tui.widgets.thumb import ThumbBar

SLICE_ROWS = 1000
"""How many rows are wrapped at a time in the background: this takes about 2 milliseconds."""
DRAG_SCROLLS = 0.1
"""Seconds between two rows of scrolling while a drag is held above or below the view."""


class ArticleView(LineByLine, ScrollView, can_focus=False):
    """Shows a document, and posts messages about the mouse. It changes neither the text nor the selection."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ArticleView {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    class Pointed(Message):
        """The mouse was clicked at an offset in the text."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Dragged(Message):
        """The mouse was dragged over a range of the text."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    class MouseDone(Message):
        """Posted after the messages about all earlier events of the mouse."""

    def __init__(self, page: ArticlePage, geometry: Callable[[], Geometry]) -> None:
        """`geometry` returns where the parts of the page are on the screen, at its current size."""
        super().__init__(id="article")
        self._page = page
        self._geometry = geometry
        self._drag = Drag()
        self._pointer = Offset(0, 0)
        self._drag_timer: Timer | None = None
        self._pointed = False
        """Whether the mouse moved the cursor last; then the view keeps still while it is visible."""
        self.still = False
        """Whether the view does not scroll while the cursor is visible, whatever moves the cursor."""
        self._covered = 0
        """How many of the last lines of the view are covered by something else."""
        self._top_before: int | None = None
        """The scroll position before the view was covered for a while."""

    # What is shown

    @property
    def article_styles(self) -> ArticleStyles:
        """The styles of the text."""
        return self._page.styles

    @property
    def _lines_per_row(self) -> int:
        """How many lines of the screen a row of text takes: two if labels have their own rows."""
        return 2 if self._page.naming == "rows" else 1

    @property
    def wrapping_widths(self) -> Widths:
        """The character widths for wrapping text; no terminal draws a character wider."""
        return self._page.rows.larger

    def show_document(self, document: ShownDocument, selection: ShownSelection) -> None:
        """Show another document, or the same text with other annotations, and scroll to the cursor."""
        if self._page.show_document(document, selection):
            self._resized()
        self.repaint()
        self.follow(jump=True)

    def set_article_styles(self, styles: ArticleStyles) -> None:
        """Draw with other colours."""
        self._page.set_look(styles, self._page.geometry)
        self.refresh()

    def set_terminal_widths(self, widths: Widths) -> None:
        """Use the terminal's own widths to place clicks and the cursor; no text moves."""
        if widths != self._page.rows.terminal:
            self._page.rows.terminal = widths
            # Drawing again moves the names of labels, which are under their words, and the cursor.
            self.repaint()

    def set_marks(self, marks: Marks) -> None:
        """Change the marked ranges of the text, such as the matches of a search."""
        if marks != self._page.marks:
            self._page.marks = marks
            self.repaint()

    def set_focus_place(self, place: FocusPlace) -> None:
        """Show the selection as the place where the next key acts, or as a mark if it acts elsewhere."""
        if place != self._page.place:
            self._page.place = place
            self._redraw(*self._page.selected())

    def next_label_display(self) -> None:
        """Show labels of spans in the next way; the row of the cursor stays in place as far as possible."""
        above = self._page.cursor_row * self._lines_per_row - self.scroll_offset.y
        self._page.next_label_display()
        self._resized()
        top = self._page.cursor_row * self._lines_per_row - above
        self._scroll_to_line(top - top % self._lines_per_row)
        self.repaint()

    def repaint(self) -> None:
        """Draw everything that is visible again."""
        self._page.forget()
        self.refresh()

    def changed(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Draw the visible rows of these ranges again."""
        for start, end in ranges:
            self._redraw(start, end)

    def follow(self, *, jump: bool = False, first: int | None = None) -> None:
        """Draw what a move changed, and scroll so that the cursor and some rows around it are visible.

        If the mouse moved the cursor, the view does not scroll while the cursor is visible. With `first`, the
        row of this offset becomes the first row of the view.
        """
        if self._page.done_changed():
            self.refresh()
        self.changed(self._page.moved())
        if first is not None:
            self._scroll_to_line(self._page.rows.wrap.row_of(first) * self._lines_per_row)
        if jump or not ((self._pointed or self.still) and self._holds_still()):
            self.still = False
            self._scroll_into_view(jump)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar at the right; only its thumb is drawn."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = ThumbBar(vertical=True, thickness=1)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def cover(self, lines: int, *, for_now: bool) -> None:
        """Keep the cursor above the covered last lines; scroll back after what covers them `for_now`."""
        if for_now and self._top_before is None:
            self._top_before = self.scroll_offset.y
        self._covered = max(min(lines, self.scrollable_content_region.height - 1), 0)
        # Set without a new layout of the screen, which is not needed: the scroll bar is always there.
        self.set_reactive(Widget.virtual_size, self._whole_size)
        if not for_now and self._top_before is not None:
            self.scroll_to(y=self._top_before, animate=False, force=True)
            self._top_before = None
        self._pointed = False
        self.follow()

    # Where things are

    def offset_rows_away(self, rows: int) -> int:
        """The offset `rows` rows below the cursor (above it if negative), in the same column.

        The column is kept over a series of such moves, across shorter rows, until `forget_column`.
        """
        return self._page.rows.offset_rows_away(self._page.selection.cursor, rows)

    def forget_column(self) -> None:
        """Start the next move by rows from the column of the cursor."""
        self._page.rows.forget_column()

    def in_sight(self) -> tuple[tuple[int, int], int]:
        """The range of the rows that are fully visible, and the offset where the first of them ends."""
        return self._page.range_of(self._in_sight())

    def follow_keys(self) -> None:
        """Note that a key was pressed: from now on, the rows around the cursor are kept visible again."""
        self._pointed = False

    def _visible_rows(self) -> int:
        """How many rows of text fit into the view."""
        return max(self._visible_lines // self._lines_per_row, 1)

    def rows_in_page(self) -> int:
        """How many rows to scroll for a page, so that two rows stay visible."""
        return max(self._visible_rows() - 2, 1)

    def offset_under(self, x: int, y: int) -> int:
        """The offset at a cell of the view; left or right of a row, that of its first or last code point."""
        line = y - self._page.geometry.blank_rows + self.scroll_offset.y
        return self._page.rows.offset_at(line // self._lines_per_row, x - self._page.geometry.left)

    def caret(self) -> Offset:
        """The cell of the cursor on the screen, for screen readers and input methods."""
        row = self._page.cursor_row
        column = self._page.column_of(self._page.rows.row(row), self._page.selection.cursor)
        return Offset(column, self._line_of(row)) + self.content_region.offset

    @property
    def _columns(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _whole_size(self) -> Size:
        """The size of everything that can be scrolled: all rows, and the covered lines below them."""
        rows = self._page.rows.wrap.rows * self._lines_per_row
        return Size(self._columns, rows + self._page.geometry.blank_rows + self._covered)

    @property
    def _visible_lines(self) -> int:
        height = self.scrollable_content_region.height
        return height - self._page.geometry.blank_rows - self._covered

    def _line_of(self, row: int) -> int:
        """The line of the view where a row begins."""
        return row * self._lines_per_row - self.scroll_offset.y + self._page.geometry.blank_rows

    def _in_sight(self) -> VisibleRows:
        return VisibleRows(self.scroll_offset.y // self._lines_per_row, self._visible_rows())

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen, `y` lines below the top of the view."""
        width, base = self._columns, self._page.styles.base
        line = y - self._page.geometry.blank_rows
        if line < 0:
            return Strip.blank(width, base)
        number, part = divmod(line + self.scroll_offset.y, self._lines_per_row)
        wrap = self._page.rows.wrap
        wrap.reach_row(number)
        if number >= wrap.rows:
            return Strip.blank(width, base)
        return filled(self._page.strips(number)[part], width, base)

    def _redraw(self, start: int, end: int) -> None:
        rows = self._page.rows.rows_of(start, end)
        self._page.forget_rows(rows)
        top, height = self.scroll_offset.y // self._lines_per_row, self._visible_rows()
        first, last = max(rows.start, top), min(rows.stop - 1, top + height + 1)
        if first <= last:
            # Textual's own `refresh_lines` would also draw the scroll bar next to them.
            height = (last - first + 1) * self._lines_per_row
            self.refresh(Region(0, self._line_of(first), self._columns, height))

    # Scrolling and wrapping

    def _scroll_into_view(self, jump: bool) -> None:
        page = self._page
        first, last = page.cursor_row, page.last_row_of_focus
        top = self._in_sight().top_for(first, last, page.rows.number, jump=jump)
        if top is not None:
            self._scroll_to_line(top * self._lines_per_row)

    def _holds_still(self) -> bool:
        """Whether the view must not scroll by itself: during a drag, and while the cursor is visible."""
        return self._drag.active or self._in_sight().shows(self._page.cursor_row)

    def _scroll_to_line(self, line: int) -> None:
        self._page.rows.wrap.reach_row(line // self._lines_per_row + self._visible_rows())
        self._measure()
        self.scroll_to(y=max(line, 0), animate=False, force=True)

    def _measure(self) -> None:
        size = self._whole_size
        if size != self.virtual_size:
            self.virtual_size = size

    def _resized(self) -> None:
        self._page.set_look(self._page.styles, self._geometry())
        self._page.rows.wrap.reach_row(self._page.cursor_row + self._visible_rows())
        self._measure()
        self._wrap_on()

    def _wrap_on(self) -> None:
        """Wrap the rest of the text in slices, so that keys are handled between them."""
        wrap = self._page.rows.wrap
        if wrap.complete:
            self._measure()
            return
        before = wrap.rows
        wrap.extend(SLICE_ROWS)
        # The scroll bar does not have to be updated after each slice.
        if wrap.complete or before // 20_000 != wrap.rows // 20_000:
            self._measure()
        self.set_timer(0.01, self._wrap_on)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width; the cursor stays visible."""
        self._end_drag()
        if not self._columns or not self._visible_lines:
            return
        self._resized()
        self.follow(jump=self._page.cursor_row >= self._visible_rows())
        self.refresh()

    # The mouse

    def post_mouse_done(self) -> bool:
        """Post `MouseDone` after the messages of earlier mouse events; returns whether that will happen."""
        return self.call_later(self.post_message, self.MouseDone())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click moves the cursor, and may begin a drag."""
        if event.button == 1:
            offset = self.offset_under(event.x, event.y)
            self._drag.begin(offset)
            self._pointed = True
            self.capture_mouse()
            self.post_message(self.Pointed(offset))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag selects text; while it is above or below the view, it also scrolls."""
        if not self._drag.active:
            return
        if not event.button:
            # The button was released, but no event for that arrived.
            self._end_drag()
            return
        self._pointer = event.offset
        if not self._rows_beyond():
            self._stop_scrolling()
            self._select_dragged()
        else:
            self._scroll_by_drag()
            if self._drag_timer is None:
                self._drag_timer = self.set_interval(DRAG_SCROLLS, self._scroll_by_drag)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag."""
        self._end_drag()

    def on_mouse_release(self, event: events.MouseRelease) -> None:
        """End the drag, because something else has the mouse now, such as a new window."""
        self._end_drag()

    def _scroll_by_drag(self) -> None:
        rows = self._rows_beyond()
        self._scroll_to_line(self.scroll_offset.y + rows * self._lines_per_row)
        self._select_dragged()

    def _rows_beyond(self) -> int:
        return rows_beyond(self._pointer.y - self._page.geometry.blank_rows, self._visible_lines)

    def _select_dragged(self) -> None:
        """Select from where the drag began to the offset under the pointer, or the one nearest to it."""
        blank = self._page.geometry.blank_rows
        line = min(max(self._pointer.y, blank), self._visible_lines - 1 + blank)
        dragged = self._drag.to(self.offset_under(self._pointer.x, line))
        if dragged is not None:
            self.post_message(self.Dragged(*dragged))

    def _end_drag(self) -> None:
        self._drag.end()
        self._stop_scrolling()
        self.release_mouse()

    def _stop_scrolling(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None
