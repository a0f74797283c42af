"""Draws one row of the article: the gutter, the text in its styles, the rail.

Pure functions: they make strips from the row, its content and the look of the page.
"""

import itertools
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from annotations.model.span import Span, SpanKey
from tui.article.geometry import BEFORE_RAIL, GUTTER
from tui.article.gutter import gutter_sign
from tui.article.marks import Mark
from tui.article.page_look import PageLook
from tui.article.rail import RailPiece, rail_entries, rail_pieces
from tui.article.shown import ShownFocus
from tui.article.styles import ArticleStyles, FocusPlace, Over
from tui.cells.row import Row
from tui.terminal_output.placed import PLACED


class RowContent(Struct, frozen=True):
    """What is in a row besides its text. Offsets are code points of the whole text, end exclusive."""

    focus: ShownFocus
    cursor: tuple[int, int]
    """The word or character at the cursor; empty if the cursor is between words."""
    spans: Sequence[Span] = ()
    """The visible spans that share a code point with the row, in reading order."""
    marks: Sequence[Mark] = ()
    """The marks that share a code point with the row."""
    behind: int = 0
    """Where the next row begins: after the end of the line and any empty lines."""
    here: bool = False
    """Whether it is the row of the cursor."""
    in_paragraph: bool = False
    """Whether it is in the paragraph of the cursor."""
    place: FocusPlace = "here"
    """Where the next key acts: on the focus, or on something outside the text."""
    stops: frozenset[SpanKey] = frozenset()
    """The doubtful suggestions among the spans."""
    labels: bool = True
    """Whether the rail names the spans that begin in the row."""


def draw_row(row: Row, content: RowContent, page: PageLook, rail: Sequence[RailPiece]) -> Strip:
    """A row from the left edge of the page to the end of the rail; `rail` is the text of the rail."""
    geometry, base = page.geometry, page.styles.base
    text = draw_text(row, geometry.text, content, page.styles)
    # After a full row, a cursor on the blanks that end it has one more cell.
    columns = max(geometry.text, text.cell_length)
    segments = [
        Segment(" " * (geometry.left - geometry.gutter), base),
        *_gutter(row, content, page),
        # The text begins at its column even if a terminal draws the signs before it too wide.
        Segment("", base + PLACED),
        *text.crop_extend(0, columns, base),
    ]
    if rail:
        segments.append(Segment(" " * (geometry.text + BEFORE_RAIL - columns), base))
        for piece in rail:
            style = page.in_rail(
                piece.look, piece.label, content.place, in_paragraph=content.in_paragraph
            )
            segments.append(Segment(piece.text, style))
    # Any cells that a terminal leaves free after a full row look like the page.
    segments.append(Segment("", base))
    return Strip(segments)


def _gutter(row: Row, content: RowContent, page: PageLook) -> Iterator[Segment]:
    base, end = page.styles.base, max(content.behind, row.end)
    sign = gutter_sign(
        row.start, end, content.spans, content.marks, page.glyphs, content.stops, here=content.here
    )
    wide = page.geometry.gutter == GUTTER
    if wide:
        yield Segment(" ", base)
    if sign is None:
        yield Segment(" ", base)
    else:
        yield Segment(sign.text, page.sign(sign.look, content.place))
    if content.in_paragraph:
        yield Segment(page.glyphs.rule, page.rule(content.place, here=content.here))
    else:
        yield Segment(" ", base)
    if wide:
        yield Segment(" ", base)


class InRail(Struct, frozen=True):
    """What the rail shows for a row."""

    pieces: Sequence[RailPiece] = ()
    cut: tuple[str, ...] = ()
    """The labels of all spans that begin in the row if there is no room for them, otherwise none."""


