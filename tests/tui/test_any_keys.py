"""After any keys there is at most one lamp, no letter of the article moves, no row is too wide, labels stay.

This is tested in every mode, in the side panel and in windows, with the labels of OntoNotes and with others.
"""

import asyncio
import re
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from tests.tui.conftest import Open, Screen
from tests.tui.lamp import check_lamp
from tests.tui.memory_writer import MemoryWriter
from tests.tui.test_sheets import letters

TEXT = (
    """\
Harbour talks end in Lisbon 2023-05-17

漢字 and משרד החוץ של מדינת ישראל, said وزارة الخارجية العراقية of 北京市人民政府 on Tuesday, and
for ten years before. “We lost it in 2008,” Minister Inês Duarte told reporters.

Ms. Duarte met Jan de Wit, who runs Rotterdam's port, for the third time since March 2, 2021.
"""
    + "The old quay in Sines is to be rebuilt.\n" * 30
)
SUGGESTED = [
    ("Lisbon", "GPE"),
    ("משרד החוץ של מדינת ישראל", "ORG"),
    ("北京市人民政府", "GPE"),
    ("Tuesday", "DATE"),
    ("2008", "DATE"),
    ("Inês Duarte", "PERSON"),
    ("Duarte met", "PERSON"),
]
OWN = LabelScheme(
    (
        *(
            Label(name, key)
            for name, key in (("GPE", "g"), ("ORG", "o"), ("DATE", "d"), ("PERSON", "p"))
        ),
        Label("地名_AND_A_LONG_NAME", "x"),
        Label("שם", "9"),
    ),
    own=True,
)
SCHEMES = {"OntoNotes": ONTONOTES, "own labels": OWN}
SIZES = {
    "80x24": (80, 24),
    "60x15": (60, 15),
    "120x40": (120, 40),
    "42x12": (42, 12),
    "200x50": (200, 50),
}
CASES = [
    ("80x24", "OntoNotes"),
    ("42x12", "OntoNotes"),
    ("80x24", "own labels"),
    ("60x15", "own labels"),
    ("120x40", "own labels"),
    ("200x50", "own labels"),
]
MOVES = (
    *("right", "left", "down", "up", "tab", "shift+tab", "space", "pagedown", "home", "end"),
    *("ctrl+right", "enter", "backspace", "p", "g", "o", "1", "period", "comma", "less_than_sign"),
    *("greater_than_sign", "apostrophe", "A", "C", "O", "F", "U", "R", "J", "N", "V", "plus", "f3"),
)
OPENING = {
    "panel": ("f2",),
    "tab": ("f4",),
    "the question": ("D",),
    "search": ("slash", "q"),
    "jump": ("minus",),
    "jump to words": ("minus", "minus"),
    "preview": ("asterisk",),
    "label": ("semicolon",),
    "value or entity": ("equals_sign",),
    "comment": ("quotation_mark",),
    "palette for the panel": ("ctrl+p", *"side", "enter"),
    "palette for the search": ("ctrl+p", *"sear", "enter"),
    "keys": ("question_mark",),
    "leave": ("escape",),
}
"""Keys that open, begin or leave something."""
MORE = {
    "other tab": ("f2", "right"),
    "done": ("D", "D"),
    "search": ("slash", "d"),
    "article date": ("at",),
    "filter": ("f5",),
    "palette": ("ctrl+p",),
    "save elsewhere": ("ctrl+o",),
    "leave twice": ("escape", "escape"),
}
PARTS = [*((key,) for key in MOVES), *OPENING.values(), *MORE.values()]
FROM = {
    "the panel": ("f2",),
    "a search": ("slash", "d"),
    "the letters": ("minus",),
    "a preview": ("semicolon", "enter", "asterisk"),
}


