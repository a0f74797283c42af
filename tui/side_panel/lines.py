"""How the rows of the side panel are drawn: pure functions from the content of a row to a line of a width.

Beside the text, a row is about 33 cells wide; in a sheet, it is as wide as the screen. The first column
of a row is for the sign of the current one, the last for the scroll bar. Numbers end in the last column
but one; bars end where the column of numbers begins and are 8 cells wide.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.style import Style

from tui.cells.cut import shown_width, wrapped
from tui.widgets.columns import Columns
from tui.widgets.lines import Line
from tui.widgets.pressable import shows_tab

if TYPE_CHECKING:
    from tui.colours.glyphs import Glyphs
    from tui.colours.palette import Colours

BAR = 8
"""Cells of a bar beside the text."""
NUMBER = 3
"""Cells of the numbers, if none is longer."""
VALUE = 11
"""Cells of a value on the time line: `2021-04-08`, `PRESENT_REF`."""
KEPT_LINES = 512
"""How many drawn rows to keep: an edit does not change most of them."""
FOOT = 5
"""Rows of the foot."""
NOTE = 29
"""Columns from the start of a row's words to a note after them."""
WITH_NOTES = 60
"""From this number of cells on, a row has room for a note after its words."""


class RowStyle(Struct, frozen=True):
    """What rows are drawn with, and the columns of their parts."""

    colours: "Colours"
    glyphs: "Glyphs"
    width: int
    """Cells of a row."""
    as_sheet: bool
    """Whether the panel is a sheet under the text."""
    numbers: int = NUMBER
    """Cells of the numbers in the list."""
    lit: bool = True
    """Whether the next key acts on the current row; otherwise it is underlined and has no lamp."""

    @property
    def current(self) -> Style:
        """The style of the words of the current row."""
        return self.colours.lamp if self.lit else self.colours.style("mark", bold=True, underline=True)

    @property
    def sign(self) -> int:
        """The column of the sign of the current row."""
        return 1 if self.as_sheet else 0

    @property
    def key(self) -> int:
        """The column of keys and signs."""
        return self.sign + (2 if self.as_sheet else 1)

    @property
    def words(self) -> int:
        """The column of words."""
        return self.key + 2

    @property
    def end(self) -> int:
        """The column after the last one of a row's text."""
        return self.width - 1

    @property
    def has_notes(self) -> bool:
        """Whether there is room for a note after the words."""
        return self.width >= WITH_NOTES

    @property
    def bar(self) -> int:
        """The column of the bars."""
        return self.end - self.numbers - BAR


def begin(style: RowStyle, chosen: bool) -> Columns:
    """The beginning of a row, with the sign of the current one if it is `chosen`."""
    columns = Columns(style.glyphs.cut)
    if chosen:
        columns.to(style.sign).put(style.glyphs.here, style.colours.style("mark", bold=True))
    return columns


def bar_of(settled: int, total: int, most: int, cells: int) -> tuple[int, int]:
    """How many cells of a bar are settled and how many are left; a total of `most` would fill the whole bar.

    At least one cell is settled once one thing is, and at least one is left while one thing is not.
    """
    if not total:
        return 0, 0
    begun = 0 < settled < total
    full = max(2 if begun else 1, round(cells * total / max(most, 1)))
    heavy = round(full * settled / total)
    if begun:
        heavy = min(max(heavy, 1), full - 1)
    return heavy, full - heavy


class Counted(Struct, frozen=True):
    """A row with a key, words, a bar and a number."""

    key: str
    key_style: Style
    words: str
    label: str
    """The label that gives the bar its colour; empty for none."""
    settled: int
    total: int
    note: str = ""
    note_at: int = NOTE
    """Columns from the start of the words to the note, if the words are not longer."""


