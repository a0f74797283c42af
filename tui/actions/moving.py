"""The actions that move through the text, search it, and go from document to document."""

from tui.action import Action, ActionHint, show_what
from tui.actions import hinting

MOVING = (
    Action(
        "next_word",
        ("right",),
        "Move",
        "Next word",
        show_what(lambda opened: opened.selection.next_word()),
    ),
    Action(
        "previous_word",
        ("left",),
        "Move",
        "Previous word",
        show_what(lambda opened: opened.selection.previous_word()),
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
        "Next sentence",
        show_what(lambda opened: opened.selection.next_sentence()),
    ),
    Action(
        "previous_sentence",
        ("ctrl+left",),
        "Move",
        "Previous sentence",
        show_what(lambda opened: opened.selection.previous_sentence()),
    ),
    Action("page_down", ("pagedown",), "Move", "Page down", lambda reader: reader.move_pages(1)),
    Action("page_up", ("pageup",), "Move", "Page up", lambda reader: reader.move_pages(-1)),
    Action(
        "to_start",
        ("home", "ctrl+home"),
        "Move",
        "To the start of the article",
        show_what(lambda opened: opened.selection.to_start()),
    ),
    Action(
        "to_end",
        ("end", "ctrl+end"),
        "Move",
        "To the end of the article",
        show_what(lambda opened: opened.selection.to_end()),
    ),
    Action(
        "next_span",
        ("tab",),
        "Move",
        "Next span, selecting it",
        show_what(lambda opened: opened.selection.next_span()),
        ActionHint(6, hinting.to_span),
    ),
    Action(
        "previous_span",
        ("shift+tab",),
        "Move",
        "Previous span, selecting it",
        show_what(lambda opened: opened.selection.previous_span()),
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
        "jump",
        ("-",),
        "Move",
        "Jump: type the letter shown on a suggestion or word",
        lambda reader: reader.begin("jump"),
        ActionHint(17, hinting.where(hinting.undecided, "jump")),
    ),
    Action(
        "next_document",
        ("]", "S"),
        "Move",
        "Next document",
        lambda reader: reader.documents.next(),
        ActionHint(0, hinting.where(hinting.done_with_others_left, "next article")),
    ),
    Action(
        "previous_document",
        ("[", "B"),
        "Move",
        "Previous document",
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
        "Search as you type (\\ or Ctrl+R: regular expression)",
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
)
