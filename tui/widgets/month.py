"""A month as in a calendar, with one day highlighted."""

from datetime import date

from rich.style import Style

from annotations.dates.calendar_value import days_in_month
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WIDTH = 3 * len(DAYS) - 1
"""The width of a month in cells."""


def month_lines(day: date, appearance: Appearance) -> list[Line]:
    """The month of a day: its name, the days of the week, up to six weeks."""
    colours = appearance.colours
    text, muted = colours.style("text"), colours.style("muted")
    title = f"{MONTHS[day.month - 1]} {day.year}"
    indent = " " * ((WIDTH - len(title)) // 2)
    lines: list[Line] = [
        [(indent, Style.null()), (title, colours.style("text", bold=True))],
        [(" ".join(DAYS), muted)],
    ]
    first = date(day.year, day.month, 1).weekday()
    week: list[Piece] = [(" " * (3 * first), Style.null())]
    for number in range(1, days_in_month(day.year, day.month) + 1):
        weekday = (first + number - 1) % len(DAYS)
        if number > 1 and weekday == 0:
            lines.append(week)
            week = []
        style = colours.lamp if number == day.day else muted if weekday > 4 else text
        week += [(f"{number:>2}", style), (" ", Style.null())]
    return [*lines, week]
