"""How far stored spans reach: one beyond its text would cost memory without end before it is seen."""

from collections.abc import Iterable

from annotations.model.annotation_set import AnnotationRow
from annotations.model.edit import Edit

UNKNOWN = 1 << 28
"""How far spans may reach in a text that is not there, in code points."""
SLACK = 1 << 20
"""How far beyond its text a span may reach and still be kept as it is, in code points: it costs little
memory, and one such row keeps no other from being saved. Nobody is shown it, and the doctor names it."""


def edit_reaches(edit: Edit) -> int:
    """Where the furthest span of an edit ends, in code points."""
    changes = (*edit.all_changes, *edit.held)
    ends = (span.end for change in changes for span in (change.before, change.after) if span)
    return max(ends, default=0)


def row_reaches(row: AnnotationRow) -> int:
    """Where the furthest span of a row ends, in code points: also of those held back, undo and redo."""
    ends = (span.end for span in (*row.spans, *row.held))
    return max(max(ends, default=0), _furthest(row.undo), _furthest(row.redo))


def _furthest(edits: Iterable[Edit]) -> int:
    return max(map(edit_reaches, edits), default=0)
