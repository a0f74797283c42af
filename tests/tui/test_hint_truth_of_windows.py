"""The last row of each window is true: every key that it shows, pressed, does what it says.

Each window is tested in one program, and opened again for each key.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from annotations.corpus.listing import ListedDocument
from annotations.model.label_scheme import ONTONOTES, Label, with_keys
from tests.tui.conftest import Open, Screen
from tests.tui.test_document_list import ROWS, ShowList, Shown, show_list
from tui.keys.terminal_keys import written_key
from tui.reader.screen import ReaderScreen

__all__ = ["show_list"]
SUGGESTED = [("Lisbon", "GPE"), ("Duarte", "PERSON"), ("March 2, 2021", "DATE")]
OWN = with_keys(
    (
        *(Label(name) for name in ("場所", "WHO", "שם", "GPE", "PERSON", "DATE")),
        *(Label(f"K{number}") for number in range(34)),
    )
)
SCHEMES = {"default": ONTONOTES, "own": OWN}
DATE = ("home", "tab", "tab", "tab")
HINT = regex.compile(r"(?<=^|  )(\S+(?: (?=[^a-z ])\S+)?) ([a-z][^ ]*(?: [^ ]+)*)(?=  |$)")
"""One or two keys and their words, in the last row."""


class Window(NamedTuple):
    """The keys that open a window, and the words of its chip."""

    keys: Sequence[str]
    chip: str


WINDOWS = {
    "label": Window(("home", "tab", "semicolon"), "LABEL"),
    "value": Window((*DATE, "equals_sign"), "VALUE"),
    "name": Window(("home", "tab", "equals_sign"), "NAME"),
    "date": Window(("at", "ctrl+u", *"2023-05-17"), "DATE"),
    "comment": Window(("home", "tab", "quotation_mark", "o"), "COMMENT"),
    "filter": Window(("f5",), "FILTER"),
    "palette": Window(("ctrl+p",), "DO"),
    "save elsewhere": Window(("ctrl+o", "x"), "SAVE"),
    "keys": Window(("question_mark",), "KEYS"),
    "guidelines": Window(("G",), "GUIDELINES"),
}


def hints_of(screen: Screen, chip: str) -> list[tuple[str, str]]:
    """The keys in the last row, and the words that say what they do."""
    row = screen.rows[-1]
    assert row.startswith(f" {chip} "), row
    found = [(keys, words) for keys, words in HINT.findall(row[len(chip) + 3 :])]
    shown = "  ".join(f"{keys} {words}" for keys, words in found)
    assert regex.sub(r" +", " ", shown) == regex.sub(r" +", " ", row[len(chip) + 3 :].strip()), row
    return found


def keys_in(hint: str) -> list[str]:
    signs = [sign.replace("⌫", "Backspace").replace("⇧", "Shift+") for sign in hint.split(" ")]
    return [written_key(sign) for sign in signs]


def state(screen: Screen) -> tuple[object, ...]:
    session = screen.app.reader.opened.session
    date = session.creation_time.value if session.creation_time else ""
    return list(session.annotations.spans), date, screen.app.reader.opened.state.filter.words


def typed(screen: Screen) -> str:
    return screen.app.screen._line.text  # type: ignore[attr-defined, no-any-return]


def effect(words: str, before: list[str], now: list[str], was: str, is_: str) -> bool:
    """Whether a key that leaves the window open has done what its words say."""
    match words:
        case "walk" | "scroll" | "see more" | "next page":
            return before[:-1] != now[:-1] and was == is_
        case "other reading" | "day" | "week" | "month" | "year":
            return was != is_
        case _:
            return False


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        *((name, "default") for name in WINDOWS),
        *((name, "own") for name in ("label", "value", "filter", "keys")),
    ],
)
async def test_every_key_of_a_window_does_what_it_says(
    name: str, scheme: str, open_article: Open, tmp_path: Path
) -> None:
    window = WINDOWS[name]
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text("\n\n".join(f"Word {number}" for number in range(90)), "utf-8")
    async with open_article(
        size=(100, 24), suggested=SUGGESTED, scheme=SCHEMES[scheme], guidelines=guidelines
    ) as screen:

        async def open_window() -> None:
            await screen.press(*window.keys)
            assert not isinstance(screen.app.screen, ReaderScreen)

        await open_window()
        hints = hints_of(screen, window.chip)
        assert [words for _, words in hints][-1].startswith(("cancel", "back"))
        assert hints[-1][0] == "Esc"
        for shown, words in hints:
            if shown == "type":
                before = screen.rows
                await screen.press("e")
                assert typed(screen).endswith("e")
                assert screen.rows[:-1] != before[:-1]
                await screen.press("backspace")
                continue
            for key in keys_in(shown):
                # Of two opposite keys, one may have nowhere to go: press the other one first.
                await screen.press(*(other for other in keys_in(shown) if other != key))
                before, was = screen.rows, typed(screen) if hasattr(screen.app.screen, "_line") else ""
                facts = state(screen)
                await screen.press(key)
                if shown not in ("Enter", "Esc"):
                    is_ = typed(screen) if was else ""
                    assert effect(words, before, screen.rows, was, is_), (name, key, words)
                    continue
                assert isinstance(screen.app.screen, ReaderScreen), (name, key, words)
                unchanged = shown == "Esc" or window.chip in ("SAVE", "FILTER")
                # The palette runs the first action in its list, which may change something or not.
                assert window.chip == "DO" or (state(screen) == facts) == unchanged, (name, key, words)
                await open_window()
        await screen.press("escape")


@pytest.mark.parametrize("here", range(len(ROWS)))
async def test_every_key_of_the_queue_does_what_it_says(show_list: ShowList, here: int) -> None:
    row = ROWS[here]
    async with show_list(current=row.key) as shown:
        screen = shown.screen
        hints = hints_of(screen, "QUEUE")
        assert [words for _, words in hints] == [
            *("open", "order", "not done" if row.state == "done" else "done", "walk", "back", "keys")
        ]
        for sign, words in hints[:-2]:
            for key in keys_in(sign):
                before, where = screen.rows, shown.here
                if words == "walk":
                    other = "up" if key == "down" else "down"
                    await shown.press(other)
                    where = shown.here
                    await shown.press(key)
                    assert shown.here != where
                    await back_to(shown, row)
                elif words == "order":
                    await shown.press(key)
                    assert screen.text != "\n".join(before)
                    assert shown.here.split()[0] == where.split()[0]
                elif words in ("done", "not done"):
                    await shown.press(key)
                    if (
                        "Done?" in screen.rows[-1]
                        or "count" in screen.rows[-1]
                        or "No sugg" in screen.rows[-1]
                    ):
                        question = screen.rows[-1]
                        assert "Esc not done" in question
                        await shown.press("escape")
                        assert shown.marked == []
                        await shown.press(key, key)
                    assert shown.marked == [(row.key, words == "done")]
        await shown.press("f1")
        assert screen.text != "\n".join(before)
        await shown.press("escape", "z", "z")
        assert hints_of(screen, "QUEUE")[-2] == ("Esc", "show all")
        await shown.press("escape")
        assert hints_of(screen, "QUEUE")[-2] == ("Esc", "back")
        await shown.press("escape")
        assert shown.ends == [None]


async def back_to(shown: Shown, row: ListedDocument) -> None:
    await shown.press("home")
    while row.name not in shown.here:
        await shown.press("down")
