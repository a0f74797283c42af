"""What a person's edits teach: the single decisions in them, in the order in which they were made.

What was undone teaches nothing any more, and what was decided in bulk never did. The same edits lead to the
same decisions, also after a restart: nothing else is kept of what is learned.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from annotations.model.edit import Change, Edit
from annotations.model.source import is_own
from annotations.model.span import Span


class SuggestionDecided(Struct, frozen=True):
    """The person decided about one suggestion."""

    suggestion: Span
    """As it was suggested."""
    right: bool
    """Whether it stands as it was."""
    final: str = ""
    """The label given in its place, where it was another one."""
    edge: bool = False
    """Whether only its extent was wrong."""


class LabelledByHand(Struct, frozen=True):
    """The person labelled what nobody had suggested."""

    span: Span


Lesson = SuggestionDecided | LabelledByHand


def standing(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that were not undone, or were redone since, in their order."""
    made: dict[str, Edit] = {}
    undone: set[str] = set()
    for edit in edits:
        match edit.kind:
            case "undo":
                undone.add(edit.of)
            case "redo":
                undone.discard(edit.of)
            case _:
                made[edit.id] = edit
    return [edit for id_, edit in made.items() if id_ not in undone]


def lessons(edits: Iterable[Edit], annotator: str) -> Iterator[Lesson]:
    """What the edits of one document teach that one annotator made."""
    for edit in standing(edits):
        if edit.by != annotator:
            continue
        # What another span made way for is no decision about it.
        for change in edit.single_decisions:
            lesson = _lesson(change, annotator)
            if lesson is not None:
                yield lesson


def _lesson(change: Change, annotator: str) -> Lesson | None:
    before, after = change.before, change.after
    if before is None:
        return LabelledByHand(after) if after is not None else None
    if before.decided or is_own(before.sources, annotator):
        return None
    if after is None or after.rejected:
        return SuggestionDecided(before, right=False)
    if (after.start, after.end) != (before.start, before.end):
        return SuggestionDecided(before, right=False, final=after.label, edge=True)
    if after.label != before.label:
        return SuggestionDecided(before, right=False, final=after.label)
    return SuggestionDecided(before, right=True)
