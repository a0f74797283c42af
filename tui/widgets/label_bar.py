"""The labels with their keys: one row that is always visible.

Which names are shown depends only on the scheme and the width, so that nothing in the row ever moves.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from annotations.model.label_scheme import Label, LabelScheme
from annotations.text.display import displayable
from tui.keys.label_press import press_of
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece
from tui.widgets.pressable import key_of_sign, presses

GAP = 2
"""Spaces between two labels."""
WITH_COUNTS = 160
"""From this number of columns on, the row shows how many spans each named label has."""
APART = 14
"""Up to this number, keys without names have a space between them; more keys have none."""
COUNT_CELLS = 3
"""Cells reserved for a count, with the space before it."""


class LabelBarLayout(Struct, frozen=True):
    """What the row has room for."""

    named: tuple[Label, ...]
    """The labels shown with key and name: the first ones of the scheme."""
    keys: tuple[Label, ...]
    """The labels after these that are shown by their key only."""
    apart: bool
    """Whether there is a space between those keys."""
    left_out: int
    """How many labels are not in the row."""


@lru_cache(maxsize=64)
def label_bar_layout(scheme: LabelScheme, width: int, list_sign: str) -> LabelBarLayout:
    """Name as many of the first labels as fit, with room for the keys of all others.

    `list_sign` is the key that opens the list of all labels; it is shown if some have no room here.
    """
    # One space before, two after.
    room = width - 3
    names = [0]
    for label in scheme:
        names.append(names[-1] + _named_cells(label, width))
    for number in range(len(scheme), 0, -1):
        rest = scheme.labels[number:]
        keys = tuple(label for label in rest if label.key)
        apart = len(keys) <= APART
        # There is no gap at the end.
        cells = names[number] - GAP if not rest else names[number]
        if cells + _cells_of_keys(keys, len(rest), apart, list_sign) <= room:
            return LabelBarLayout(scheme.labels[:number], keys, apart, len(rest) - len(keys))
    keys, number = tuple(label for label in scheme if label.key), len(scheme)
    apart = len(keys) <= APART and _cells_of_keys(keys, number, True, list_sign) <= room
    while keys and _cells_of_keys(keys, number, apart, list_sign) > room:
        keys = keys[:-1]
    return LabelBarLayout((), keys, apart, number - len(keys))


def label_bar(
    layout: LabelBarLayout,
    appearance: Appearance,
    *,
    selected: str = "",
    muted: bool = False,
    count: Callable[[str], int] | None = None,
    list_sign: str = "",
) -> Line:
    """The row of keys and names. The label of the selection is highlighted; `muted` if letters do not
    label now.

    `count` returns how many spans a label has; `list_sign` is the same as for the layout.
    """
    style = appearance.colours.style
    quiet = style("muted")
    line: list[Piece] = [(" ", style())]
    for label in layout.named:
        on = label.name == selected and not muted
        pressed = presses("" if muted else press_of(label))
        key_style = _key_style(label, appearance, on, muted)
        line.append((label.key or appearance.glyphs.keyless, key_style + pressed))
        name = f" {displayable(label.name)}"
        line.append((name, (style("bright", bold=True) if on else quiet) + pressed))
        counted = f" {short_number(count(label.name))}".ljust(COUNT_CELLS) if count is not None else ""
        # A long count takes cells of the gap.
        cells = (COUNT_CELLS if count is not None else 0) + GAP
        line.append((counted.ljust(cells), quiet if muted else style("text")))
    gap = ""
    for label in layout.keys:
        on = label.name == selected and not muted
        pressed = presses("" if muted else press_of(label))
        line += [(gap, style()), (label.key, _key_style(label, appearance, on, muted) + pressed)]
        gap = " " if layout.apart else ""
    if layout.left_out:
        gap = " " if layout.keys else ""
        more = _more(layout.left_out, list_sign)
        line.append((f"{gap}{more}", quiet + presses(key_of_sign(list_sign))))
    text, last = line[-1]
    return [(text, style) for text, style in (*line[:-1], (text.rstrip(), last)) if text]


def short_number(number: int) -> str:
    """A number in at most three cells, empty for 0: `7`, `412`, `9k`, `12k`, `1M`."""
    if not number:
        return ""
    if number < 1000:
        return str(number)
    return f"{number // 1000}k" if number < 100_000 else f"{max(number // 1_000_000, 1)}M"


def _key_style(label: Label, appearance: Appearance, on: bool, muted: bool) -> Style:
    if muted:
        return appearance.colours.style("muted")
    return appearance.colours.chip(label.name) if on else appearance.colours.ink(label.name, bold=True)


def _cells_of_keys(keys: Sequence[Label], labels: int, apart: bool, list_sign: str) -> int:
    """The cells for these keys, and for the number of labels that are left out if there are more `labels`."""
    cells = sum(cell_len(label.key) for label in keys) + (len(keys) - 1 if apart and keys else 0)
    if labels > len(keys):
        cells += cell_len(_more(labels - len(keys), list_sign)) + (1 if keys else 0)
    return cells


def _more(number: int, list_sign: str) -> str:
    return f"+{number} {list_sign}".rstrip()


def _named_cells(label: Label, width: int) -> int:
    """The cells of key, name and count, with the gap after them."""
    return (
        max(cell_len(label.key), 1)
        + 1
        + cell_len(displayable(label.name))
        + (COUNT_CELLS if width >= WITH_COUNTS else 0)
        + GAP
    )
