"""Bars of one row: a heavy line for what is settled, a thin one for what is left."""

from tui.widgets.lines import Line

HEAVY, THIN = "━", "─"


def bar(settled: int, total: int, cells: int) -> Line:
    """A bar of a width in cells; it is full only when all is settled, and never empty once anything is."""
    heavy = cells * settled // total if total else 0
    if settled and not heavy:
        heavy = 1
    return [(HEAVY * heavy, ""), (THIN * (cells - heavy), "dim")]
