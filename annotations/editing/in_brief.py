"""What was done to a document in a few words, for a narrow list: `GPE → ORG`, and the changed words."""

from collections.abc import Sequence

from annotations.editing.history import describe
from annotations.entities.identity import written
from annotations.model.edit import Change, Edit
from annotations.model.span import Span
from annotations.model.value import Timex, Value
from annotations.text.display import escaped
from annotations.text.plural import counted


def in_brief(edit: Edit, text: str, becomes: str = "→") -> tuple[str, str]:
    """The effect of an edit, and the words of the text that it changed, on one line.

    Without words it is the text of `describe`. `becomes` is put between the old and the new state.
    """
    real = _real(edit.changes)
    if edit.facts or not real or edit.kind in ("undo", "redo", "suggest", "import", "restore", "place"):
        return describe(edit, text), ""
    said = list(dict.fromkeys(_one(change, becomes) for change in real))
    what = said[0] if len(said) == 1 else "changed"
    spans = [change.after or change.before for change in real]
    words = list(dict.fromkeys(_words(span, text) for span in spans if span))
    if len(real) > 1:
        what = f"{counted(len(real), 'span')}: {what}"
    return what, words[0] if len(words) == 1 else ""


def _real(changes: Sequence[Change]) -> list[Change]:
    """The changes, without spans that were replaced by another with the same extent and label."""
    stays = {change.after.key for change in changes if change.after is not None}
    return [c for c in changes if c.after or (c.before and c.before.key not in stays)]


def _one(change: Change, becomes: str) -> str:
    before, after = change.before, change.after
    if before is None:
        return f"added {escaped(after.label)}" if after else "changed"
    if after is None:
        return f"removed {escaped(before.label)}"
    if before.label != after.label:
        return f"{escaped(before.label)} {becomes} {escaped(after.label)}"
    if (before.start, before.end) != (after.start, after.end):
        return f"{escaped(after.label)} resized"
    if before.comment != after.comment:
        return "commented on" if after.comment else "comment removed"
    if before.flagged != after.flagged:
        return "flagged" if after.flagged else "flag removed"
    if before.status != after.status:
        return f"{after.status if after.decided else 'made undecided'} {escaped(after.label)}"
    if before.value != after.value:
        return f"value {becomes} {_value(after.value)}"
    return f"changed {escaped(after.label)}"


def _value(value: Value | None) -> str:
    if value is None:
        return "none"
    return escaped((value.value if isinstance(value, Timex) else written(value)) or "none")


def _words(span: Span, text: str) -> str:
    return " ".join(text[span.start : span.end].split()) or f"{span.start} to {span.end}"
