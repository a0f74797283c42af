"""The actions that decide about spans and documents, and that undo a decision."""

from tui.action import Action, ActionHint, show_what
from tui.actions import hinting
from tui.actions.accepting import ACCEPTING
from tui.dialogs.article_date import ask_article_date
from tui.dialogs.comment import ask_comment
from tui.dialogs.filter import ask_filter
from tui.dialogs.label import ask_label
from tui.dialogs.value import ask_value
from tui.reader_protocol import Reader


def _join_or_leave(reader: Reader) -> None:
    reader.work(reader.opened.entity_linking.join_or_leave(), "Comparing names…")


def _ask_language(reader: Reader) -> None:
    from tui.dialogs.language import ask_language

    ask_language(reader)


def _suggest_time_stamps(reader: Reader) -> None:
    from annotations.editing.time_stamp_suggestions import suggest_time_stamps

    opened = reader.opened
    reader.show_outcome(suggest_time_stamps(opened.session, cursor=opened.selection.cursor))


def _undo(reader: Reader) -> None:
    if not reader.documents.go_back_to_marked():
        reader.show_outcome(reader.opened.review.undo())


DECIDING = (
    Action(
        "label_list",
        (";", "T"),
        "Decide",
        "Label from a list of all labels",
        ask_label,
        ActionHint(17, hinting.where(hinting.on_words, "all labels")),
    ),
    Action(
        "accept",
        ("enter",),
        "Decide",
        "Accept, and go to the next",
        show_what(lambda opened: opened.review.accept()),
        ActionHint(1, hinting.accepting),
    ),
    Action(
        "reject",
        ("backspace", "delete"),
        "Decide",
        "Reject or remove, and go to the next",
        show_what(lambda opened: opened.review.reject()),
        ActionHint(2, hinting.rejecting),
    ),
    *ACCEPTING,
    Action(
        "propagate",
        ("*", "E"),
        "Decide",
        "The same for all other mentions, with a preview",
        lambda reader: reader.begin("propagation"),
        ActionHint(6, hinting.propagating),
    ),
    Action(
        "toggle_case",
        ("C",),
        "Decide",
        "In the preview: ignore upper and lower case, or not",
        show_what(lambda opened: opened.propagation.toggle_case()),
    ),
    Action(
        "toggle_decided_too",
        ("O",),
        "Decide",
        "In the preview: include decided mentions, or not",
        show_what(lambda opened: opened.propagation.toggle_decided_too()),
    ),
    Action(
        "comment",
        ('"', "K"),
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
        show_what(lambda opened: opened.properties.toggle_flag()),
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
        "Join mentions of the same entity, or separate them",
        _join_or_leave,
    ),
    Action("article_date", ("@", "W"), "Decide", "The article's own date", ask_article_date),
    Action("language", (), "Decide", "The article's language", _ask_language),
    Action(
        "suggest_time_stamps",
        (),
        "Decide",
        "Suggest all time stamps of the text",
        _suggest_time_stamps,
    ),
    Action(
        "mark_done",
        ("D",),
        "Decide",
        "Mark as done (the rest is no entity); open the next",
        lambda reader: reader.begin("mark_done"),
        ActionHint(12, hinting.where(hinting.not_done, "done")),
    ),
    Action(
        "undo", ("U",), "Decide", "Undo, also after a restart", _undo, ActionHint(7, hinting.undoing)
    ),
    Action("redo", ("R", "ctrl+r"), "Decide", "Redo", show_what(lambda opened: opened.review.redo())),
)
