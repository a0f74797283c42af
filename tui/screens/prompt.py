"""A question that is answered with a typed line: a value, a date, a comment, a path."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from textual import events
from textual.geometry import Offset

from tui.cells.cut import shown_width, wrapped
from tui.screens.sheet import AROUND, Sheet
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns, with_thumb
from tui.widgets.hints import Hint, short_sign
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line
from tui.widgets.month import WIDTH as MONTH
from tui.widgets.month import month_lines
from tui.widgets.thumb import thumb

MARGIN = 2
"""Columns of a sheet at its left and right."""
FIELD = 34
"""Columns of a short field."""
ROOM_FOR_MONTH = 72
"""From this number of columns on, a month is shown beside a date."""
ROOM_TO_INDENT = 60
"""From this number of columns on, the lines about a text begin under it, otherwise at the margin."""
MONTH_ROWS = 8
"""Rows of a month of six weeks."""
STEPS = {
    "shift+left": ("unit", -1),
    "shift+right": ("unit", 1),
    "shift+up": ("week", -1),
    "shift+down": ("week", 1),
}
"""The keys that move a date, by one of its own units or by weeks."""


def no_fault(text: str) -> str:
    """Any text is accepted."""
    return ""


def nothing_to_say(text: str) -> Sequence[str]:
    """There is nothing to explain about a text."""
    return ()


class PromptReading(Struct, frozen=True):
    """A text that can replace what is typed, and what it means."""

    text: str
    words: str = ""


class PromptQuestion(Struct, frozen=True):
    """What a prompt asks for."""

    mode: str
    """The name that is shown as a chip in the line of hints."""
    title: str
    """What it is about: words of the text in quotation marks, or a sentence."""
    first: str = ""
    """The text in the field when it opens."""
    field: str = ""
    """What the field is for, in one word."""
    label: str = ""
    """The label of what it is about, as a chip before the title."""
    about: str = ""
    """What else is known, at the right of the title."""
    done: str = "set"
    """What Enter does, in one word."""
    check: Callable[[str], str] = no_fault
    """What is wrong with a text, in a sentence; empty if nothing is wrong."""
    explain: Callable[[str], Sequence[str]] = nothing_to_say
    """What an accepted text means: the first line is the most important."""
    readings: Sequence[PromptReading] = ()
    """What to choose from; the first one is in the field when it opens."""
    day: Callable[[str], date | None] | None = None
    """The day that a text stands for: a month is shown with it."""
    unit: Callable[[str], str] = lambda text: ""
    """The unit by which a text can be moved, such as `day`; empty if it cannot be moved."""
    move: Callable[[str, int], str] = lambda text, by: ""
    """The text moved by this number of its units; empty if that is not possible."""
    wide: bool = False
    """Whether the field is as wide as the room allows."""


class PromptScreen(Sheet[str | None]):
    """Ends with what was typed, or `None` on Esc. Enter does not end it while the text has a fault."""

    def __init__(self, question: PromptQuestion, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._question = question
        self._line = LineEdit(question.first)
        self._reading = 0
        self.wanted = self._wanted()

    def caret(self) -> Offset:
        """The position of the text cursor, in cells of the screen."""
        width, height = self.app.size
        rows = self.rows_on(height)
        left, cells = field_place(self._question, width, rows - AROUND)
        down = height - rows + 1 + self._field_row(rows - AROUND)
        return Offset(left + 1 + self._line.caret(cells - 2), down)

    def on_paste(self, event: events.Paste) -> None:
        """Insert text from the clipboard at the cursor."""
        event.stop()
        self._line.paste(event.text)
        self.show()

    def on_key(self, event: events.Key) -> None:
        """Edit the line, choose another reading, move a date."""
        event.stop()
        event.prevent_default()
        text, question = self._line.text, self._question
        match event.key:
            case "escape":
                self.dismiss(None)
            case "enter":
                if not question.check(text):
                    self.dismiss(text)
            case "tab" | "down" | "up" | "shift+tab" if question.readings:
                step = 1 if event.key in ("tab", "down") else -1
                self._reading = (self._reading + step) % len(question.readings)
                self._line.replace(question.readings[self._reading].text)
            case "shift+left" | "shift+right" | "shift+up" | "shift+down":
                unit, by = STEPS[event.key]
                own = question.unit(text)
                if own and (unit == "unit" or own == "day"):
                    moved = question.move(text, by if unit == "unit" else by * 7)
                    self._line.replace(moved or text)
            case _:
                self._line.press(event.key, event.character)
        self.show()

    def hints(self) -> tuple[str, Sequence[Hint], Hint | None]:
        """Enter only if the text is accepted, the other keys if they do something."""
        question, glyphs, text = self._question, self.appearance.glyphs, self._line.text

        def signs(*keys: str) -> str:
            return " ".join(short_sign(key, glyphs) for key in keys)

        hints = []
        if not question.check(text):
            hints.append(Hint(signs("enter"), question.done))
        if len(question.readings) > 1:
            hints.append(Hint(signs("up", "down"), "other reading"))
        unit = question.unit(text)
        if unit:
            hints.append(Hint(signs("shift+left", "shift+right"), unit))
        if unit == "day":
            hints.append(Hint(signs("shift+up", "shift+down"), "week"))
        return question.mode, hints, Hint(signs("escape"), "cancel")

    def content(self, width: int, rows: int) -> Sequence[Line]:
        """Title, field, what is wrong or what it means, readings; a month beside them."""
        return prompt_lines(self._question, self._line, self._reading, width, rows, self.appearance)

    def _wanted(self) -> int:
        question = self._question
        if question.day is not None:
            return AROUND + 2 + MONTH_ROWS
        said = 0 if (question.check, question.explain) == (no_fault, nothing_to_say) else 2
        readings = len(question.readings) + 1 if len(question.readings) > 1 else 0
        # The title, a blank row, the field, and a blank row under all of it.
        return AROUND + 4 + said + readings

    def _field_row(self, rows: int) -> int:
        return 2 if rows > 5 else 1


def field_place(question: PromptQuestion, width: int, rows: int) -> tuple[int, int]:
    """The first column of the field, and how many it has."""
    left = MARGIN + (shown_width(question.field) + 2 if question.field else 0)
    room = width - left - MARGIN
    if has_month(question, width, rows):
        room -= MONTH + 3
    return left, max(room if question.wide else min(room, FIELD), 4)


def has_month(question: PromptQuestion, width: int, rows: int) -> bool:
    """Whether there is room for a month."""
    return question.day is not None and width >= ROOM_FOR_MONTH and rows > MONTH_ROWS


def prompt_lines(
    question: PromptQuestion, line: LineEdit, reading: int, width: int, rows: int, appearance: Appearance
) -> list[Line]:
    """The lines of the sheet between its edge and its hints; blank rows are left out first."""
    left, cells = field_place(question, width, rows)
    with_month = has_month(question, width, rows)
    room = width - MARGIN - (MONTH + 3 if with_month else 0)
    wrong = question.check(line.text)
    under = left if width >= ROOM_TO_INDENT else MARGIN
    if wrong:
        said = wrong_lines(wrong, under, room, max(rows - (3 if rows > 5 else 2), 1), appearance)
    else:
        said = meaning_lines(question.explain(line.text), under, room, appearance)
    title = title_line(question, width, appearance)
    field = answer_line(question, line, left, cells, appearance)
    readings = question.readings if len(question.readings) > 1 else ()
    lines: list[Line] = [title, field, *said]
    if rows > 5:
        lines = [title, (), field, *said]
    left_over = rows - len(lines)
    if readings and left_over > 0:
        if left_over > len(readings):
            lines.append(())
            left_over -= 1
        first = min(max(reading - left_over + 1, 0), max(len(readings) - left_over, 0))
        widest = max(shown_width(one.text) for one in readings)
        lit = thumb(left_over, first, left_over, len(readings))
        for number, one in list(enumerate(readings))[first : first + left_over]:
            row = reading_line(one, number == reading, widest, room, appearance)
            more = number - first in lit and not with_month
            lines.append(with_thumb(row, width, appearance) if more else row)
    if with_month and question.day is not None:
        day = None if wrong else question.day(line.text)
        if day is not None:
            lines += [()] * (MONTH_ROWS + 1 - len(lines))
            for number, week in enumerate(month_lines(day, appearance), 1):
                columns = Columns(appearance.glyphs.cut)
                columns.add(lines[number])
                columns.to(width - MARGIN - MONTH - 1).add(week)
                lines[number] = columns.line
    return lines[:rows]


def title_line(question: PromptQuestion, width: int, appearance: Appearance) -> Line:
    """What the question is about; at the right what else is known, if there is room."""
    colours, glyphs = appearance.colours, appearance.glyphs
    columns = Columns(glyphs.cut).to(MARGIN)
    end = width - MARGIN
    if question.label:
        columns.put(f" {question.label} ", colours.chip(question.label), end - 8).put(" ")
    columns.put(question.title, colours.style("bright", bold=True), end)
    if question.about and columns.column + shown_width(question.about) + 2 <= end:
        columns.put_right(question.about, colours.style("muted"), end)
    return columns.line


def answer_line(
    question: PromptQuestion, line: LineEdit, left: int, cells: int, appearance: Appearance
) -> Line:
    """The field with what is typed, with its own background."""
    colours, glyphs = appearance.colours, appearance.glyphs
    columns = Columns(glyphs.cut).to(MARGIN).put(question.field, colours.style("muted")).to(left)
    return columns.add(field_pieces(line, cells, appearance)).line


def field_pieces(line: LineEdit, cells: int, appearance: Appearance) -> Line:
    """An input line, in a number of cells."""
    raised = appearance.colours.style("bright", "raised", bold=True)
    columns = Columns(appearance.glyphs.cut).put(" ", raised)
    columns.add(line.shown(cells - 2, raised, appearance.glyphs.cut))
    return columns.put(" " * (cells - columns.column), raised).line


def wrong_lines(wrong: str, left: int, end: int, rows: int, appearance: Appearance) -> list[Line]:
    """What is wrong, wrapped; cut only if it has more rows than there is room for."""
    bad, sign = appearance.colours.style("bad", bold=True), appearance.glyphs.cut
    said = wrapped(wrong, max(end - left, 8))
    if len(said) > rows:
        said = [*said[: rows - 1], f"{said[rows - 1]} {sign}"]
    return [Columns(sign).to(left).put(row, bad, end).line for row in said]


def meaning_lines(said: Sequence[str], left: int, end: int, appearance: Appearance) -> list[Line]:
    """What a text means: the first line bold, the others muted, all wrapped."""
    colours = appearance.colours
    lines: list[Line] = []
    for number, words in enumerate(part for part in said if part):
        style = colours.style("muted") if number else colours.style("text", bold=True)
        lines += [Columns().to(left).put(row, style).line for row in wrapped(words, max(end - left, 8))]
    return lines


def reading_line(one: PromptReading, here: bool, widest: int, end: int, appearance: Appearance) -> Line:
    """One reading: whether it is the one in the field, its text, what it means."""
    colours, glyphs = appearance.colours, appearance.glyphs
    columns = Columns(glyphs.cut).to(MARGIN)
    if here:
        columns.put(glyphs.decided, colours.style("mark", bold=True))
    else:
        columns.put(glyphs.open, colours.style("muted"))
    columns.to(MARGIN + 2).put(one.text, colours.style("text", bold=here), end)
    if one.words:
        columns.to(MARGIN + 2 + widest + 2).put(one.words, colours.style("muted"), end)
    return columns.line
