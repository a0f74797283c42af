"""The last line: the keys that matter where the cursor stands, as they are really bound."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, assert_never

from rich.cells import cell_len

from annotations.editing.open_document import OpenDocument
from tui.keymap import Keymap
from tui.widgets.lines import Line

UnderCursor = Literal["undecided span", "decided span", "words", "nothing"]
"""What the keys would act on."""


def hint_line(hints: Sequence[tuple[str, str]], width: int) -> Line:
    """Keys with what they do, as many as fit the width, the important ones first."""
    return _line_of(tuple(hints), width)


@lru_cache(maxsize=64)
def _line_of(hints: tuple[tuple[str, str], ...], width: int) -> Line:
    line: list[tuple[str, str]] = [(" ", "")]
    room = width - 1
    for keys, words in hints:
        cells = cell_len(keys) + cell_len(words) + 3
        if keys and cells <= room:
            line += [(keys, "bold"), (f" {words}  ", "")]
            room -= cells
    return line


def hints(opened: OpenDocument, keymap: Keymap) -> Sequence[tuple[str, str]]:
    """The keys that matter for what is under the cursor, and what they do."""
    return _hints_for(_under_cursor(opened), keymap)


def _under_cursor(opened: OpenDocument) -> UnderCursor:
    span = opened.selection.focused_span
    if span is not None:
        return "decided span" if span.decided else "undecided span"
    return "words" if opened.selection.focus.end > opened.selection.focus.start else "nothing"


@lru_cache(maxsize=16)
def _hints_for(under_cursor: UnderCursor, keymap: Keymap) -> Sequence[tuple[str, str]]:
    match under_cursor:
        case "undecided span":
            names = ["accept", "reject", "next_undecided", "grow_right", "shrink_right"]
            first = [("a-z", "relabel")]
        case "decided span":
            names = ["reject", "grow_right", "shrink_right", "narrow", "next_undecided"]
            first = [("a-z", "relabel")]
        case "words":
            names = ["grow_right", "next_span", "next_undecided"]
            first = [("a-z", "label")]
        case "nothing":
            names, first = ["next_span", "next_undecided"], []
        case _:
            assert_never(under_cursor)
    words = {"reject": "remove"} if under_cursor == "decided span" else {}
    rest = ["label_list", "undo", "side_panel", "label_rows", "keys", "quit"]
    shown = []
    for name in names + rest:
        action = keymap.named(name)
        shown.append((keymap.sign(name), words.get(name, action.hint or action.words.lower())))
    if under_cursor != "undecided span":
        return (*first, *shown)
    accept, others = shown[:2], shown[2:]
    return (*accept, *first, *others)
