"""The line of hints is true: each key in it does what it says; with muted labels, letters label nothing."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme, with_keys
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.memory_writer import MemoryWriter
from tui.action import Action
from tui.actions import ACTIONS
from tui.keymap import Keymap
from tui.keys.terminal_keys import written_key
from tui.reader_protocol import Reader
from tui.widgets.hints import Hint

LABEL = "label"
LABELS = "pognldt"
"""The keys of some labels."""


class Seen(NamedTuple):
    """The parts of the program's state that a key may change."""

    spans: list[tuple[str, str, str]]
    focus: tuple[int, int, bool]
    mode: str
    preview: object
    search: str
    walking: bool
    tab: str
    status: str
    window: str


def seen(screen: Screen) -> Seen:
    reader = screen.app.reader
    opened, mode = reader.opened, reader.keys.mode
    return Seen(
        screen.spans,
        (opened.selection.focus.start, opened.selection.focus.end, opened.selection.focus.chosen),
        type(mode).__name__ if mode is not None else "",
        opened.propagation.preview,
        opened.search_cursor.sought,
        reader.panel.walking,
        reader.panel.tab.name,
        screen.rows[-2],
        type(screen.app.screen).__name__,
    )


Effect = Callable[[Seen, Seen], bool]
EFFECTS: dict[tuple[str, str], Effect] = {
    ("PREVIEW", "accept"): lambda was, now: now.spans != was.spans and not now.mode,
    ("PREVIEW", "next_span"): lambda was, now: now.focus > was.focus,
    ("PREVIEW", "reject"): lambda was, now: now.preview != was.preview and now.spans == was.spans,
    ("PREVIEW", "propagate"): lambda was, now: now.preview != was.preview,
    ("PREVIEW", "toggle_case"): lambda was, now: now.preview != was.preview,
    ("PREVIEW", "toggle_decided_too"): lambda was, now: now.preview != was.preview,
    ("PREVIEW", "narrow"): lambda was, now: not now.mode and now.spans == was.spans,
    ("PREVIEW", LABEL): lambda was, now: now.preview != was.preview and now.spans == was.spans,
    ("FIND", "walk"): lambda was, now: now.focus != was.focus,
    ("FIND", "select"): lambda was, now: not now.mode and now.focus[1] - now.focus[0] >= 3,
    ("FIND", "regex"): lambda was, now: now.mode == was.mode and now.status == was.status,
    ("FIND", "leave"): lambda was, now: not now.mode,
    ("JUMP", "letters"): lambda was, now: not now.mode and now.focus != was.focus,
    ("JUMP", "jump"): lambda was, now: now.mode == was.mode and now.focus == was.focus,
    ("JUMP", "narrow"): lambda was, now: not now.mode and now.focus == was.focus,
    ("", "mark_done"): lambda was, now: not now.mode,
    ("", "narrow"): lambda was, now: not now.mode,
    ("ENTITIES", "join_or_leave"): lambda was, now: now.spans == was.spans,
    **{
        (tab, action): effect
        for tab in ("ENTITIES", "DATES", "LABELS", "HISTORY")
        for action, effect in (
            ("previous_word", lambda was, now: now.tab != was.tab),
            ("next_word", lambda was, now: now.tab != was.tab),
            ("side_panel", lambda was, now: not now.walking),
            ("narrow", lambda was, now: not now.walking),
            ("accept", lambda was, now: now.focus != was.focus),
            ("line_up", lambda was, now: now.status != was.status),
            ("line_down", lambda was, now: now.status != was.status),
        )
    },
}
"""The effects of the keys with a special meaning in a mode or tab, by its name and the action."""


def logging(log: list[str]) -> Keymap:
    """The default keys, with actions that write their names to a list when they run."""

    def logged(action: Action) -> Action:
        def do(reader: Reader) -> None:
            log.append(action.name)
            action.do(reader)

        return replace(action, do=do)

    return Keymap(tuple(logged(action) for action in ACTIONS))


