"""Fits text into a number of cells: it is cut, with a sign that shows this, or wrapped.

Widths are the largest that any terminal draws (`tui.cells.row`), so the result fits in every terminal.
"""

from rich.cells import cell_len, set_cell_size

from annotations.text.display import displayable
from tui.cells.row import LARGER, clusters, narrow
from tui.cells.wrap import Wrap

ELLIPSIS = "…"


def shown_width(text: str) -> int:
    """How many cells a text without tabs takes when it is shown."""
    shown = displayable(text)
    if narrow(shown, 0, len(shown), LARGER):
        return len(shown)
    return sum(width for _, _, width in clusters(shown, 0, len(shown)))


def cut(text: str, cells: int, sign: str = ELLIPSIS) -> str:
    """A text as it is shown in at most `cells` cells; it ends with the sign if not all of it fits."""
    shown = displayable(text)
    if shown_width(shown) <= cells:
        return shown
    return (_first(shown, cells - 1).rstrip() + sign) if cells > 0 else ""


def cut_middle(text: str, cells: int, sign: str = ELLIPSIS) -> str:
    """The same, but the beginning and the end are kept, with the sign between them."""
    shown = displayable(text)
    if shown_width(shown) <= cells:
        return shown
    if cells < 3:
        return cut(shown, cells, sign)
    end = _first(shown, cells // 2)
    tail = _last(shown, cells - 1 - shown_width(end))
    return f"{end.rstrip()}{sign}{tail.lstrip()}"


def with_room(text: str) -> str:
    """A text, with blanks after it if a terminal may draw it wider than Rich counts.

    So text that is put at its own column after it covers none of its cells.
    """
    return set_cell_size(text, max(cell_len(text), shown_width(text)))


def wrapped(text: str, cells: int) -> list[str]:
    """The rows of a text in at most `cells` cells each, as they are shown; none for an empty text."""
    shown = "\n".join(displayable(line) for line in text.expandtabs(4).splitlines())
    if not shown or cells < 1:
        return []
    wrap = Wrap(shown, cells)
    wrap.reach_offset(len(shown))
    rows = [wrap.range_of(number) for number in range(wrap.rows)]
    return [shown[start:end].rstrip() for start, end in rows]


def _first(text: str, cells: int) -> str:
    used = 0
    for first, _, width in clusters(text, 0, len(text)):
        used += width
        if used > cells:
            return text[:first]
    return text


def _last(text: str, cells: int) -> str:
    starts = list(clusters(text, 0, len(text)))
    used, start = 0, len(text)
    for first, _, width in reversed(starts):
        used += width
        if used > cells:
            break
        start = first
    return text[start:]
