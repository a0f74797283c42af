"""How far stored spans extend: one beyond its text could use unlimited memory before anybody notices."""

from collections.abc import Iterable

from annotations.model.annotation_set import AnnotationRow
from annotations.model.edit import Edit

UNKNOWN = 1 << 28
"""How far spans may extend in a text that is missing, in code points."""
SLACK = 1 << 20
"""How far beyond its text a span may extend and still be kept unchanged, in code points. It costs little
memory, and such a row must not stop others from being saved. It is not shown, and `annotate doctor` reports it."""


def edit_reaches(edit: Edit) -> int:
    """Where the furthest span of an edit ends, in code points."""
    changes = (*edit.all_changes, *edit.held)
    ends = (span.end for change in changes for span in (change.before, change.after) if span)
    return max(ends, default=0)


def row_reaches(row: AnnotationRow) -> int:
    """Where the furthest span of a row ends, in code points, including spans held back and those in undo and redo."""
    ends = (span.end for span in (*row.spans, *row.held))
    return max(max(ends, default=0), _furthest(row.undo), _furthest(row.redo))


def _furthest(edits: Iterable[Edit]) -> int:
    return max(map(edit_reaches, edits), default=0)
