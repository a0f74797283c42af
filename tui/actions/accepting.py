"""The actions that accept several undoubted suggestions at once."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.action import Action, ActionHint, show_what
from tui.actions import hinting
from tui.reader_protocol import Reader


def _sweeps(take: Callable[[OpenDocument], Outcome]) -> Callable[[Reader], None]:
    """The function of an action that goes through the text; the view stays until the next page is shown."""

    def sweep(reader: Reader) -> None:
        outcome = take(reader.opened)
        reader.article.still = True
        reader.show_outcome(outcome)

    return sweep


ACCEPTING = (
    Action(
        "accept_paragraph",
        ("A",),
        "Decide",
        "Accept the paragraph, except doubtful suggestions",
        show_what(lambda opened: opened.review.accept_paragraph(opened.sweep.sight)),
        ActionHint(4, hinting.accepting_paragraph),
    ),
    Action(
        "accept_screen",
        ("V",),
        "Decide",
        "Accept the screen, except doubtful ones; then go on",
        _sweeps(lambda opened: opened.sweep.take_screen()),
        ActionHint(4, hinting.where(hinting.undecided, "accept screen")),
    ),
    Action(
        "accept_to_next",
        ("+",),
        "Decide",
        "Accept this and the next ones, up to a doubtful one",
        _sweeps(lambda opened: opened.sweep.accept_to_next_stop()),
    ),
    Action(
        "accept_document",
        (),
        "Decide",
        "Accept the document, except doubtful suggestions",
        show_what(lambda opened: opened.review.accept_document(opened.sweep.sight)),
    ),
)
