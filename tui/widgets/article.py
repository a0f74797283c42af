"""The article view: the text, wrapped and never moved, with its spans and the selection over it.

Drawn line by line (Textual's line API): only rows in sight are drawn, a drawn row is kept until an edit
or the selection touches it, and a key costs the same in a text of 3 KB and of 10 MB. The widget composes
what `tui.article` holds: rows, styles, the drawing of a row, scrolling, drags.
"""

import os
from collections.abc import Iterable

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from tui.article.drag import Drag, rows_beyond
from tui.article.drawing import RowContent, draw_text
from tui.article.label_rows import draw_names
from tui.article.rows import ArticleRows
from tui.article.scrolling import RowsInSight
from tui.article.shown import ShownDocument, ShownSelection
from tui.article.styles import ArticleStyles
from tui.cells import Row
from tui.marks import Marks, NoMarks
from tui.widgets.line_by_line import LineByLine
from tui.widths import Widths, widest

KEPT_ROWS = 512
SLICE_ROWS = 1000
"""How many rows to wrap at a time while nobody waits: some 2 milliseconds."""
DRAG_SCROLLS = 0.1
"""Seconds from row to row while a drag is held above or below the view."""
ROOM_FOR_NAMES = 26
"""Lines of the view from which on the names of labels are shown from the start."""


