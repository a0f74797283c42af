"""How modes begin: what each needs, and what is done at once if there is nothing to ask."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.text.search import Search
from annotations.text.text_range import Range
from tui.keymap import Keymap
from tui.modes import Mode

Seek = Callable[[str, Callable[[Search], Outcome]], None]
"""Begins a search for what is typed; the result is passed on, unless the mode is over by then."""


def begin_search(opened: OpenDocument, keymap: Keymap, seek: Seek) -> tuple[Mode, Outcome]:
    """The mode of the search line."""
    from tui.modes.search import SearchMode

    mode = SearchMode(opened, keymap, lambda typed: seek(typed, mode.found))
    return mode, Outcome()


def begin_jump(opened: OpenDocument, keymap: Keymap, sight: Range) -> tuple[Mode | None, Outcome]:
    """The mode with letters on the visible suggestions or, if there are none, on the words."""
    from annotations.editing.jump import jump_to_suggestions, jump_to_words
    from tui.modes.jump import JumpMode

    spans = opened.session.annotations.spans
    jump = jump_to_suggestions(spans, *sight)
    if not jump.targets:
        jump = jump_to_words(opened.session.text, spans, *sight, opened.session.dating.language)
    if not jump.targets:
        return None, Outcome(message="There is nothing to jump to on this screen.")
    return JumpMode(opened, keymap, jump, sight), Outcome()


def begin_propagation(opened: OpenDocument, keymap: Keymap) -> tuple[Mode | None, Outcome]:
    """The mode of the preview, if there is anything to preview."""
    from tui.modes.propagation import PropagationMode

    outcome = opened.propagation.propagate()
    proposed = opened.propagation.preview is not None
    return (PropagationMode(opened, keymap) if proposed else None), outcome


def begin_mark_done(
    opened: OpenDocument, keymap: Keymap, *, still_coming: bool
) -> tuple[Mode | None, Outcome]:
    """Ask first if something is undecided or suggestions are `still_coming`; otherwise mark it as done."""
    from annotations.editing.done import undecided_words

    annotations = opened.session.annotations
    if annotations.facts.done or not (undecided_words(annotations) or still_coming):
        return None, opened.properties.mark_done()
    from tui.modes.mark_done import MarkDoneMode

    return MarkDoneMode(opened, keymap, still_coming=still_coming), Outcome()
