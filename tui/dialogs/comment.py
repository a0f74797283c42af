"""Asks for a comment on a span or on the document."""

from tui.dialogs.host import Host
from tui.widgets.status import quoted


def ask_comment(host: Host) -> None:
    """Comment on the span under the cursor; if there is none, on the document."""
    from tui.screens.prompt import PromptQuestion, PromptScreen

    opened = host.opened
    span = opened.selection.focused_span
    before = span.comment if span else opened.session.annotations.facts.comment
    question = PromptQuestion(
        mode="COMMENT",
        title=quoted(opened.session.text[span.start : span.end], 48, host.appearance)
        if span
        else "Comment on the document",
        label=span.label if span else "",
        first=before,
        field="comment",
        done="save",
        wide=True,
    )
    host.ask(
        PromptScreen(question, host.appearance),
        lambda words: host.show_outcome(opened.properties.comment(words.strip())),
    )
