"""Draws one row of the article: the text in its styles, and under it the names of the labels.

Pure: the row, what is in it and the styles go in, strips come out.
"""

import itertools
from collections.abc import Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from annotations.model.span import Span, Status
from annotations.text.display import displayable
from tui.article.shown import ShownFocus
from tui.article.styles import ArticleStyles, Over
from tui.cells import Row
from tui.marks import Mark, MarkKind


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


def draw_names(row: Row, content: RowContent, styles: ArticleStyles) -> Strip:
    """The names of the labels under a row, each where its span begins."""
    segments, cell = [], 0
    names = _names_in(row, content)
    for place, name in enumerate(names):
        cells = cell_len(name.words)
        following = names[place + 1].start if place + 1 < len(names) else row.width + cells
        # A blank keeps a name that is longer than its span from running into the next one.
        room = following - name.start - (1 if name.end < following <= name.start + cells else 0)
        shown = name.words + name.line * max(name.end - name.start - cells, 0)
        if cell_len(shown) > room:
            shown = set_cell_size(shown, max(room, 0))
        segments.append(Segment(" " * (name.start - cell), styles.base))
        segments.append(Segment(shown, styles.name(name.label, name.status, doubtful=name.doubtful)))
        cell = name.start + cell_len(shown)
    return Strip(segments)


class _Name(Struct, frozen=True):
    """A name under the text: what to write from which cell to which, and whose style it has."""

    start: int
    end: int
    words: str
    line: str
    label: str
    status: Status
    doubtful: bool = False


def _names_in(row: Row, content: RowContent) -> list[_Name]:
    """The names to write, left to right, their places in cells of the row.

    Spans that begin in one cell share a name, the outermost first.
    """
    in_text = [_name_of(span) for span in content.spans]
    in_text += [_name_of_mark(mark) for mark in content.marks if mark.sign]
    names: list[_Name] = []
    for name in sorted(in_text, key=lambda name: (name.start, -name.end)):
        first = row.cell_of(name.start) if name.start > row.start else 0
        last = row.cell_of(name.end) if name.end < row.end else row.width
        words = ("‥" if name.start < row.start else "") + displayable(name.words)
        outer = name
        if names and names[-1].start == first:
            outer = names.pop()
            words, last = f"{outer.words}/{words}", max(outer.end, last)
            outer = replace(outer, line=name.line)
        names.append(replace(outer, start=first, end=last, words=words))
    return names


def _sign_and_line(status: Status) -> tuple[str, str]:
    """What stands behind a label's name, and what fills the rest of the span's width."""
    match status:
        case "accepted":
            return "", "─"
        case "suggested":
            return "?", "┄"
        case "rejected":
            return "×", " "
        case unknown:
            assert_never(unknown)


def _name_of(span: Span) -> _Name:
    sign, line = _sign_and_line(span.status)
    notes = ("!" if span.flagged else "") + ('"' if span.comment else "")
    return _Name(
        span.start, span.end, span.label + sign + notes, line, span.label, span.status, span.doubtful
    )


def _name_of_mark(mark: Mark) -> _Name:
    return _Name(mark.start, mark.end, mark.sign, "═", mark.label, _drawn_as(mark.kind))


def _drawn_as(kind: MarkKind) -> Status:
    match kind:
        case "found" | "to change":
            return "accepted"
        case "left out":
            return "rejected"
        case unknown:
            assert_never(unknown)