def rail_of(row: Row, content: RowContent, page: PageLook) -> InRail:
    """The text of the rail for a row: empty if there is no rail."""
    geometry, end = page.geometry, max(content.behind, row.end)
    if not (geometry.rail and page.rail and content.labels):
        return InRail()
    entries = rail_entries(
        row.start, end, content.spans, content.marks, content.focus, page.glyphs, content.stops
    )
    names = geometry.names_in_rail
    pieces = rail_pieces(entries, geometry.rail, page.keys, page.glyphs, names=names)
    cut = bool(pieces) and pieces[-1] == RailPiece(page.glyphs.cut, "sign")
    return InRail(pieces, tuple(entry.label for entry in entries) if cut else ())


def draw_text(row: Row, columns: int, content: RowContent, styles: ArticleStyles) -> Strip:
    """The text of a row, cut at a number of columns."""
    focus, cursor = content.focus, content.cursor
    spans, marks = content.spans, [mark for mark in content.marks if mark.kind != "letters"]
    letters = {start: (end, mark) for start, end, mark in _letters(row, content.marks)}
    longer = (focus.start, focus.end) != cursor
    cuts = {row.start, row.end, focus.start, focus.end, *cursor}
    cuts.update(*((span.start, span.end) for span in spans))
    cuts.update(*((mark.start, mark.end) for mark in marks))
    for start, (end, _) in letters.items():
        cuts.update((start, end))
    words_end = _words_end(row)
    cuts.add(words_end)
    last = row.end_within(columns)
    places = sorted({min(row.snap(cut), last) for cut in cuts if row.start <= cut <= row.end})
    segments = []
    seen = False
    covered = row.start
    for start, end in itertools.pairwise(places):
        if start in letters:
            covered, mark = letters[start]
            segments.append(_chip(row, start, covered, mark, styles))
        if start < covered:
            continue
        if start >= words_end and not focus.start <= start < focus.end <= row.end:
            # A span that continues in the next row is not drawn over the blanks that end this one.
            segments.append(Segment(row.shown(start, end), styles.base))
            continue
        in_focus = focus.start <= start < focus.end
        seen = seen or in_focus
        over = [span for span in spans if span.start <= start < span.end]
        style = styles.text(
            tuple(Over(span.label, span.status, span.key in content.stops) for span in over),
            crossing=_cross(over),
            focus=content.place if in_focus else None,
            in_cursor=longer and cursor[0] <= start < cursor[1],
            mark=next(((m.kind, m.label) for m in marks if m.start <= start < m.end), None),
        )
        segments.append(Segment(row.shown(start, end), style))
    if content.here and not seen:
        # The cursor is on an empty row, at the end of a line, or on blanks between two rows.
        segments.append(Segment(" ", styles.text((), focus=content.place)))
    return Strip(segments)


def _letters(row: Row, marks: Sequence[Mark]) -> Iterator[tuple[int, int, Mark]]:
    """The marks with letters over the text of a row, each with the range of text that it covers.

    If spans begin at the same place, the letters of the inner one come after those of the outer one.
    """
    free = row.start
    for mark in marks:
        start = max(row.snap(mark.start), free)
        if mark.kind != "letters" or mark.start < row.start or start >= row.end:
            continue
        free, cell = start + 1, row.cell_of(start)
        while free < row.end and row.cell_of(free) < cell + len(mark.sign):
            free += 1
        yield start, free, mark


def _chip(row: Row, start: int, end: int, mark: Mark, styles: ArticleStyles) -> Segment:
    """Letters in place of the text that they cover, as wide as that text, so that nothing after it moves."""
    covered = Segment(row.shown(start, end))
    style = styles.text((), mark=(mark.kind, mark.label))
    return Segment(mark.sign.ljust(covered.cell_length), style)


def _words_end(row: Row) -> int:
    """Where the blanks at the end of a row begin."""
    end = row.end
    while end > row.start and row.shown(end - 1, end).isspace():
        end -= 1
    return row.snap(end)


def _cross(spans: Sequence[Span]) -> bool:
    """Whether two of these spans, all over one place and in reading order, overlap without nesting."""
    alive = [span for span in spans if not span.rejected]
    return any(
        one.start < other.start and one.end < other.end for one, other in itertools.pairwise(alive)
    )
