"""The article view: the text, wrapped and never moved, with its spans and the selection over it.

Drawn line by line (Textual's line API): only rows in sight are drawn, a drawn row is kept until an edit
or the selection touches it, and a key costs the same in a text of 3 KB and of 10 MB.

How the states of a span differ, colour aside:

    accepted   filled and bold; in the label row NAME and a line
    suggested  underlined; in the label row NAME? and a dotted line
    rejected   struck through; in the label row NAME× and nothing
    nested     inside another span: bold and underlined, a suggestion also italic
    selected   reversed and bold; the word of the cursor in it underlined
    found      by a search: reversed
    to change  in the preview of a propagation: reversed and italic; in the label row +NAME, or ×NAME
    left out   of it: italic and struck through; in the label row =
"""

import itertools
import os
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Range
from annotations.editing.selection import Focus
from annotations.model.span import Span
from tui.cells import Row, displayable
from tui.marks import Mark, MarkKind, Marks, NoMarks
from tui.placed import PLACED
from tui.theme import LabelColours
from tui.widths import Widths, widest
from tui.wrap import Wrap

KEPT_ROWS = 512
SLICE_ROWS = 2000
"""How many rows to wrap at a time while nobody waits: a few milliseconds."""
DRAG_SCROLLS = 0.1
"""Seconds from row to row while a drag is held above or below the view."""
CONTEXT = 3
"""How many rows to keep in sight around the cursor."""


class Looks(Struct, frozen=True):
    """What the view is painted with."""

    fore: str
    back: str
    muted: str
    colours: dict[str, LabelColours]