@lru_cache(maxsize=KEPT_LINES)
def counted_line(row: Counted, most: int, style: RowStyle, chosen: bool) -> Line:
    """A label or an entity: key, words, a bar of what is settled and what is left, number."""
    colours, glyphs = style.colours, style.glyphs
    columns = begin(style, chosen).to(style.key).put(row.key, row.key_style).to(style.words)
    words_end = style.bar - 1
    if style.has_notes:
        words_end = style.words + (style.bar - style.words) // 2
    columns.put(row.words, style.current if chosen else colours.style("text"), words_end)
    if style.has_notes and row.note:
        columns.to(max(columns.column + 2, style.words + row.note_at))
        columns.put(row.note, colours.style("muted", italic=True), style.bar - 1)
    heavy, thin = bar_of(row.settled, row.total, most, BAR)
    ink = colours.ink(row.label) if row.label else colours.style("text")
    columns.to(style.bar).put(glyphs.settled * heavy, ink).put(glyphs.left * thin, ink)
    number = f"{row.total}"
    return columns.put_right(number, colours.style("text" if row.total else "muted"), style.end).line


@lru_cache(maxsize=KEPT_LINES)
def proposal_lines(words: str, label: str, reason: str, style: RowStyle, chosen: bool) -> list[Line]:
    """A name that is probably another name of an entity: on one line, or on two if there is little room."""
    colours, glyphs = style.colours, style.glyphs
    columns = begin(style, chosen).to(style.key)
    columns.put(glyphs.similar, colours.style("mark", bold=True)).to(style.words)
    muted = colours.style("muted", italic=True)
    name = style.current if chosen else colours.ink(label)
    if style.has_notes:
        columns.put(words, name, style.words + (style.bar - style.words) // 2)
        columns.to(max(columns.column + 2, style.words + NOTE))
        return [columns.put(reason, muted, style.end).line]
    first = columns.put(words, name, style.end).line
    second = Columns(glyphs.cut).to(style.words).put(reason, muted, style.end).line
    return [first, second]


def gap_line(words: str, style: RowStyle) -> Line:
    """The time up to the next date of the time line."""
    columns = Columns(style.glyphs.cut).to(style.key + VALUE + 1)
    columns.put(style.glyphs.gap, style.colours.style("rule")).to(style.key + VALUE + 4)
    return columns.put(words, style.colours.style("muted", italic=True), style.end).line


class Dated(Struct, frozen=True):
    """A row of the time line."""

    value: str
    sign: str
    sign_style: Style
    words: str
    words_style: Style
    settled: bool
    doubtful: bool = False
    note: str = ""


def date_line(row: Dated, style: RowStyle, chosen: bool) -> Line:
    """A date: its value, a sign for its state, its words."""
    colours = style.colours
    columns = begin(style, chosen).to(style.key)
    value = colours.style("muted") if row.settled else colours.style("text", bold=True)
    columns.put(row.value, value, style.key + VALUE)
    columns.to(style.key + VALUE + 1).put(row.sign, row.sign_style)
    columns.to(style.key + VALUE + 3)
    columns.put("?" if row.doubtful else " ", colours.style("bright", bold=True))
    columns.put(row.words, style.current if chosen else row.words_style, style.end)
    if style.has_notes and row.note:
        columns.to(max(columns.column + 2, style.words + 40))
        columns.put(row.note, colours.style("muted"), style.end)
    return columns.line


def unplaced_line(row: Dated, style: RowStyle, chosen: bool) -> Line:
    """A date that has no place in time: the sign is before the value."""
    colours = style.colours
    columns = begin(style, chosen).to(style.key).put(row.sign, row.sign_style).to(style.words)
    columns.put(row.value, colours.style("text"), style.words + VALUE).to(style.words + VALUE + 1)
    columns.put("?" if row.doubtful else " ", colours.style("bright", bold=True))
    columns.put(row.words, style.current if chosen else row.words_style, style.end)
    if style.has_notes and row.note:
        columns.to(max(columns.column + 2, style.words + 40))
        columns.put(row.note, colours.style("muted"), style.end)
    return columns.line


def spark_cells(first: str, last: str, style: RowStyle) -> int:
    """Cells between the first and the last year."""
    return max(min(style.end - style.key - shown_width(first) - shown_width(last) - 2, 60), 0)


def spark_line(first: str, last: str, bars: Sequence[int], ink: Style, style: RowStyle) -> Line:
    """How many dates begin in each part of the time from the first to the last year."""
    colours, glyphs = style.colours, style.glyphs
    muted = colours.style("muted")
    columns = Columns(glyphs.cut).to(style.key).put(first, muted).put(" ")
    for height in bars:
        if height:
            columns.put(glyphs.spark[min(height, len(glyphs.spark) - 1)], ink)
        else:
            columns.put(glyphs.spark[0], colours.style("rule"))
    return columns.put(" ").put(last, muted, style.end).line


def heading_line(words: str, style: RowStyle) -> Line:
    """What the rows under it have in common."""
    columns = Columns(style.glyphs.cut).to(style.key)
    return columns.put(words, style.colours.style("muted", italic=True), style.end).line


def rule_line(words: str, style: RowStyle) -> Line:
    """A thin rule with words in it, such as a day."""
    rule = style.colours.style("rule")
    columns = Columns(style.glyphs.cut).to(style.key)
    if words:
        columns.put(words, style.colours.style("muted"), style.end).put(" ", before=style.end)
    return columns.put(style.glyphs.left * max(style.end - columns.column, 0), rule).line


class Done(Struct, frozen=True):
    """A row of the history."""

    time: str
    by: str
    what: str
    words: str
    """In quotation marks, or empty."""
    undone: bool = False


def done_line(row: Done, style: RowStyle, chosen: bool) -> Line:
    """What was done: when, by whom, what, to which words. Without room, the words are left out first."""
    colours = style.colours
    columns = begin(style, chosen).to(style.key)
    muted = colours.style("muted")
    columns.put(row.time, muted, style.end).put("  ", before=style.end)
    who = 14 if style.has_notes else 5
    columns.put(row.by, muted, min(columns.column + who, style.end)).put("  ", before=style.end)
    plain = colours.style("muted", italic=True) if row.undone else colours.style("text")
    columns.put(row.what, style.current if chosen else plain, style.end)
    if row.words and style.end - columns.column > 4:
        columns.put("  ").put(row.words, muted if row.undone else colours.style("bright"), style.end)
    return columns.line


def note_line(sign: str, words: str, style: RowStyle, chosen: bool) -> Line:
    """A comment or a flag."""
    colours = style.colours
    columns = begin(style, chosen).to(style.key).put(sign, colours.style("mark", bold=True))
    columns.to(style.words)
    return columns.put(
        words, style.current if chosen else colours.style("text", bold=True), style.end
    ).line


def empty_lines(sentence: str, style: RowStyle) -> list[Line]:
    """An empty list: one sentence, with the key that fills it."""
    muted = style.colours.style("muted")
    rows = wrapped(style.glyphs.key(sentence), style.end - style.key)
    return [Columns(style.glyphs.cut).to(style.key).put(row, muted).line for row in rows]


Paragraph = tuple[str, Style]
"""A text to be wrapped, and its style."""


def foot_lines(paragraphs: Sequence[Paragraph], style: RowStyle) -> list[Line]:
    """The current row in full: the paragraphs, wrapped; if they are cut, they end in the sign for that."""
    rows: list[tuple[str, Style]] = []
    for words, words_style in paragraphs:
        rows += [(row, words_style) for row in wrapped(words, style.end - style.key)]
    if len(rows) > FOOT:
        last, last_style = rows[FOOT - 1]
        # If the row is full, the sign replaces its last letters.
        rows = [*rows[: FOOT - 1], (f"{last} {style.glyphs.cut}", last_style)]
    return [
        Columns(style.glyphs.cut).to(style.key).put(words, words_style, style.end).line
        for words, words_style in rows
    ]


def tabs_line(
    names: Sequence[str],
    number: int,
    walking: bool,
    summary: str,
    style: RowStyle,
    *,
    lit: bool = False,
) -> Line:
    """The names of the tabs, the one in sight underlined; at the right, how much it contains.

    If its list has no current row, the keys act on the tabs themselves, which then have the lamp (`lit`).
    """
    colours = style.colours
    gap = 2 if style.width > 40 else 1
    columns = Columns(style.glyphs.cut).to(style.key)
    for place, name in enumerate(names):
        if place == number and walking and lit:
            shown = colours.lamp
        elif place == number:
            shown = colours.style("mark" if walking else "bright", bold=True, underline=True)
        else:
            shown = colours.style("muted")
        columns.put(name, shown + shows_tab(place), style.end).put(" " * gap, before=style.end)
    if summary and columns.column + shown_width(summary) <= style.end:
        columns.put_right(summary, colours.style("muted"), style.end)
    return columns.line
