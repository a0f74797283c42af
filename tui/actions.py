"""The registry of what a person can do: bindings, dispatch, hints, help and palette all read it.

Lower-case letters and digits belong to labels. Nothing needs a key that plain terminals, tmux or ssh do
not deliver. A key is written as its character (`U`, `<`) or its name (`enter`, `shift+right`, `f2`).
"""

from collections.abc import Callable, Mapping

from textual.message import Message

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui import hinting
from tui.accepting import ACCEPTING
from tui.action import Action, ActionHint
from tui.dialogs.article_date import ask_article_date
from tui.dialogs.comment import ask_comment
from tui.dialogs.filter import ask_filter
from tui.dialogs.label import ask_label
from tui.dialogs.value import ask_value
from tui.reader_protocol import Reader
from tui.requests import Finish, SaveAgain, Suspend


def _changes(do: Callable[[OpenDocument], Outcome]) -> Callable[[Reader], None]:
    """Does something with the document and shows what came of it."""
    return lambda reader: reader.show_outcome(do(reader.opened))


def _posts(request: Callable[[], Message]) -> Callable[[Reader], None]:
    """Asks the program for something."""

    def post(reader: Reader) -> None:
        reader.post_message(request())

    return post


def _join_or_leave(reader: Reader) -> None:
    reader.work(reader.opened.entity_linking.join_or_leave(), "Comparing names…")


def _ask_language(reader: Reader) -> None:
    from tui.dialogs.language import ask_language

    ask_language(reader)


def _undo(reader: Reader) -> None:
    if not reader.documents.go_back_to_marked():
        reader.show_outcome(reader.opened.review.undo())


