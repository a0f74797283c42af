"""The labels with their keys and counts: always in sight, in as few lines as they fit."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from annotations.editing.open_document import OpenDocument
from annotations.model.label_scheme import Label
from annotations.text.display import displayable
from tui.colours.palette import Colours
from tui.widgets.lines import Line, Piece

MOST_LINES = 3


class LabelCount(Struct, frozen=True):
    """A label of the scheme, and how many spans have it."""

    label: Label
    accepted: int
    suggested: int


class LabelBar:
    """Makes the bar, anew only when a count, the width or a colour changed."""

    def __init__(self) -> None:
        self._made_of: object = None
        self._lines: list[Line] = []

    def lines(self, opened: OpenDocument, colours: Colours, width: int) -> list[Line]:
        """The bar as it is now, for a width in cells."""
        spans = opened.session.annotations.spans
        counts = [
            LabelCount(label, spans.count(label.name, "accepted"), spans.count(label.name, "suggested"))
            for label in opened.session.scheme
        ]
        made_of = (counts, colours, width)
        if made_of != self._made_of:
            self._made_of, self._lines = made_of, label_bar(counts, colours, width)
        return self._lines


def label_bar(counts: Sequence[LabelCount], colours: Colours, width: int) -> list[Line]:
    """The bar for a width in cells: names whole, else shortened, else keys and counts alone.

    A count is of accepted spans, and of suggestions behind a `+`: `p PERSON 3+8`.
    """
    for longest in (99, 6, 4, 2, 0):
        lines = _lines(counts, colours, width, longest)
        if len(lines) <= MOST_LINES:
            return lines
    return lines[:MOST_LINES]


def _lines(counts: Sequence[LabelCount], colours: Colours, width: int, longest: int) -> list[Line]:
    lines: list[Line] = []
    line: list[Piece] = []
    room = 0
    for count in counts:
        pieces = _pieces(count, colours, longest)
        cells = sum(cell_len(text) for text, _ in pieces)
        if line and cells > room:
            lines.append(line)
            line = []
        if not line:
            room = width - 1
            line = [(" ", "")]
        line += pieces
        room -= cells
    return [*lines, line] if line else lines


def _pieces(count: LabelCount, colours: Colours, longest: int) -> list[Piece]:
    label, accepted, suggested = count.label, count.accepted, count.suggested
    counted = f"{accepted or ''}{f'+{suggested}' if suggested else ''}"
    name = displayable(label.name)[:longest]
    words = " ".join(word for word in (name, counted) if word)
    return [
        (f" {label.key or '·'} ", colours.chip(label.name)),
        (f" {words}  " if words else " ", colours.ink(label.name) if suggested or accepted else "dim"),
    ]
