"""The article as drawn rows: what each contains, and which of them an edit or a move changes.

A drawn row is kept until a span or a mark in it, or the cursor's paragraph, changes. Offsets are code
points, rows are counted from 0.
"""

import os
from collections.abc import Sequence
from typing import Literal, NamedTuple

from textual.strip import Strip

from annotations.model.span import Span
from tui.article.drawing import RowContent, draw_row, rail_of
from tui.article.geometry import SCROLL_BAR, Geometry
from tui.article.label_rows import draw_names
from tui.article.marks import Mark, Marks, NoMarks
from tui.article.page_look import PageLook
from tui.article.paragraph import CursorParagraph
from tui.article.rows import ArticleRows
from tui.article.scrolling import VisibleRows
from tui.article.shown import ShownDocument, ShownSelection
from tui.article.styles import ArticleStyles, FocusPlace
from tui.cells.row import Row
from tui.cells.widths import widest
from tui.colours.glyphs import Glyphs

Naming = Literal["rail", "rows", "none"]
"""How the labels of spans are shown: at the right of their rows, in rows under them, or not at all."""
NAMINGS: tuple[Naming, ...] = ("rail", "rows", "none")
KEPT_ROWS = 512


class DrawnRow(NamedTuple):
    """A row as it is drawn."""

    text: Strip
    """From the left edge of the page to the end of the rail."""
    names: Strip
    """The names under it; empty if they are shown in another way."""
    labels_cut: tuple[str, ...]
    """The labels of all spans that begin in it, if the rail has no room for them; otherwise none."""


