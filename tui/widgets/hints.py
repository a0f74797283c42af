"""The last line: the keys that matter where the cursor stands, as they are really bound."""

from collections.abc import Sequence

from rich.cells import cell_len

from annotations.editing.open_document import OpenDocument
from tui.keymap import Keymap
from tui.widgets.lines import Line


def hint_line(hints: Sequence[tuple[str, str]], width: int) -> Line:
    """Keys with what they do, as many as fit the width, the important ones first."""
    line: list[tuple[str, str]] = [(" ", "")]
    room = width - 1
    for keys, words in hints:
        cells = cell_len(keys) + cell_len(words) + 3
        if keys and cells <= room:
            line += [(keys, "bold"), (f" {words}  ", "")]
            room -= cells
    return line


def hints(opened: OpenDocument, keymap: Keymap) -> list[tuple[str, str]]:
    """The keys that matter for what is under the cursor, and what they do."""
    span = opened.selection.focused_span
    if span is not None and not span.decided:
        names = ["accept", "reject", "next_undecided", "grow_right", "shrink_right"]
        first = [("a-z", "relabel")]
    elif span is not None:
        names = ["reject", "grow_right", "shrink_right", "narrow", "next_undecided"]
        first = [("a-z", "relabel")]
    elif opened.selection.focus.end > opened.selection.focus.start:
        names = ["grow_right", "next_span", "next_undecided"]
        first = [("a-z", "label")]
    else:
        names, first = ["next_span", "next_undecided"], []
    words = {"reject": "remove"} if span is not None and span.decided else {}
    rest = ["label_list", "undo", "side_panel", "label_rows", "keys", "quit"]
    shown = []
    for name in names + rest:
        action = keymap.named(name)
        shown.append((keymap.sign(name), words.get(name, action.hint or action.words.lower())))
    accept, others = shown[:2], shown[2:]
    return [*accept, *first, *others] if span is not None and not span.decided else first + shown
