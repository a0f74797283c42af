"""The labels with their keys and counts: always in sight, in as few lines as they fit."""

from rich.cells import cell_len

from annotations.editing.open_document import OpenDocument
from annotations.model.label_scheme import Label
from tui.cells import displayable
from tui.theme import LabelColours
from tui.widgets.lines import Line

MOST_LINES = 3


def label_bar(opened: OpenDocument, colours: dict[str, LabelColours], width: int) -> list[Line]:
    """The bar for a width in cells: names whole, else shortened, else keys and counts alone.

    A count is of accepted spans, and of suggestions behind a `+`: `p PERSON 3+8`.
    """
    for longest in (99, 6, 4, 2, 0):
        lines = _lines(opened, colours, width, longest)
        if len(lines) <= MOST_LINES:
            return lines
    return lines[:MOST_LINES]


def _lines(
    opened: OpenDocument, colours: dict[str, LabelColours], width: int, longest: int
) -> list[Line]:
    lines: list[Line] = []
    line: list[tuple[str, str]] = []
    room = 0
    for label in opened.session.scheme:
        pieces = _pieces(opened, label, colours[label.name], longest)
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


def _pieces(
    opened: OpenDocument, label: Label, colours: LabelColours, longest: int
) -> list[tuple[str, str]]:
    spans = opened.session.annotations.spans
    accepted = spans.count(label.name, "accepted")
    suggested = spans.count(label.name, "suggested")
    count = f"{accepted or ''}{f'+{suggested}' if suggested else ''}"
    name = displayable(label.name)[:longest]
    words = " ".join(word for word in (name, count) if word)
    return [
        (f" {label.key or '·'} ", f"bold {colours.on_back} on {colours.back}"),
        (f" {words}  " if words else " ", colours.fore if suggested or accepted else "dim"),
    ]