def shown(screen: Screen) -> list[Hint]:
    """The hints that are on the screen."""
    said, row = screen.app.reader.around.said, screen.rows[-1]
    hints = [*said.hints, *(hint for hint in (said.way_out, said.help) if hint is not None)]
    return [hint for hint in hints if hint.sign and f" {hint.sign} {hint.words}" in f"{row} "]


def keys_of(hint: Hint) -> list[str]:
    if hint.action == LABEL:
        return ["l"]
    if hint.action == "letters":
        return ["b"]
    signs = hint.sign.split(" ")
    return [written_key(sign.replace("⌫", "Backspace").replace("⇧", "Shift+")) for sign in signs]


class Situation(NamedTuple):
    """The keys that lead to a situation, the chip there, and the screen's columns and labels."""

    keys: Sequence[str]
    chip: str = ""
    columns: int = 80
    scheme: LabelScheme = ONTONOTES


OWN = with_keys(
    Label(name) for name in ("場所", "WHO", "שם", "GPE", "PERSON", "DATE", *map("K{}".format, range(34)))
)
"""More labels than keys."""
SITUATIONS = {
    "a suggestion": Situation(("space",), columns=220),
    "what was accepted": Situation(("space", "enter", "shift+tab"), columns=130),
    "a word": Situation(("right",), columns=130),
    "a selection": Situation(("right", "."), columns=130),
    "characters": Situation(("'", "right"), "CHAR"),
    "done": Situation(("space", "enter", "D", "D"), columns=130),
    "the question": Situation(("D",)),
    "a preview": Situation(("space", "space", "*"), "PREVIEW", 130),
    "a mention": Situation(("space", "space", "*", "tab"), "PREVIEW", 130),
    "a removal": Situation(("space", "space", "*", "*"), "PREVIEW", 130),
    "letters": Situation(("-",), "JUMP"),
    "letters on words": Situation(("-", "-"), "JUMP"),
    "a suggestion of own labels": Situation(("space",), "", 80, OWN),
    "a word for own labels": Situation(("right",), "", 80, OWN),
    "a preview of own labels": Situation(("space", "space", "*"), "PREVIEW", 80, OWN),
    "the list of own labels": Situation(("f2", "left"), "LABELS", 130, OWN),
    "nothing typed": Situation(("/",), "FIND"),
    "a search": Situation(("/", *"dua"), "FIND"),
    "no match": Situation(("/", *"xyz"), "FIND"),
    "entities": Situation(("f2", "down"), "ENTITIES", 130),
    "dates": Situation(("f2", "right"), "DATES", 130),
    "labels": Situation(("f2", "left"), "LABELS", 130),
    "history": Situation(("space", "enter", "f2", "right", "right"), "HISTORY", 130),
}
SUGGESTED = [
    ("Lisbon", "GPE"),
    ("Duarte", "PERSON"),
    ("Rotterdam", "GPE"),
    ("Tuesday", "DATE"),
    ("March 2, 2021", "DATE"),
]


async def rest(screen: Screen) -> None:
    """Wait for the side panel, which is drawn a little later, if the keys are for the panel."""
    if screen.app.reader.panel.walking:
        await screen.settle()


async def go(screen: Screen, situation: Situation) -> None:
    await screen.press(*situation.keys)
    await rest(screen)
    await screen.wait(lambda: "Searching" not in screen.text)


