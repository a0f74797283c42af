"""A list to pick from while typing: labels, actions, themes, and other things with names."""

from collections.abc import Sequence

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.geometry import Offset

from tui.cells.cut import shown_width, wrapped
from tui.screens.prompt import MARGIN, field_pieces
from tui.screens.sheet import AROUND, Sheet
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns, with_background, with_thumb
from tui.widgets.hints import Hint, short_sign
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line
from tui.widgets.thumb import thumb

FIELD = 30
"""Columns of the field."""
ABOVE = 2
"""Rows above the list: the question and the field."""
FOOT = 3
"""Rows of the foot, with a blank one before it."""
TELLING = 3
"""From this number of letters on, descriptions are searched too: fewer are in almost all of them."""
ROOM_FOR_FOOT = 8
"""From this number of rows between the edge and the hints on, there is a foot."""


class Choice(Struct, frozen=True):
    """Something to pick: its name and what to say about it."""

    name: str
    about: str = ""
    key: str = ""
    """A key or a sign before the name."""
    key_style: Style = Style.null()
    examples: str = ""
    """Examples of it, for the foot."""


class PickList(Struct, frozen=True):
    """What there is to pick from."""

    mode: str
    """The name that is shown as a chip in the line of hints."""
    title: str
    """What the choice is for."""
    choices: Sequence[Choice]
    done: str = "choose"
    """What Enter does, in one or two words."""
    has_foot: bool = False
    """Whether the current choice is shown in full under the list."""


class PickState(Struct, frozen=True):
    """The choices that were found, the current one and the first one in sight."""

    found: Sequence[Choice]
    """The choices that match what was typed."""
    at: int = 0
    """The number of the current one among these."""
    top: int = 0
    """The number of the first one in sight."""


class PickScreen(Sheet[str | None]):
    """Ends with the name of the choice, or `None` on Esc."""

    def __init__(self, picked_from: PickList, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._from = picked_from
        self._line = LineEdit()
        self._state = PickState(picked_from.choices)

    def caret(self) -> Offset:
        """The position of the text cursor, in cells of the screen."""
        width, height = self.app.size
        down = height - self.rows_on(height) + ABOVE
        return Offset(MARGIN + 1 + self._line.caret(filter_cells(width) - 2), down)

    def on_paste(self, event: events.Paste) -> None:
        """Add text from the clipboard to what is typed, and narrow the list."""
        event.stop()
        self._line.paste(event.text)
        self._narrow()

    def on_key(self, event: events.Key) -> None:
        """Type to narrow the list; arrows, PgUp and PgDn move through it."""
        event.stop()
        event.prevent_default()
        state = self._state
        number = len(state.found)
        page = max(self._in_sight() - 1, 1)
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self.dismiss(state.found[state.at].name if number else None)
        elif event.key in ("down", "up", "tab", "shift+tab"):
            step = 1 if event.key in ("down", "tab") else -1
            self._go_to((state.at + step) % max(number, 1))
        elif event.key in ("pagedown", "pageup"):
            step = page if event.key == "pagedown" else -page
            self._go_to(max(min(state.at + step, number - 1), 0))
        else:
            before = self._line.text
            if self._line.press(event.key, event.character):
                if self._line.text == before:
                    self.show()
                else:
                    self._narrow()

    def hints(self) -> tuple[str, Sequence[Hint], Hint | None]:
        """Enter and the arrows only if there is something to choose."""
        glyphs = self.appearance.glyphs
        hints = []
        if self._state.found:
            hints.append(Hint(short_sign("enter", glyphs), self._from.done))
        if len(self._state.found) > 1:
            arrows = f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}"
            hints.append(Hint(arrows, "walk"))
        hints.append(Hint("type", "narrow"))
        return self._from.mode, hints, Hint(short_sign("escape", glyphs), "cancel")

    def content(self, width: int, rows: int) -> Sequence[Line]:
        """Question, field, list, and the current choice in full."""
        return pick_lines(self._from, self._line, self._state, width, rows, self.appearance)

    def _narrow(self) -> None:
        self._state = PickState(matches(self._from.choices, self._line.text))
        self.show()

    def _go_to(self, at: int) -> None:
        state = self._state
        top = min(max(state.top, at - self._in_sight() + 1), at)
        self._state = PickState(state.found, at, top)
        self.show()

    def _in_sight(self) -> int:
        return max(rows_of_choices(self._from, self.rows_on(self.app.size.height) - AROUND), 1)


def filter_cells(width: int) -> int:
    """Columns of the field."""
    return max(min(FIELD, width - 2 * MARGIN), 4)