class ArticleView(ScrollView, can_focus=False):
    """Shows a session's text; tells by messages where the mouse points. It never changes a session."""

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
        """All that the mouse did until now has been told."""

    def __init__(self, opened: OpenDocument, looks: Looks, label_rows: bool | None = None) -> None:
        super().__init__(id="article")
        self.opened = opened
        self.looks = looks
        self.label_rows = label_rows
        self._marks: Marks = NoMarks()
        self.larger = widest(os.environ)
        """The widths that text is wrapped with, which no terminal exceeds."""
        self.terminal = self.larger
        """The widths of this terminal, as far as it has said."""
        self._wrap = Wrap(opened.session.text, 80, self.larger)
        self._drawn: dict[int, tuple[Strip, Strip]] = {}
        self._styles: dict[object, Style] = {}
        self._focus_drawn = (opened.selection.focus, opened.selection.cursor)
        self._goal_cell: int | None = None
        self._drag_from: int | None = None
        self._dragged = False
        """Whether the button has been moved to another place while it is down."""
        self._pointer = Offset(0, 0)
        self._drag_timer: Timer | None = None
        self._pointed = False
        """Whether the cursor was put by the mouse last: then it is in sight where it was put."""

    @property
    def _columns(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _lines_in_sight(self) -> int:
        return self.scrollable_content_region.height

    # What is shown

    @property
    def lines_per_row(self) -> int:
        """How many lines of the screen a row of text takes: two with label rows."""
        return 2 if self.label_rows else 1

    def set_session(self, opened: OpenDocument) -> None:
        """Show another opened of the same text."""
        self.opened = opened
        self.repaint()
        self.follow(jump=True)

    def set_looks(self, looks: Looks) -> None:
        """Paint with other colours."""
        self.looks = looks
        self._styles.clear()
        self.repaint()

    def set_terminal_widths(self, widths: Widths) -> None:
        """Find clicks and the cursor by what the terminal really does; no text moves."""
        if widths != self.terminal:
            self.terminal = widths
            # Names of labels stand under their words, and what is painted brings the cursor along.
            self.repaint()

    def toggle_label_rows(self) -> None:
        """Show the label rows, or hide them; the row of the cursor keeps its place as far as it can."""
        above = self._cursor_row() * self.lines_per_row - self.scroll_offset.y
        self.label_rows = not self.label_rows
        self._resized()
        top = self._cursor_row() * self.lines_per_row - above
        self._scroll_to_line(top - top % self.lines_per_row)
        self.repaint()

    def set_marks(self, marks: Marks) -> None:
        """Mark other ranges of the text, such as the matches of a search."""
        if marks != self._marks:
            self._marks = marks
            self.repaint()

    def repaint(self) -> None:
        """Draw everything in sight anew."""
        self._drawn.clear()
        self.refresh()

    def changed(self, ranges: Iterable[Range]) -> None:
        """Draw the rows of these ranges anew, as far as they were drawn at all."""
        for start, end in ranges:
            self._redraw(start, end)

    def follow(self, *, jump: bool = False) -> None:
        """Draw what moving changed, and bring the cursor into sight with some rows around it."""
        now = (self.opened.selection.focus, self.opened.selection.cursor)
        if now != self._focus_drawn:
            for focus, cursor in (self._focus_drawn, now):
                self._redraw(min(focus.start, cursor), max(focus.end, cursor + 1))
            self._focus_drawn = now
        if not (self._pointed and self._holds_still()) or jump:
            self._bring_into_sight(jump)

    # Moving by rows, which only the view knows

    def offset_rows_away(self, rows: int) -> int:
        """The offset so many rows below the cursor (above, if negative), in the same column.

        The column is kept over a series of such moves, across shorter rows.
        """
        row = self._cursor_row()
        if self._goal_cell is None:
            self._goal_cell = self._row(row).cell_of(self.opened.selection.cursor)
        self._wrap.reach_row(row + max(rows, 0))
        target = min(max(row + rows, 0), self._wrap.rows - 1)
        if target == row and rows:
            return 0 if rows < 0 else len(self.opened.session.text)
        return self._nearest_in_row(target)

    def follow_keys(self) -> None:
        """A key was pressed: the rows around the cursor are kept in sight again."""
        self._pointed = False

    def forget_column(self) -> None:
        """Let the next move by rows start from where the cursor is."""
        self._goal_cell = None

    def rows_in_sight(self) -> int:
        """How many rows of text fit the view."""
        return max(self._lines_in_sight // self.lines_per_row, 1)

    def rows_in_page(self) -> int:
        """How many rows to turn by, so that two stay in sight."""
        return max(self.rows_in_sight() - 2, 1)

    def first_offset_in_sight(self) -> int:
        """The offset of the first code point on the screen."""
        row = self.scroll_offset.y // self.lines_per_row
        return self._wrap.range_of(min(row, self._wrap.rows - 1))[0]

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen, `y` lines below the top of the view."""
        width = self._columns
        line = y + self.scroll_offset.y
        number, part = divmod(line, self.lines_per_row)
        self._wrap.reach_row(number)
        if number >= self._wrap.rows:
            return Strip.blank(width, self._base())
        if number not in self._drawn:
            if len(self._drawn) > KEPT_ROWS:
                self._drawn.clear()
            self._drawn[number] = self._draw(self._row(number))
        return self._drawn[number][part].crop_extend(0, width, self._base())

    def _draw(self, row: Row) -> tuple[Strip, Strip]:
        end = max(row.end, row.start + 1)
        spans = self.opened.session.annotations.spans.overlapping(row.start, end)
        marks = self._marks.overlapping(row.start, end)
        tags = self._draw_tags(row, spans, marks) if self.label_rows else Strip([])
        return self._draw_text(row, spans, marks), tags

    def _draw_text(self, row: Row, spans: list[Span], marks: Sequence[Mark]) -> Strip:
        focus, cursor = self.opened.selection.focus, self._cursor_range()
        cuts = {row.start, row.end, focus.start, focus.end, *cursor}
        cuts.update(*((span.start, span.end) for span in spans))
        cuts.update(*((mark.start, mark.end) for mark in marks))
        last = row.end_within(self._columns)
        places = sorted({min(row.snap(cut), last) for cut in cuts if row.start <= cut <= row.end})
        segments = []
        for start, end in itertools.pairwise(places):
            around = [span for span in spans if span.start <= start and span.end > start]
            style = self._style(
                tuple((span.label, span.status) for span in around),
                focus.start <= start < focus.end,
                cursor[0] <= start < cursor[1],
                next(((m.kind, m.label) for m in marks if m.start <= start < m.end), None),
            )
            segments.append(Segment(row.shown(start, end), style))
        if cursor[0] == cursor[1] and row.start <= cursor[0] <= row.end and row.width == 0:
            segments.append(Segment(" ", self._style((), True, True)))
        # What a terminal leaves free behind a full row is painted as the page.
        segments.append(Segment("", self._base()))
        return Strip(segments)

    def _draw_tags(self, row: Row, spans: list[Span], marks: Sequence[Mark]) -> Strip:
        tags: list[_Tag] = []
        ordered = [*map(_tag_of, spans), *(_tag_of_mark(mark) for mark in marks if mark.sign)]
        for tag in sorted(ordered, key=lambda tag: (tag.start, -tag.end)):
            first = row.cell_of(tag.start) if tag.start > row.start else 0
            last = row.cell_of(tag.end) if tag.end < row.end else row.width
            name = ("‥" if tag.start < row.start else "") + displayable(tag.name)
            if tags and tags[-1].start == first:
                outer = tags.pop()
                name, last = f"{outer.name}/{name}", max(outer.end, last)
                tag = replace(outer, name=name, line=tag.line)
            tags.append(replace(tag, start=first, end=last, name=name))
        segments, cell = [], 0
        for place, tag in enumerate(tags):
            first, last, name = tag.start, tag.end, tag.name
            cells = cell_len(name)
            following = tags[place + 1].start if place + 1 < len(tags) else row.width + cells
            # A blank keeps a name that is longer than its span from running into the next one.
            room = following - first - (1 if last < following <= first + cells else 0)
            shown = name + tag.line * max(last - first - cells, 0)
            if cell_len(shown) > room:
                shown = set_cell_size(shown, max(room, 0))
            segments.append(Segment(" " * (first - cell), self._base()))
            segments.append(Segment(shown, self._tag_style(tag.label, tag.status)))
            cell = first + cell_len(shown)
        return Strip(segments)

    def _style(
        self,
        around: tuple[tuple[str, str], ...],
        in_focus: bool,
        in_cursor: bool,
        mark: tuple[MarkKind, str] | None = None,
    ) -> Style:
        key = (around, in_focus, in_cursor, mark)
        if key not in self._styles:
            self._styles[key] = (
                self._marked(*mark)
                if mark is not None and not in_focus
                else self._make_style(around, in_focus, in_cursor)
            )
        return self._styles[key]

    def _marked(self, kind: MarkKind, label: str) -> Style:
        looks = self.looks
        if kind == "left out":
            return Style(color=looks.muted, bgcolor=looks.back, italic=True, strike=True)
        fore = looks.colours[label].fore if label in looks.colours else looks.fore
        return Style(color=fore, bgcolor=looks.back, reverse=True, italic=kind == "to change")

    def _make_style(self, around: tuple[tuple[str, str], ...], in_focus: bool, in_cursor: bool) -> Style:
        looks = self.looks
        fore, back = looks.fore, looks.back
        alive = [(label, status) for label, status in around if status != "rejected"]
        accepted = [label for label, status in alive if status == "accepted"]
        if accepted:
            colours = looks.colours[accepted[-1]]
            fore, back = colours.on_back, colours.back
        elif alive:
            fore = looks.colours[alive[-1][0]].fore
        elif around:
            fore = looks.muted
        suggested = bool(alive) and alive[-1][1] == "suggested"
        nested = len(alive) > 1
        if in_focus:
            fore, back = looks.fore, looks.back
        return Style(
            color=fore,
            bgcolor=back,
            bold=bool(accepted) or nested or in_focus,
            italic=suggested and nested,
            underline=suggested or nested or (in_cursor and in_focus),
            strike=bool(around) and not alive,
            reverse=in_focus,
        )

    def _tag_style(self, label: str, status: str) -> Style:
        key = ("tag", label, status)
        if key not in self._styles:
            fore = self.looks.muted if status == "rejected" else self.looks.colours[label].fore
            style = Style(color=fore, bgcolor=self.looks.back, bold=status == "accepted")
            self._styles[key] = style + PLACED
        return self._styles[key]

    def _base(self) -> Style:
        if "base" not in self._styles:
            self._styles["base"] = Style(color=self.looks.fore, bgcolor=self.looks.back)
        return self._styles["base"]

    # Where things are

    def _row(self, number: int) -> Row:
        return Row(self.opened.session.text, *self._wrap.range_of(number), self.larger, self.terminal)

    def _cursor_row(self) -> int:
        return self._wrap.row_of(self.opened.selection.cursor)

    def _cursor_range(self) -> Range:
        """The unit the person stands on, inside the focus when that is smaller or elsewhere."""
        start = self.opened.selection.cursor
        unit = self.opened.selection.unit_here
        focus: Focus = self.opened.selection.focus
        return max(start, unit[0]), min(unit[1], max(focus.end, start))

    def _nearest_in_row(self, number: int) -> int:
        row = self._row(number)
        return row.offset_at(min(self._goal_cell or 0, max(row.width - 1, 0)))

    def offset_under(self, x: int, y: int) -> int:
        """The offset under a cell of the view; behind a row's end, its last code point."""
        number = (y + self.scroll_offset.y) // self.lines_per_row
        self._wrap.reach_row(number)
        row = self._row(min(max(number, 0), self._wrap.rows - 1))
        return row.offset_at(min(x, max(row.width - 1, 0)))

    def _redraw(self, start: int, end: int) -> None:
        if start >= self._wrap.reached and not self._wrap.complete:
            return
        first = self._wrap.row_of(start)
        last = first if end <= self._wrap.range_of(first)[1] else self._wrap.row_of(end)
        top = self.scroll_offset.y // self.lines_per_row
        bottom = top + self.rows_in_sight() + 1
        if last - first > KEPT_ROWS:
            self._drawn.clear()
        else:
            for number in range(first, last + 1):
                self._drawn.pop(number, None)
        first, last = max(first, top), min(last, bottom)
        if first <= last:
            self.refresh_lines(first * self.lines_per_row, (last - first + 1) * self.lines_per_row)

    # Scrolling

    def _bring_into_sight(self, jump: bool) -> None:
        height = self.rows_in_sight()
        around = min(CONTEXT, (height - 1) // 2)
        first = self._cursor_row()
        last = self._wrap.row_of(max(self.opened.selection.focus.end - 1, self.opened.selection.cursor))
        last = min(last, first + height - 1 - 2 * around) if last > first else first
        top = self.scroll_offset.y // self.lines_per_row
        if top + around <= first and last <= top + height - 1 - around and not jump:
            return
        wanted = first - around if first < top + around else last - height + 1 + around
        if jump or abs(wanted - top) >= height:
            wanted = first - height // 3
        wanted = max(wanted, 0)
        if top <= first and last < top + height and self._at_limit(wanted, top):
            return
        self._scroll_to_line(wanted * self.lines_per_row)

    def _holds_still(self) -> bool:
        """Whether to leave the view to the mouse: during a drag, and as long as the cursor is in sight."""
        top = self.scroll_offset.y // self.lines_per_row
        return self._drag_from is not None or top <= self._cursor_row() < top + self.rows_in_sight()

    def _at_limit(self, wanted: int, top: int) -> bool:
        """Whether the text ends before the view could scroll on to `wanted`."""
        return wanted > top and self._wrap.complete and top + self.rows_in_sight() >= self._wrap.rows

    def _scroll_to_line(self, line: int) -> None:
        self._wrap.reach_row(line // self.lines_per_row + self.rows_in_sight())
        self._measure()
        self.scroll_to(y=max(line, 0), animate=False, force=True)

    def _measure(self) -> None:
        size = Size(self._columns, self._wrap.rows * self.lines_per_row)
        if size != self.virtual_size:
            self.virtual_size = size

    def _resized(self) -> None:
        self._drawn.clear()
        if self._wrap.width != max(self._columns, 2):
            self._wrap = Wrap(self.opened.session.text, self._columns, self.larger)
        self._wrap.reach_row(self._cursor_row() + self.rows_in_sight())
        self._measure()
        self._wrap_on()

    def _wrap_on(self) -> None:
        """Wrap the rest of the text in slices, leaving room for keys between them."""
        if self._wrap.complete:
            self._measure()
            return
        before = self._wrap.rows
        self._wrap.extend(SLICE_ROWS)
        # The scrollbar need not know of every slice.
        if self._wrap.complete or before // 20_000 != self._wrap.rows // 20_000:
            self._measure()
        self.set_timer(0.01, self._wrap_on)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width; the cursor stays in sight."""
        if self.label_rows is None:
            self.label_rows = self._lines_in_sight >= 26
        self._end_drag()
        if not self._columns or not self._lines_in_sight:
            return
        self._resized()
        self.follow(jump=self._cursor_row() >= self.rows_in_sight())
        self.refresh()

    def caret(self) -> Offset:
        """The cell of the cursor on the screen, for screen readers and input methods."""
        row = self._cursor_row()
        line = row * self.lines_per_row - self.scroll_offset.y
        cell = self._row(row).cell_of(self.opened.selection.cursor)
        return Offset(cell, line) + self.content_region.offset

    # The mouse

    def tell_when_done(self) -> bool:
        """Have `MouseDone` follow what the events of the mouse tell that came before; whether it will."""
        return self.call_later(self.post_message, self.MouseDone())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click stands somewhere, the start of a drag too."""
        if event.button == 1:
            self._drag_from = self.offset_under(event.x, event.y)
            self._dragged = False
            self._pointed = True
            self.capture_mouse()
            self.post_message(self.Pointed(self._drag_from))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag selects; above or below the view, it scrolls as well, as long as it stays there."""
        if self._drag_from is None:
            return
        if not event.button:
            # The button was let go where nobody told.
            self._end_drag()
            return
        self._pointer = event.offset
        if 0 <= event.y < self._lines_in_sight:
            self._stop_scrolling()
            self._drag()
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
        rows = -1 if self._pointer.y < 0 else 1
        self._scroll_to_line(self.scroll_offset.y + rows * self.lines_per_row)
        self._drag()

    def _drag(self) -> None:
        """Select from where the drag began to what is under the pointer, or nearest to it."""
        assert self._drag_from is not None
        here = self.offset_under(self._pointer.x, min(max(self._pointer.y, 0), self._lines_in_sight - 1))
        if here != self._drag_from or self._dragged:
            first, last = sorted((self._drag_from, here))
            self._dragged = True
            self.post_message(self.Dragged(first, last + 1))

    def _end_drag(self) -> None:
        self._drag_from = None
        self._stop_scrolling()
        self.release_mouse()

    def _stop_scrolling(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None


class _Tag(Struct, frozen=True):
    """A name under the text: from where to where (in code points, then in cells), and its looks."""

    start: int
    end: int
    name: str
    line: str
    label: str
    status: str


def _tag_of(span: Span) -> _Tag:
    sign, line = {"accepted": ("", "─"), "suggested": ("?", "┄"), "rejected": ("×", " ")}[span.status]
    notes = ("!" if span.flagged else "") + ('"' if span.comment else "")
    return _Tag(span.start, span.end, span.label + sign + notes, line, span.label, span.status)


def _tag_of_mark(mark: Mark) -> _Tag:
    status = "rejected" if mark.kind == "left out" else "accepted"
    return _Tag(mark.start, mark.end, mark.sign, "═", mark.label, status)