ACTIONS = (
    Action(
        "next_word",
        ("right",),
        "Move",
        "Next word",
        _changes(lambda opened: opened.selection.next_word()),
    ),
    Action(
        "previous_word",
        ("left",),
        "Move",
        "Previous word",
        _changes(lambda opened: opened.selection.previous_word()),
    ),
    Action(
        "line_down",
        ("down",),
        "Move",
        "Line down, in the same column",
        lambda reader: reader.move_rows(1),
    ),
    Action(
        "line_up", ("up",), "Move", "Line up, in the same column", lambda reader: reader.move_rows(-1)
    ),
    Action(
        "next_sentence",
        ("ctrl+right",),
        "Move",
        "Sentence on",
        _changes(lambda opened: opened.selection.next_sentence()),
    ),
    Action(
        "previous_sentence",
        ("ctrl+left",),
        "Move",
        "Sentence back",
        _changes(lambda opened: opened.selection.previous_sentence()),
    ),
    Action("page_down", ("pagedown",), "Move", "Page down", lambda reader: reader.move_pages(1)),
    Action("page_up", ("pageup",), "Move", "Page up", lambda reader: reader.move_pages(-1)),
    Action(
        "to_start",
        ("home", "ctrl+home"),
        "Move",
        "To the start of the article",
        _changes(lambda opened: opened.selection.to_start()),
    ),
    Action(
        "to_end",
        ("end", "ctrl+end"),
        "Move",
        "To the end of the article",
        _changes(lambda opened: opened.selection.to_end()),
    ),
    Action(
        "next_span",
        ("tab",),
        "Move",
        "Next span, selecting it",
        _changes(lambda opened: opened.selection.next_span()),
        ActionHint(6, hinting.to_span),
    ),
    Action(
        "previous_span",
        ("shift+tab",),
        "Move",
        "Previous span, selecting it",
        _changes(lambda opened: opened.selection.previous_span()),
    ),
    Action(
        "next_undecided",
        ("space",),
        "Move",
        "Next suggestion still to decide",
        lambda reader: reader.begin("next_undecided"),
        ActionHint(5, hinting.going_on),
    ),
    Action(
        "next_document",
        ("]",),
        "Move",
        "Next document of several",
        lambda reader: reader.documents.next(),
        ActionHint(0, hinting.where(hinting.at_rest_among_several, "next article")),
    ),
    Action(
        "previous_document",
        ("[",),
        "Move",
        "Previous document of several",
        lambda reader: reader.documents.previous(),
    ),
    Action(
        "document_list",
        ("L",),
        "Move",
        "List of all documents",
        lambda reader: reader.documents.show_list(),
        ActionHint(13, hinting.where(lambda now: now.several, "list")),
    ),
    Action(
        "search",
        ("/",),
        "Find",
        "Search as you type; \\ begins a regular expression",
        lambda reader: reader.begin("search"),
        ActionHint(14, hinting.always("search")),
    ),
    Action(
        "next_match", ("N",), "Find", "Next match of the search", lambda reader: reader.walk_matches(1)
    ),
    Action(
        "previous_match",
        ("P",),
        "Find",
        "Previous match of the search",
        lambda reader: reader.walk_matches(-1),
    ),
    Action(
        "grow_right",
        ("shift+right", "."),
        "Select",
        "Grow at the right",
        _changes(lambda opened: opened.resizing.grow_right()),
        ActionHint(9, hinting.where(hinting.on_words, "right edge"), "shrink_right"),
    ),
    Action(
        "shrink_right",
        ("shift+left", ","),
        "Select",
        "Shrink at the right",
        _changes(lambda opened: opened.resizing.shrink_right()),
    ),
    Action(
        "grow_left",
        ("<",),
        "Select",
        "Grow at the left",
        _changes(lambda opened: opened.resizing.grow_left()),
        ActionHint(10, hinting.where(hinting.on_words, "left edge"), "shrink_left"),
    ),
    Action(
        "shrink_left",
        (">",),
        "Select",
        "Shrink at the left",
        _changes(lambda opened: opened.resizing.shrink_left()),
    ),
    Action(
        "to_end_of_name",
        (")",),
        "Select",
        "Grow to the end of the name",
        _changes(lambda opened: opened.resizing.to_end_of_name()),
    ),
    Action(
        "to_start_of_name",
        ("(",),
        "Select",
        "Grow to the start of the name",
        _changes(lambda opened: opened.resizing.to_start_of_name()),
    ),
    Action(
        "toggle_characters",
        ("'",),
        "Select",
        "Step by character instead of by word, or back",
        _changes(lambda opened: opened.selection.toggle_characters()),
        ActionHint(11, hinting.stepping),
    ),
    Action(
        "narrow",
        ("escape",),
        "Select",
        "Let the selection, or the span around, go",
        lambda reader: reader.narrow(),
        ActionHint(20, hinting.letting_go),
    ),
    Action(
        "label_list",
        (";",),
        "Decide",
        "Label from a list of all labels",
        ask_label,
        ActionHint(17, hinting.where(hinting.on_words, "all labels")),
    ),
    Action(
        "accept",
        ("enter",),
        "Decide",
        "Accept and go on to the next",
        _changes(lambda opened: opened.review.accept()),
        ActionHint(1, hinting.accepting),
    ),
    Action(
        "reject",
        ("backspace", "delete"),
        "Decide",
        "Reject or remove, and go on",
        _changes(lambda opened: opened.review.reject()),
        ActionHint(2, hinting.rejecting),
    ),
    *ACCEPTING,
    Action(
        "propagate",
        ("*",),
        "Decide",
        "All other mentions alike: preview first",
        lambda reader: reader.begin("propagation"),
        ActionHint(6, hinting.propagating),
    ),
    Action(
        "toggle_case",
        ("C",),
        "Decide",
        "In that preview: upper and lower case alike, or not",
        _changes(lambda opened: opened.propagation.toggle_case()),
    ),
    Action(
        "toggle_decided_too",
        ("O",),
        "Decide",
        "In that preview: decided mentions too, or not",
        _changes(lambda opened: opened.propagation.toggle_decided_too()),
    ),
    Action(
        "comment",
        ('"',),
        "Decide",
        "Comment on the span, or the document",
        ask_comment,
        ActionHint(15, hinting.always("note")),
    ),
    Action(
        "toggle_flag",
        ("F",),
        "Decide",
        "Flag the span or the document",
        _changes(lambda opened: opened.properties.toggle_flag()),
        ActionHint(16, hinting.flagging),
    ),
    Action("filter", ("f5",), "Decide", "Choose which suggestions to decide about", ask_filter),
    Action(
        "value",
        ("=",),
        "Decide",
        "Value of a date; name or id of an entity",
        ask_value,
        ActionHint(8, hinting.where(hinting.on_span, "value")),
    ),
    Action(
        "join_or_leave",
        ("J",),
        "Decide",
        "One entity with what is likely the same, or not any more",
        _join_or_leave,
    ),
    Action("article_date", ("@",), "Decide", "The article's own date", ask_article_date),
    Action("language", (), "Decide", "The article's language", _ask_language),
    Action(
        "mark_done",
        ("D",),
        "Decide",
        "Mark the document as done: the rest is no entity; on to the next",
        lambda reader: reader.begin("mark_done"),
        ActionHint(12, hinting.where(hinting.not_done, "done")),
    ),
    Action(
        "undo", ("U",), "Decide", "Undo, also after a restart", _undo, ActionHint(7, hinting.undoing)
    ),
    Action("redo", ("R", "ctrl+r"), "Decide", "Redo", _changes(lambda opened: opened.review.redo())),
    Action(
        "side_panel",
        ("f2",),
        "Show",
        "Side panel",
        lambda reader: reader.toggle_panel(),
        ActionHint(18, hinting.always("panel")),
    ),
    Action("next_tab", ("f4",), "Show", "Next tab of the side panel", lambda reader: reader.next_tab()),
    Action(
        "label_rows",
        ("f3",),
        "Show",
        "Labels at the right, under the text, or not at all",
        lambda reader: reader.name_labels_otherwise(),
        ActionHint(19, hinting.always("names")),
    ),
    Action(
        "guidelines",
        ("G",),
        "Show",
        "Guidelines, at the label of the span",
        lambda reader: reader.open_window("guidelines"),
    ),
    Action(
        "keys",
        ("?", "f1"),
        "Show",
        "This list of keys",
        lambda reader: reader.open_window("keys"),
    ),
    Action(
        "palette", ("ctrl+p",), "Show", "Command palette", lambda reader: reader.open_window("palette")
    ),
    Action("theme", (), "Show", "Choose a theme", lambda reader: reader.open_window("theme")),
    Action(
        "screenshot",
        (),
        "Show",
        "Write the screen to an SVG file",
        lambda reader: reader.take_screenshot(),
    ),
    Action(
        "save_again", ("ctrl+s",), "Save", "Try again to save what could not be saved", _posts(SaveAgain)
    ),
    Action(
        "save_elsewhere",
        (),
        "Save",
        "Save to another database file",
        lambda reader: reader.open_window("database"),
    ),
    Action(
        "suspend", ("ctrl+z",), "Leave", "Back to the shell for a while; fg returns", _posts(Suspend)
    ),
    Action(
        "quit",
        ("ctrl+q",),
        "Leave",
        "Leave (there is nothing to save: it is saved)",
        _posts(Finish),
        ActionHint(21, hinting.always("leave")),
    ),
)

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}
