"""Whatever is pressed in panel and sheets: one lamp at most, no letter of the article moves, no row is too wide."""

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from tests.tui.conftest import Open, Screen
from tests.tui.test_sheets import lamps, letters

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
    ),
    own=True,
)
KEYS = st.sampled_from(
    [
        *("f2", "f4", "escape", "enter", "down", "up", "left", "right", "tab", "space", "pagedown"),
        *("semicolon", "equals_sign", "quotation_mark", "at", "f5", "ctrl+p", "question_mark"),
        *("o", "g", "J", "backspace", "F", "U"),
        *("minus", "slash", "asterisk", "apostrophe", "plus", "V"),
    ]
)


def shown(screen: Screen) -> list[str]:
    """The letters of the article; none while the letters to jump to stand over them, or in a window."""
    jumping = screen.rows[-1].startswith(" JUMP ")
    return letters(screen) if screen.app.screen is screen.app.reader and not jumping else []


async def press_all(
    open_article: Open, size: tuple[int, int], scheme: LabelScheme, keys: list[str]
) -> None:
    async with open_article(TEXT, size=size, suggested=SUGGESTED, scheme=scheme) as screen:
        article = screen.app.reader.article
        before, top = shown(screen), article.scroll_offset.y
        for key in keys:
            await screen.press(key)
            assert len(lamps(screen)) <= 1, (keys, key, lamps(screen))
            assert all(cell_len(row) <= size[0] for row in screen.rows), (keys, key)
            now, moved = shown(screen), article.scroll_offset.y - top
            for number, row in enumerate(now):
                if before and 0 <= number + moved < len(before):
                    assert row == before[number + moved], (keys, key)
            if now:
                before, top = now, article.scroll_offset.y


@pytest.mark.parametrize("scheme", [ONTONOTES, OWN], ids=["OntoNotes", "own labels"])
@pytest.mark.parametrize("size", [(80, 24), (60, 15), (120, 40)], ids=["80x24", "60x15", "120x40"])
def test_no_sequence_of_keys_lights_two_lamps_or_moves_a_letter(
    open_article: Open, size: tuple[int, int], scheme: LabelScheme
) -> None:
    @settings(
        max_examples=3,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.lists(KEYS, min_size=8, max_size=20))
    def check(keys: list[str]) -> None:
        asyncio.run(press_all(open_article, size, scheme, keys))

    check()
