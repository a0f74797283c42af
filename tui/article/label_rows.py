"""The rows of label names under the text, each name where its span begins.

Pure: the row, what is in it and the styles go in, strips come out.
"""

from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from annotations.model.span import Span, Status
from annotations.text.display import displayable
from tui.article.drawing import RowContent
from tui.article.styles import ArticleStyles
from tui.cells import Row
from tui.marks import Mark, MarkKind


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
    in_text = [_name_of(span, doubtful=span.key in content.stops) for span in content.spans]
    in_text += [_name_of_mark(mark) for mark in content.marks if mark.sign and mark.kind != "letters"]
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


def _name_of(span: Span, *, doubtful: bool) -> _Name:
    sign, line = _sign_and_line(span.status)
    notes = ("!" if span.flagged else "") + ('"' if span.comment else "")
    return _Name(
        span.start, span.end, span.label + sign + notes, line, span.label, span.status, doubtful
    )


def _name_of_mark(mark: Mark) -> _Name:
    return _Name(mark.start, mark.end, mark.sign, "═", mark.label, _drawn_as(mark.kind))


def _drawn_as(kind: MarkKind) -> Status:
    match kind:
        case "found" | "to change" | "letters":
            return "accepted"
        case "left out":
            return "rejected"
        case unknown:
            assert_never(unknown)
