"""Strips of the screen that end at their column, however wide a terminal draws their characters.

Textual writes the pieces of a line one after the other and assumes that each takes as many cells as
Rich counts. If a terminal uses another number of cells, all that follows on the line would move: the
scrollbar, the side panel, the name of a label. So a piece with characters that terminals draw
differently is written over blanks, which remove what was there before, and what follows is put at its
own column.
"""

from collections.abc import Iterable

import regex
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.cells.row import NARROW

PLACED = Style.from_meta({"placed": True})
"""Added to the style of a segment, it keeps the segment at its column after characters of any width."""

_NARROW = NARROW.pattern.removesuffix("*+").removesuffix("]")
# Arrows, lines, boxes and the signs of the program.
_SIGNS = r"\u2190-\u22ff\u232b\u2500-\u25ff\u2691\u2713\u276f"
ONE_CELL = regex.compile(_NARROW + _SIGNS + "]*+")
"""Text in which each code point takes one cell, alone or next to others, if ambiguous ones are narrow."""
# Equally wide in every terminal: these, combining marks, letters of the Near East and of Thai, and the
# wide letters and signs of East Asia.
_AGREED = regex.compile(
    _NARROW + _SIGNS + r"\u0300-\u036f\u0591-\u05f4\u060c-\u061b\u061d-\u06dc\u0e01-\u0e32\u0e34-\u0e5b"
    r"\u3000-\u302d\u3030-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\uff01-\uff60\U00020000-\U0003fffd]*+"
)


def agreed(text: str, ambiguous: int) -> bool:
    """Whether all terminals draw a text in the same number of cells.

    `ambiguous` is how many cells a character takes whose width in East Asia is ambiguous.
    """
    return text.isascii() or (ambiguous == 1 and _AGREED.fullmatch(text) is not None)


class PlacedStrip(Strip):
    """A strip that begins at a column of the screen, and ends at the column that Rich expects."""

    __slots__ = ("_column",)

    def __init__(self, segments: Iterable[Segment], cell_length: int, column: int) -> None:
        super().__init__(segments, cell_length)
        self._column = column

    def crop(self, start: int, end: int | None = None) -> Strip:
        """A part of the strip, which is placed as well."""
        part = super().crop(start, end)
        return part if part is self else PlacedStrip(part, part.cell_length, self._column + start)

    def render(self, console: Console) -> str:
        """The strip as it is written: blanks, the text over them, and a move to the column after them."""
        colours = console._color_system or ColorSystem.TRUECOLOR
        segments = list(self)
        blank = (segments[-1].style if segments else None) or Style.null()
        while segments and not segments[-1].text.strip(" ") and segments[-1].style == blank:
            segments.pop()
        written = [
            self.render_style(blank, " " * self.cell_length, colours),
            _move_to(self._column),
        ]
        column = self._column
        before: list[str] = []
        for text, style, _ in segments:
            if is_placed(style):
                # The blanks before it are on the screen already; after wide text they would reach too far.
                before = [_move_to(column)]
            drawn = self.render_style(style or Style.null(), text, colours)
            if not text.strip(" ") and _same_blanks(style or Style.null(), blank):
                before.append(drawn)
            else:
                written += [*before, drawn]
                before = []
            column += cell_len(text)
        written.append(_move_to(self._column + self.cell_length))
        return "".join(written)


def _same_blanks(style: Style, other: Style) -> bool:
    """Whether blanks of two styles look the same."""
    return style == other or (
        style.bgcolor == other.bgcolor
        and not any(one.underline or one.strike or one.reverse for one in (style, other))
    )


def is_placed(style: Style | None) -> bool:
    """Whether a segment of this style keeps its own column (`PLACED`)."""
    return style is not None and "placed" in style.meta


def placed(update: RenderableType | None, ambiguous: int) -> RenderableType | None:
    """An update of the screen in which every strip that terminals may draw differently is placed."""
    if isinstance(update, LayoutUpdate):
        update.strips = [list(_placed_line(line, update.region.x, ambiguous)) for line in update.strips]
    elif isinstance(update, ChopsUpdate):
        drawn = {y for y, _, _ in update.spans}
        update.chops = [
            {x: strip and _placed_strip(strip, x, ambiguous) for x, strip in line.items()}
            if y in drawn
            else line
            for y, line in enumerate(update.chops)
        ]
    return update


def _placed_line(strips: Iterable[Strip], column: int, ambiguous: int) -> Iterable[Strip]:
    for strip in strips:
        yield _placed_strip(strip, column, ambiguous)
        column += strip.cell_length


def _placed_strip(strip: Strip, column: int, ambiguous: int) -> Strip:
    if all(agreed(segment.text, ambiguous) for segment in strip):
        return strip
    return PlacedStrip(strip, strip.cell_length, column)


def _move_to(column: int) -> str:
    """The sequence (CHA) that moves the cursor within its line to a column, counted from 0."""
    return f"\x1b[{column + 1}G"
