"""Asks for a comment on the span, or on the document."""

from tui.dialogs.host import Host
from tui.widgets.status import quote


def ask_comment(host: Host) -> None:
    """Comment on what is under the cursor."""
    from tui.screens.prompt import PromptScreen

    opened = host.opened
    span = opened.selection.focused_span
    before = span.comment if span else opened.session.annotations.facts.comment
    on = quote(opened.session.text, span.start, span.end) if span else "the document"
    host.ask(
        PromptScreen(f"Comment on {on}", before, host.base_style),
        lambda words: host.show_outcome(opened.properties.comment(words.strip())),
    )
