"""What the terminal shows, as far as the program wrote it: only what differs from that is written.

A key changes a word, a sign at the left and a letter at the right of a row, and a key in the line of labels; the
rest of these rows stands there already.
"""

from collections.abc import Iterator
from typing import cast

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.changed_lines import LinesUpdate
from tui.lean_output import lean
from tui.placed import PlacedStrip

SHORT = 4
"""Up to how many unchanged blanks are written again rather than stepped over."""


class _Piece(Struct, frozen=True):
    """Part of a row, from some column on: its cells, and the segments in it by their columns."""

    cells: int
    segments: dict[int, Segment]


class _RowsUpdate(CompositorUpdate):
    def __init__(self, update: LayoutUpdate | ChopsUpdate, rows: "TerminalRows") -> None:
        self._update = update
        self._rows = rows

    def render_segments(self, console: Console) -> str:
        """The update as the terminal gets it."""
        return self._rows.write(self._update, console)


class TerminalRows:
    """The rows of the terminal. Whatever else writes to it says `forget`."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, _Piece]] = {}

    def forget(self) -> None:
        """Somebody else wrote to the terminal: everything is to be written again when it is drawn."""
        self._rows.clear()

    def over(self, update: RenderableType | None) -> RenderableType | None:
        """An update of the screen as one that writes what differs from what is there."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            # Textual's own updates are no renderables of Rich either, as far as types go.
            return cast("RenderableType", _RowsUpdate(update, self))
        return update

    def write(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """What to send so that the terminal shows an update of the screen."""
        if isinstance(update, LinesUpdate):
            return lean("".join(self._changes(update, console)))
        if isinstance(update, LayoutUpdate):
            # Drawn as a whole, also to repair what others may have written.
            update.strips = [list(strips) for strips in update.strips]
            for y, strips in enumerate(update.strips, update.region.y):
                self._rows.pop(y, None)
                x = update.region.x
                for strip in strips:
                    self._keep(y, x, strip)
                    x += strip.cell_length
        else:
            for y, _, _ in update.spans:
                self._rows.pop(y, None)
        return lean(update.render_segments(console))

    def _changes(self, update: LinesUpdate, console: Console) -> Iterator[str]:
        at = (-1, -1)
        for y, x, strip in update.pieces():
            before = self._rows.get(y, {}).get(x)
            after = self._keep(y, x, strip)
            if before is None or after is None or before.cells != after.cells:
                yield "" if at == (y, x) else _move(at, y, x)
                yield strip.render(console)
                at = (y, x + strip.cell_length)
                continue
            for column, segments in _differing(before, after):
                yield "" if at == (y, column) else _move(at, y, column)
                part = Strip(segments)
                yield part.render(console)
                at = (y, column + part.cell_length)

    def _keep(self, y: int, x: int, strip: Strip) -> _Piece | None:
        """Remember a piece of a row, or that nobody knows what stands there; `None` then."""
        row = self._rows.setdefault(y, {})
        end = x + strip.cell_length
        over = [start for start, piece in row.items() if start < end and x < start + piece.cells]
        for start in over:
            del row[start]
        if isinstance(strip, PlacedStrip):
            return None
        segments, column = {}, x
        for segment in strip:
            cells = cell_len(segment.text)
            if cells:
                segments[column] = segment
                column += cells
            elif segment.text:
                # It is drawn over what stands before it.
                return None
        piece = row[x] = _Piece(strip.cell_length, segments)
        return piece


def _differing(before: _Piece, after: _Piece) -> Iterator[tuple[int, list[Segment]]]:
    """The runs of segments that are not there yet, and where each begins."""
    run: list[Segment] = []
    blanks: list[Segment] = []
    begins = 0
    for column, segment in after.segments.items():
        old = before.segments.get(column)
        if old is None or old.text != segment.text or old.style != segment.style:
            if not run:
                begins = column
            run += [*blanks, segment]
            blanks = []
        elif run and not blanks and len(segment.text) <= SHORT and segment.text.isspace():
            blanks = [segment]
        elif run:
            yield begins, run
            run, blanks = [], []
    if run:
        yield begins, run


def _move(at: tuple[int, int], y: int, x: int) -> str:
    """Moves the cursor to a row and a column, both counted from 0."""
    return f"\x1b[{x + 1}G" if at[0] == y else f"\x1b[{y + 1};{x + 1}H"