class ArticlePage:
    """A document and the person's selection in it, drawn row by row."""

    def __init__(
        self,
        document: ShownDocument,
        selection: ShownSelection,
        styles: ArticleStyles,
        glyphs: Glyphs,
        geometry: Geometry,
    ) -> None:
        self.document = document
        self.selection = selection
        self.naming: Naming = "rail"
        self.place: FocusPlace = "here"
        self.marks: Marks = NoMarks()
        self.rows = ArticleRows(document.text, widest(os.environ))
        self._glyphs = glyphs
        self._paragraph = self._paragraph_of()
        self._look = self._look_with(styles, geometry)
        self._drawn: dict[int, DrawnRow] = {}
        self._shown = (selection.focus, selection.cursor)
        """The selection as it was drawn last."""
        self._shown_done = document.annotations.facts.done

    @property
    def geometry(self) -> Geometry:
        """Where the parts of the page are."""
        return self._look.geometry

    @property
    def styles(self) -> ArticleStyles:
        """The styles of the text."""
        return self._look.styles

    @property
    def cursor_row(self) -> int:
        """The row of the cursor."""
        return self.rows.wrap.row_of(self.selection.cursor)

    @property
    def last_row_of_focus(self) -> int:
        """The last row of what the keys act on."""
        return self.rows.wrap.row_of(max(self.selection.focus.end - 1, self.selection.cursor))

    def show_document(self, document: ShownDocument, selection: ShownSelection) -> bool:
        """Show another document, or other annotations of the same text; return whether the text is new."""
        before, self.document, self.selection = self.document, document, selection
        other = document.text is not before.text
        if other:
            self.rows = ArticleRows(document.text, self.rows.larger, self.rows.terminal)
            self.marks = NoMarks()
            self._paragraph = self._paragraph_of()
        self._look = self._look_with(self.styles, self.geometry)
        self.forget()
        return other

    def set_look(self, styles: ArticleStyles, geometry: Geometry) -> None:
        """Draw with other styles or in another place; the text is wrapped again only if its width changes."""
        self._look = self._look_with(styles, geometry)
        self.rows.fit(geometry.text)
        self.forget()

    def next_label_display(self) -> None:
        """Show the labels of spans in the next of the possible ways."""
        self.naming = NAMINGS[(NAMINGS.index(self.naming) + 1) % len(NAMINGS)]
        self._look = self._look_with(self.styles, self.geometry)
        self.forget()

    def forget(self) -> None:
        """Draw everything again when it is next shown."""
        self._drawn.clear()

    def forget_rows(self, rows: range) -> None:
        """Draw these rows again."""
        if len(rows) > KEPT_ROWS:
            self._drawn.clear()
        for number in rows if len(rows) <= KEPT_ROWS else ():
            self._drawn.pop(number, None)

    def done_changed(self) -> bool:
        """Whether the document was marked as done, or not done, since the last call; then forget all rows."""
        before, self._shown_done = self._shown_done, self.document.annotations.facts.done
        if before == self._shown_done:
            return False
        self.forget()
        return True

    def moved(self) -> Sequence[tuple[int, int]]:
        """The ranges of the text that look different since the selection changed."""
        now = (self.selection.focus, self.selection.cursor)
        before, self._shown = self._shown, now
        if now == before:
            return ()
        ranges = [
            (min(focus.start, cursor), max(focus.end, cursor + 1)) for focus, cursor in (before, now)
        ]
        old, new = (self._paragraph.at(min(at, len(self.document.text))) for _, at in (before, now))
        same = old == new and before[0].hidden == now[0].hidden
        return ranges if same else [*ranges, old, new]

    def selected(self) -> tuple[int, int]:
        """The range of the text that looks different while the next key acts on something else."""
        focus, cursor = self.selection.focus, self.selection.cursor
        return min(focus.start, cursor), max(focus.end, cursor + 1)

    def strips(self, number: int) -> tuple[Strip, Strip]:
        """A row, and the names under it."""
        drawn = self._row(number)
        return drawn.text, drawn.names

    def column_of(self, row: Row, offset: int) -> int:
        """The column of the page that shows an offset of a row."""
        return self.geometry.left + row.cell_of(offset)

    @property
    def labels_cut_here(self) -> tuple[str, ...]:
        """The labels of the cursor's row, if the rail has no room for all of them; otherwise none."""
        if self.naming != "rail" or not self.geometry.rail or self.selection.focus.hidden:
            return ()
        return self._row(self.cursor_row).labels_cut

    def range_of(self, sight: VisibleRows) -> tuple[tuple[int, int], int]:
        """The range of the text in the rows in sight, and where the first row ends."""
        wrap = self.rows.wrap
        wrap.reach_row(sight.top + sight.height)
        top = min(sight.top, wrap.rows - 1)
        start, first_end = wrap.reach_of(top)
        return (start, wrap.reach_of(min(top + sight.height, wrap.rows) - 1)[1]), first_end

    def _row(self, number: int) -> DrawnRow:
        if number not in self._drawn:
            if len(self._drawn) > KEPT_ROWS:
                self._drawn.clear()
            self._drawn[number] = self._draw(number)
        return self._drawn[number]

    def _draw(self, number: int) -> DrawnRow:
        row = self.rows.row(number)
        content = self._content(number, row)
        look = self._look
        in_rail = rail_of(row, content, look)
        drawn = draw_row(row, content, look, in_rail.pieces)
        if self.naming != "rows":
            return DrawnRow(drawn, Strip([]), in_rail.cut)
        left = look.geometry.left
        columns = look.geometry.view - SCROLL_BAR - left
        names = draw_names(row, content, look.styles, look.glyphs, columns)
        under = Strip.join([Strip.blank(left, look.styles.base), names])
        return DrawnRow(drawn, under, in_rail.cut)

    def _content(self, number: int, row: Row) -> RowContent:
        start, behind = self.rows.wrap.reach_of(number)
        end = max(row.end, row.start + 1)
        cursor = self.selection.cursor
        paragraph = self._paragraph.at(cursor)
        seen = not self.selection.focus.hidden
        in_paragraph = seen and paragraph[0] <= start < paragraph[1] and row.end > row.start
        done = self.document.annotations.facts.done
        spans = self._spans(start, end, done=done)
        stops_at = self.document.doubts.stops_at
        return RowContent(
            self.selection.focus,
            self._cursor_range(),
            spans,
            (*self.marks.overlapping(start, end), *self._places(start, end, done=done)),
            behind,
            here=seen and number == self.cursor_row,
            in_paragraph=in_paragraph,
            place=self.place,
            stops=frozenset(span.key for span in spans if stops_at(span)),
            labels=in_paragraph or not done,
        )

    def _spans(self, start: int, end: int, *, done: bool) -> Sequence[Span]:
        spans = self.document.annotations.spans.overlapping(start, end)
        return [span for span in spans if not span.rejected] if done else spans

    def _places(self, start: int, end: int, *, done: bool) -> Sequence[Mark]:
        places = () if done else self.document.places.overlapping(start, end)
        return [Mark(place.start, place.end, "place") for place in places]

    def _cursor_range(self) -> tuple[int, int]:
        """The word or character at the cursor, at most up to the end of the focus."""
        start, unit = self.selection.cursor, self.selection.unit_here
        return max(start, unit[0]), min(unit[1], max(self.selection.focus.end, start))

    def _look_with(self, styles: ArticleStyles, geometry: Geometry) -> PageLook:
        keys = {label.name: label.key for label in self.document.scheme}
        return PageLook(geometry, styles, self._glyphs, keys, rail=self.naming == "rail")

    def _paragraph_of(self) -> CursorParagraph:
        return CursorParagraph(self.document.text, by_line=self.rows.spaced)
