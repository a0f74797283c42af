"""Draws one row of the article: the text in its styles.

Pure: the row, what is in it and the styles go in, strips come out.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from annotations.model.span import Span
from tui.article.shown import ShownFocus
from tui.article.styles import ArticleStyles, Over
from tui.cells import Row
from tui.marks import Mark


class RowContent(Struct, frozen=True):
    """What is in a row besides its text. Offsets are code points of the whole text, end exclusive."""

    focus: ShownFocus
    cursor: tuple[int, int]
    """The unit of the cursor; empty where the cursor stands between words."""
    spans: Sequence[Span] = ()
    """The spans that share a code point with the row, in reading order."""
    marks: Sequence[Mark] = ()
    """The marks that do."""


def draw_text(row: Row, columns: int, content: RowContent, styles: ArticleStyles) -> Strip:
    """The text of a row, cut at a number of columns."""
    focus, cursor = content.focus, content.cursor
    spans, marks = content.spans, content.marks
    cuts = {row.start, row.end, focus.start, focus.end, *cursor}
    cuts.update(*((span.start, span.end) for span in spans))
    cuts.update(*((mark.start, mark.end) for mark in marks))
    last = row.end_within(columns)
    places = sorted({min(row.snap(cut), last) for cut in cuts if row.start <= cut <= row.end})
    segments = []
    for start, end in itertools.pairwise(places):
        over = [span for span in spans if span.start <= start < span.end]
        style = styles.text(
            tuple(Over(span.label, span.status, span.doubtful) for span in over),
            crossing=_cross(over),
            focus="here" if focus.start <= start < focus.end else None,
            in_cursor=cursor[0] <= start < cursor[1],
            mark=next(((m.kind, m.label) for m in marks if m.start <= start < m.end), None),
        )
        segments.append(Segment(row.shown(start, end), style))
    if cursor[0] == cursor[1] and row.start <= cursor[0] <= row.end and row.width == 0:
        segments.append(Segment(" ", styles.text((), focus="here", in_cursor=True)))
    # What a terminal leaves free behind a full row is painted as the page.
    segments.append(Segment("", styles.base))
    return Strip(segments)


def _cross(spans: Sequence[Span]) -> bool:
    """Whether two of these spans overlap and neither holds the other; they share a place, in reading order."""
    alive = [span for span in spans if not span.rejected]
    return any(
        one.start < other.start and one.end < other.end for one, other in itertools.pairwise(alive)
    )
