"""The alarm above the label bar while decisions cannot be saved: the reason, and what to do."""

import re

from annotations.store.interface import SaveState
from annotations.text.plural import counted
from tui.cells.cut import wrapped
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line

MARGIN = 2


def alarm_lines(state: SaveState, width: int, appearance: Appearance) -> list[Line]:
    """An edge, the reason, what is kept, and what to do; wrapped to a width in cells, never cut."""
    style, room = appearance.colours.style, max(width - 2 * MARGIN, 1)
    # The paths of folders are long and the person knows them; what is wrong must be visible.
    reason = re.sub(r"(?<!\S)/(?:\S*/)?(?=\S)", "", state.error)
    kept = (
        f"{counted(state.unsaved, 'edit')} not saved, kept in memory; saving is tried again "
        f"automatically."
        if state.unsaved
        else ""
    )
    helps = f"{kept} Nothing is lost while the program stays open.".lstrip()
    margin = " " * MARGIN
    lines: list[Line] = [[(appearance.glyphs.edge * width, style("bad", "page"))]]
    lines += [[(margin + row, style("bright", bold=True))] for row in wrapped(reason, room)]
    lines += [[(margin + row, style("text"))] for row in wrapped(helps, room)]
    return lines
