"""Where the lamp is on a screen, and where it must be.

The lamp is the background colour of the place where the next key acts. It is searched for in every cell
except the rail and the line of hints; the rows of one span count as one place.
"""

from typing import Literal, NamedTuple

from rich.style import Style
from textual.screen import Screen as TextualScreen

from tests.tui.conftest import Screen
from tui.document_list.screen import DocumentListScreen
from tui.screens.pick import PickScreen
from tui.screens.window import Window

Place = Literal["text", "panel", "window", "elsewhere"]


class Lit(NamedTuple):
    """A place that has the lamp."""

    place: Place
    words: str


def lit(screen: Screen) -> list[Lit]:
    """All places that have the lamp."""
    lamp, reader = screen.app.colours.lamp.bgcolor, screen.app.reader
    page, panel = reader.geometry, reader.panel
    rail = range(page.rail_left, page.rail_left + page.rail) if page.rail else range(0)
    window = window_top(screen)
    found: list[tuple[int, int, Lit]] = []
    for y, strip in enumerate(screen.app.screen._compositor.render_strips()[:-1]):
        x = 0
        for segment in strip:
            place: Place = "elsewhere"
            if y >= window:
                place = "window"
            elif panel.display and panel.region.contains(x, y):
                place = "panel"
            elif reader.article.region.contains(x, y):
                place = "text"
            on = segment.style is not None and segment.style.bgcolor == lamp
            if on and not (place == "text" and x in rail):
                if found and found[-1][:2] == (y, x):
                    words = found.pop()[2].words + segment.text
                elif found and y - 4 <= found[-1][0] < y and x == page.left:
                    # The rows between them are empty lines of the text or rows with names of labels.
                    words = f"{found.pop()[2].words} {segment.text}"
                else:
                    words = segment.text
                found.append((y, x + segment.cell_length, Lit(place, words)))
            x += segment.cell_length
    return [one for _, _, one in found]


def lamps(screen: Screen) -> list[str]:
    """The words of the places that have the lamp."""
    return [one.words for one in lit(screen)]


def window_top(screen: Screen) -> int:
    """The first row of the window that is open over the rest; if none is open, the height of the screen."""
    top, height = screen.app.screen, screen.app.size.height
    return height - (top.rows_on(height) or height) if isinstance(top, Window) else height


def check_lamp(screen: Screen) -> None:
    """Check that only the place where the next key acts has the lamp, and that the label bar agrees."""
    top, found = screen.app.screen, lit(screen)
    places = {one.place for one in found}
    assert len(found) <= 1, found
    if top is not screen.app.reader:
        assert places <= {"window"}, found
        assert bool(found) or not _has_rows(top), "a list without a current row"
        return
    reader = screen.app.reader
    mode, focus = reader.keys.mode, reader.opened.selection.focus
    bar, nothing = _bar_is_lit(screen), focus.end <= focus.start
    acts_on = mode.acts_on if mode is not None else "as before"
    if acts_on == "letters":
        # There are many letters, so the lamp is on the chip in the line of hints.
        assert (places, bar) == (set(), False), found
    elif acts_on == "as before" and reader.panel.walking:
        assert not bar
        assert places == {"panel"}, found
    else:
        assert places == (set() if nothing else {"text"}), found
        assert bar == (mode.label is not None if mode is not None else not nothing)
        words = "".join(reader.opened.session.text[focus.start : focus.end].split())
        assert not found or words.startswith("".join(found[0].words.split()))


def _has_rows(window: TextualScreen[object]) -> bool:
    match window:
        case PickScreen():
            return bool(window._state.found)
        case DocumentListScreen():
            return bool(len(window._listing)) and not window._helping and not window.has_class("small")
    return False


def _bar_is_lit(screen: Screen) -> bool:
    """Whether the label bar shows that the keys of labels label something."""
    muted = screen.app.reader.colours.style("muted")
    line = screen.app.reader.around.labels.lines[0]

    def plain(style: Style) -> Style:
        return style.clear_meta_and_links()

    return {plain(style) for text, style in line if text.strip()} != {plain(muted)}
