"""The rows of label names under the text, each name where its span begins.

Pure functions: they make strips from the row, its content and the styles.
"""

from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from annotations.model.span import Span, Status
from annotations.text.display import displayable
from tui.article.drawing import RowContent
from tui.article.marks import Mark, MarkKind
from tui.article.styles import ArticleStyles
from tui.cells.cut import cut
from tui.cells.row import Row, fit
from tui.colours.glyphs import Glyphs


def draw_names(
    row: Row, content: RowContent, styles: ArticleStyles, glyphs: Glyphs, columns: int
) -> Strip:
    """The names of the labels under a row in a number of columns, each where its span begins.

    A name ends before the next one begins; if there is no room for it, it is cut, with a sign for that.
    """
    segments, cell = [], 0
    names = _names_in(row, content, glyphs)
    for place, name in enumerate(names):
        last = place + 1 == len(names)
        room = columns - name.start if last else max(names[place + 1].start - name.start - 1, 1)
        shown = fit(cut(name.words, room, glyphs.cut), room).rstrip()
        segments.append(Segment(" " * (name.start - cell), styles.base))
        segments.append(Segment(shown, styles.name(name.label, name.status, doubtful=name.doubtful)))
        cell = name.start + cell_len(shown)
    return Strip(segments)


class _Name(Struct, frozen=True):
    """A name under the text: what to write, from which cell on, and the label that gives it its style."""

    start: int
    end: int
    words: str
    label: str
    status: Status
    doubtful: bool = False


def _names_in(row: Row, content: RowContent, glyphs: Glyphs) -> list[_Name]:
    """The names to write, left to right, with their places in cells of the row.

    Spans that begin in the same cell are written as one name, the outermost first.
    """
    in_text = [_name_of(span, glyphs, doubtful=span.key in content.stops) for span in content.spans]
    in_text += [_name_of_mark(mark) for mark in content.marks if mark.sign and mark.kind != "letters"]
    names: list[_Name] = []
    for name in sorted(in_text, key=lambda name: (name.start, -name.end)):
        first = row.cell_of(name.start) if name.start > row.start else 0
        words = (glyphs.cut if name.start < row.start else "") + displayable(name.words)
        outer = name
        if names and names[-1].start == first:
            outer = names.pop()
            words = f"{outer.words}/{words}"
        names.append(replace(outer, start=first, words=words))
    return names


def _sign_of(status: Status, glyphs: Glyphs) -> str:
    """The sign of a status after a label's name."""
    match status:
        case "accepted":
            return ""
        case "suggested":
            return "?"
        case "rejected":
            return glyphs.rejected
        case unknown:
            assert_never(unknown)


def _name_of(span: Span, glyphs: Glyphs, *, doubtful: bool) -> _Name:
    sign = _sign_of(span.status, glyphs)
    notes = ("!" if span.flagged else "") + ('"' if span.comment else "")
    return _Name(span.start, span.end, span.label + sign + notes, span.label, span.status, doubtful)


def _name_of_mark(mark: Mark) -> _Name:
    return _Name(mark.start, mark.end, mark.sign, mark.label, _drawn_as(mark.kind))


def _drawn_as(kind: MarkKind) -> Status:
    match kind:
        case "found" | "to change" | "letters" | "place":
            return "accepted"
        case "left out":
            return "rejected"
        case unknown:
            assert_never(unknown)
