"""Edits by two programs to the same annotations: what they come to, and where they disagree."""

from collections.abc import Iterable

from msgspec.structs import replace

from annotations.editing.undo import rebase
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex


class OutsideView:
    """What other programs last made of the spans they touched, in annotations open here.

    An edit made here that did not know of it is a disagreement. Both edits stand in the history; the
    one that came later in the journal is what the annotations show.
    """

    def __init__(self) -> None:
        self._spans: dict[SpanKey, Span | None] = {}

    def copied(self) -> "OutsideView":
        """The same, to try something on."""
        view = OutsideView()
        view._spans = dict(self._spans)
        return view

    def rebased(self, edit: Edit) -> tuple[Edit, list[Span]]:
        """An undo or redo made here as it applies to what other programs made of its spans.

        With it the spans that stay as they made them. Other edits are as they are.
        """
        if edit.kind not in ("undo", "redo"):
            return edit, []
        changes: list[Change] = []
        staying: list[Span] = []
        for change in edit.changes:
            keys = [span.key for span in (change.before, change.after) if span is not None]
            if self._spans.get(keys[0], change.before) == change.before:
                changes.append(change)
                continue
            there = SpanIndex(span for key in keys if (span := self._spans.get(key)) is not None)
            found = rebase([change], there)
            changes += found.changes
            staying += [conflict.span for conflict in found.conflicts]
        if tuple(changes) == edit.changes:
            return edit, []
        return replace(edit, changes=tuple(changes)), staying

    def theirs(self, edit: Edit) -> None:
        """Take note of another program's edit."""
        for change in edit.all_changes:
            if change.before is not None:
                self._spans[change.before.key] = None
        for change in edit.all_changes:
            if change.after is not None:
                self._spans[change.after.key] = change.after

    def ours(self, edit: Edit) -> list[Span]:
        """Take note of an edit made here; the spans it changed not knowing of another program's edit."""
        contested = []
        for change in edit.all_changes:
            if change.before is not None:
                there = self._spans.pop(change.before.key, change.before)
                if there not in (change.before, change.after):
                    contested.append(change.before)
            if change.after is not None:
                there = self._spans.pop(change.after.key, None)
                if there not in (None, change.before, change.after):
                    contested.append(change.after)
        return contested


def underneath(theirs: Edit, ours: Iterable[Edit]) -> Edit:
    """Another program's edit as it shows under edits made here that come behind it in the journal.

    Applied on top of ours it leads to the spans that theirs and then ours lead to.
    """
    kept: set[SpanKey] = set()
    gone: set[SpanKey] = set()
    for edit in ours:
        for change in edit.all_changes:
            if change.before is not None:
                gone.add(change.before.key)
                kept.discard(change.before.key)
        for change in edit.all_changes:
            if change.after is not None:
                kept.add(change.after.key)
    below = [
        tuple(c for change in changes if (c := _underneath(change, kept, gone)) != Change())
        for changes in (theirs.changes, theirs.aside)
    ]
    return replace(theirs, changes=below[0], aside=below[1])


def correction(made: Edit, written: Edit) -> Edit | None:
    """What leads from an edit as it was made here to the same edit as it was written, if they differ."""
    here = {change.after.key: change.after for change in made.changes if change.after is not None}
    there = {change.after.key: change.after for change in written.changes if change.after is not None}
    changes = [Change(span, there.get(key)) for key, span in here.items() if there.get(key) != span]
    changes += [Change(None, span) for key, span in there.items() if key not in here]
    return make_edit("external", made.by, changes, cursor=made.cursor) if changes else None


def _underneath(change: Change, kept: set[SpanKey], gone: set[SpanKey]) -> Change:
    before, after = change.before, change.after
    if before is not None and before.key in kept:
        before = None
    if after is not None and after.key in kept | gone:
        after = None
    return Change(before, after)