def rows_of_choices(picked_from: PickList, rows: int) -> int:
    """How many choices are in sight."""
    return max(rows - ABOVE - (FOOT if picked_from.has_foot and rows >= ROOM_FOR_FOOT else 0), 0)


def pick_lines(
    picked_from: PickList,
    line: LineEdit,
    state: PickState,
    width: int,
    rows: int,
    appearance: Appearance,
) -> list[Line]:
    """The lines of the sheet between its edge and its hints."""
    colours, glyphs = appearance.colours, appearance.glyphs
    number = f"{len(state.found)} of {len(picked_from.choices)}"
    title = Columns(glyphs.cut).to(MARGIN)
    title.put(picked_from.title, colours.style("bright", bold=True), width - MARGIN)
    if title.column + len(number) + 2 <= width - MARGIN:
        title.put_right(number, colours.style("muted"), width - MARGIN)
    field = Columns(glyphs.cut).to(MARGIN).add(field_pieces(line, filter_cells(width), appearance))
    lines: list[Line] = [title.line, field.line]
    in_sight = rows_of_choices(picked_from, rows)
    if not state.found and in_sight:
        words = "No name matches this."
        lines.append(Columns(glyphs.cut).to(MARGIN).put(words, colours.style("muted")).line)
    top = min(max(state.top, state.at - in_sight + 1), state.at)
    keys = max((shown_width(choice.key) for choice in picked_from.choices), default=0)
    names = max((shown_width(choice.name) for choice in picked_from.choices), default=0)
    lit = thumb(in_sight, top, in_sight, len(state.found))
    for place, choice in list(enumerate(state.found))[top : top + in_sight]:
        row = choice_line(choice, place == state.at, keys, names, width, appearance)
        lines.append(with_thumb(row, width, appearance) if place - top in lit else row)
    if picked_from.has_foot and rows >= ROOM_FOR_FOOT and state.found:
        lines += [()] * (ABOVE + in_sight + 1 - len(lines))
        lines += choice_foot(state.found[state.at], width, appearance)
    return lines


def choice_line(
    choice: Choice, here: bool, keys: int, names: int, width: int, appearance: Appearance
) -> Line:
    """A choice: key, name, what to say about it."""
    colours, glyphs = appearance.colours, appearance.glyphs
    end = width - 1
    columns = Columns(glyphs.cut)
    if here:
        columns.to(1).put(glyphs.here, colours.style("mark", bold=True))
    columns.to(MARGIN + 1).put(choice.key, choice.key_style, end)
    start = MARGIN + 1 + (keys + (2 if keys > 1 else 1) if keys else 0)
    name = colours.lamp if here else colours.style("text", bold=True)
    columns.to(start).put(choice.name, name, end)
    about = start + names + 2
    if choice.about and about + 8 <= end:
        columns.to(about).put(choice.about, colours.style("muted"), end)
    if not here:
        return columns.line
    return with_background(columns.line, colours.style("text", "raised"), 1, end)


def choice_foot(choice: Choice, width: int, appearance: Appearance) -> list[Line]:
    """The current choice in full, in two rows."""
    colours, glyphs = appearance.colours, appearance.glyphs
    end = width - MARGIN
    left = MARGIN + shown_width(choice.name) + 1
    if left > width // 2:
        left = MARGIN
    rows = wrapped(choice.about, max(end - left, 8))
    said = [(row, colours.style("text")) for row in rows]
    if choice.examples:
        said += [(row, colours.style("muted")) for row in wrapped(choice.examples, max(end - left, 8))]
    lines: list[Line] = []
    head = colours.style("text", bold=True) + choice.key_style
    for number in range(FOOT - 1):
        columns = Columns(glyphs.cut).to(MARGIN)
        if number == 0 and left > MARGIN:
            columns.put(choice.name, head, end)
        if number < len(said):
            words, style = said[number]
            if number == FOOT - 2 and len(said) > FOOT - 1:
                words = f"{words} {glyphs.cut}"
            columns.to(left).put(words, style, end)
        lines.append(columns.line)
    return lines


def matches(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that match what was typed, the best first.

    The best are names that begin with it, then names that contain it, then descriptions that contain it,
    if it is long enough to tell them apart, then names with its letters in order.
    """
    wanted = typed.casefold()
    ranked = []
    for place, choice in enumerate(choices):
        name, about = choice.name.casefold(), choice.about.casefold()
        if name.startswith(wanted):
            rank = 0
        elif wanted in name:
            rank = 1
        elif len(wanted) >= TELLING and wanted in about:
            rank = 2
        elif _in_order(wanted, name):
            rank = 3
        else:
            continue
        ranked.append((rank, place, choice))
    return [choice for _, _, choice in sorted(ranked, key=lambda entry: entry[:2])]


def _in_order(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(char in letters for char in wanted)
