"""Draws only the lines of a screen that changed.

Textual lets every widget in the rectangle around all changes draw all of its lines, and then also the
containers behind them. A key changes a row, the first line and the last lines, so the rectangle is the
whole screen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import cast

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.terminal_output.last_written import LastWritten

PartOfLine = tuple[int, int, int]
"""The number of the line, the first column of the part, and the column after its last one."""


class LinesUpdate(ChopsUpdate):
    """What is written for the lines that changed: only the cells that the terminal shows differently."""

    def __init__(
        self,
        chops: Sequence[Mapping[int, Strip | None]],
        spans: list[PartOfLine],
        chop_ends: list[list[int]],
        written: LastWritten,
    ) -> None:
        super().__init__(chops, spans, chop_ends)
        self._written = written

    def write_whole(self) -> None:
        """Something else was written to the terminal: the next time, each piece is written whole."""
        self._written.forget()

    def render_segments(self, console: Console) -> str:
        """The update as it is written to the terminal; it is remembered as what the terminal shows."""
        written: list[str] = []
        for y, left, right in self.spans:
            column = -1
            for (start, strip), end in zip(self.chops[y].items(), self.chop_ends[y], strict=True):
                if strip is None or start >= right or end <= left:
                    continue
                for place, piece in self._written.changes(y, start, strip):
                    if place != column:
                        written.append(f"\x1b[{y + 1};{place + 1}H")
                    written.append(piece.render(console))
                    column = place + piece.cell_length
        return "".join(written)


class ChangedLines(Compositor):
    """Asks widgets for the lines that changed, from front to back, until every cell of them is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._written = LastWritten()

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen: what was on the terminal before does not count."""
        self._written.forget()
        return super().render_full_update(simplify)

    def render_partial_update(self) -> LinesUpdate | None:
        """What changed since the last call."""
        height = self.size.height
        spans = [span for span in self._regions_to_spans(self._dirty_regions) if span[0] < height]
        self._dirty_regions.clear()
        if not spans:
            return None
        return LinesUpdate(self._draw(spans), spans, [cuts[1:] for cuts in self.cuts], self._written)

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        # The type is Textual's, without `None`: when a whole screen is drawn, every piece is there.
        left, right = crop.column_span
        spans = [(y, left, right) for y in crop.line_range if is_rendered_line(y)]
        return cast("Sequence[Mapping[int, Strip]]", self._draw(spans))

    def _draw(self, spans: Iterable[PartOfLine]) -> list[dict[int, Strip | None]]:
        """The pieces of each line by their first columns; `None` for those outside the spans."""
        cuts = self.cuts
        lines: list[dict[int, Strip | None]] = [{} for _ in cuts]
        undrawn: dict[int, set[int]] = {}
        for y, left, right in spans:
            lines[y] = dict.fromkeys(cuts[y][:-1])
            pieces = {start for start, end in pairwise(cuts[y]) if start < right and end > left}
            undrawn.setdefault(y, set()).update(pieces)
        for widget, (region, clip) in self.visible_widgets.items():
            if not undrawn:
                break
            shown = region.intersection(clip)
            left, right = shown.column_span
            there = [
                y
                for y, starts in undrawn.items()
                if y in shown.line_range and _any_in(starts, left, right)
            ]
            for first, behind in _runs(there):
                part = Region(shown.x - region.x, first - region.y, shown.width, behind - first)
                for y, strip in zip(range(first, behind), widget.render_lines(part), strict=True):
                    within = [cut for cut in cuts[y] if left <= cut <= right]
                    divided = strip.divide([cut - left for cut in within[1:]])
                    for cut, piece in zip(within, divided, strict=False):
                        if cut in undrawn[y]:
                            lines[y][cut] = piece
                            undrawn[y].discard(cut)
                    if not undrawn[y]:
                        del undrawn[y]
        return lines


def _any_in(starts: Iterable[int], left: int, right: int) -> bool:
    return any(left <= start < right for start in starts)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as ranges, end exclusive."""
    first = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield numbers[first], numbers[place - 1] + 1
            first = place