class ArticleView(LineByLine, ScrollView, can_focus=False):
    """Shows a document; says by messages where the mouse points. It changes neither text nor selection."""

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
        """A click on an offset of the text."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Dragged(Message):
        """A drag over a range of the text."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    class MouseDone(Message):
        """All that the mouse did until now has been posted."""

    def __init__(
        self,
        document: ShownDocument,
        selection: ShownSelection,
        styles: ArticleStyles,
        label_rows: bool | None = None,
    ) -> None:
        super().__init__(id="article")
        self.article_styles = styles
        self.label_rows = label_rows
        self._document = document
        self._selection = selection
        self._marks: Marks = NoMarks()
        self._rows = ArticleRows(document.text, widest(os.environ))
        self._drawn: dict[int, tuple[Strip, Strip]] = {}
        self._selection_drawn = (selection.focus, selection.cursor)
        self._drag = Drag()
        self._pointer = Offset(0, 0)
        self._drag_timer: Timer | None = None
        self._pointed = False
        """Whether the cursor was put by the mouse last: then it is in sight where it was put."""

    # What is shown

    @property
    def lines_per_row(self) -> int:
        """How many lines of the screen a row of text takes: two with label rows."""
        return 2 if self.label_rows else 1

    @property
    def wrapping_widths(self) -> Widths:
        """The widths that text is wrapped with, which no terminal exceeds."""
        return self._rows.larger

    def show_document(self, document: ShownDocument, selection: ShownSelection) -> None:
        """Show another document, or the same text with other annotations; the cursor comes into sight."""
        before, self._document, self._selection = self._document, document, selection
        if document.text is not before.text:
            self._rows = ArticleRows(document.text, self._rows.larger, self._rows.terminal)
            self._marks = NoMarks()
            self._resized()
        self.repaint()
        self.follow(jump=True)

    def set_article_styles(self, styles: ArticleStyles) -> None:
        """Paint with other colours."""
        self.article_styles = styles
        self.repaint()

    def set_terminal_widths(self, widths: Widths) -> None:
        """Find clicks and the cursor by what the terminal really does; no text moves."""
        if widths != self._rows.terminal:
            self._rows.terminal = widths
            # Names of labels stand under their words, and what is painted brings the cursor along.
            self.repaint()

    def set_marks(self, marks: Marks) -> None:
        """Mark other ranges of the text, such as the matches of a search."""
        if marks != self._marks:
            self._marks = marks
            self.repaint()

    def toggle_label_rows(self) -> None:
        """Show the label rows, or hide them; the row of the cursor keeps its place as far as it can."""
        above = self._cursor_row() * self.lines_per_row - self.scroll_offset.y
        self.label_rows = not self.label_rows
        self._resized()
        top = self._cursor_row() * self.lines_per_row - above
        self._scroll_to_line(top - top % self.lines_per_row)
        self.repaint()

    def repaint(self) -> None:
        """Draw everything in sight anew."""
        self._drawn.clear()
        self.refresh()

    def changed(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Draw the rows of these ranges anew, as far as they were drawn at all."""
        for start, end in ranges:
            self._redraw(start, end)

    def follow(self, *, jump: bool = False) -> None:
        """Draw what moving changed, and bring the cursor into sight with some rows around it.

        What the mouse put where it is stays there, as long as it is in sight.
        """
        now = (self._selection.focus, self._selection.cursor)
        if now != self._selection_drawn:
            for focus, cursor in (self._selection_drawn, now):
                self._redraw(min(focus.start, cursor), max(focus.end, cursor + 1))
            self._selection_drawn = now
        if jump or not (self._pointed and self._holds_still()):
            self._bring_into_sight(jump)

    # Where things are

    def offset_rows_away(self, rows: int) -> int:
        """The offset `rows` rows below the cursor (above, if negative), in the same column.

        The column is kept over a series of such moves, across shorter rows, until `forget_column`.
        """
        return self._rows.offset_rows_away(self._selection.cursor, rows)

    def forget_column(self) -> None:
        """Let the next move by rows start from where the cursor is."""
        self._rows.forget_column()

    def follow_keys(self) -> None:
        """A key was pressed: the rows around the cursor are kept in sight again."""
        self._pointed = False

    def rows_in_sight(self) -> int:
        """How many rows of text fit the view."""
        return max(self._lines_in_sight // self.lines_per_row, 1)

    def rows_in_page(self) -> int:
        """How many rows to turn by, so that two stay in sight."""
        return max(self.rows_in_sight() - 2, 1)

    def first_offset_in_sight(self) -> int:
        """The offset of the first code point on the screen."""
        wrap = self._rows.wrap
        return wrap.range_of(min(self._in_sight().top, wrap.rows - 1))[0]

    def offset_under(self, x: int, y: int) -> int:
        """The offset under a cell of the view; behind a row's end, its last code point."""
        return self._rows.offset_at((y + self.scroll_offset.y) // self.lines_per_row, x)

    def caret(self) -> Offset:
        """The cell of the cursor on the screen, for screen readers and input methods."""
        row = self._cursor_row()
        line = row * self.lines_per_row - self.scroll_offset.y
        cell = self._rows.row(row).cell_of(self._selection.cursor)
        return Offset(cell, line) + self.content_region.offset

    @property
    def _columns(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _lines_in_sight(self) -> int:
        return self.scrollable_content_region.height

    def _in_sight(self) -> RowsInSight:
        return RowsInSight(self.scroll_offset.y // self.lines_per_row, self.rows_in_sight())

    def _cursor_row(self) -> int:
        return self._rows.wrap.row_of(self._selection.cursor)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen, `y` lines below the top of the view."""
        width, base = self._columns, self.article_styles.base
        number, part = divmod(y + self.scroll_offset.y, self.lines_per_row)
        self._rows.wrap.reach_row(number)
        if number >= self._rows.wrap.rows:
            return Strip.blank(width, base)
        if number not in self._drawn:
            if len(self._drawn) > KEPT_ROWS:
                self._drawn.clear()
            self._drawn[number] = self._draw(self._rows.row(number))
        return self._drawn[number][part].crop_extend(0, width, base)

    def _draw(self, row: Row) -> tuple[Strip, Strip]:
        end = max(row.end, row.start + 1)
        content = RowContent(
            self._selection.focus,
            self._cursor_range(),
            self._document.annotations.spans.overlapping(row.start, end),
            self._marks.overlapping(row.start, end),
        )
        styles = self.article_styles
        names = draw_names(row, content, styles) if self.label_rows else Strip([])
        return draw_text(row, self._columns, content, styles), names

    def _cursor_range(self) -> tuple[int, int]:
        """The unit of the cursor, inside the focus when that is smaller or elsewhere."""
        start, unit = self._selection.cursor, self._selection.unit_here
        return max(start, unit[0]), min(unit[1], max(self._selection.focus.end, start))

    def _redraw(self, start: int, end: int) -> None:
        rows = self._rows.rows_of(start, end)
        if len(rows) > KEPT_ROWS:
            self._drawn.clear()
        else:
            for number in rows:
                self._drawn.pop(number, None)
        top, height = self.scroll_offset.y // self.lines_per_row, self.rows_in_sight()
        first, last = max(rows.start, top), min(rows.stop - 1, top + height + 1)
        if first <= last:
            # Textual's own `refresh_lines` would have the scrollbar beside them drawn as well.
            line = first * self.lines_per_row - self.scroll_offset.y
            height = (last - first + 1) * self.lines_per_row
            self.refresh(Region(0, line, self._columns, height))

    # Scrolling and wrapping

    def _bring_into_sight(self, jump: bool) -> None:
        first = self._cursor_row()
        last = self._rows.wrap.row_of(max(self._selection.focus.end - 1, self._selection.cursor))
        top = self._in_sight().top_for(first, last, self._rows.number, jump=jump)
        if top is not None:
            self._scroll_to_line(top * self.lines_per_row)

    def _holds_still(self) -> bool:
        """Whether to leave the view to the mouse: during a drag, and as long as the cursor is in sight."""
        return self._drag.active or self._in_sight().shows(self._cursor_row())

    def _scroll_to_line(self, line: int) -> None:
        self._rows.wrap.reach_row(line // self.lines_per_row + self.rows_in_sight())
        self._measure()
        self.scroll_to(y=max(line, 0), animate=False, force=True)

    def _measure(self) -> None:
        size = Size(self._columns, self._rows.wrap.rows * self.lines_per_row)
        if size != self.virtual_size:
            self.virtual_size = size

    def _resized(self) -> None:
        self._drawn.clear()
        self._rows.fit(self._columns)
        self._rows.wrap.reach_row(self._cursor_row() + self.rows_in_sight())
        self._measure()
        self._wrap_on()

    def _wrap_on(self) -> None:
        """Wrap the rest of the text in slices, leaving room for keys between them."""
        wrap = self._rows.wrap
        if wrap.complete:
            self._measure()
            return
        before = wrap.rows
        wrap.extend(SLICE_ROWS)
        # The scrollbar need not know of every slice.
        if wrap.complete or before // 20_000 != wrap.rows // 20_000:
            self._measure()
        self.set_timer(0.01, self._wrap_on)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width; the cursor stays in sight."""
        if self.label_rows is None:
            self.label_rows = self._lines_in_sight >= ROOM_FOR_NAMES
        self._end_drag()
        if not self._columns or not self._lines_in_sight:
            return
        self._resized()
        self.follow(jump=self._cursor_row() >= self.rows_in_sight())
        self.refresh()

    # The mouse

    def tell_when_done(self) -> bool:
        """Have `MouseDone` follow the messages of earlier events of the mouse; whether it will."""
        return self.call_later(self.post_message, self.MouseDone())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click puts the cursor, and may begin a drag."""
        if event.button == 1:
            offset = self.offset_under(event.x, event.y)
            self._drag.begin(offset)
            self._pointed = True
            self.capture_mouse()
            self.post_message(self.Pointed(offset))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag selects; above or below the view, it scrolls as well, as long as it stays there."""
        if not self._drag.active:
            return
        if not event.button:
            # The button was let go where no event of it arrived.
            self._end_drag()
            return
        self._pointer = event.offset
        if not rows_beyond(event.y, self._lines_in_sight):
            self._stop_scrolling()
            self._select_dragged()
        else:
            self._scroll_by_drag()
            if self._drag_timer is None:
                self._drag_timer = self.set_interval(DRAG_SCROLLS, self._scroll_by_drag)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The drag is over."""
        self._end_drag()

    def on_mouse_release(self, event: events.MouseRelease) -> None:
        """Something else has the mouse now, such as a window that opened."""
        self._end_drag()

    def _scroll_by_drag(self) -> None:
        rows = rows_beyond(self._pointer.y, self._lines_in_sight)
        self._scroll_to_line(self.scroll_offset.y + rows * self.lines_per_row)
        self._select_dragged()

    def _select_dragged(self) -> None:
        """Select from where the drag began to what is under the pointer, or nearest to it."""
        line = min(max(self._pointer.y, 0), self._lines_in_sight - 1)
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