class Walk:
    """Presses keys and checks the screen after each."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.pressed: list[str] = []
        self._bars: set[str] = set()
        self._letters, self._top = self._shown(), screen.app.reader.article.scroll_offset.y
        self._columns = self._columns_of_text()

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed.append(key)
            await self.screen.pilot.press(key)
            try:
                self._look(key)
            except AssertionError as error:
                raise AssertionError(f"after {' '.join(self.pressed)}\n{self.screen.text}") from error

    def _look(self, key: str) -> None:
        screen, reader = self.screen, self.screen.app.reader
        size = screen.app.size
        strips = screen.app.screen._compositor.render_strips()
        assert [strip.cell_length for strip in strips] == [size.width] * size.height
        assert all(cell_len(row) <= size.width for row in screen.rows)
        check_lamp(screen)
        around = reader.around
        for lines in (around.header, around.labels, around.status, around.hints):
            assert sum(cell_len(text) for text, _ in lines.lines[0]) <= size.width
        # Only the positions are compared; from 160 columns on the bar also has numbers, which change.
        bar = around.labels.plain
        self._bars.add(re.sub(r" [0-9kM]+(?= |$)", lambda found: " " * len(found.group()), bar))
        assert len(self._bars) == 1
        assert self._columns_of_text() == self._columns
        now, moved = self._shown(), reader.article.scroll_offset.y - self._top
        for number, row in enumerate(now):
            if key != "f3" and self._letters and 0 <= number + moved < len(self._letters):
                assert row == self._letters[number + moved]
        if now:
            self._letters, self._top = now, reader.article.scroll_offset.y

    def _columns_of_text(self) -> tuple[int, int]:
        page = self.screen.app.reader.geometry
        return page.left, page.text

    def _shown(self) -> list[str]:
        """The letters of the article; none while other letters cover or separate them, or in a window."""
        screen = self.screen
        if screen.app.reader._page.naming == "rows":
            return []
        jumping = screen.rows[-1].startswith(" JUMP ")
        return letters(screen) if screen.app.screen is screen.app.reader and not jumping else []


@pytest.mark.parametrize(("size", "scheme"), CASES)
def test_no_sequence_of_keys_lights_two_lamps_or_moves_a_letter(
    open_article: Open, size: str, scheme: str
) -> None:
    async def walk(parts: list[tuple[str, ...]]) -> None:
        writer = MemoryWriter(lambda state: None)
        async with open_article(
            TEXT, size=SIZES[size], suggested=SUGGESTED, scheme=SCHEMES[scheme], writer=writer
        ) as screen:
            walking = Walk(screen)
            for part in parts:
                await walking.press(*part)

    @settings(
        max_examples=3,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(
        st.lists(
            st.one_of(st.sampled_from(PARTS[: len(MOVES)]), st.sampled_from(PARTS[len(MOVES) :])),
            min_size=8,
            max_size=20,
        )
    )
    def check(parts: list[tuple[str, ...]]) -> None:
        asyncio.run(walk(parts))

    check()


@pytest.mark.parametrize(("size", "first"), [("80x24", 0), ("120x40", 1)])
async def test_whatever_is_opened_from_panel_search_letters_or_preview_there_is_one_lamp(
    open_article: Open, size: str, first: int
) -> None:
    async with open_article(TEXT, size=SIZES[size], suggested=SUGGESTED) as screen:
        reader, walking = screen.app.reader, Walk(screen)
        pairs = enumerate(product(FROM.values(), OPENING.values()))
        # Every second pair, so that each opening is tried in each size from at least one place.
        for begin, then in (pair for n, pair in pairs if (n + n // len(OPENING)) % 2 == first):
            if reader.has_class("with-panel") and begin[0] == "f2":
                begin = begin[1:] if reader.panel.walking else begin
            await walking.press(*begin, *then)
            while (
                screen.app.screen is not reader or reader.keys.mode is not None or reader.panel.walking
            ):
                await walking.press("escape")
            assert not screen.app.crash
            del walking.pressed[:]