@pytest.mark.parametrize("name", SITUATIONS)
async def test_every_key_that_is_shown_does_what_it_says(name: str, open_article: Open) -> None:
    situation, log = SITUATIONS[name], list[str]()
    number, hints = 0, [None]
    while number < len(hints):
        async with open_article(
            keymap=logging(log),
            size=(situation.columns, 24),
            suggested=SUGGESTED,
            scheme=situation.scheme,
        ) as screen:
            await go(screen, situation)
            pressed = [(hint, key) for hint in shown(screen) for key in keys_of(hint)]
            hints = [None] * len(pressed)
            hint, key = pressed[number]
            said = screen.app.reader.around.said
            assert said.mode == situation.chip
            # Of two opposite keys, one may have nowhere to go: press the other one first.
            await screen.press(*(other for other in keys_of(hint) if other != key))
            log.clear()
            was = seen(screen)
            await screen.press(key)
            await rest(screen)
            now = seen(screen)
            effect = EFFECTS.get((said.mode, hint.action)) if was.mode or was.walking else None
            what = f"{name}: {key} is to {hint.words}"
            if effect is not None:
                assert effect(was, now), what
            elif hint.action == LABEL:
                assert now.spans != was.spans, what
            else:
                beside = ACTIONS_BY_NAME[hint.action].hint
                assert log == [hint.action] or (beside and log == [beside.beside]), what
                assert now != was or hint.action in QUIET, what
        number += 1


ACTIONS_BY_NAME = {action.name: action for action in ACTIONS}
QUIET = ("undo", "toggle_characters", "toggle_flag", "label_rows", "quit", "grow_left", "next_undecided")
"""Actions whose effect is not in `Seen`, or that may find nothing more."""


@pytest.mark.parametrize(
    "keys",
    [("/",), ("/", *"dua"), ("f2",), ("f2", "right"), ("D", "D")],
    ids=["nothing typed", "a search", "entities", "dates", "done"],
)
async def test_where_the_labels_are_muted_their_keys_label_nothing(
    keys: Sequence[str], open_article: Open
) -> None:
    async with open_article(suggested=SUGGESTED) as screen:
        await screen.press(*keys)
        await screen.settle()
        muted = screen.app.reader.colours.style("muted")
        line = screen.app.reader.around.labels.lines[0]
        assert {style for text, style in line if text.strip()} == {muted}
        before = screen.spans
        for letter in LABELS:
            await screen.press(letter)
            assert screen.spans == before


async def test_where_they_are_not_they_do(open_article: Open) -> None:
    async with open_article(suggested=SUGGESTED) as screen:
        for keys in (("space",), ("D", "D", "tab"), ("D",), ("right",)):
            await screen.press(*keys)
            await screen.settle()
            muted = screen.app.reader.colours.style("muted")
            assert screen.app.reader.around.labels.lines[0][1][1] != muted
            before = screen.spans
            await screen.press("l")
            assert screen.spans != before
            await screen.press("U", "escape", "escape")


async def test_without_a_place_to_save_the_keys_that_help_come_first(open_article: Open) -> None:
    log = list[str]()
    writer = MemoryWriter(lambda state: None, error="The disk is full; make room.")
    async with open_article(writer=writer, keymap=logging(log)) as screen:
        await screen.press("space", "enter")
        await screen.settle()
        assert screen.rows[-1].startswith(
            " NOT SAVED  Ctrl+S try now  Ctrl+O save elsewhere  Enter accept"
        )
        assert screen.rows[0].endswith(" NOT SAVED 2")
        log.clear()
        writer.error = ""
        await screen.press("ctrl+s")
        await screen.settle()
        assert log == ["save_again"]
        assert screen.rows[-1].startswith(" Saved again.")
        assert "The disk is full" not in screen.text
        await screen.press("right")
        assert "NOT SAVED" not in screen.text


async def test_a_notice_stands_in_the_line_of_hints_until_the_next_key(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "enter")
        assert screen.rows[-1].startswith(" Enter accept")
        await screen.press("U")
        status = screen.rows[-2]
        assert screen.rows[-1].startswith(" Undone: ")
        await screen.settle()
        assert screen.rows[-1].startswith(" Undone: ")
        assert "Undone" not in status
        await screen.press("right")
        assert "Undone" not in screen.text


def test_the_article_has_what_the_situations_need() -> None:
    assert all(words in ARTICLE for words, _ in SUGGESTED)
    assert ARTICLE.count("Duarte") >= 3
